"""Invented web pages whose markup says little: class names without meaning, parts drawn at random.

The answers are marked as in `html_pages`. Written after the importer, to measure it where class names and
landmarks do not help; stories are short, so that one wrong paragraph weighs much.
"""

from __future__ import annotations

import random

from html_pages import ABOUT, COMMENTS, COOKIES, MENU, STORIES, TEASERS, head, without_answers, z
from lxml import html

NEWSLETTER = "Sign up for our morning newsletter and get the best stories of the day before breakfast."
TITLES = ["More stories", "Read next", "Latest", "You may also like", "In other news"]


def random_page(seed: int) -> tuple[str, list[tuple[str, str]]]:
    """A page as HTML without answers, and ``(zone, text)`` of each marked element; the same for one seed."""
    chance = random.Random(seed)
    story = STORIES[seed % len(STORIES)]
    body = (
        head(story)
        + "<body>"
        + _before(chance)
        + f"<div {_name(chance)}>"
        + _story(chance, story)
        + _after(chance, story)
        + "</div></body>"
    )
    root = html.document_fromstring(f"<html lang='en'>{body}</html>")
    return without_answers(root)


def _name(chance: random.Random) -> str:
    return "class='" + "".join(chance.choices("abcdefghijkmnpqrstuvwxyz0123456789", k=6)) + "'"


def _maybe(chance: random.Random, share: float, part: str) -> str:
    return part if chance.random() < share else ""


def _box(chance: random.Random, *parts: str) -> str:
    return f"<div {_name(chance)}>" + "".join(parts) + "</div>"


def _teasers(chance: random.Random, tag: str) -> str:
    cards = []
    for title, text in chance.sample(TEASERS, chance.randint(1, 3)):
        link = f"<a href='/story/{chance.randint(1, 999)}'>{title}</a>"
        cards.append(
            f"<{tag} {_name(chance)}>"
            + z("furniture", chance.choice(["h2", "h3", "div"]), link)
            + _maybe(chance, 0.6, z("furniture", "p", text))
            + f"</{tag}>"
        )
    heading = z("furniture", chance.choice(["h2", "h3", "div"]), chance.choice(TITLES))
    return _box(chance, _maybe(chance, 0.7, heading), *cards)


def _before(chance: random.Random) -> str:
    menu = "".join(z("furniture", "li", f"<a href='/{item}'>{item}</a>") for item in MENU)
    cookies = _box(chance, z("furniture", "p", COOKIES), z("furniture", "button", "Accept"))
    return (
        f"<ul {_name(chance)}>{menu}</ul>"
        + _maybe(chance, 0.5, cookies)
        + _maybe(chance, 0.25, _teasers(chance, chance.choice(["article", "div", "li"])))
    )


def _story(chance: random.Random, story: dict) -> str:
    tag = chance.choice(["p", "p", "p", "div"])
    parts = [z("text", tag, text, _maybe(chance, 0.5, _name(chance))) for text in story["paragraphs"]]
    if chance.random() < 0.5:
        parts.insert(3, z("text", chance.choice(["h2", "h3"]), story["sub"]))
    for part in (
        _teasers(chance, "div"),
        _box(chance, z("furniture", "p", NEWSLETTER)),
        z("furniture", "div", chance.choice(["Advertisement", "Article continues below"])),
    ):
        if chance.random() < 0.4:
            parts.insert(chance.randint(2, len(parts) - 1), part)
    if chance.random() < 0.4:
        parts.insert(chance.randint(2, len(parts) - 1), f"</section><section {_name(chance)}>")
        parts = [f"<section {_name(chance)}>", *parts, "</section>"]
    caption = z("caption", chance.choice(["div", "p", "span"]), story["caption"], _name(chance))
    top = (
        z("headline", chance.choice(["h1", "h1", "h1", "h2", "div"]), story["headline"], _name(chance))
        + _maybe(chance, 0.5, z("standfirst", chance.choice(["p", "div", "h2"]), story["standfirst"]))
        + _maybe(chance, 0.6, z("byline", chance.choice(["div", "p", "span"]), f"By {story['author']}"))
        + _maybe(chance, 0.5, f"<time {_name(chance)}>" + z("furniture", "span", "13 September 2023") + "</time>")
        + _maybe(chance, 0.6, _box(chance, "<img src='a.jpg'>", caption))
    )
    tag = chance.choice(["article", "div", "main"])
    if chance.random() < 0.5:
        return f"<{tag} {_name(chance)}>{top}" + _box(chance, *parts) + f"</{tag}>"
    return _box(chance, top) + f"<{tag} {_name(chance)}>" + "".join(parts) + f"</{tag}>"


def _after(chance: random.Random, story: dict) -> str:
    comments = _box(chance, z("furniture", "h3", "Comments"), *(z("furniture", "p", text) for text in COMMENTS))
    author = f"{story['author']} covers the coast and its islands for the Daily Example and has written two books."
    about = _box(chance, z("furniture", "p", ABOUT), z("furniture", "p", "© 2023 Daily Example. All rights reserved."))
    return (
        _maybe(chance, 0.6, _teasers(chance, chance.choice(["article", "div", "li"])))
        + _maybe(chance, 0.4, comments)
        + _maybe(chance, 0.4, _box(chance, z("furniture", "p", author)))
        + _maybe(chance, 0.6, about)
    )
