"""What a web page says of itself: JSON-LD (schema.org), ``meta`` elements and its headings, weighed together.

A statement made for machines is preferred to one found by looking; a headline needs a second witness where the page
has one. Nothing that is no person's name becomes a byline.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from framing.articles.fields import iso_date
from framing.articles.formats.records import site_of
from framing.text.unicode import letters
from framing.zones.lines import DATE, ROLES

LONGEST_DATA = 2_000_000  # characters of one script of JSON-LD
MOST_DATA = 5_000  # objects of JSON-LD that are looked at
ARTICLES = re.compile(r"(?:Article|Posting|Reportage|Report|Review|Recipe)$")
TITLES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "title",
    "headline",
)
AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author_name",
    "authors",
    "creator",
    "citation_author",
)
DATES = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "article:published",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publish-date",
    "publication_date",
    "publishdate",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article_date_original",
    "og:published_time",
    "pdate",
    "ptime",
    "cxenseparse:recs:publishtime",
    "displaydate",
    "article.created",
    "date.created",
    "rnews:datepublished",
)
SITES = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "twitter:app:name:iphone",
    "cre",
    "apple-mobile-web-app-title",
)
SUFFIX = re.compile(r"\s+[|–—»·•:/-]{1,2}\s+|\s*[|»]\s*")  # between a headline and the name of the site
MOST_HEADINGS = 3_000  # of one page
LONGEST_HEADLINE = 400  # characters
SAME = 0.6  # of the letters of a title that a heading must have to be the same, and the other way round
KIN = 0.3  # share of a heading's words that a title must have for both to speak of one story
NOBODY = frozenset(
    """
    username user admin administrator author authors anonymous unknown guest none null undefined staff editor webmaster
    root by test default name owner moderator wordpress wpadmin nobody
