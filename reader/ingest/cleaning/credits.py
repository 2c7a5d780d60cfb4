"""Who made a picture, and what it shows: photo credits and captions in plain text."""

from __future__ import annotations

import re

_AGENCIES = frozenset(
    " ".join(name.split())
    for name in """
    ap, ap photo, ap images, ap image, afp, reuters, getty, getty images, epa, epa-efe, efe, xinhua, ani,
    pti, ians, upi, bloomberg, shutterstock, shutterstock.com, istock, istockphoto, alamy, alamy stock
    photo, anadolu, anadolu agency, anadolu images, nurphoto, sipa, sipa usa, zuma, zuma press, flickr,
    wikimedia, wikimedia commons, wikipedia, unsplash, pixabay, pexels, pa, pa wire, pa media, pa images,
    tass, sputnik, kyodo, yonhap, dpa, anp, aap, cp, canadian press, the canadian press, associated press,
    the associated press, press association, agence france-presse, instagram, facebook, twitter, youtube,
    adobe stock, rex, rex features, vcg, imago, sopa images, lightrocket, wireimage, filmmagic, redux,
    contour, cq roll call, cq-roll call, polaris, gcis, sapa, nan, apa, isna, irna, wam, ritzau scanpix,
    ntb, tt, lusa, ansa, belga, antara, bernama, mti, pap, picture alliance, via reuters, middle east
    images, press trust of india, hindustan times, the new york times, eyevine, splash news, backgrid,
    linkedin, huffpost
    """.split(",")
)  # fmt: skip
# Standing alone on a line, they are the credit of a picture that was not copied.
_ALONE = frozenset(
    "reuters;ap;afp;epa;ap photo;associated press;the associated press;getty images;shutterstock;alamy".split(
        ";"
    )
)
# Their photographers' names stand before a slash: "Della Marsh/NPR". Behind a comma it would be a byline.
_OUTLETS = frozenset(
    " ".join(name.split())
    for name in """
    cnn, npr, bbc, bbc news, the guardian, nbc news, cbs news, abc news, fox news, al jazeera, politico,
    the washington post, los angeles times, usa today network, dw, sky news, the observer, the times,
    the telegraph, the independent, axios, propublica, the new yorker, wired, vox, cbc, abc, rnz, stuff,
    the age, the globe and mail, the boston globe, chicago tribune, the seattle times, the irish times,
    rte, the hindu, the indian express
    """.split(",")
)  # fmt: skip
_PART = r"(?:[A-Z][\w.'’\-]*|(?:de|da|di|von|van|der|den|la|el|al|bin|ibn|of|and|the|du|dos|e|y|&)(?= ))"
_NAME = re.compile(rf"{_PART}(?: {_PART}){{0,6}}")
_SEPARATOR = re.compile(r" ?[/|] ?| via |, | for (?=[A-Z])| [-–—] ")
_DATELINE_OR_BYLINE = re.compile(r"(?:By|BY|From) |[A-Z]{3,}(?: [A-Z]{3,})*(?:,| \(| [-–—])")
_LABELLED = re.compile(
    r"[(\[]?(?:(?:file |featured |representational )?"
    r"(?:photo|image|picture|pic|photograph|illustration|graphic|video)s?"
    r"(?: (?:credit|source|courtesy)s?)?|footage|art|artwork|credits?)"
    r"(?:(?: (?:by|via|courtesy(?: of)?|credit|from|source))? ?[:|/©]| (?:by|via|courtesy(?: of)?|credit)\b)"
    r" ?(?P<who>.{2,80}?)[)\]]?\.?",
    re.I,
)
_DESCRIBED = re.compile(
    r"[(\[]?(?:photo|image|picture|file photo|caption|pictured)(?: \(.{1,30}\))? ?[:|] ?\S.{20,}", re.I
)
_BRACKETED = re.compile(r".{20,}[(\[]([^()\[\]]{2,100})[)\]]\.?")
_CREDITED = re.compile(
    r".{20,}?(?:\. |\| ?|[.”\"] ?)(?:Photo(?:graph)?|Image|Picture|Credit)s?"
    r"(?: by| credit| courtesy of)?[:/] .{2,60}"
)
_PICTURE_WORD = re.compile(r"(?:photo|image|picture|file|courtesy)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SMALL = {"via", "by", "of", "and", "the", "for", "from", "courtesy", "de", "handout", "file"}


def is_credit(line: str) -> bool:
    """Whether a line of at most 14 words is nothing but a photo credit ("Tom Day via Getty Images")."""
    if match := _LABELLED.fullmatch(line):
        return _names_somebody(match["who"])
    if line.strip("()[] .©").lower() in _ALONE:
        return True
    if _DATELINE_OR_BYLINE.match(line):
        return False
    who, slash, outlet = line.strip("()[] .©").rpartition("/")
    own = slash and outlet.strip().lower() in _OUTLETS and _NAME.fullmatch(who.strip()) is not None
    return bool(own) or _names_agency(line)


def is_caption(line: str) -> bool:
    """Whether a line tells what a picture shows: a description with its credit."""
    if _DESCRIBED.fullmatch(line) or _CREDITED.fullmatch(line):
        return True
    if match := _BRACKETED.fullmatch(line):
        return bool(_PICTURE_WORD.match(match[1])) or _names_agency(match[1])
    sentence, stop, last = line.rstrip(".").rpartition(". ")
    return bool(stop) and len(sentence) >= 20 and len(last) <= 60 and "," not in last and _names_agency(last)


def _names_agency(text: str) -> bool:
    """Whether a text consists of names and picture agencies, at least one of these among several."""
    parts = _SEPARATOR.split(text.strip("()[] .©"))
    if not 2 <= len(parts) <= 5:
        return False
    if ", " in text and parts[-1].strip(". ").lower() not in _AGENCIES:
        return False  # an agency and a place: where a report was filed
    agencies = [part.strip(". ").lower() in _AGENCIES for part in parts]
    return any(agencies) and all(
        agency or _NAME.fullmatch(part.strip()) for part, agency in zip(parts, agencies, strict=True)
    )


def _names_somebody(text: str) -> bool:
    """Whether the words after a credit label are names rather than a sentence."""
    words = _WORD.findall(text)
    small = [word for word in words if word[0].islower() and word not in _SMALL]
    return not small or (len(words) <= 4 and len(small) <= 1)
