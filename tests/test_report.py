"""The report: findings first, events, articles to read, search; hostile text, scripts off, a browser that clicks."""

import os
import re
from pathlib import Path

import lxml.html
import pandas as pd
import pytest

import framing
from framing.reports import page
from framing.reports.events import event_title, event_view, outlet_view
from framing.reports.pipeline import analyze
from framing.reports.reading import Places, readings

OUTLETS, EVENTS = ("Courier", "Gazette", "Herald"), ("bridge", "dam", "flood")
NASTY = '</script><script>alert(1)</script><img src=x onerror=alert(2)> & "q" ]]> ' + "f" * 300
TEXT = (
    "Mayor Ann Lee opens the {event}\n\nMayor Ann Lee opened the {event} on Monday, a {word} to critics. "
    '"The {event} will serve every family in the valley for years to come," Lee said. '
    'Tom Reed, a farmer, said "nobody asked us before they built the {event} here." {more}'
)
CONCEPTS = """[[concept]]
name = "the works"
[[concept.label]]
name = "folly"
[[concept.label]]
name = "project"
"""


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    place = tmp_path_factory.mktemp("concepts") / "works.toml"
    place.write_text(CONCEPTS, encoding="utf-8")
    rows = [
        {
            "article_id": f"{outlet}-{event}",
            "outlet": outlet,
            "event": event,
            "date": "2024-05-06",
            "headline": NASTY if (outlet, event) == ("Herald", "flood") else f"Mayor opens the {event}",
            "text": TEXT.format(
                event=event,
                word="folly" if outlet == "Courier" else "project",
                more=NASTY if (outlet, event) == ("Herald", "flood") else "The band played on.",
            ),
        }
        for outlet in OUTLETS
        for event in EVENTS
    ]
    return analyze(pd.DataFrame(rows), concepts=place)