""".split()
)
EARLIEST = "1600-01-01"  # before the first newspaper: a date that was never set
LONGEST_BYLINE = 120  # characters


class Facts:
    """The statements of one page, read once: `data` are its articles in JSON-LD, `meta` its ``meta`` elements."""

    def __init__(self, root: Any):
        self.root = root
        self.meta: dict[str, list[str]] = {}
        for node in root.iter("meta"):
            content = (node.get("content") or "").strip()
            for attribute in ("property", "name", "itemprop"):
                if content and node.get(attribute):
                    self.meta.setdefault(node.get(attribute).strip().lower(), []).append(content)
        every = list(_objects(root))
        self.known = {item["@id"]: item for item in every if isinstance(item.get("@id"), str) and len(item) > 1}
        self.data = [item for item in every if any(ARTICLES.search(kind) for kind in _kinds(item))]
        self.sites = [item for item in every if {"WebSite", "NewsMediaOrganization"} & set(_kinds(item))]

    def first(self, *names: str) -> str:
        return next((self.meta[name][0] for name in names if name in self.meta), "")

    def titles(self) -> list[str]:
        """What the page calls itself, the surest first; as written, site names included."""
        stated = [text for item in self.data for text in _texts(item.get("headline"))]
        stated += [text for name in TITLES for text in self.meta.get(name, [])[:1]]
        stated += [text for item in self.data for text in _texts(item.get("name"))]
        return list(dict.fromkeys(text for text in map(_plain, stated) if text))

    def authors(self) -> list[str]:
        """Who the page says wrote it, in its order; only what can be a name."""
        for values in (
            *(
                [name for value in _list(item.get("author") or item.get("creator")) for name in self._names(value)]
                for item in self.data
            ),
            *(self.meta.get(name, []) for name in AUTHORS),
        ):
            if found := person_names(values):
                return found
        return []

    def outlets(self) -> list[str]:
        """What the page calls its outlet, the surest first."""
        named = [name for item in self.data for value in _list(item.get("publisher")) for name in self._names(value)]
        stated = [
            *self.meta.get("og:site_name", [])[:1],
            *named,
            *(text for name in SITES for text in self.meta.get(name, [])),
            *(text for item in self.sites for text in _texts(item.get("name"))),
        ]
        return list(
            dict.fromkeys(text for text in map(_plain, stated) if text and not _address(text) and text[0] != "@")
        )

    def paid(self) -> bool:
        """Does the page say that its text is for subscribers?"""
        return any(str(item.get("isAccessibleForFree")).lower() == "false" for item in self.data)

    def date(self) -> str | None:
        """The day the page was published, as its machine-readable part states it."""
        stated = [text for item in self.data for text in _texts(item.get("datePublished"))]
        stated += [text for name in DATES for text in self.meta.get(name, [])[:1]]
        stated += [text for item in self.data for text in _texts(item.get("dateCreated"))]
        stated += self.root.xpath("//*[@itemprop='datePublished']/@datetime")[:1]
        return next((found for text in stated if (found := iso_date(text)) and found >= EARLIEST), None)

    def body(self) -> str:
        """The longest ``articleBody`` that the page states, or ""."""
        bodies = [text for item in self.data for text in _texts(item.get("articleBody"))]
        text = max(bodies, key=len, default="")
        return re.sub(r"<[^<>]{0,500}>", "\n", text) if "<" in text else text

    def _names(self, value: Any) -> list[str]:
        if isinstance(value, dict):
            value = value.get("name") or (self.known.get(str(value.get("@id")), {}).get("name"))
        return _texts(value)


def _objects(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, however deep; a script that is no JSON is left out."""
    n = 0
    for node in root.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower() or not node.text or len(node.text) > LONGEST_DATA:
            continue
        text = re.sub(r"^\s*(?:<!\[CDATA\[|<!--|//<!\[CDATA\[)|(?:\]\]>|-->|//\]\]>)\s*;?\s*$", "", node.text.strip())
        try:
            waiting: list[Any] = [json.loads(text.rstrip("; \n\t"), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and n < MOST_DATA:
            item = waiting.pop(0)
            if isinstance(item, dict):
                n += 1
                yield item
                waiting += [value for value in item.values() if isinstance(value, dict | list)]
            elif isinstance(item, list):
                waiting += item


def _kinds(item: dict[str, Any]) -> list[str]:
    return [str(kind) for kind in _list(item.get("@type"))]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [text for text in _list(value) if isinstance(text, str) and text.strip()]


def _plain(text: str) -> str:
    """Text of a statement: entities read, tags out, one line."""
    for _ in range(2):
        text = html.unescape(text)
    return re.sub(r"\s+", " ", re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text)).strip()[:1_000]


def _address(text: str) -> bool:
    return bool(re.match(r"(?:https?:)?//|www\.|\S+@\S+\.\w+$", text.strip(), re.I))


_BY = re.compile(r"^(?:written |posted |story |words )?(?:by|von|par|por|di)\b[\s:]+", re.I)


def is_nobody(text: str) -> bool:
    """Whether a line in an author's place names a user of the site's software: "Posted by admin"."""
    return _BY.sub("", _plain(text)).strip(" .,|").lower() in NOBODY


def _is_role(text: str) -> bool:
    """Whether this is what an author is, not who: "City Editor"."""
    words = text.lower().split()
    return len(words) <= 4 and words[-1] in ROLES


def person_names(values: list[str]) -> list[str]:
    """Names of authors as written, without "By", roles of software, addresses and doubled names."""
    found: list[str] = []
    for value in values:
        text = re.sub(r"\s*[(<\[]?[\w.+-]+@[\w-]+\.[\w.]+[)>\]]?", "", _BY.sub("", _plain(value)))
        text = _once(re.split(r"\s\|\s", text.strip(" ,;|·•–—-"))[0])
        plain = letters(text)
        if (
            not plain
            or len(text) > LONGEST_BYLINE
            or _address(text)
            or text.lower() in NOBODY
            or DATE.search(text)
            or (found and _is_role(text))
            or text.startswith("@")
            or not re.search(r"[^\W\d_]{2}", text)
            or re.fullmatch(r"[\w.-]+\.\w{2,4}/\S*", text)
            or _login(text)
        ):
            continue
        if plain not in map(letters, found):
            found.append(text)
    return found


def _login(text: str) -> bool:
    """ "kevin-r", "jsmith2": one word without a capital in a script that has capitals."""
    return " " not in text and text == text.lower() != text.upper()


def _once(text: str) -> str:
    """A name that is written twice on end ("Ada BrownAda Brown", "Ada Brown Ada Brown") written once."""
    half = len(text) // 2
    for cut in (half, half + 1):
        first, second = text[:cut].strip(" ,|"), text[cut:].strip(" ,|")
        if len(first) >= 4 and letters(first) == letters(second):
            return first
    return text


def headline(facts: Facts, url: str, *, also: list[str]) -> str | None:
    """The headline: the heading that the page's statements confirm, else its own heading, else a statement.

    `also` are titles less sure than the page's own statements. A heading that names the site (a masthead), stands in a
    menu among twenty others, or is part of a title only, does not win; one that no statement confirms gives way to a
    headline that JSON-LD and ``og:title`` both state.
    """
    outlets = facts.outlets()
    stated = list(
        dict.fromkeys(without_site(title, outlets, url) for title in [*facts.titles(), *map(_plain, also)] if title)
    )
    headings = [(node.tag, _plain(" ".join(node.text_content().split()))) for node in facts.root.iter("h1", "h2")][
        :MOST_HEADINGS
    ]
    plain = [(tag, text, letters(text)) for tag, text in headings]
    for title in map(letters, stated):
        if title and (found := next((text for _, text, heading in plain if heading == title), None)):
            return found
    for written in stated:
        title, site = letters(written), letters([*SUFFIX.split(written)][-1])
        for _, text, heading in plain:
            if (
                heading != site
                and min(len(heading), len(title)) >= 8
                and (heading in title or title in heading)
                and len(heading) >= SAME * len(title)
                and len(title) >= SAME * len(heading)
            ):
                return text
    names = {letters(name) for name in outlets}
    own = [
        text
        for tag, text, heading in plain
        if tag == "h1" and len(text.split()) >= 3 and not _names_site(text, names) and len(text) <= LONGEST_HEADLINE
    ]
    machine = {
        letters(without_site(_plain(text), outlets, url))
        for item in facts.data
        for text in _texts(item.get("headline"))
    }
    if stated and letters(stated[0]) in machine & {
        letters(without_site(_plain(facts.first("og:title")), outlets, url))
    }:
        return stated[0]
    # The name of the site stands in the title too: where the page states more of itself, that is what counts.
    sure = [without_site(title, outlets, url) for title in facts.titles()] or stated
    kin = max(own, key=lambda text: max((_shared(text, title) for title in sure), default=0), default=None)
    if kin and (not stated or any(_shared(kin, title) >= KIN for title in stated)):
        return kin
    return next(iter(stated), None) or next(iter(own), None)


def outlet(facts: Facts, url: str, title: str | None) -> str | None:
    """The outlet as the page states it; else what follows the headline in its title; else the address of the site."""
    if stated := facts.outlets():
        return stated[0]
    whole = _plain(" ".join(facts.root.xpath("//title/text()")[:1]))
    if title and whole.lower().startswith(title.lower()):
        rest = SUFFIX.split(whole[len(title) :])
        if len(rest) == 2 and not rest[0] and 1 <= len(rest[1].split()) <= 6:
            return rest[1].strip()
    return site_of(url)


def _shared(first: str, second: str) -> float:
    """Share of the longer words of `first` that `second` has too."""
    words = {word.lower() for word in re.findall(r"\w{3,}", first)}
    return len(words & {word.lower() for word in re.findall(r"\w{3,}", second)}) / max(len(words), 1)


def without_site(title: str, outlets: list[str], url: str = "") -> str:
    """A title without the outlet's name at its end or beginning ("... | Daily Example", "... - example.com")."""
    host = re.sub(
        r"^www\d?\.|\.(?:com?|org|net|gov|edu|info)\b.*$", "", (urlsplit(url).hostname or "") if _safe(url) else ""
    )
    names = {letters(name) for name in outlets} | ({letters(host)} if host else set())
    names = {name for name in names if len(name) >= 2}
    for _ in range(3):
        cuts = list(SUFFIX.finditer(title))
        if not cuts:
            break
        last, first = title[cuts[-1].end() :], title[: cuts[0].start()]
        rest, ahead = title[: cuts[-1].start()].strip(), title[cuts[0].end() :].strip()
        if rest and _names_site(last, names):
            title = rest
        elif ahead and _names_site(first, names) and len(ahead.split()) >= 3:
            title = ahead
        else:
            break
    return title


def without_own_site(title: str, names: Iterable[str | None]) -> str:
    """A title without what stands behind its last mark where that is one of `names` and no more, but for "the", ".com"."""
    known = {letters(written) for name in names if name for written in (name, _plainly(name))} - {""}
    cuts = list(SUFFIX.finditer(title))
    rest, last = (title[: cuts[-1].start()], title[cuts[-1].end() :]) if cuts else (title, "")
    return rest if rest.strip() and known & {letters(last), letters(_plainly(last))} else title


def _plainly(name: str) -> str:
    """The name of a site without "the", "www." and ".com"."""
    return re.sub(
        r"\.(?:com?|org|net|gov|edu|info)(?:\.\w\w)?\b|^(?:the|www\.)\b", "", name.strip().replace("_", " "), flags=re.I
    )


def _safe(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _names_site(part: str, names: set[str]) -> bool:
    plain = letters(part)
    bare = letters(_plainly(part))
    return any(
        name in (plain, bare)
        or (len(name) >= 4 and len(plain) <= 2.5 * len(name) and name in plain)
        or (len(bare) >= 4 and bare in name)
        for name in names
    )
