"""What can be seen of one line by itself: its wording, its shape, and what these prove."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.ingest.cleaning.bylines import is_date_line
from reader.ingest.cleaning.credits import is_caption, is_credit
from reader.ingest.cleaning.phrases import Phrase, Proof, phrase_of, plain

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_ADDRESS_ONLY = re.compile(
    r"(?:(?:source|link|url|via|read (?:more|full).{0,20}|original|full (?:story|article)|short ?url"
    r"|permalink|from)\s*:?\s*)?"
    r"<?(?:https?://|www\.)\S+>?[.)]?",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_TERMINAL = re.compile(r"[.!?…。！？؟।](?:[\"”’'»)\]]|\s)*$")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)(?:Premium)?$")
_OPENS_QUOTATION = re.compile(r"[\"“‘'«„‹「]")
_QUOTED_HEADLINE = re.compile(r"[\"“‘'«„‹「][^\"“”«»]{3,}?[\"”’'»“」](?:[:,;]? )(?=\w)[^\"“”«»]{3,}")

ITEM = re.compile(r"(?:[-–—*•·▪■●◦⁃]\s+|\(?\d{1,3}[.)]\s*|\(?[a-zA-Z][.)]\s+)\S")

_BREADCRUMB = re.compile(r"[^\s>»›/|][^>»›]{0,40}(?:\s*[>»›]\s*[^\s>»›][^>»›]{0,80})+")
_HOME_TRAIL = re.compile(r"Home\s*(?:/|\||::|→|-|>|»|›)\s*\S.{0,160}")
_STYLE = re.compile(
    r"[.#@][\w.#, :>()\-]{1,120}\{[^}]*\}?|[\w-]+(?:[ ,]+[\w-]+)* ?\{ ?[\w-]+ ?:[^}]*\}?|\}[.;)]*"
    r"|\{\{.*\}\}|&nbsp;|<!--.*|</?[a-z][^<>]{0,300}>\.?"
)
_FUSED = re.compile(
    r"(?:Related|Trending|Sponsored|Popular|Top|More|Recommended|Latest|Subscriber Only|SUBSCRIBER ONLY"
    r"|Most Read|Most Popular)"
    r" ?(?:Stories|STORIES|Content|Articles|News|Posts|Videos|Links|Topics)?(?:View All|See All"
    r"|[A-Z][a-z].*[a-z][A-Z].*)"
)
_ARCHIVE = re.compile(
    r"(?:FULL TEXT|ABSTRACT|LENGTH: [\d,]+ words|LOAD-DATE: .+|PUBLICATION-TYPE: .+|DOCUMENT-TYPE: .+"
    r"|SECTION: .{1,80}|BYLINE: .{1,80}"
    r"|PUB-TYPE: .+|LANGUAGE: ENGLISH|DATELINE: .{1,60}|GRAPHIC: .{1,400}|Copyright \d{4} .{2,80})\.?"
)
_PAGER = re.compile(r"(?:Prev(?:ious)?|Next)[A-Z].{3,}")
_SITE_WORDS = re.compile(
    r"\b(?:newsletters?|subscri\w+|donat\w+|inbox|journalism|newsroom|cookies?|privacy policy|unsubscribe"
    r"|sign[- ]?up|paywall|third parties|republish"
    r"|our (?:comments?|community|reporting|website|site|readers|app|work|reporters|journalists|stories"
    r"|articles|coverage|mission|advertisers))\b"
)
_SITE_MATTERS = re.compile(
    r"\b(?:e-?mails?|website|reporting|readers?|members?(?:hip)?|support(?:ers?|ing)?|terms|adverts?"
    r"|advertis\w+|consent|contribut\w+"
    r"|independent|non-?profit|free|fund(?:ed|ing)?|app|browser|account|comments?|policy|copyright"
    r"|permission|pay)\b"
)
_SITE_VOICE = re.compile(r"\b(?:our|us|you|your|we)\b")
_REPORTS = re.compile(r"\b(?:said|says|told|added|according|asked|wrote|announced|he|she|his|her)\b")
_UNSEEN_WORDS = 40
_INITIALS = re.compile(r"(?:[A-Z]\.){2,4}")  # "U.S.", a label of a menu
_JOINED_WORDS = re.compile(r"[a-zäöüß]{2}[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Features:
    """A line's shape. ``words`` counts them; ``stops`` tells whether it ends as a sentence does."""

    text: str
    plain: str
    words: int
    stops: bool
    truncated: bool
    quoted: bool
    phrase: Phrase | None
    caption: bool
    dated: bool
    item: bool

    @property
    def proof(self) -> int:
        """How much the line by itself proves that it is furniture, 0 to 3."""
        return self.phrase.proof if self.phrase else 0

    @property
    def prose(self) -> bool:
        """Whether it reads as running text: a sentence of some length, and no furniture."""
        if self.proof >= Proof.LIKELY or self.caption or self.dated:
            return False
        spoken = self.quoted and self.words >= 3 and not self.quoted_headline
        return (self.stops and self.words >= 9) or self.words >= 32 or spoken

    @property
    def quoted_headline(self) -> bool:
        """Whether it reads as a headline that begins with words quoted ("‘Never again’: a strike ends")."""
        return (
            self.quoted
            and 4 <= self.words <= 24
            and not self.stops
            and self.text[-1:] not in ",;:"
            and bool(_QUOTED_HEADLINE.fullmatch(self.text))
        )

    @property
    def fused(self) -> bool:
        """Whether it is several links run together ("…Security TeamClinton Campaign…")."""
        if len(_JOINED_WORDS.findall(self.text)) < 2:
            return False
        capitals = sum(word[0].isupper() for word in self.text.split())
        return not self.stops or capitals * 5 >= self.words * 3

    @property
    def label(self) -> bool:
        """Whether it is as short as the entries of menus are, and no sentence."""
        return self.words <= 4 and not self.stops and len(self.text) <= 40

    @property
    def headline(self) -> bool:
        """Whether it could be a headline or a link to an article: a line of words without a full stop."""
        if self.item or self.text.endswith(":"):
            return False
        return 4 <= self.words <= 34 and (not self.stops or self.truncated)


