"""Lines that say who wrote an article and when it was published."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari ene gen",
            "feb february februar février fevrier febrero febbraio fevereiro februari fév fev",
            "mar march märz marz mars marzo março marco maart mär",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio maio mei mag",
            "jun june juni juin junio giugno junho giu",
            "jul july juli juillet julio luglio julho lug",
            "aug august août aout agosto augustus ago",
            "sep sept september septembre septiembre settembre setembro set",
            "oct october oktober octobre octubre ottobre outubro okt ott out",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre decembre diciembre dicembre dezembro dez dic déc",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th|\.|º)?"
_DATES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<![a-z])(?P<name>{_MONTH})\.?,? {_DAY.format('')},? (?:at )?(?P<year>(?:19|20)\d\d)(?!\d)", re.I
    ),
    re.compile(
        rf"(?<!\d){_DAY.format('')}[ -](?:of |de )?(?P<name>{_MONTH})\.?,?[ -](?:de |del )?(?P<year>(?:19"
        rf"|20)\d\d)(?!\d)",
        re.I,
    ),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)"),
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::\d\d)?(?:\.\d+)? ?(?P<half>[ap]\.?m\.?)?", re.I
)
_ZONE = (
    r"(?:(?:GMT|UTC) ?[+-] ?\d{1,2}(?::?\d\d)?|[A-Z]{2,4}|[+-]\d\d:?\d\d|Z|(?:local|eastern|pacific"
    r"|central) time)"
)
_REST = re.compile(
    r"(?:originally |first |last |date |time )*(?:published|updated|update|posted|modified|created|issued"
    r"|date|time|on|at|in|by|from|of|the"
    r"|publi[eé]|publicado|pubblicato|veröffentlicht|aktualisiert|aggiornato|actualizado|stand|uhr|alle|às"
    r"|le|il|am|um|el|hrs?|hours?|a\.?m|p\.?m"
    r"|and|edited|print|issue|edition|filed|local|eastern|pacific|central)\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b|\b(?:mo|di|mi|do|fr|sa|so)n?n?(?:tag"
    r"|stag|erstag|twoch|nerstag|mstag|nabend)\b"
    r"|\b(?:lun|mar|mer|mi[eé]r|jeu|jue|gio|ven|vie|sam|s[aá]b|dim|dom)(?:es|edì|di|cole?s|ves|erdì|rdi"
    r"|nes|ato|anche|enica|ado|ingo)?\b"
    r"|\bago\b|[\W_]",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGO = re.compile(r"\b\d+ (?:sec|min|minute|hour|hr|day|week)s?\b(?: ago| read)?", re.I)
_PREFIXED = re.compile(
    r"\W*(?:originally |first |last |date )*(?:published|updated?|posted|modified|created|issued|publi[eé]"
    r"|publicado|pubblicato"
    r"|veröffentlicht|aktualisiert|aggiornato|actualizado)\b",
    re.I,
)
_BYLINE = re.compile(
    r"(?P<label>(?:written|reported|posted|published|words|story|text|report|article|interview|compiled"
    r"|reviewed|a report) by:?|by:?|author:|autor:"
    r"|reporter:|writer:|reporting by|von|par|por|texto:|text:)\s+(?P<name>\S.*)",
    re.I,
)
_FUSED_BY = re.compile(r"^By(?=[A-Z][a-z])")  # "ByOdette Lalonde": two elements of a page, copied as one
_SMALL = {
    "and", "of", "for", "the", "in", "with", "de", "da", "di", "du", "del", "la", "le", "van", "von",
    "der", "den", "bin", "ibn", "al", "el", "e", "y", "et", "und", "staff", "writer", "writers",
    "reporter", "reporters", "correspondent", "correspondents", "editor", "editors", "contributor",
    "special", "senior", "political", "foreign", "national", "wire", "services", "agencies", "agency",
    "news", "to", "at", "on", "desk", "bureau", "chief", "columnist", "author", "guest", "additional",
    "reporting", "intern", "dos", "san", "our", "own", "business", "science", "health", "sports", "web",
    "online", "team", "min", "read",
}  # fmt: skip
_CONTACT = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w+|https?://\S+")
_ROLE = re.compile(
    r"(?P<name>[^\W\d_][\w.'’\- ]{3,50}?),? (?:(?:chief|senior|political|health|science|sports?|business"
    r"|foreign|staff|special|legal|crime|education"
    r"|environment|economics|economic|world|africa|asia|europe|diplomatic|security|defence|technology|arts"
    r"|culture|religion|city|local|deputy|north|"
    r"south|east|west|home affairs|social affairs|consumer|transport|data|investigations?|parliamentary"
    r"|national|general|assistant|royal|court"
    r"|multimedia|digital) )*(?:correspondent|reporter|editor|staff writer|writer|columnist|bureau chief"
    r"|contributor)",
    re.I,
)
_POST = re.compile(
    r"(?:[^\W\d_][\w.&’'-]*,? ){0,6}(?:correspondent|reporter|editor|staff writer|writer|columnist"
    r"|bureau chief|producer|presenter|contributor)(?:,? (?:in|for|at)? ?(?:[^\W\d_a-z][\w.&’'-]*,? ?){1,4})?"
    r"|BBC (?:News|Sport|Wales|Scotland|NI|Verify|Newsnight|[A-Z]\w+)(?:,? [\w’' -]{2,30})?",
)
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’\-]*")


# "November 20, 20266:04 PM": a date and a time that were two elements of a page.
_FUSED_TIME = re.compile(r"(?<=[ /.-](?:19|20)\d\d)(?=\d{1,2}[:.]\d\d)")
_UPDATED = re.compile(r"(?<=[a-z0-9])(?=(?:Updated|Published|Modified)\b)")


def date_in(line: str) -> str | None:
    """Return the first date in a line as ISO 8601, with the time when one stands beside it, or None.

    Dates in figures whose day and month could be exchanged are not guessed.
    """
    line = _parted(line)
    for pattern in _DATES:
        for match in pattern.finditer(line):
            if found := _iso(match):
                time = _TIME.search(line[: match.start()] + " " * 3 + line[match.end() :])
                clock = _clock(time) if time else None
                return f"{found}T{clock}" if clock else found
    return None


def _parted(line: str) -> str:
    return _UPDATED.sub(" ", _FUSED_TIME.sub(" ", line))


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    day = int(parts["day"])
    if not parts.get("name") and match[0].find(parts["year"]) > 0:  # in figures, the year last
        if day <= 12 and month <= 12 and day != month:
            return None
        if day <= 12 < month:
            day, month = month, day
    try:
        return date(int(parts["year"]), month, day).isoformat()
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["half"] or "").lower()[:1]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def is_date_line(line: str) -> bool:
    """Whether a line holds a date with its time and labels, and nothing else."""
    if len(line) > 140 or not _YEAR.search(line):
        return False
    rest, found = re.sub(r"(?<=\d)T(?=\d)", " ", _parted(line)), False
    for pattern in _DATES:
        rest, count = pattern.subn(" ", rest)
        found = found or count > 0
    if not found:
        return False
    rest = _AGO.sub(" ", _TIME.sub(" ", rest))
    rest = re.sub(rf"(?<!\w){_ZONE}(?!\w)", " ", rest)
    return not _REST.sub("", rest).strip()


def is_labelled_date(line: str) -> bool:
    """Whether a date line says that it is about publication ("Updated 3 May 2024")."""
    return bool(_PREFIXED.match(line)) and is_date_line(line)


def byline_in(line: str) -> str | None:
    """Return the authors that a byline names ("By Ana Ruiz and Tom Day, Staff Writers"), or None.

    A sentence that begins with "By" is none: every word must be a name, a role or a small word.
    """
    match = _BYLINE.fullmatch(_FUSED_BY.sub("By ", line))
    if match is None or len(line) > 160:
        return None
    text = _CONTACT.sub(" ", match["name"])
    text = re.split(r"\s*(?:\||•|·|\(|\bPublished\b|\bUpdated\b|\bPosted\b| [–—-] )\s*", text)[0].strip(
        " ,.;:"
    )
    for pattern in _DATES:
        text = pattern.split(text)[0].strip(" ,.;:|-–—")
    words = _NAME_WORD.findall(text)
    if not words or len(words) > 16 or not words[0][0].isupper():
        return None
    if name_with_role(text):
        return text
    if any(not word[0].isupper() and word.lower() not in _SMALL and not word[0].isdigit() for word in words):
        return None
    if not any(word[0].isupper() for word in words) or words[0].lower() in _MONTHS or re.search(r"\d", text):
        return None
    return text


def name_with_role(line: str) -> str | None:
    """Return the name in a line that is a name and a newsroom role ("Ana Ruiz, Arts Editor"), or None."""
    match = _ROLE.fullmatch(line)
    return match["name"] if match and looks_like_name(match["name"]) else None


def names_alone(byline: str) -> bool:
    """Whether a byline is nothing but names and what those who bear them are at a newsroom."""
    first, *rest = re.split(r",? and |, | & ", byline)
    return looks_like_name(first) and all(looks_like_name(part) or is_post(part) for part in rest)


def looks_like_name(line: str) -> bool:
    """Whether a line could be nothing but a person's name: two to four capitalised words."""
    words = line.split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() and word.strip(".,").replace("-", "").replace("'", "").replace("’", "").isalpha()
        for word in words
    )


def is_post(line: str) -> bool:
    """Whether a line is nothing but what somebody is at a newsroom ("South West correspondent")."""
    return len(line) <= 60 and _POST.fullmatch(line) is not None


_PLACED = re.compile(
    r"(?P<name>[^\W\d_a-z][\w.'’-]+(?: [^\W\d_][\w.'’-]+){1,3})"
    r" in [^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]+){0,2}"
)


def names_in_places(line: str) -> str | None:
    """Return who reports from where in a line of nothing else ("Sofia Ek in Vantholm and Bo Lee in Oslo")."""
    names = []
    for part in re.split(r",? and |, ", line):
        match = _PLACED.fullmatch(part)
        if match is None or not looks_like_name(match["name"]):
            return None
        names.append(match["name"])
    return " and ".join(names)
