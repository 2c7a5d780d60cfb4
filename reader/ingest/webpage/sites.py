"""The user's own rules for single sites: where on its pages the article is, and what to leave out.

A file ``sites/HOST.toml`` in the settings folder holds them, as CSS selectors; it counts for the hosts
below its own too. What a rule selects overrides what the extractors think.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reader.ingest.markup import harmless, parse
from reader.ingest.webpage.regions import RULE
from reader.text.safety import printable, sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reader.ingest.markup import Element
    from reader.ingest.webpage.outline import PageLine

KEYS = ("body", "remove", "author", "date")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_LARGEST_FILE = 100_000
_SHOWN = 60  # characters of what a selector finds


@dataclass(frozen=True, slots=True)
class SiteRules:
    """The rules for one site. ``fault`` says why a file cannot be used; it then holds no rules."""

    path: Path
    selectors: dict[str, list[str]] = field(default_factory=dict)
    fault: str | None = None

    def select(self, tree: Element, key: str) -> list[Element]:
        """Return the elements that the rules of one key select, in the order of the page."""
        chosen = {element for selector in self.selectors.get(key, ()) for element in _found(tree, selector)}
        return [element for element in tree.iter() if element in chosen] if chosen else []

    def text(self, tree: Element, key: str) -> str | None:
        """Return what the first element of a key says, in words or in its attributes for machines."""
        for element in self.select(tree, key):
            told = element.get("datetime") or element.get("content") or element.text_content()
            if text := " ".join(sanitise(told).split()):
                return text
        return None


def host_of(tree: Element, address: str | None) -> str | None:
    """Return the host of a page: that of its address, or the one that a saved page says it is from."""
    told = [address]
    told += [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    told += [meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:url"]
    for each in told:
        try:
            host = urlsplit(each or "").hostname
        except ValueError:
            continue
        if host and _HOST.fullmatch(host):
            return host
    return None


def rules_files(host: str) -> Iterator[Path]:
    """Yield where rules for a host are looked for, its own file first, then those of the hosts above it."""
    from reader.settings.settings import sites_folder

    labels = host.split(".")
    for first in range(max(1, len(labels) - 1)):
        yield sites_folder() / f"{'.'.join(labels[first:])}.toml"


def rules_for(host: str | None) -> SiteRules | None:
    """Return the rules for a host, or None when the user wrote none."""
    path = next((path for path in rules_files(host) if path.is_file()), None) if host else None
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            table = tomllib.loads(file.read(_LARGEST_FILE).decode())
        return SiteRules(path, {key: _selectors(key, value) for key, value in table.items()})
    except OSError as error:
        return SiteRules(path, fault=error.strerror or "it cannot be read")
    except ValueError as error:  # not TOML, not UTF-8, or a rule that is none
        return SiteRules(path, fault=printable(str(error)))


def chosen_lines(rules: SiteRules, tree: Element, lines: Sequence[PageLine]) -> set[int]:
    """Return the lines that the rules take for the article's body, none where they do not say.

    What the rules remove becomes a part of the page that is not the article's.
    """
    removed, body = set(rules.select(tree, "remove")), set(rules.select(tree, "body"))
    chosen: set[int] = set()
    for index, line in enumerate(lines):
        around = {line.element, *line.element.iterancestors()}
        if around & removed:
            line.region = RULE
        elif around & body:
            chosen.add(index)
    return chosen


def trial(html: str, address: str | None) -> list[str]:
    """Return what a user's rules do to a page, line by line: which file, what each selector finds."""
    tree = parse(harmless(html))
    host = None if tree is None else host_of(tree, address)
    if host is None:
        return ["The page does not say which site it is from: no rules apply."]
    rules = rules_for(host)
    if rules is None:
        return [f"No rules for {host}. They would be in {printable(str(next(rules_files(host))))}"]
    report = [f"Rules for {host}: {printable(str(rules.path))}"]
    if rules.fault:
        return [*report, f"They cannot be used: {rules.fault}"]
    for key, selectors in rules.selectors.items():
        for selector in selectors:
            found = _found(tree, selector)
            words = " ".join(sanitise(found[0].text_content()).split())[:_SHOWN] if found else ""
            report.append(
                f"{key}: {printable(selector)}: {len(found)} found" + (f": {words}" if words else "")
            )
    return report


def _selectors(key: str, value: Any) -> list[str]:
    if key not in KEYS:
        raise ValueError(f"{key!r} is no rule; there are {', '.join(KEYS)}")
    selectors = [value] if isinstance(value, str) else value
    if not isinstance(selectors, list) or not all(isinstance(each, str) for each in selectors):
        raise ValueError(f"{key!r} must be a CSS selector or a list of them")
    for selector in selectors:
        _compiled(selector)
    return selectors


def _compiled(selector: str) -> Any:
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector that can be used: {error}") from error


def _found(tree: Element, selector: str) -> list[Element]:
    return list(_compiled(selector)(tree))
