"""Kinds of web page that real sites serve, in our own words: what each must give, in several ways of building it."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest

from framing import audit_articles, find_passages, read_articles
from framing.articles.formats.page_facts import person_names, without_site

TITLE = "Council votes to close swimming pool"
SITE = "The Lowbridge Courier"
STORY = [
    "The council of Lowbridge voted on Tuesday to close the old swimming pool, ending a dispute of two years.",
    "Mayor Anna Kell said the building needed repairs that would cost more than four million pounds.",
    "Opponents had gathered nine thousand signatures and promised to take the decision to court before the summer.",
    "The pool was opened in 1961 and is used by three schools, two clubs and about four hundred swimmers.",
    "A spokesman for the clubs said the nearest other pool was eighteen miles away and already had a waiting list.",
    "The council expects to sell the land by autumn and to spend part of the proceeds on a bus for the schools.",
]
MENU = "<nav><ul><li><a href='/h'>Home</a></li><li><a href='/n'>News</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
FOOT = f"<footer><p>Copyright 2024 {SITE}. All rights reserved.</p></footer>"
HEAD = (
    f"<title>{TITLE} - {SITE}</title><meta property='og:title' content='{TITLE}'>"
    "<meta property='article:published_time' content='2024-03-05T08:00:00Z'>"
)


def paragraphs(lines=STORY) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def whole(inside: str, *, head: str = HEAD, before: str = MENU, title: str = f"<h1>{TITLE}</h1>") -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{before}"
        f"<div class='main'>{title}{inside}</div>{FOOT}</body></html>"
    )


def read(folder, html: str, name: str = "page.html"):
    path = folder / name
    path.write_text(html, encoding="utf-8")
    articles = read_articles(path)
    passages = find_passages(articles)
    body = passages.loc[passages["zone"].isin(["lead", "body", "subheading"]), "text"].tolist()
    return articles.iloc[0], body, passages


@pytest.mark.parametrize(
    "element",
    [
        "article class='post tag-swimming'",
        "div class='l-sidebar-fixed'",
        "div class='content-with-sidebar'",
        "div class='share social article'",
        "section id='comments-enabled-story'",
        "div class='ad-free banner'",
        "div class='newsletter promo-body'",
        "main class='paywall subscribe'",
        "div class='popular related'",
        "div id='weather' class='weather'",
        "article class='ticker modal'",
        "section class='comments-open trending'",
        "div id='main-nav-content' class='navigation'",
        "form class='page'",
        "aside class='story'",
    ],
)
def test_a_class_name_never_takes_the_story_away(tmp_path, element):
    tag = element.split()[0]
    for title in (f"<header><h1>{TITLE}</h1></header>", ""):
        inside = f"<{element}>{'' if title else f'<h1>{TITLE}</h1>'}{paragraphs()}</{tag}>"
        _, body, _ = read(tmp_path, whole(inside, title=title))
        assert body == STORY


def comments(name: str) -> str:
    said = [
        "I think the council is wrong about this, and I have said so for years.",
        "They should have asked the swimmers first, who pay for it every month.",
        "Nobody will miss that pool, it was cold and the roof leaked all winter long.",
        "My children learned to swim there and I am very sad about it today.",
    ]
    return "".join(
        f"<li class='{name}'><b>user{n}</b><time>March {n}, 2024</time><p>{line}</p></li>"
        for n, line in enumerate(said * 2, 5)
    )


def test_a_page_of_readers_comments_alone_is_no_story(tmp_path):
    (tmp_path / "page.html").write_text(whole(f"<ol class='comment-list'>{comments('comment')}</ol>"), encoding="utf-8")
    assert "no running text" in audit_articles(tmp_path / "page.html")["reason"][0]


@pytest.mark.parametrize("heading", ["8 Comments", "Comments 8", "Comments"])
@pytest.mark.parametrize("name", ["comment", "c9"])
def test_readers_comments_below_a_story_are_no_part_of_it(tmp_path, heading, name):
    below = f"<div class='x'><h3>{heading}</h3><ol>{comments(name)}</ol></div>"
    _, body, _ = read(tmp_path, whole(f"<article>{paragraphs()}</article>{below}"))
    assert body == STORY


@pytest.mark.parametrize(
    "heading", ["Subscribe to continue reading", "Sign up for our newsletter", "Log in to comment"]
)
def test_a_heading_that_speaks_to_the_visitor_is_no_subheading(tmp_path, heading):
    wall = f"<div class='pw'><h3>{heading}</h3><p>Get unlimited access for £1 a week.</p><p>Already a subscriber? Sign in</p></div>"
    _, body, _ = read(tmp_path, whole(f"<article>{paragraphs()}{wall}</article>"))
    assert body == STORY
    _, body, _ = read(
        tmp_path,
        whole(f"<article>{paragraphs(STORY[:3])}<h3>Why subscribers left</h3>{paragraphs(STORY[3:])}</article>"),
    )
    assert "Why subscribers left" in body


def test_where_every_extractor_is_put_off_by_names_the_audit_says_so(tmp_path):
    inside = f"<section class='comments-open trending'>{paragraphs()}</section>"
    (tmp_path / "page.html").write_text(whole(inside), encoding="utf-8")
    audit = audit_articles(tmp_path / "page.html").iloc[0]
    assert audit["status"] == "read"
    assert "no reading found a main text" in audit["reason"]


def test_a_masthead_that_the_title_names_too_is_no_headline(tmp_path):
    head = f"<title>Pool to close | {SITE}</title><meta property='og:title' content='Council vote: pool to close after vote'>"
    article, _, _ = read(tmp_path, whole(f"<article>{paragraphs()}</article>", head=head, before=f"<h1>{SITE}</h1>"))
    assert article["headline"] == TITLE


@pytest.mark.parametrize(
    ("inside", "byline"),
    [
        ("<div class='byline'>By Ann Lee | March 5, 2024 | 8:00 am</div>", "Ann Lee"),
        ("<p class='byline'>By Ann Lee, City Editor</p>", "Ann Lee"),
        ("<meta name='author' content='Ann Lee (ann@courier.example)'>", "Ann Lee"),
    ],
)
def test_days_roles_and_addresses_are_no_authors(tmp_path, inside, byline):
    article, _, _ = read(tmp_path, whole(f"{inside}<article>{paragraphs()}</article>"))
    assert article["byline"] == byline


def test_a_user_of_the_sites_software_is_no_author(tmp_path):
    article, _, _ = read(tmp_path, whole(f"<p class='byline'>Posted by admin</p><article>{paragraphs()}</article>"))
    assert pd.isna(article["byline"])


def test_the_same_names_still_tell_what_stands_beside_the_story(tmp_path):
    box = "<div class='newsletter'><p>Get the best stories of the town every morning before breakfast.</p></div>"
    _, body, _ = read(tmp_path, whole(f"<article>{paragraphs(STORY[:3])}{box}{paragraphs(STORY[3:])}</article>"))
    assert body == STORY


@pytest.mark.parametrize(
    "opening",
    [
        "<!-- saved from url=(0042)https://www.example.org/news/pool -->\n",
        '<!--?xml version="1.0" encoding="UTF-8" ?-->',
        "\ufeff<!-- cached --><!-- page 7 -->\r\n",
        "<?xml version='1.0'?>\n<!-- made by hand -->",
        "\n\n<!--\nseveral\nlines\n-->\n",
        "<!--[if IE]><p>old</p><![endif]-->",
        "<!-- SSI <!--#include --> -->",
        "<?php /* made by a server */ ?>\n",
        "<script>var a = 1;</script>",
        "<style>p {}</style>",
        "<!--" + " x" * 3_000 + "-->",
        '<?xml version="1.0" encoding="utf-8"?>\n<!--' + " x" * 3_000 + "-->",
    ],
)
@pytest.mark.parametrize("name", ["page.html", "page", "page.txt"])
def test_a_page_that_begins_with_a_comment_is_a_page(tmp_path, opening, name):
    article, body, _ = read(tmp_path, opening + whole(f"<article>{paragraphs()}</article>"), name)
    assert body == STORY
    assert (article["headline"], article["date"]) == (TITLE, "2024-03-05")


def test_a_text_that_speaks_of_comments_is_no_page(tmp_path):
    (tmp_path / "note.txt").write_text("<!-- is how a comment begins, said the teacher. It ends with two dashes.")
    assert audit_articles(tmp_path)["format"][0] == "text"


@pytest.mark.parametrize(
    "before",
    [
        f"<div class='brand'><h2>{SITE}</h2></div>" + "".join(f"<h2>Another story number {n}</h2>" for n in range(25)),
        f"<h1>{SITE}</h1>",
        f"<h1><a href='/'>{SITE}</a></h1>" + MENU,
        "<h1>Open the menu</h1>" + "".join(f"<article><h1>Story number {n} of today</h1></article>" for n in range(30)),
        f"<div><h1>Welcome to {SITE}</h1></div>",
        "<h2>Swimming</h2><h1>News</h1><h1>Sport and leisure in town</h1>",
    ],
)
def test_a_masthead_or_a_menu_is_no_headline(tmp_path, before):
    article, body, _ = read(tmp_path, whole(f"<article>{paragraphs()}</article>", before=before))
    assert article["headline"] == TITLE
    assert body == STORY


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} - {SITE}",
        f"{TITLE} | {SITE}",
        f"{TITLE} — {SITE}",
        f"{SITE} | {TITLE}",
        f"{TITLE} | Lowbridge Courier",
        f"{TITLE} · {SITE} · Local"[: len(TITLE) + 3 + len(SITE)],
    ],
)
def test_the_name_of_the_site_is_cut_from_a_headline_that_only_the_title_states(tmp_path, title):
    head = f"<title>{title}</title><meta property='og:site_name' content='{SITE}'>"
    article, _, _ = read(tmp_path, whole(f"<article>{paragraphs()}</article>", head=head, title=""))
    assert article["headline"] == TITLE
    assert article["outlet"] == SITE


def test_a_dash_of_the_headlines_own_stays():
    assert without_site("Take care - the fair of 2018", [SITE]) == "Take care - the fair of 2018"
    assert without_site("Pool closes: a town reacts", [SITE], "https://example.org/a") == "Pool closes: a town reacts"


RUNS = {
    "concert": [f"June {day} – Low Mill, Sussex @ Harbour Hall" for day in range(10, 18)],
    "results": [f"{name} {n}-1" for n, name in enumerate(["Harbour", "Mill Lane", "St Ann's", "Old Boys"], 2)],
    "prices": ["Adult ticket £4.20", "Child ticket £2.10", "Family ticket £11", "Season ticket £96"],
    "stops": ["High Street", "Market Square", "Station Road North", "Quay West", "Baths"],
    "times": [f"{hour} a.m. — lane swimming" for hour in (6, 7, 8, 9)],
    "candidates": ["Anna Kell, mayor", "Tom Reed, councillor", "Ida Lund, teacher", "Max Orr, builder"],
}


@pytest.mark.parametrize("kind", RUNS)
@pytest.mark.parametrize("make", ["p", "div", "br"])
def test_a_run_of_short_lines_inside_the_story_is_body(tmp_path, kind, make):
    run = (
        f"<p>{'<br>'.join(RUNS[kind])}</p>"
        if make == "br"
        else "".join(f"<{make}>{line}</{make}>" for line in RUNS[kind])
    )
    inside = (
        f"<article>{paragraphs(STORY[:4])}<p>These are the dates and details:</p>{run}{paragraphs(STORY[4:])}</article>"
    )
    _, body, _ = read(tmp_path, whole(inside))
    assert [line for line in RUNS[kind] if line not in "\n".join(body).split("\n")] == []
    assert [line for line in STORY if line not in body] == []


@pytest.mark.parametrize("box", ["You may also like", "Related articles", "Read next", "Você pode gostar..."])
@pytest.mark.parametrize("n", [2, 6])
def test_a_box_below_a_short_story_is_a_box_though_it_holds_more_than_the_story(tmp_path, box, n):
    others = "".join(
        f"<article><h3>The town of {place}</h3><p>The people of {place} met in the hall on Friday to talk "
        "about the harbour, the road and the school, and the evening ended late.</p></article>"
        for place in ["Ash", "Birch", "Cedar", "Elm", "Fir", "Holly"][:n]
    )
    inside = (
        f"<article>{paragraphs(STORY[:3])}</article><article class='postbox'><h3 class='t'>{box}</h3>{others}</article>"
    )
    _, body, _ = read(tmp_path, whole(inside))
    assert body == STORY[:3]


@pytest.mark.parametrize("kicker", ["Latest", "Breaking news", "More", "Coverage", "Top stories", "Featured"])
def test_such_a_line_over_the_story_is_no_box(tmp_path, kicker):
    for inside in (
        f"<div><p>{kicker}</p>{paragraphs()}</div>",
        f"<p>{STORY[0]}</p><div><p>{kicker}</p>{paragraphs(STORY[1:])}</div>",
    ):
        _, body, _ = read(tmp_path, whole(inside))
        assert [line for line in STORY if line not in body] == []


TO_THE_READER = [
    "If you already have an account with the pool, sign up for the free trial of the new baths before the first of May "
    "and your subscription goes on there at the same price until the old one ends.",
    "Our readers asked what becomes of their tickets: a subscription that was paid for the year will be paid back, and "
    "whoever has an account with the swimming club need do nothing about it at all.",
    "Subscribers to the swimming courses keep their places, the council says, and those who want to cancel any time "
    "before the summer will find the form at the desk of the town hall in Mill Lane.",
    "Note: the newsletter of the council, which every household gets in the first week of the month, will list the "
    "dates, and a subscription to the bus for the schools costs twelve pounds a month.",
    "You can sign up to the petition in the library, where your email address is asked for but not passed on, and "
    "where the privacy policy of the town hangs beside the door for everybody to read.",
]


@pytest.mark.parametrize("said", TO_THE_READER)
@pytest.mark.parametrize("place", [2, 4, 6])
def test_a_long_paragraph_that_speaks_to_the_reader_is_text_beside_text_in_one_element(tmp_path, said, place):
    lines = [*STORY[:place], said, *STORY[place:]]
    _, body, _ = read(tmp_path, whole(f"<div>{'<br><br>'.join(lines)}</div>"))
    assert said in body and [line for line in STORY if line not in body] == []


@pytest.mark.parametrize(
    "said",
    [
        "Sign up for our newsletter and get the news of the town in your inbox every day.",
        "Subscribe now for unlimited access to our journalism. Cancel anytime.",
        "Follow us on Google News and read our best stories first.",
    ],
)
def test_a_short_one_is_furniture_there_too(tmp_path, said):
    _, body, _ = read(tmp_path, whole(f"<div>{'<br><br>'.join([*STORY[:3], said, *STORY[3:], said])}</div>"))
    assert body == STORY


@pytest.mark.parametrize(
    "box",
    [
        "Leia também",
        "Você pode gostar...",
        "Te puede interesar:",
        "À lire aussi :",
        "Lesen Sie auch",
        "Mehr zum Thema",
        "Leggi anche",
        "LEES OOK",
        "Läs också",
        "Читайте также:",
        "Czytaj także",
    ],
)
def test_a_box_is_told_by_the_line_that_opens_it_in_other_languages_too(tmp_path, box):
    other = (
        "<h3>Mayor opens harbour</h3><p>The mayor opened the new harbour on Friday in front of two hundred guests "
        "from all over the county.</p>"
    )
    _, body, _ = read(tmp_path, whole(f"<article>{paragraphs()}<div class='x7'><h4>{box}</h4>{other}</div></article>"))
    assert body == STORY


def test_a_quoted_post_stays_in_the_story_whatever_its_frame_is_called(tmp_path):
    said = "<blockquote class='post'><p>They never asked one swimmer.</p>Ida (@ida) May 5</blockquote>"
    post = f"<div class='social-embed'>{said}</div>"
    _, body, _ = read(tmp_path, whole(f"<article>{paragraphs(STORY[:3])}{post}{paragraphs(STORY[3:])}</article>"))
    assert "They never asked one swimmer." in " ".join(body)


@pytest.mark.parametrize("box", ["More from Lowbridge", "Top stories", "Read next", "You may also like", "Most read"])
def test_a_box_is_told_by_the_line_that_opens_it(tmp_path, box):
    other = (
        "<h3>Mayor opens harbour</h3><p>The mayor opened the new harbour on Friday in front of two hundred guests.</p>"
    )
    _, body, _ = read(tmp_path, whole(f"<article>{paragraphs()}<div class='x7'><h2>{box}</h2>{other}</div></article>"))
    assert body == STORY


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<ul>" + "".join(f"<li><a href='/{n}'>Story number {n}</a></li>" for n in range(30)) + "</ul>",
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "<video></video><span>2:31</span>",
        "<form><label>Search</label><input></form>",
        "<p>Loading</p>",
    ],
)
def test_a_page_without_running_text_is_never_read_without_a_word(tmp_path, inside):
    (tmp_path / "page.html").write_text(whole(inside), encoding="utf-8")
    audit = audit_articles(tmp_path / "page.html").iloc[0]
    assert audit["status"] == "incomplete"
    assert "no running text" in audit["reason"]


def test_readings_that_disagree_widely_are_named(tmp_path, monkeypatch):
    from framing.articles.formats import html

    monkeypatch.setattr(html, "main_texts", lambda *_: {"one": "\n".join(STORY[:3]), "other": "\n".join(STORY[3:])})
    (tmp_path / "page.html").write_text(whole(f"<article>{paragraphs()}</article>"), encoding="utf-8")
    audit = audit_articles(tmp_path / "page.html").iloc[0]
    assert audit["status"] == "read"
    assert "share 0% of the words" in audit["reason"]


@pytest.mark.parametrize(
    ("line", "is_byline"),
    [
        ("The swimmers wept and the mayor needed just nine minutes to see the vote through", False),
        ("What it means for the schools, and where they will go from here", False),
        ("A vote that few had seen coming ends two years of quarrels over money", False),
        ("“We were not asked,” say those who used it every morning of the year", False),
        ("Ann Lee is the city reporter of the paper and has been with us for years", True),
        ("By our correspondent in the town hall and in the streets around it", True),
        ("Updated at 14:30 on the day after the vote by the desk in the town", True),
        ("Ann Lee, Bo Ek and Cy Dahl", True),
        ("Ann Lee in Lowbridge", True),
        ("our own reporters", True),
    ],
)
def test_a_sentence_in_the_authors_place_is_a_standfirst_and_no_byline(tmp_path, line, is_byline):
    page = whole(f"<div class='article-author byline'><p>{line}</p></div><div class='text'>{paragraphs()}</div>")
    _, body, passages = read(tmp_path, page)
    zone = passages.loc[passages["text"] == line, "zone"].tolist()
    assert body[0] == STORY[0] and len(body) == len(STORY)
    assert zone == ["standfirst"] if not is_byline else zone != ["standfirst"]


def test_an_extractor_that_fails_on_a_page_prints_nothing(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(whole(f"<article>{paragraphs()}</article><div><script>x</script>\x01 y</div>"), encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-c", f"import framing; print(len(framing.read_articles({str(page)!r})))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (said.stdout.strip(), said.stderr) == ("1", "")


GRAPH = {
    "@graph": [
        {"@type": ["Article"], "author": {"@id": "#a"}, "headline": TITLE, "datePublished": "2024-03-05"},
        {"@type": "Person", "@id": "#a", "name": "Ann Lee"},
        {"@type": "WebSite", "name": SITE},
    ]
}


def data(**facts) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **facts})}</script>"


@pytest.mark.parametrize(
    "head",
    [
        data(
            headline=TITLE,
            author={"@type": "Person", "name": "Ann Lee"},
            datePublished="2024-03-05T23:00:00+01:00",
            publisher={"name": SITE},
        ),
        f"<script type='application/ld+json'>{json.dumps(GRAPH)}</script>",
        f"<meta name='author' content='By Ann Lee'><meta property='og:site_name' content='{SITE}'>"
        "<meta name='parsely-pub-date' content='2024-03-05'>",
        data(headline=TITLE, author="https://example.org/authors/ann-lee", datePublished="2024-03-05")
        + f"<meta name='byl' content='Ann Lee'><meta property='og:site_name' content='{SITE}'>",
        data(author=["username"], datePublished="0001-01-01T00:00:00") + "<meta name='author' content='Ann LeeAnn Lee'>"
        f"<meta property='og:site_name' content='{SITE}'><meta name='date' content='5 March 2024'>",
        "<script type='application/ld+json'>{broken</script>"
        + data(author={"name": "Ann Lee | Courier Media"}, datePublished="2024-03-05", publisher=[{"name": SITE}]),
    ],
)
def test_byline_date_and_outlet_come_from_what_the_page_states_of_itself(tmp_path, head):
    body = f"<p>By Tom Wrong</p><time datetime='2023-01-01'>1 January</time><article>{paragraphs()}</article>"
    article, _, _ = read(tmp_path, whole(body, head=f"<title>{TITLE}</title>{head}"))
    assert (article["byline"], article["date"], article["outlet"]) == ("Ann Lee", "2024-03-05", SITE)


@pytest.mark.parametrize(
    "value",
    [
        "Username",
        "admin",
        "https://www.example.org/ann",
        "www.example.org/a",
        "ann@example.org",
        "@annlee",
        "kevin-r",
        "jsmith2",
        "",
        "—",
        "WordPress",
        "x" * 200,
    ],
)
def test_what_is_no_name_is_no_byline(value):
    assert person_names([value]) == []


def test_a_doubled_name_is_written_once_and_other_scripts_are_names():
    assert person_names(["Ann Lee Ann Lee", "Ann LeeAnn Lee", "Ann Lee", "by Tom Reed", "山田太郎", "Dede Dede"]) == [
        "Ann Lee",
        "Tom Reed",
        "山田太郎",
        "Dede",
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda: "<div>" * 100_000 + "deep",
        lambda: "<b>x</b>" * 200_000,
        lambda: "<p>" + "word " * 2_000_000,
        lambda: "<table><tr><td>" * 5_000,
        lambda: "<a href='" * 50_000,
        lambda: "<p>a</p>" * 14_000 + paragraphs() * 400,
    ],
)
def test_a_hostile_page_is_read_or_refused_in_bounded_time(tmp_path, make):
    import time

    (tmp_path / "page.html").write_text(f"<html><body>{make()}</body></html>", encoding="utf-8")
    begun = time.process_time()
    audit = audit_articles(tmp_path / "page.html")
    assert time.process_time() - begun < 30
    assert audit["status"].isin(["read", "incomplete", "skipped"]).all()
    assert audit["reason"].notna().all() or audit["status"].eq("read").all()


@pytest.mark.parametrize("name", ["rollover-people-block", "tooltip", "hover-card", "bio-popup"])
def test_a_card_that_only_a_pointer_shows_is_no_part_of_the_sentence(tmp_path, name):
    story = "".join(
        f"<p>The harbour board of Selby met for the {n}th time and voted on the new pier.</p>" for n in range(9)
    )
    card = f'<span class="{name}"><span><a href="/p">Ada Lynn Berg</a> Mayor of Selby. See more</span></span>'
    page = (
        "<html><head><title>Pier</title></head><body><article><h1>Pier vote</h1>"
        f'<p>Mayor <a href="/berg">Ada Berg</a>{card} said the pier would stand.</p>{story}</article></body></html>'
    )
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    text = read_articles(tmp_path)["text"][0]
    assert "Ada Berg said the pier would stand" in text and "Lynn" not in text


@pytest.mark.parametrize(("times", "said"), [(2, True), (40, False)])
def test_the_beginning_that_a_page_for_subscribers_shows_is_said_to_be_one(tmp_path, times, said):
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Pier vote",
        "isAccessibleForFree": "False",
    }
    story = "".join(
        f"<p>The harbour board of Selby met for the {n}th time and voted on the new pier.</p>" for n in range(times)
    )
    (tmp_path / "page.html").write_text(
        f'<html><head><title>Pier vote</title><script type="application/ld+json">{json.dumps(facts)}</script></head>'
        f"<body><article><h1>Pier vote</h1>{story}</article></body></html>",
        encoding="utf-8",
    )
    assert audit_articles(tmp_path).to_string().count("for subscribers") == said
