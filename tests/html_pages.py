"""Twenty invented web pages in twenty ways of building one, each readable element marked with its zone.

``data-zone`` on an element is the answer; `page` strips it before anything reads the page. Every text is
invented. ``text`` covers lead, body and subheadings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from lxml import html

STORIES = json.loads((Path(__file__).parent / "samples" / "html_stories.json").read_text(encoding="utf-8"))
MENU = ["Home", "World", "Politics", "Business", "Sport", "Culture", "Weather"]
COOKIES = (
    "We and our partners use cookies to store and read information on your device, to measure how our pages are "
    "used and to show you advertising that fits your interests. You can change your choice at any time."
)
TEASERS = [
    (
        "Mayor resigns after dispute over the harbour budget",
        "The mayor of Low Mill stepped down on Friday after the "
        "council refused to pass a budget that would have doubled harbour fees for small boats.",
    ),
    (
        "Why the price of bread has doubled in a year",
        "Bakers blame the cost of flour and power, economists the "
        "weak currency. We asked six bakeries on both sides of the river what a loaf now costs them.",
    ),
    (
        "Cup final ends in a draw after extra time",
        "Neither side found a goal in two hours of football on a wet "
        "pitch, and the replay has been set for the first Wednesday of May.",
    ),
]
COMMENTS = [
    "I have used this for thirty years and nobody ever asked us what we think about it. High time somebody wrote "
    "about it.",
    "Typical. They will spend the money on consultants and in the end nothing at all will change.",
]
ABOUT = (
    "The Daily Example has been published since 1921 and belongs to its readers, who hold shares in a trust. Our "
    "journalists work by a code that you can read on this site."
)


def z(zone: str, tag: str, text: str, attributes: str = "") -> str:
    return f'<{tag} {attributes} data-zone="{zone}">{text}</{tag}>'


def ps(story: dict, first: int = 0, last: int = 99) -> str:
    return "".join(z("text", "p", text) for text in story["paragraphs"][first:last])


def menu(attributes: str = "") -> str:
    return f"<nav {attributes}><ul>" + "".join(z("furniture", "li", item) for item in MENU) + "</ul></nav>"


def links(title: str, tag: str = "div", attributes: str = 'class="related"', prose: bool = False) -> str:
    items = "".join(z("furniture", "h3", head) + (z("furniture", "p", text) if prose else "") for head, text in TEASERS)
    return f"<{tag} {attributes}>" + z("furniture", "h2", title) + items + f"</{tag}>"


def page(number: int) -> tuple[str, list[tuple[str, str]]]:
    """The page `number` (from 0) as HTML without answers, and ``(zone, text)`` of each marked element."""
    story = STORIES[number % len(STORIES)]
    root = html.document_fromstring(f"<html lang='en'>{BUILDERS[number](story)}</html>")
    return without_answers(root)


def without_answers(root: html.HtmlElement) -> tuple[str, list[tuple[str, str]]]:
    """The page as HTML, its ``data-zone`` marks taken out, and ``(zone, text)`` of each marked element."""
    answers = []
    for node in root.iter():
        if isinstance(node.tag, str) and node.get("data-zone"):
            answers.append((node.get("data-zone"), re.sub(r"\s+", " ", node.text_content()).strip()))
            del node.attrib["data-zone"]
    return "<!DOCTYPE html>\n" + html.tostring(root, encoding="unicode"), answers


def head(story: dict, extra: str = "") -> str:
    return (
        f"<head><meta charset='utf-8'><title>{story['headline']} | Daily Example</title>"
        f"<meta property='og:title' content='{story['headline']}'>{extra}</head>"
    )


def semantic(s: dict) -> str:
    return (
        head(s)
        + "<body>"
        + menu()
        + "<div id='cookie-banner'>"
        + z("furniture", "p", COOKIES)
        + z("furniture", "button", "Accept all")
        + "</div><main><article>"
        + z("headline", "h1", s["headline"])
        + z("standfirst", "p", s["standfirst"], "class='standfirst'")
        + z("byline", "p", f"By {s['author']}", "class='byline'")
        + "<figure><img src='a.jpg'>"
        + z("caption", "figcaption", s["caption"])
        + "</figure>"
        + ps(s, 0, 3)
        + z("text", "h2", s["sub"])
        + ps(s, 3)
        + "</article></main>"
        + links("Related stories", "aside")
        + "<footer>"
        + z("furniture", "p", "© 2023 Daily Example. All rights reserved.")
        + "</footer></body>"
    )


def div_soup(s: dict) -> str:
    return (
        head(s)
        + "<body><div class='top'>"
        + "".join(z("furniture", "a", item, "href='#'") + " " for item in MENU)
        + "</div><div class='wrap'><div class='col-main'><div class='post-title'>"
        + z("headline", "h1", s["headline"])
        + "</div><div class='meta'>"
        + z("byline", "span", f"By {s['author']}", "class='author'")
        + "</div>"
        + "<div class='post-content'>"
        + ps(s)
        + "</div></div><div class='sidebar'>"
        + links("Most read")
        + "</div></div></body>"
    )


def wordpress(s: dict) -> str:
    return (
        head(s)
        + "<body class='single'><header id='masthead'>"
        + menu("class='main-navigation'")
        + "</header><article class='post'><header class='entry-header'>"
        + z("headline", "h1", s["headline"], "class='entry-title'")
        + "<div class='entry-meta'>"
        + z("furniture", "time", "13 September 2023", "datetime='2023-09-13'")
        + "</div></header>"
        + "<div class='entry-content'><div class='wp-caption'><img src='a.jpg'>"
        + z("caption", "p", s["caption"], "class='wp-caption-text'")
        + "</div>"
        + ps(s)
        + "<div class='sharedaddy'>"
        + z("furniture", "h3", "Share this:")
        + z("furniture", "li", "Facebook")
        + z("furniture", "li", "Twitter")
        + "</div></div></article><div id='comments' class='comments-area'>"
        + z("furniture", "h3", "Leave a Reply")
        + z("furniture", "p", "Your email address will not be published. Required fields are marked *")
        + "".join(z("furniture", "p", text) for text in COMMENTS)
        + "</div><aside class='widget-area'>"
        + links("Recent Posts", "section", "class='widget'")
        + "</aside></body>"
    )


def amp(s: dict) -> str:
    return (
        "<head><meta charset='utf-8'><title>"
        + s["headline"]
        + "</title><link rel='canonical' href='https://e.example/a'>"
        + "<style amp-boilerplate>body{}</style></head><body><amp-sidebar id='sidebar'><ul>"
        + "".join(z("furniture", "li", item) for item in MENU)
        + "</ul></amp-sidebar><div class='article'>"
        + z("headline", "h1", s["headline"])
        + z("byline", "div", f"By {s['author']}", "class='amp-wp-byline'")
        + "<amp-img src='a.jpg'></amp-img>"
        + z("caption", "div", s["caption"], "class='caption'")
        + ps(s, 0, 2)
        + "<amp-ad width='300'></amp-ad>"
        + z("furniture", "div", "Advertisement", "class='ad-label'")
        + ps(s, 2)
        + "</div>"
        + z("furniture", "div", "View non-AMP version at e.example", "class='amp-footer'")
        + "</body>"
    )


def live_blog(s: dict) -> str:
    times = ["21:40", "21:05", "20:32", "20:10", "19:55"]
    posts = "".join(
        "<div class='live-post'>" + z("furniture", "time", when) + z("text", "p", text) + "</div>"
        for when, text in zip(times, s["paragraphs"], strict=True)
    )
    return (
        head(s)
        + "<body>"
        + menu()
        + "<article class='liveblog'>"
        + z("furniture", "span", "LIVE")
        + z("headline", "h1", s["headline"])
        + z("standfirst", "p", s["standfirst"], "class='summary'")
        + "<div class='posts'>"
        + posts
        + "</div>"
        + z("furniture", "button", "Load more")
        + "</article>"
        + links("More live coverage", "aside")
        + "</body>"
    )


def with_table(s: dict) -> str:
    rows = [("Year", "Passengers"), ("2021", "41,200"), ("2022", "58,700"), ("2023", "60,150")]
    table = (
        "<table>" + "".join(z("text", "tr", "".join(f"<td>{cell}</td>" for cell in row)) for row in rows) + "</table>"
    )
    return (
        head(s)
        + "<body>"
        + menu()
        + "<article>"
        + z("headline", "h1", s["headline"])
        + ps(s, 0, 2)
        + table
        + ps(s, 2)
        + "</article><footer>"
        + z("furniture", "p", ABOUT)
        + "</footer></body>"
    )


def tabloid(s: dict) -> str:
    bullets = (
        "<ul class='mol-bullets'>"
        + z("standfirst", "li", s["standfirst"])
        + z("standfirst", "li", s["sub"] + " for all")
        + "</ul>"
    )
    box = "<div class='read-more'>" + z("furniture", "span", "READ MORE: " + TEASERS[0][0]) + "</div>"
    return (
        head(s)
        + "<body>"
        + menu()
        + "<div id='content'>"
        + z("headline", "h1", s["headline"])
        + bullets
        + z("byline", "p", f"By {s['author'].upper()} FOR DAILY EXAMPLE", "class='author-section byline-plain'")
        + "<div class='social'>"
        + z("furniture", "span", "Share")
        + z("furniture", "span", "117 shares")
        + "</div>"
        + ps(s, 0, 2)
        + box
        + ps(s, 2, 4)
        + box.replace(TEASERS[0][0], TEASERS[1][0])
        + ps(s, 4)
        + "</div>"
        + links("TOP STORIES", "div", "class='femail'", prose=True)
        + "</body>"
    )


def old_tables(s: dict) -> str:
    left = "<br>".join(MENU)
    return (
        head(s)
        + "<body><table width='100%'><tr>"
        + z("furniture", "td", left, "width='20%'")
        + "<td>"
        + "<font size='5'>"
        + z("headline", "b", s["headline"])
        + "</font>"
        + ps(s)
        + "</td></tr><tr>"
        + z("furniture", "td", "Copyright 2003 Daily Example. Terms of use.", "colspan='2'")
        + "</tr></table></body>"
    )


def line_breaks(s: dict) -> str:
    body = "<br><br>".join(z("text", "span", text) for text in s["paragraphs"])
    return (
        head(s)
        + "<body><div class='header'>"
        + z("furniture", "span", "Daily Example")
        + "</div>"
        + z("headline", "h1", s["headline"])
        + "<div class='story'>"
        + body
        + "</div><div class='bottom'>"
        + z("furniture", "a", "Back to top")
        + "</div></body>"
    )


def headline_in_h2(s: dict) -> str:
    return (
        head(s)
        + "<body>"
        + z("furniture", "h1", "Daily Example")
        + menu()
        + "<section class='story'>"
        + z("headline", "h2", s["headline"])
        + z("byline", "p", s["author"], "class='author'")
        + ps(s, 0, 3)
        + z("text", "h3", s["sub"])
        + ps(s, 3)
        + "</section>"
        + links("Other news", "section", "class='list'")
        + "</body>"
    )


def json_ld(s: dict) -> str:
    facts = {
        "@type": "NewsArticle",
        "headline": s["headline"],
        "datePublished": "2023-09-13T08:00:00Z",
        "author": {"@type": "Person", "name": s["author"]},
    }
    data = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    return (
        head(s, data)
        + "<body>"
        + menu()
        + "<div class='paywall-banner'>"
        + z("furniture", "p", "You have read two of three free articles this month. Subscribe for one crown a week.")
        + "</div>"
        + "<article><header>"
        + z("headline", "h1", s["headline"])
        + z("standfirst", "p", s["standfirst"], "class='dek'")
        + "</header><div class='body'>"
        + ps(s)
        + "</div></article><div class='newsletter-signup'>"
        + z("furniture", "p", "Get the day’s best stories in your inbox every morning at six.")
        + z("furniture", "button", "Sign up")
        + "</div></body>"
    )


def nested_with_ads(s: dict) -> str:
    parts = "".join(
        f"<section><div class='x'><div class='y'>{z('text', 'p', text)}</div></div></section>"
        "<div class='ad-slot'>" + z("furniture", "span", "Advertisement") + "</div>"
        for text in s["paragraphs"]
    )
    return (
        head(s)
        + "<body><div><div><div>"
        + menu()
        + "</div></div></div><div id='app'><div><div role='main'>"
        + z("headline", "h1", s["headline"])
        + parts
        + "</div></div></div>"
        + links("Recommended for you")
        + "</body>"
    )


def gallery(s: dict) -> str:
    pictures = "".join(
        "<div class='slide'><img src='a.jpg'>"
        + z("caption", "div", f"{s['caption']} ({number} of 3)", "class='img-caption'")
        + "</div>"
        for number in (1, 2, 3)
    )
    return (
        head(s)
        + "<body>"
        + menu()
        + "<article>"
        + z("headline", "h1", s["headline"])
        + z("byline", "div", f"By {s['author']}", "class='byline'")
        + pictures
        + ps(s)
        + "</article>"
        + "<div class='tags'>"
        + z("furniture", "a", "harbour")
        + " "
        + z("furniture", "a", "storms")
        + "</div></body>"
    )


def pull_quotes(s: dict) -> str:
    quote = s["paragraphs"][1].split("”")[0].strip("“") if "“" in s["paragraphs"][1] else s["sub"]
    tweet = (
        "<blockquote class='twitter-tweet'>"
        + z("text", "p", "The boat is in! Three hours, but we made it home.")
        + "</blockquote>"
    )
    return (
        head(s)
        + "<body>"
        + menu()
        + "<main><article>"
        + z("headline", "h1", s["headline"])
        + ps(s, 0, 2)
        + "<aside class='pullquote'>"
        + z("furniture", "p", quote)
        + "</aside>"
        + ps(s, 2, 4)
        + tweet
        + ps(s, 4)
        + "</article></main><footer>"
        + z("furniture", "p", "Contact us")
        + "</footer></body>"
    )


def interview(s: dict) -> str:
    talk = "".join(
        z("text", "h3", question) + z("text", "p", answer)
        for question, answer in zip(
            ["How did it begin?", "Who paid for it?", "What comes next?"], s["paragraphs"][1:4], strict=True
        )
    )
    return (
        head(s)
        + "<body>"
        + menu()
        + "<article>"
        + z("headline", "h1", s["headline"])
        + z("standfirst", "p", s["standfirst"], "class='article-summary'")
        + ps(s, 0, 1)
        + talk
        + ps(s, 4)
        + "</article>"
        + links("Interviews", "aside")
        + "</body>"
    )


def interrupted(s: dict) -> str:
    form = (
        "<div class='newsletter'><h4>"
        + z("furniture", "span", "Our daily newsletter")
        + "</h4>"
        + z("furniture", "p", "All you need to know before breakfast, written by our editors every weekday.")
        + z("furniture", "label", "Email address")
        + "</div>"
    )
    return (
        head(s)
        + "<body>"
        + menu()
        + "<article>"
        + z("headline", "h1", s["headline"])
        + ps(s, 0, 2)
        + form
        + ps(s, 2)
        + "</article><section class='comments'>"
        + z("furniture", "h2", "2 comments")
        + "".join(z("furniture", "p", text) for text in COMMENTS)
        + "</section></body>"
    )


def sidebar_first(s: dict) -> str:
    return (
        head(s)
        + "<body>"
        + links("Most read", "div", "id='mostread' class='box'", prose=True)
        + "<div class='content'>"
        + z("headline", "h1", s["headline"])
        + z("byline", "p", f"{s['author']}, Correspondent", "rel='author'")
        + ps(s)
        + "</div>"
        + "<div class='footer'>"
        + z("furniture", "p", ABOUT)
        + z("furniture", "p", COOKIES)
        + "</div></body>"
    )


def teasers_below(s: dict) -> str:
    return (
        head(s)
        + "<body>"
        + menu()
        + "<div class='article'>"
        + z("headline", "h1", s["headline"])
        + "<figure>"
        + z("caption", "figcaption", s["caption"])
        + "</figure>"
        + ps(s)
        + z("credit", "p", "Additional reporting by Eva Lind")
        + "</div>"
        + links("More from World", "div", "class='river'", prose=True)
        + "</body>"
    )


def mobile(s: dict) -> str:
    facts = (
        "<ul>"
        + "".join(
            z("text", "li", text)
            for text in [
                "The first boat sails at six in the morning.",
                "Tickets cost four crowns for adults.",
                "Dogs travel free of charge on every sailing.",
            ]
        )
        + "</ul>"
    )
    return (
        head(s)
        + "<body><div class='drawer' style='display:none'><ul><li>Hidden menu</li></ul></div><div class='bar'>"
        + z("furniture", "span", "Menu")
        + z("furniture", "span", "Sign in")
        + "</div><article>"
        + z("headline", "h1", s["headline"])
        + ps(s, 0, 3)
        + facts
        + ps(s, 3)
        + "</article><dl>"
        + z("furniture", "dt", "Published by")
        + z("furniture", "dd", "Daily Example")
        + "</dl></body>"
    )


def bio_at_the_end(s: dict) -> str:
    return (
        head(s)
        + "<body><div class='consent'>"
        + z("furniture", "p", COOKIES)
        + z("furniture", "p", COOKIES.replace("We and", "They and"))
        + "</div>"
        + menu()
        + "<article>"
        + z("headline", "h1", s["headline"])
        + "<figure><noscript><img src='a.jpg'></noscript>"
        + z("caption", "figcaption", s["caption"])
        + "</figure>"
        + ps(s)
        + "<div class='author-bio'>"
        + z(
            "furniture",
            "p",
            f"{s['author']} covers the coast and its islands for the Daily Example and has written two books.",
        )
        + "</div></article><div class='trending'>"
        + z("furniture", "h4", "Trending")
        + z("furniture", "li", TEASERS[2][0])
        + "</div></body>"
    )


BUILDERS: list[Callable[[dict], str]] = [
    semantic,
    div_soup,
    wordpress,
    amp,
    live_blog,
    with_table,
    tabloid,
    old_tables,
    line_breaks,
    headline_in_h2,
    json_ld,
    nested_with_ads,
    gallery,
    pull_quotes,
    interview,
    interrupted,
    sidebar_first,
    teasers_below,
    mobile,
    bio_at_the_end,
]