def features(line: str, *, first: bool = False) -> Features:
    """Return what can be seen of a line; ``first`` when it is the first of its text."""
    text = line.strip()
    words = len(_WORD.findall(text))
    phrase = None if words > 120 else _shape(text, words, first) or phrase_of(text)
    if phrase is None and 6 <= words <= 90:
        phrase = _site_message(text)
    return Features(
        text=text,
        plain=plain(text),
        words=words,
        stops=_TERMINAL.search(text) is not None and _INITIALS.fullmatch(text) is None,
        truncated=bool(_ELLIPSIS.search(text)),
        quoted=bool(_OPENS_QUOTATION.match(text)) and any(mark in text[1:] for mark in "\"”’'»“」"),
        phrase=phrase,
        dated=is_date_line(text),
        item=bool(ITEM.match(text)),
        caption=phrase is None and words >= 8 and is_caption(text),
    )


def unseen(line: str) -> Features:
    """Return the features of a line that is taken for running text without being looked at."""
    return Features(line, line, _UNSEEN_WORDS, True, False, False, None, False, False, False)


def _shape(text: str, words: int, first: bool) -> Phrase | None:
    """Return what the form of a line proves, where no wording is needed."""
    if _ADDRESS_ONLY.fullmatch(text):
        # An address at the very top is where the text was copied from; one further down may be a source.
        return Phrase("web address", Proof.SURE if first else Proof.WEAK)
    if any(sign in text for sign in "{}<&") and _STYLE.fullmatch(text) and text[0] != "#":
        return Phrase("page code", Proof.SURE if words or "}" in text else Proof.LIKELY)
    if words > 40:
        return None
    if words <= 14 and is_credit(text):
        return Phrase("photo credit", Proof.SURE)
    if words <= 25 and (_HOME_TRAIL.fullmatch(text) or (_BREADCRUMB.fullmatch(text) and text[0] not in "<>")):
        return Phrase("breadcrumb", Proof.SURE if text.lower().startswith("home") else Proof.LIKELY)
    if _FUSED.fullmatch(text) or _PAGER.fullmatch(text):
        return Phrase("related links", Proof.SURE)
    if text[0] == "©":
        return Phrase("copyright notice", Proof.SURE)
    if _ARCHIVE.fullmatch(text):
        return Phrase("archive field", Proof.SURE)
    return None


def _site_message(text: str) -> Phrase | None:
    """Return what a sentence proves in which a site speaks to its readers about itself."""
    plain_text = text.lower().replace("’", "'")
    if _OPENS_QUOTATION.match(text) or _REPORTS.search(plain_text) or not _SITE_VOICE.search(plain_text):
        return None
    itself, matters = (len(set(words.findall(plain_text))) for words in (_SITE_WORDS, _SITE_MATTERS))
    return Phrase("message from the site", Proof.LIKELY) if itself and itself + matters >= 2 else None