@pytest.fixture(scope="module")
def written(analysis, tmp_path_factory):
    return framing.report(analysis, tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture(scope="module")
def folder(analysis, tmp_path_factory):
    """The same study written as a folder of pages, as a large one is."""
    path = tmp_path_factory.mktemp("pages") / "report.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "SMALL", 3)
        framing.report(analysis, path)
    return path


def test_findings_stand_before_everything_and_say_what_the_sample_can_show(written):
    tree = lxml.html.fromstring(written.read_text(encoding="utf-8"))
    first = tree.xpath("//main/section")[0]
    assert first.xpath("string(.//h2)") == "What was found" and first.xpath(".//ol[@class='findings']/li")
    assert "What this sample can show." in first.text_content()
    assert [row.text_content() for row in first.xpath(".//tbody/tr/th")] == list(OUTLETS)


def test_every_link_leads_to_a_place_on_the_page_and_ids_are_one_of_a_kind(written):
    tree = lxml.html.fromstring(written.read_text(encoding="utf-8"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = set(tree.xpath("//a/@href"))
    assert links and {link[1:] for link in links} <= set(ids) and all(link.startswith("#") for link in links)


def test_links_of_a_folder_of_pages_lead_to_places_in_it(folder):
    pages = {
        path: lxml.html.fromstring(path.read_text(encoding="utf-8"))
        for path in [folder, *(folder.parent / "report").glob("*.html")]
    }
    assert len(pages) == 1 + 3 + 3  # the first, the events, and outlets, results and search
    for path, tree in pages.items():
        for link in tree.xpath("//a/@href"):
            name, _, anchor = link.partition("#")
            other = (path.parent / name).resolve() if name else path
            assert anchor in pages[other].xpath("//@id"), (path.name, link)


def test_an_event_shows_headlines_speakers_statements_and_names_side_by_side(written):
    tree = lxml.html.fromstring(written.read_text(encoding="utf-8"))
    event = tree.xpath("//section[@id='event-1']")[0]
    words = " ".join(event.text_content().split())
    assert [card.text for card in event.xpath(".//div[@class='card']/h4")] == list(OUTLETS)
    for part in ("Who is quoted where", "The same statement, as each outlet cut it", "Declared names"):
        assert part in words
    cell = event.xpath(".//tr[th='folly']/td")[1]
    assert cell.text.strip() == "1 + 0" and cell.xpath(".//a/@href")[0].startswith("#a1-")


def test_an_outlets_page_lists_no_share_of_fewer_than_five_namings_and_says_so():
    row = {"concept": "the works", "outlet": "Courier", "label": "folly", "share": 1.0, "low": 0.5, "high": 1.0}
    shares = pd.DataFrame(
        [{**row, "n": 1, "n_concept": 1}, {**row, "concept": "the dam", "label": "project", "n": 5, "n_concept": 5}]
    )
    articles = pd.DataFrame(
        [{"article_id": "a", "outlet": "Courier", "event": "e", "headline": "Dam", "date": pd.NaT, "n_words": 9}]
    )
    uses = [
        {"article_id": "a", "outlet": "Courier", "concept": c, "label": "x"} for c in ["the works", *["the dam"] * 5]
    ]
    labels = pd.DataFrame(uses).assign(voice="outlet", start=0, end=1)
    tables = {"articles": articles, "label_share": shares, "labels": labels}
    view = outlet_view(tables, "Courier", 1, {"e": "The dam"}, Places(tables), built_in=True)
    assert [bar["name"] for bar in view["names"]] == ["project"]
    assert view["rare"] == "1 thing named fewer than 5 times: too rare for a share."


def test_names_that_come_with_framing_are_not_called_declared(tmp_path):
    rows = [
        {
            "outlet": outlet,
            "event": "march",
            "text": f"The {word} in the square lasted a day. Police watched the {word}.",
        }
        for outlet, word in (("Courier", "protest"), ("Gazette", "riot"))
    ]
    path = framing.report(analyze(pd.DataFrame(rows)), tmp_path / "report.html")
    words = " ".join(lxml.html.fromstring(path.read_text(encoding="utf-8")).text_content().split())
    assert "Names of the built-in concepts" in words and "Declared names" not in words
    assert "nobody declared them" in words and "too rare for a share" in words


def test_words_given_to_a_speaker_are_the_same_in_every_part_of_an_event_page():
    """A group's words count for each member, a capital for its government; nested and scare quotes count nowhere."""
    said = [
        ("Courier", "Ann Lee; Tom Reed", 5),
        ("Gazette", "Ann Lee", 7),
        ("Gazette", "Moscow", 4),
        ("Herald", pd.NA, 2),
    ]
    rows = [
        {
            "article_id": outlet,
            "outlet": outlet,
            "event": "dam",
            "quote_id": f"q{number}",
            "kind": "direct",
            "voice": "quoted",
            "speaker": speaker,
            "n_words": n,
            "nested": False,
            "start": 0,
            "end": 4,
        }
        for number, (outlet, speaker, n) in enumerate(said)
    ]
    rows += [
        rows[1] | {"quote_id": "q8", "nested": True},
        rows[1] | {"quote_id": "q9", "kind": "scare", "voice": "outlet"},
    ]
    quotes = pd.DataFrame(rows)
    articles = pd.DataFrame([{"article_id": name, "outlet": name, "event": "dam", "text": "Tom."} for name in OUTLETS])
    articles = framing.read_articles(articles, clean=False)
    here = {"articles": articles.assign(date=["2024-05-06", "2024-05-06", "2024-05-07"]), "quotes": quotes}
    view = event_view({}, here, "the dam", 1, Places({"articles": articles}))
    shown = {who: sum(cell["n"] for cell in cells) for who, cells in view["speakers"]["rows"]}
    assert shown == {"Ann Lee": 12, "Tom Reed": 5, "Russian government": 4, "not identified": 2}
    missing = framing.missing_speakers(quotes, articles)
    assert {row.speaker: row.n_words for row in missing[missing["outlet"] == "Herald"].itertuples()} == {
        who: n for who, n in shown.items() if who != "not identified"
    }
    assert view["apart"] == 1  # day


def test_a_version_whose_speaker_was_not_found_says_so():
    known = {
        "utterance": 1,
        "kind": "direct",
        "content": "No.",
        "cut": "",
        "kept": 1.0,
        "verbatim": 0.5,
        "n_pieces": 2,
        "start": 0,
    }
    said = [("A", pd.NA), ("B", "Ann Lee"), ("C", "Tom Reed")]
    rows = [known | {"article_id": outlet, "outlet": outlet, "speaker": speaker} for outlet, speaker in said]
    texts = pd.DataFrame(
        {"article_id": list("ABC"), "outlet": list("ABC"), "text": "No.", "event": "dam", "headline": "x"}
    )
    articles = framing.read_articles(texts, clean=False)
    view = event_view(
        {}, {"articles": articles, "quote_matches": pd.DataFrame(rows)}, "x", 1, Places({"articles": articles})
    )
    [one] = view["statements"]
    assert one["speaker"] == "Ann Lee" and [v["given_to"] for v in one["versions"]] == [
        "not identified",
        "",
        "Tom Reed",
    ]


def test_outlets_that_lack_events_are_named_where_it_is_said_what_was_read():
    table = pd.DataFrame({"outlet": ["A", "A", "B", "C"], "event": ["x", "y", "x", pd.NA]})
    assert page._uneven(table) == "B has no article on 1 of 2 events"
    assert page._uneven(table[table["event"] == "x"]) == page._uneven(table.assign(event=pd.NA)) == ""


def test_an_event_named_by_a_number_or_a_hash_is_called_by_its_first_headline():
    table = pd.DataFrame({"event": ["6b541575-99b1-40d2", "flood 2024", pd.NA], "headline": ["Dam breaks", "B", "C"]})
    assert [event_title(table, event) for event in table["event"]] == [
        "“Dam breaks”",
        "flood 2024",
        "Articles of no named event",
    ]


def test_an_event_counts_words_as_every_table_does_and_says_how_far_apart_its_articles_are(analysis):
    """Joint speech is each speaker's, speech within speech is the outer one's, as in `missing_speakers`."""
    from framing.reports.events import by_event, days_apart, event_view

    here = by_event(analysis.tables)["flood"]
    one = here["quotes"].iloc[[0, 0, 0]].assign(
        speaker=["Ann Lee", "Ann Lee; Tom Reed", "Tom Reed"], n_words=[5, 3, 40], nested=[False, False, True],
        kind="direct", voice="quoted", speaker_role=pd.NA,
    )  # fmt: skip
    view = event_view(analysis.tables, here | {"quotes": one}, "flood", 1, Places(analysis.tables))
    assert {who: sum(cell["n"] for cell in cells) for who, cells in view["speakers"]["rows"]} == {
        "Ann Lee": 8,
        "Tom Reed": 3,
    }
    for dates, n in (["2024-03-04", "2024-03-04T23:00Z"], 0), (["2024-03-04", "2024-03-06"], 2), ([pd.NA, pd.NA], 0):
        assert days_apart(pd.DataFrame({"date": dates})) == n


def test_a_passage_under_a_finding_is_cited_by_the_headline_of_its_own_article(written):
    """Where events have no name they are called by a headline, which is that of one outlet only."""
    from framing.reports.page import _article_called

    def cited(headline, event, date):
        row = pd.Series({"outlet": "Courier", "headline": headline, "event": event, "date": date})
        return _article_called(row, {"6b541575": "“Dam breaks”"})

    assert cited("Folly bursts", "6b541575", "2024-03-04T09:00") == "Courier, “Folly bursts”, 2024-03-04"
    assert cited(pd.NA, "6b541575", pd.NA) == "Courier, “Dam breaks”"
    assert cited(pd.NA, pd.NA, "2024-03-04") == "Courier, 2024-03-04"
    assert cited(pd.NA, pd.NA, pd.NA) == "Courier"


def test_the_reading_view_holds_the_article_word_by_word(analysis):
    views = readings(analysis.tables, Places(analysis.tables))
    for article in analysis.articles.itertuples():
        shown = "".join(
            words
            for block in views[article.article_id]["blocks"]
            for sentence in block["sentences"]
            for _, _, words in sentence["segments"]
        )
        assert "".join(shown.split()) in "".join(article.text.split())
    marks = [
        segment
        for block in views["Courier-dam"]["blocks"]
        for sentence in block["sentences"]
        for segment in sentence["segments"]
        if segment[0]
    ]
    assert any(words == "folly" and "l" in look.split() for look, _, words in marks)
    assert any("q" in look.split() and "Ann Lee" in why for look, why, _ in marks)


def test_a_hostile_article_is_text_wherever_it_stands(written, folder):
    for path in [written, folder, *(folder.parent / "report").glob("*.html")]:
        markup = path.read_text(encoding="utf-8")
        assert "<script>alert" not in markup and "<img" not in markup
        assert markup.count("<script") == markup.count("</script>") <= 2


def test_headings_are_words_and_no_names_of_columns(written):
    tree = lxml.html.fromstring(written.read_text(encoding="utf-8"))
    heads = [node.text_content() for node in tree.xpath("//h1|//h2|//h3|//h4|//summary|//th[@scope='col']")]
    assert not [head for head in heads if re.search(r"[a-z]_[a-z]", head)]


def test_the_same_analysis_gives_the_same_bytes_and_a_missing_table_a_missing_part(analysis, written, tmp_path):
    again = framing.report(analysis, tmp_path / "report.html")
    assert again.read_bytes() == written.read_bytes() and written.stat().st_size < 5_000_000
    less = {
        name: table
        for name, table in analysis.tables.items()
        if name not in ("quote_matches", "missing_speakers", "headline_against_body", "suggested_facts", "loaded")
    }
    bare = framing.report(type(analysis)(less, analysis.choices), tmp_path / "less.html").read_text(encoding="utf-8")
    assert "The same statement" not in bare and "Who is quoted where" in bare


def test_words_of_figures_are_text_in_letters_that_the_page_brings(written):
    markup = written.read_text(encoding="utf-8")
    figures = lxml.html.fromstring(markup).xpath("//figure//*[local-name()='text']")
    assert any("Whose words fill the space" in words.text_content() for words in figures)
    assert "@font-face" in markup and "font-src data:" in markup


# In a browser.


@pytest.fixture
def tab(browser):
    """Open a page at a width; what it asked for or complained of must be nothing at the end."""
    opened, seen = [], []

    def make(path, width=1280, scheme="light", script=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            accept_downloads=True,
        )
        view = context.new_page()
        view.on("console", lambda said: seen.append(said.text) if said.type in ("error", "warning") else None)
        view.on("pageerror", lambda error: seen.append(str(error)))
        view.on(
            "request",
            lambda asked: seen.append(asked.url) if not asked.url.startswith(("file:", "blob:", "data:")) else None,
        )
        view.on("dialog", lambda box: (seen.append(box.message), box.dismiss()))
        view.goto(Path(path).as_uri())
        opened.append(context)
        return view

    yield make
    for context in opened:
        context.close()
    assert seen == []


def keep(view, name):
    """A picture to look at, where somebody asks for it."""
    if place := os.environ.get("FRAMING_SCREENSHOTS"):
        view.screenshot(path=str(Path(place) / f"{name}.png"), full_page=True)


def test_a_link_from_a_finding_opens_the_article_at_the_sentence(tab, written):
    view = tab(written)
    assert view.locator("main > section.open").count() == 1
    view.click("nav.top >> text=Outlets")
    assert view.locator("#outlet-1").is_visible() and not view.locator("#findings").is_visible()
    view.locator("#outlet-1 .sources a").first.click()
    target = view.evaluate("location.hash")
    assert re.fullmatch(r"#a\d+-\d+", target) and view.locator(target).is_visible()
    assert view.locator(target).evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_tables_sort_filter_and_give_the_rows_left(tab, written):
    view = tab(written)
    view.click("nav.top >> text=All measures")
    table = view.locator("table.sortable[data-name=voice_share], table.sortable[data-name=speech_share]").first
    table.evaluate("node => { node.closest('details').open = true; }")
    shares = table.locator("th button", has_text="words").first
    shares.click()
    up = [int(words) for words in table.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    shares.click()
    down = [int(words) for words in table.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert up == sorted(up) and down == sorted(up, reverse=True)
    part = table.locator("xpath=ancestor::details")
    part.locator("input[type=search]").fill("gazette")
    left = table.locator("tbody tr:visible").count()
    assert 0 < left < len(up)
    with view.expect_download() as download:
        part.locator("button.act").click()
    rows = pd.read_csv(download.value.path())
    assert len(rows) == left and set(rows["outlet"]) == {"Gazette"}


def test_search_finds_words_in_context_by_outlet_and_voice(tab, written):
    view = tab(written)
    view.click("nav.top >> text=Search")
    view.fill("#kwic input[name=query]", "foll*")
    view.click("#kwic button:has-text('Search')")
    assert view.locator("#lines tbody tr").count() == 3
    assert view.locator("#lines tbody td:first-child").all_inner_texts() == ["Courier"] * 3
    view.fill("#kwic input[name=query]", "every family")
    view.select_option("#kwic select[name=voice]", "quoted")
    assert view.locator("#lines tbody tr").count() == 9
    view.select_option("#kwic select[name=outlet]", "Herald")
    assert view.locator("#lines tbody tr").count() == 3
    view.locator("#lines tbody a").first.click()
    assert view.locator(view.evaluate("location.hash")).is_visible()


def test_search_in_a_folder_of_pages_counts_articles_and_opens_their_page(tab, folder):
    view = tab(folder.parent / "report" / "search.html")
    view.fill("#kwic input[name=query]", "folly")
    view.click("#kwic button:has-text('Search')")
    assert view.inner_text("#hits") == "3 lines in 3 articles"
    view.locator("#lines tbody a").first.click()
    view.wait_for_url("**/event-*.html#a*")
    assert view.locator(view.evaluate("location.hash")).is_visible()


def test_marks_are_switched_and_two_articles_stand_side_by_side(tab, written):
    view = tab(written)
    view.goto(written.as_uri() + "#a1")
    mark, switch = view.locator("#a1 .l").first, view.locator("#a1 .s-names")
    outline = "node => getComputedStyle(node).outlineStyle"
    assert mark.evaluate(outline) == "solid"
    switch.uncheck()
    assert mark.evaluate(outline) == "none"
    view.locator("#a1 select.beside").select_option(index=1)
    one, other = (view.locator("#a1 .pair .text").nth(number).bounding_box() for number in (0, 1))
    assert one["y"] == other["y"] and one["x"] < other["x"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_part_scrolls_sideways_and_every_part_has_its_colours(tab, written, width, scheme):
    view = tab(written, width, scheme)
    for part in ("findings", "event-3", "outlet-1", "results", "search", "methods"):
        view.goto(f"{written.as_uri()}#{part}")
        assert view.evaluate("document.documentElement.scrollWidth") <= width, part
        keep(view, f"{part}-{width}-{scheme}")
    paper = view.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")


def test_everything_is_read_where_scripts_are_off(tab, written):
    view = tab(written, script=False)
    for part in ("findings", "event-1", "outlet-2", "results", "methods"):
        assert view.locator(f"#{part}").is_visible()
    assert not view.locator("#kwic").is_visible()


def test_print_opens_what_is_closed(tab, written):
    view = tab(written)
    view.emulate_media(media="print")
    view.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert view.locator("details:not([open])").count() == 0 and view.locator("#methods").is_visible()
    assert not view.locator("nav.top").is_visible() and not view.locator("#search").is_visible()
    assert len(view.pdf()) > 20_000


def test_print_cuts_no_table(tab, written):
    """Pages are 186 mm of text wide, those of results lie on their side; what is wider is set smaller by the browser."""
    view = tab(written)
    view.emulate_media(media="print")
    view.evaluate("dispatchEvent(new Event('beforeprint'))")
    widest = (
        "within => Math.max(...[...document.querySelectorAll(within)].map(one => one.getBoundingClientRect().right))"
    )
    for width, within in ((703, "section:not(#results) table"), (1032, "#results table")):
        view.set_viewport_size({"width": width, "height": 1000})
        assert 0 < view.evaluate(widest, within) <= 1.05 * width, within


# Cut away first, since axe takes minutes for them: parts that are not shown, and rows after the third of a table.
CUT = (
    "document.querySelectorAll('main > section').forEach(part => part.getClientRects().length || part.remove());"
    "document.querySelectorAll('tbody > tr:nth-child(n+4)').forEach(row => row.remove())"
)


@pytest.mark.parametrize("scheme, rules", [("light", "{}"), ("dark", "{runOnly: ['color-contrast']}")])
def test_axe_finds_nothing_serious(tab, written, scheme, rules):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-core is not installed (pip install axe-playwright-python)"
    )
    from axe_playwright_python.base import AXE_FILE_PATH

    assert axe
    view = tab(written, scheme=scheme)
    code = AXE_FILE_PATH.read_text(encoding="utf-8")
    for part in ("findings", "event-1", "outlet-1", "results", "search"):
        view.goto(f"{written.as_uri()}#{part}")
        view.reload()
        view.evaluate(CUT)
        assert view.locator("main > section:visible").count()
        view.evaluate(code)  # as a debugger does, past the page's policy
        found = view.evaluate(f"axe.run({rules})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
