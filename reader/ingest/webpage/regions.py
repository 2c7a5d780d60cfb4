"""Which part of a page an element is, as its tag, role, class and id tell: the menu, the comments, a card."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ingest.markup import Element

NAVIGATION = "site navigation"
ASIDE = "beside the article"
BYLINE = "byline"
RULE = "rule for this site"
CARD_BUTTONS = "buttons of a post"
FORM = "poll or form"
_TAGS = {
    "nav": NAVIGATION, "footer": "page footer", "aside": ASIDE, "header": "page header",
    "form": FORM, "button": "button", "label": FORM, "menu": NAVIGATION,
    "amp-ad": "advertisement", "amp-social-share": "share buttons", "amp-embed": "related links",
    "amp-sidebar": NAVIGATION,
}  # fmt: skip
_ROLES = {
    "navigation": NAVIGATION, "contentinfo": "page footer", "complementary": ASIDE, "banner": "page header",
    "search": FORM, "menu": NAVIGATION, "dialog": "dialog", "alertdialog": "dialog",
}  # fmt: skip

# A class name that is one of these, or has one of them between hyphens where "…" stands. Words that also
# name real parts of articles ("teaser", "premium", "lead") are not here.
_CLASSES = (
    (
        "comment widget",
        r"(?:.*-)?(?:comments|commentlist|comment-(?:list|area|section|thread|wrapper|container|form|body|text"
        r"|content|respond)|disqus(?:-thread)?|livefyre|coral-(?:talk|stream)|fb-comments|wpdiscuz.*)"
        r"|respond|discussion-thread",
    ),
    (
        "related links",
        r"(?:.*-)?(?:related(?:-.*)?|read-?(?:more|next|also)(?:-.*)?|more-(?:on|from|stories|news|articles"
        r"|links|coverage|like-this)(?:-.*)?|also-read|see-also|recommend(?:ed|ations?)(?:-.*)?|trending(?:-.*)?"
        r"|most-(?:read|popular|viewed|shared)(?:-.*)?|popular-(?:posts|stories|articles)|recirc(?:ulation)?"
        r"|onward(?:-.*)?|outbrain|taboola|you-(?:may|might)-.*|up-?next|next-(?:post|article|story)"
        r"|prev(?:ious)?-(?:post|article|story)|in-case-you-missed|further-reading|latest-(?:news|posts|stories)"
        r"|promo-?(?:box|block|card|unit|list|links?|teaser)|teaser-(?:list|grid)|rich-?link|story-card|card-grid|bookmark(?:-.*)?)"
        r"|ob-widget|trc-.*|zergnet",
    ),
    (
        "newsletter prompt",
        r"(?:.*-)?(?:newsletters?|sign-?up|mailing-?list|mc-embed|mailchimp|email-capture|subscribe"
        r"(?:-(?:box|form|widget|prompt|block|cta|module|button))?|subscription-widget(?:-.*)?)(?:-(?:.*))?",
    ),
    (
        "share buttons",
        r"(?:.*-)?(?:shar(?:e|ing)(?:-?(?:bar|buttons?|links?|tools?|icons?|this|widget|menu|list|container|box"
        r"|block|count|options))?|sharedaddy|social-(?:share|sharing|links|icons|bar|buttons|media-links|tools)"
        r"|share-?this|add-?this|addtoany|a2a|follow-us|jp-relatedposts|post-ufi|like-button)",
    ),
    (
        "advertisement",
        r"(?:.*-)?(?:ads?|adverts?|advertisement|advertising|adsbygoogle|sponsored|native-ad|dfp|mpu|leaderboard"
        r"|ad-(?:slot|container|unit|wrapper|box|block|break|label|placeholder|inline|banner))",
    ),
    ("cookie notice", r"(?:.*-)?(?:cookies?|gdpr|ccpa|consent)(?:-.*)?"),
    (
        "subscription prompt",
        r"(?:.*-)?(?:paywall|regwall|piano|tp-modal|meter-(?:message|wall)|subscriber-(?:wall|prompt)"
        r"|subscription-(?:wall|prompt|offer)|premium-(?:offer|wall|prompt)|donat(?:e|ion)(?:-.*)?|support-us"
        r"|membership-(?:prompt|cta))(?:-.*)?",
    ),
    (
        "media player",
        r"(?:.*-)?(?:(?:video|audio|podcast|media)-(?:player|module|controls|widget|bar)|jw-?player|video-js|vjs-.*"
        r"|player-(?:wrapper|container|controls))(?:-.*)?",
    ),
    (
        "about the author",
        r"(?:.*-)?(?:author-(?:bio|box|info|card|profile|description|about|blurb|details)|about-(?:the-)?authors?"
        r"|authors?-bios?|bio|biography|contributor-bio|bio-box)",
    ),
    (
        "topics",
        r"(?:(?:post|entry|article|story|content|single|td-post|blog)-?)?(?:-|__)?(?:tags|tags?-(?:links|list|cloud)"
        r"|taglist|topics|topic-(?:list|tags)|keywords|categories|cat-links|filed-under)|post-?meta-?data",
    ),
    (
        NAVIGATION,
        r"(?:.*-)?(?:breadcrumbs?|nav|navbar|navigation|menu|pagination|pager|skip-link|toolbar|sitemap"
        r"|table-of-contents|toc)",
    ),
    (
        BYLINE,
        r"(?:.*-)?(?:byline|by-line|dateline|post-meta|entry-meta|article-meta|story-meta|meta-info|publish-date"
        r"|published-date|pub-date|timestamp|article-info|author-name)",
    ),
    ("page footer", r"(?:(?:site|page|global|main|app)-?)?footer|copyright|colophon|legal-notice"),
    ("page header", r"(?:site|page|global|main|app)-?header|masthead"),
    (
        ASIDE,
        r"(?:.*-)?(?:sidebar|side-bar|widget|widget-area|right-(?:col|column|rail)|left-(?:col|column|rail)"
        r"|rail|complementary)",
    ),
    ("dialog", r"(?:.*-)?(?:modal|popup|pop-up|overlay|lightbox|toast|interstitial)"),
)
_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in _CLASSES)
_UNSEEN = re.compile(
    r"(?:.*-)?(?:visually-?hidden|off-?screen|sr-only|screen-reader(?:-text|-only)?|assistive-text|mw-editsection|no-?print)"
)
_SLUGGED = {"h1", "h2", "h3", "h4", "h5", "h6", "section", "a"}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[_-]+")
_LONGEST_CLASS = 60  # generated names are longer and say nothing

STRONG = frozenset(
    {
        "comment widget", "related links", "newsletter prompt", "share buttons", "advertisement",
        "cookie notice", "subscription prompt", "about the author", "topics", NAVIGATION, "page footer",
        "dialog", "button", RULE, CARD_BUTTONS,
    }
)  # fmt: skip
"""Parts of a page that hold nothing of the article, even where an extractor takes them for it."""


def names_of(element: Element) -> tuple[str, ...]:
    """Return an element's class names and id in one spelling: lower case, with hyphens.

    The id of a heading, or of a section that is named after one, is its words: "Comments" may be a subject.
    """
    if element.tag in _SLUGGED:
        return _names(element.get("class") or "")
    return _names(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(
        _PARTS.sub("-", _CAMEL.sub("-", name)).strip("-").lower()
        for name in text[:1000].split()
        if len(name) <= _LONGEST_CLASS
    )


@lru_cache(maxsize=4096)
def _by_name(names: tuple[str, ...]) -> str | None:
    for reason, pattern in _COMPILED:
        if any(pattern.fullmatch(name) for name in names):
            return reason
    return None


@lru_cache(maxsize=4096)
def is_unseen(names: tuple[str, ...]) -> bool:
    """Whether a class says that the element is for screen readers alone, or for editors."""
    return any(_UNSEEN.fullmatch(name) for name in names)


def region(element: Element, inside: str | None, *, in_article: bool) -> str | None:
    """Return which part of the page an element begins or, when it begins none, the one it is ``inside``.

    The header and footer of an article are its own; those of the page are not.
    """
    tag = element.tag
    found = _TAGS.get(tag) or _ROLES.get((element.get("role") or "").lower())
    if in_article and found in ("page header", "page footer") and tag in ("header", "footer"):
        found = None
    if tag in ("body", "html", "main", "article"):
        return inside
    return _by_name(names_of(element)) or found or inside


def enclosing_region(element: Element) -> str | None:
    """Return the part of the page that an element stands in, or None where that is the article's."""
    path = [element, *element.iterancestors()]
    found: str | None = None
    articles = 0
    for each in reversed(path):
        articles += each.tag in ("article", "main")
        found = region(each, found, in_article=articles > 0)
    return found
