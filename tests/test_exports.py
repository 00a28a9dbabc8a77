"""Exports of databases as people have them: every article once, with its own headline, byline, day and outlet."""

from __future__ import annotations

import warnings
from pathlib import Path

import docx
import pytest

from framing import find_passages, read_articles
from framing.articles.reading import NOT_READ, read_with_audit

POOL, FERRY = "Council closes swimming pool", "Strike stops island ferries"
POOL_TEXT = [
    "The council of Lowbridge voted on Tuesday to close the old pool.",
    "Mayor Anna Kell said the repairs would cost four million pounds.",
]
FERRY_TEXT = [
    "Ferries between the islands stopped on Wednesday after a strike.",
    "The union said talks would resume on Friday.",
]
POOL_ID, FERRY_ID = "COURIER000020240305ek350000a", "COURIER000020240306ek360000b"


def read(path: Path, name: str, content: str | bytes) -> tuple:
    """Articles and audit of one file, and the zones of every article, whatever is warned of."""
    path.mkdir(exist_ok=True)
    file = path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        articles, audit = read_with_audit(path)
    passages = find_passages(articles)
    zones = [
        passages[passages["article_id"] == name].groupby("zone", sort=False)["text"].agg(list).to_dict()
        for name in articles["article_id"]
    ]
    return articles, audit, zones


def lost(audit) -> list[str]:
    return audit.loc[audit["status"].isin(NOT_READ), "reason"].tolist()


def told(zones: dict[str, list[str]]) -> list[str]:
    return zones.get("lead", []) + zones.get("body", [])


# ---- Factiva -----------------------------------------------------------------------------------------------------


def factiva(
    title: str,
    text: list[str],
    number: str,
    *,
    words: str = "21 words",
    day: str = "5 March 2024",
    language: str = "English",
    below: str = "",
    end: str = "Document",
    publisher: str = "Lowbridge Courier Ltd",
    head: str = '<div id="hd"><span class="enHeadline">{}</span></div>',
) -> str:
    """One article of a saved Factiva page."""
    paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">{line}</p>\n' for line in text)
    return (
        f'<div class="article enArticle"><p>\n</p><div>News</div>\n{head.format(title)}\n{below}<div>{words}</div>'
        f"<div>{day}</div><div>Lowbridge Courier</div><div>LWCOUR</div><div>{language}</div>"
        f"<div>(c) 2024 Lowbridge Courier</div>\n<p></p>\n{paragraphs}<p>{publisher}</p><p>{end} {number}</p></div>"
    )


def page(*parts: str, title: str = "Factiva") -> str:
    return f"<html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>"


TWO = (factiva(POOL, POOL_TEXT, POOL_ID), factiva(FERRY, FERRY_TEXT, FERRY_ID, day="6 March 2024"))
WRAPPED = {
    "each in an element of its own number": "".join(
        f'<div id="article-{number}" class="article">{part}</div><br>'
        for part, number in zip(TWO, (POOL_ID, FERRY_ID), strict=True)
    ),
    "both in one article": f'<div class="article">{"".join(TWO)}</div>',
    "three deep": "".join(f'<div class="article"><div class="box article">{part}</div></div>' for part in TWO),
    "in HTML's own article": "".join(f"<article>{part}</article>" for part in TWO),
    "the first saved a second time": "".join((*TWO, TWO[0])),
    "all saved twice, one below the other": "".join(TWO * 2),
    "only one of them wrapped": f'<div class="article" id="x">{TWO[0]}</div>{TWO[1]}',
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_factiva_page_gives_every_article_once_however_it_is_wrapped(tmp_path, how):
    articles, audit, zones = read(tmp_path, "f.html", page(WRAPPED[how]))
    assert articles["headline"].tolist() == [POOL, FERRY]
    assert [told(zone) for zone in zones] == [POOL_TEXT, FERRY_TEXT]
    assert audit["parsed"].sum() == 2
    assert not lost(audit)
    assert audit["duplicate_of"].isna().all()


def test_the_copies_that_were_left_out_are_named(tmp_path):
    _, audit, _ = read(tmp_path, "f.html", page(*TWO, TWO[0]))
    assert audit.loc[audit["status"] == "ignored", "reason"].tolist() == [
        f"article 3: the same document {POOL_ID} as article 1, and counted once"
    ]


NOTES = {
    "a note for the desk": '<div class="author">By JANE PYKE</div><div>Special to The Lowbridge Courier</div>',
    "a correspondent": '<div class="author">By Jane Pyke</div><div>Staff Writer</div>',
    "two notes": '<div class="author">By Jane Pyke</div><div>From our own correspondent</div><div>LOWBRIDGE</div>',
    "no class for the author": "<div>By Jane Pyke</div><div>Special to The Lowbridge Courier</div>",
    "a place": '<div class="author">By Jane Pyke</div><div>Island Affairs Editor, Lowbridge</div>',
    "an author in no block": '<span class="author">Jane Pyke</span><div>The Courier Staff</div>',
    "in french": "<div class='author'>Par Jane Pyke</div><div>De notre correspondante</div>",
    "in german": '<div class="author">Von Jane Pyke</div><div>Von unserem Korrespondenten</div>',
    "an author in capitals without by": '<div class="author">JANE PYKE</div><div>Special to the Courier</div>',
}


@pytest.mark.parametrize("what", NOTES)
@pytest.mark.parametrize(
    "head",
    [
        '<div id="hd"><span class="enHeadline">{}</span></div>',
        '<div id="hd">{}</div>',
        '<div><b class="enHeadline">{}</b></div>',
    ],
)
def test_the_headline_of_a_factiva_page_is_the_one_marked_not_the_line_above_the_word_count(tmp_path, what, head):
    articles, audit, zones = read(
        tmp_path, "f.html", page(factiva(POOL, POOL_TEXT, POOL_ID, below=NOTES[what], head=head))
    )
    assert articles["headline"][0] == POOL
    assert articles["byline"][0].title() == "Jane Pyke"
    assert told(zones[0]) == POOL_TEXT
    assert not lost(audit)


@pytest.mark.parametrize(
    "publisher",
    [
        "Lowbridge Courier Ltd",
        "Courier Media Group Inc.",
        "Lowbridge Courier",
        "Kurier Verlag GmbH &amp; Co. KG",
        "Société du Courier S.A.",
        "Courier Newspapers",
        "Courier Holdings Pty Limited",
        "News Publishing PLC",
    ],
)
def test_the_publisher_above_the_document_number_is_no_byline_and_no_text(tmp_path, publisher):
    articles, _, zones = read(tmp_path, "f.html", page(factiva(POOL, POOL_TEXT, POOL_ID, publisher=publisher)))
    assert articles["byline"].isna()[0]
    assert told(zones[0]) == POOL_TEXT
    assert publisher.replace("&amp;", "&") in zones[0]["furniture"]


def test_a_publisher_marked_as_a_paragraph_is_no_byline_either(tmp_path):
    articles, _, zones = read(tmp_path, "f.html", page(factiva(POOL, [*POOL_TEXT, "Lowbridge Courier Ltd"], POOL_ID)))
    assert articles["byline"].isna()[0]
    assert told(zones[0]) == POOL_TEXT


@pytest.mark.parametrize(
    ("end", "words", "day", "language", "code"),
    [
        ("Dokument", "21 Wörter", "5 März 2024", "Englisch", "en"),
        ("Documento", "21 palabras", "5 marzo 2024", "Inglés", "en"),
        ("Documento", "21 parole", "5 marzo 2024", "Inglese", "en"),
        ("Document", "21 mots", "5 mars 2024", "Anglais", "en"),
        ("Documento", "21 palavras", "5 março 2024", "Inglês", "en"),
        ("Документ", "21 слов", "5 марта 2024", "English", "en"),
        ("Документ №", "21 слово", "5 марта 2024", "Английский", "en"),
        ("文件", "21 字", "2024年3月5日", "English", "en"),
        ("Dokument:", "21 Wörter", "5. März 2024", "Englisch", "en"),
    ],
)
def test_a_factiva_article_is_whole_in_every_language_of_the_interface(tmp_path, end, words, day, language, code):
    articles, audit, zones = read(
        tmp_path, "f.html", page(factiva(POOL, POOL_TEXT, POOL_ID, end=end, words=words, day=day, language=language))
    )
    assert [articles["date"][0], articles["outlet"][0], articles["language"][0]] == [
        "2024-03-05",
        "Lowbridge Courier",
        code,
    ]
    assert told(zones[0]) == POOL_TEXT
    assert not lost(audit)


def test_a_factiva_article_without_its_last_line_is_still_called_cut_off(tmp_path):
    whole = page(factiva(POOL, POOL_TEXT, POOL_ID))
    _, audit, _ = read(tmp_path, "f.html", whole[: whole.index("<p>Document")])
    assert lost(audit) == ["cut off: no document number"]


@pytest.mark.parametrize("kind", ["rtf", "txt", "docx"])
def test_the_plain_article_format_of_factiva_keeps_notes_and_publishers_out(tmp_path, kind):
    lines = [
        "News",
        POOL,
        "By Jane Pyke",
        "Special to The Lowbridge Courier",
        "21 words",
        "5 March 2024",
        "Lowbridge Courier",
        "LWCOUR",
        "English",
        "(c) 2024 Lowbridge Courier",
        "",
        *POOL_TEXT,
        "Lowbridge Courier Ltd",
        f"Dokument {POOL_ID}",
    ]
    articles, audit, zones = read(tmp_path, f"f.{kind}", in_format(lines, kind))
    assert articles[["headline", "byline", "outlet", "date"]].values.tolist() == [
        [POOL, "Jane Pyke", "Lowbridge Courier", "2024-03-05"]
    ]
    assert told(zones[0]) == POOL_TEXT
    assert not lost(audit)


def in_format(lines: list[str], kind: str) -> bytes:
    if kind == "docx":
        import io

        document, stream = docx.Document(), io.BytesIO()
        for line in lines:
            document.add_paragraph(line)
        document.save(stream)
        return stream.getvalue()
    if kind == "rtf":
        return ("{\\rtf1\\ansi\\ansicpg1252 " + "".join(f"{line}\\par\n" for line in lines) + "}").encode("cp1252")
    return "\n".join(lines).encode("utf-8")


@pytest.mark.parametrize(
    "said",
    [
        "Headlines 1 - 2 of 383",
        "Headlines 101 - 102 of 1,383",
        "Articles 1 to 2 of 383",
        "Schlagzeilen 1 - 2 von 383",
        "Titres 1 - 2 sur 383",
    ],
)
def test_the_part_of_a_result_that_was_saved_is_not_called_incomplete(tmp_path, said):
    _, audit, _ = read(tmp_path, "f.html", page(f'<div id="headlines">{said}</div>', *TWO))
    assert audit["declared"].dropna().tolist() == [2]
    assert not lost(audit)


def test_an_article_missing_from_the_saved_part_is_missed(tmp_path):
    _, audit, _ = read(tmp_path, "f.html", page('<div id="headlines">Headlines 1 - 3 of 383</div>', *TWO))
    assert lost(audit) == ["declares 3 articles, 2 parsed"]


def test_factiva_months_and_words_of_a_table_of_codes_are_read(tmp_path):
    rows = {
        "HD": f"<b class='frHeadline'>{POOL}</b>",
        "WC": "295 mots",
        "PD": "29 décembre 2011",
        "ET": "15:32",
        "SN": "Courier",
        "LA": "Anglais",
        "LP": f"<p>{POOL_TEXT[0]}</p>",
        "TD": f"<p>{POOL_TEXT[1]}</p>",
        "AN": "Document COUR000020111229e7ct0000a",
    }
    table = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{text}</td></tr>" for code, text in rows.items())
    articles, audit, zones = read(
        tmp_path, "f.html", page(f'<div class="article frArticle"><table>{table}</table></div>')
    )
    assert articles[["headline", "date", "outlet", "language"]].values.tolist() == [
        [POOL, "2011-12-29", "Courier", "en"]
    ]
    assert told(zones[0]) == POOL_TEXT
    assert not lost(audit)


# ---- LexisNexis pages and texts ----------------------------------------------------------------------------------


def lexis_document(
    number: int, n: int, lines: list[str], *, anchor: bool = True, counted: str = "{} of {} DOCUMENTS"
) -> str:
    parts = ([counted.format(number, n)] if counted else []) + lines
    blocks = "".join(
        f'<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c2">{line}</SPAN></P>\n</DIV>\n' for line in parts
    )
    start = (
        f'<A NAME="DOC_ID_0_{number}"></A><!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->\n'
    )
    return (start if anchor else "") + blocks + "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"


def lexis_page(*documents: str, n: int = 2) -> str:
    return (
        "<HTML>\n<HEAD>\n<!-- LXNComment 1826:1 -->\n<TITLE>&nbsp;</TITLE>\n"
        f'<META TOPIC="null" DOCUMENTS="{n}" /></HEAD>\n<BODY>\n{"".join(documents)}</BODY></HTML>'
    )


ENGLISH = (
    [
        "Lowbridge Courier",
        "March 5, 2024 Tuesday",
        POOL,
        "BYLINE: By Jane Pyke",
        "LENGTH: 30 words",
        *POOL_TEXT,
        "LOAD-DATE: March 6, 2024",
        "LANGUAGE: ENGLISH",
        "Copyright 2024 Lowbridge Courier",
    ],
    [
        "The Islander",
        "March 6, 2024 Wednesday",
        FERRY,
        "BYLINE: By Tom Ard",
        "LENGTH: 30 words",
        *FERRY_TEXT,
        "LOAD-DATE: March 6, 2024",
        "LANGUAGE: ENGLISH",
        "Copyright 2024 The Islander",
    ],
)
GERMAN = (
    [
        "Lowbridge Courier",
        "<b>5.</b> März 2024 Dienstag 9:50 PM GMT+1",
        POOL,
        "<b>AUTOR: </b>Jane Pyke",
        "RUBRIK: LOKALES; S. 4",
        "LÄNGE: 30 Wörter",
        "HIGHLIGHT: The pool is eighty years old.",
        *POOL_TEXT,
        "UPDATE: 6. März 2024",
        "SPRACHE: ENGLISH; ENGLISCH",
        "PUBLICATION-TYPE: Zeitung",
        "Copyright 2024 Lowbridge Courier<BR>Alle Rechte vorbehalten",
    ],
    [
        "The Islander",
        "6. März 2024 Mittwoch",
        FERRY,
        "AUTOR: Tom Ard",
        "LÄNGE: 30 Wörter",
        *FERRY_TEXT,
        "UPDATE: 6. März 2024",
        "SPRACHE: ENGLISH",
        "Copyright 2024 The Islander",
    ],
)
FRENCH = (
    [
        "Lowbridge Courier",
        "5 mars 2024",
        POOL,
        "AUTEUR: Jane Pyke",
        "RUBRIQUE: VILLE",
        "LONGUEUR: 30 mots",
        *POOL_TEXT,
        "DATE-CHARGEMENT: 6 mars 2024",
        "LANGUE: ENGLISH; ANGLAIS",
        "TYPE-PUBLICATION: Quotidien",
    ],
    [
        "The Islander",
        "6 mars 2024",
        FERRY,
        "AUTEUR: Tom Ard",
        "LONGUEUR: 30 mots",
        *FERRY_TEXT,
        "DATE-CHARGEMENT: 7 mars 2024",
        "LANGUE: ENGLISH",
    ],
)


@pytest.mark.parametrize(
    "lexis",
    [
        lexis_page(lexis_document(1, 2, ENGLISH[0]), lexis_document(2, 2, ENGLISH[1])),
        lexis_page(lexis_document(1, 2, GERMAN[0]), lexis_document(2, 2, GERMAN[1])),
        lexis_page(lexis_document(1, 2, FRENCH[0]), lexis_document(2, 2, FRENCH[1])),
        lexis_page(lexis_document(1, 2, ENGLISH[0], counted=""), lexis_document(2, 2, ENGLISH[1], counted="")),
        lexis_page(lexis_document(1, 2, ENGLISH[0], anchor=False), lexis_document(2, 2, ENGLISH[1], anchor=False)),
        lexis_page(
            lexis_document(1, 2, GERMAN[0], counted="Dokument {} von {}"),
            lexis_document(2, 2, GERMAN[1], counted="Dokument {} von {}"),
        ),
        lexis_page(
            "<DIV><P>Download Request: Selected Items: 1-2<BR>Time Of Request: Monday<BR>Terms: pool OR ferry</P></DIV>",
            lexis_document(1, 2, ENGLISH[0]),
            lexis_document(2, 2, ENGLISH[1]),
        ),
        "<!-- saved page -->\n" + lexis_page(lexis_document(1, 2, ENGLISH[0]), lexis_document(2, 2, ENGLISH[1])),
    ],
    ids=["english", "german", "french", "anchors alone", "counts alone", "dokument von", "cover", "comment first"],
)
def test_a_lexisnexis_page_gives_every_document(tmp_path, lexis):
    articles, audit, zones = read(tmp_path, "n.html", lexis)
    assert articles[["outlet", "date", "headline", "byline", "language"]].values.tolist() == [
        ["Lowbridge Courier", "2024-03-05", POOL, "Jane Pyke", "en"],
        ["The Islander", "2024-03-06", FERRY, "Tom Ard", "en"],
    ]
    assert [told(zone) for zone in zones] == [POOL_TEXT, FERRY_TEXT]
    assert not lost(audit)


def lexis_text(*documents: list[str], n: int | None = None) -> str:
    return "".join(
        f"\n\n                               {number} of {n or len(documents)} DOCUMENTS\n\n\n"
        + "\n\n".join(lines)
        + "\n"
        for number, lines in enumerate(documents, 1)
    )


SHOWS = {
    "show and guests": [
        "CBN",
        "March 5, 2024 Tuesday",
        "SHOW: EVENING BRIEFING 7:00 PM EST",
        POOL,
        "BYLINE: Anna Kell, Tom Ard",
        "GUESTS: Jane Pyke",
        "SECTION: NEWS; Domestic",
        "LENGTH: 21 words",
    ],
    "show alone": ["CBN", "March 5, 2024 Tuesday", "SHOW: EVENING BRIEFING 7:00 PM EST", POOL, "LENGTH: 21 words"],
    "anchors": [
        "CBN",
        "March 5, 2024 Tuesday",
        "SHOW: MORNING 8:00 AM",
        POOL,
        "ANCHORS: ANNA KELL",
        "REPORTERS: TOM ARD",
        "LENGTH: 21 words",
    ],
    "show after the headline": ["CBN", "March 5, 2024 Tuesday", POOL, "SHOW: EVENING BRIEFING", "LENGTH: 21 words"],
    "the hour on a line of its own": [
        "CBN",
        "March 5, 2024 Tuesday",
        "7:00 PM EST",
        "SHOW: EVENING BRIEFING",
        POOL,
        "LENGTH: 21 words",
    ],
    "a programme": ["CBN", "March 5, 2024 Tuesday", "PROGRAM: EVENING BRIEFING", POOL, "LENGTH: 21 words"],
    "not in capitals": ["CBN", "March 5, 2024 Tuesday", "Show: Evening Briefing", POOL, "LENGTH: 21 words"],
    "in german": ["CBN", "5. März 2024 Dienstag", "SENDUNG: Abendschau", POOL, "LÄNGE: 21 Wörter"],
    "several bylines": [
        "CBN",
        "March 5, 2024 Tuesday",
        "SHOW: EVENING BRIEFING",
        POOL,
        "BYLINES: Anna Kell, Tom Ard",
        "GUEST: Jane Pyke",
        "LENGTH: 21 words",
    ],
    "the number of a transcript": [
        "CBN",
        "March 5, 2024 Tuesday",
        "Transcript # 030501CN.V54",
        "SHOW: EVENING BRIEFING",
        POOL,
        "LENGTH: 21 words",
    ],
    "headline above the date": ["CBN", POOL, "March 5, 2024 Tuesday", "SHOW: EVENING BRIEFING", "LENGTH: 21 words"],
}
SPOKEN = [
    "ANNA KELL, HOST: Good evening. The council voted to close the pool.",
    "JANE PYKE, SWIMMER: We will go to court before the summer.",
]


@pytest.mark.parametrize("layout", SHOWS)
def test_the_name_of_a_show_is_no_part_of_the_headline(tmp_path, layout):
    document = [*SHOWS[layout], *SPOKEN, "LOAD-DATE: March 6, 2024", "LANGUAGE: ENGLISH"]
    articles, audit, zones = read(tmp_path, "n.TXT", lexis_text(document))
    assert articles[["outlet", "date", "headline"]].values.tolist() == [["CBN", "2024-03-05", POOL]]
    assert told(zones[0]) == SPOKEN
    assert not lost(audit)


LATE = {
    "both": [
        "Press Agency North",
        FERRY,
        "March 6, 2024, Wednesday\n23:22 Central European Time",
        *FERRY_TEXT,
        "SECTION: Politics",
        "LENGTH: 19 words",
    ],
    "length alone": ["Press Agency North", FERRY, "March 6, 2024", *FERRY_TEXT, "LENGTH: 19 words"],
    "headline below the date": [
        "Press Agency North",
        "March 6, 2024",
        FERRY,
        *FERRY_TEXT,
        "SECTION: Politics",
        "LENGTH: 19 words",
    ],
    "a byline above": [
        "Press Agency North",
        "March 6, 2024",
        FERRY,
        "BYLINE: Tom Ard",
        *FERRY_TEXT,
        "SECTION: Politics",
        "LENGTH: 19 words",
    ],
    "german": [
        "Press Agency North",
        FERRY,
        "6. März 2024 Mittwoch",
        *FERRY_TEXT,
        "RUBRIK: Politik",
        "LÄNGE: 19 Wörter",
    ],
    "a place too": [
        "Press Agency North",
        FERRY,
        "March 6, 2024, Wednesday",
        *FERRY_TEXT,
        "DATELINE: Lowbridge",
        "SECTION: Politics",
        "LENGTH: 19 words",
    ],
}


@pytest.mark.parametrize("layout", LATE)
def test_a_text_with_its_fields_below_it_is_read(tmp_path, layout):
    document = [*LATE[layout], "LOAD-DATE: March 8, 2024", "LANGUAGE: ENGLISH"]
    articles, audit, zones = read(tmp_path, "n.TXT", lexis_text(document))
    assert articles[["outlet", "date", "headline"]].values.tolist() == [["Press Agency North", "2024-03-06", FERRY]]
    assert told(zones[0]) == FERRY_TEXT
    assert not lost(audit)


def older_document(outlet: str, day: str, title: str, author: str, text: list[str]) -> list[str]:
    """A document of the layout that names headline and text too, rights and outlet in one paragraph above the date."""
    return [
        f"                    Copyright 2024 {outlet} Company\n                             {outlet}",
        f"                 {day}, Late Edition - Final",
        "SECTION: Section A; Page 1; Column 1; Metropolitan Desk",
        "LENGTH: 120 words",
        f"HEADLINE: {title}",
        f"BYLINE:  By {author}",
        "DATELINE: LOWBRIDGE, March 4",
        f"BODY:\n   {text[0]}",
        *(f"   {line}" for line in text[1:]),
        "GRAPHIC: Photo: The pool in 1961.",
        "LANGUAGE: ENGLISH",
        "LOAD-DATE: March 7, 2024",
    ]


OLDER = [
    older_document("Lowbridge Courier", "March 5, 2024, Tuesday", POOL, "Jane Pyke", POOL_TEXT),
    older_document("The Islander", "March 6, 2024, Wednesday", FERRY, "Tom Ard", FERRY_TEXT),
]
TEXTS = {
    "headline and body named": lexis_text(*OLDER),
    "a line of its own for BODY": lexis_text(*OLDER).replace("BODY:\n", "BODY:\n\n"),
    "outlet and rights apart": lexis_text(*([*lines[0].split("\n"), *lines[1:]] for lines in OLDER)),
    "a headline over two lines": lexis_text(*OLDER).replace("swimming pool", "swimming\n   pool", 1),
    "line ends of Windows": lexis_text(*OLDER).replace("\n", "\r\n"),
    "line ends of old Macs": lexis_text(*ENGLISH).replace("\n", "\r"),
    "Windows, with a byte-order mark": "\ufeff" + lexis_text(*ENGLISH).replace("\n", "\r\n"),
    "counted in small letters": lexis_text(*ENGLISH).replace("DOCUMENTS", "Documents"),
    "number first in words": lexis_text(*ENGLISH)
    .replace("1 of 2 DOCUMENTS", "Document 1 of 2")
    .replace("2 of 2 DOCUMENTS", "Document 2 of 2"),
    "an edition under the date": lexis_text(*([*lines[:2], "Final Edition", *lines[2:]] for lines in ENGLISH)),
    "rights above the outlet": lexis_text(*(["Copyright 2024 A Company", *lines] for lines in ENGLISH)),
    "rights under the outlet": lexis_text(*([lines[0], "Copyright 2024 A Company", *lines[1:]] for lines in ENGLISH)),
    "fields not in capitals": lexis_text(
        *([line.replace("BYLINE:", "Byline:").replace("LENGTH:", "Length:") for line in lines] for lines in ENGLISH)
    ),
}


@pytest.mark.parametrize("layout", TEXTS)
def test_a_text_of_several_documents_is_read_in_every_layout(tmp_path, layout):
    articles, audit, zones = read(tmp_path, "n.TXT", TEXTS[layout])
    assert articles[["outlet", "date", "headline", "byline"]].values.tolist() == [
        ["Lowbridge Courier", "2024-03-05", POOL, "Jane Pyke"],
        ["The Islander", "2024-03-06", FERRY, "Tom Ard"],
    ]
    assert [told(zone) for zone in zones] == [POOL_TEXT, FERRY_TEXT]
    assert not lost(audit)


@pytest.mark.parametrize(
    "fields",
    [
        ["SEKTION: LOKALES; S. 4", "LÄNGE: 30 Wörter", f"ÜBERSCHRIFT: {POOL}", "AUTOR: Von Jane Pyke", "TEXT:"],
        ["RUBRIQUE: VILLE", "LONGUEUR: 30 mots", f"TITRE: {POOL}", "AUTEUR: Par Jane Pyke", "CORPS:"],
        ["SECCIÓN: LOCAL", "LONGITUD: 30 palabras", f"TITULAR: {POOL}", "AUTOR: Por Jane Pyke", "CUERPO:"],
        ["SECTIE: STAD", "LENGTE: 30 woorden", f"KOP: {POOL}", "AUTEUR: Door Jane Pyke", "TEKST:"],
    ],
)
def test_the_layout_that_names_headline_and_text_is_read_in_other_languages(tmp_path, fields):
    document = ["Lowbridge Courier", "March 5, 2024 Tuesday", *fields, *POOL_TEXT, "LOAD-DATE: March 6, 2024"]
    articles, audit, zones = read(tmp_path, "n.txt", lexis_text(document))
    assert articles[["date", "headline", "byline"]].values.tolist() == [["2024-03-05", POOL, "Jane Pyke"]]
    assert told(zones[0]) == POOL_TEXT
    assert not lost(audit)


def test_who_speaks_in_a_broadcast_opens_what_is_said_below_the_header(tmp_path):
    said = ["HOST: Good evening. The council voted.", "GUEST: We will go to court.", "INTERVIEWER: Why did you do it?"]
    document = ["CBN", "March 5, 2024 Tuesday", "SHOW: MORNING", POOL, "GUESTS: Jane Pyke", "LENGTH: 21 words", *said]
    articles, _, zones = read(tmp_path, "n.txt", lexis_text([*document, "LOAD-DATE: March 6, 2024"]))
    assert articles["headline"].tolist() == [POOL]
    assert told(zones[0]) == said


@pytest.mark.parametrize("title", ["TYPE: A NEW FONT FOR THE TOWN", "CORRECTION: Pool story", "Limited edition"])
def test_a_headline_that_looks_like_a_field_or_an_edition_is_the_headline(tmp_path, title):
    document = [*ENGLISH[0][:2], title, *ENGLISH[0][3:]]
    articles, _, zones = read(tmp_path, "n.txt", lexis_text(document))
    assert articles["headline"].tolist() == [title]
    assert told(zones[0]) == POOL_TEXT


def test_fields_of_the_service_between_those_below_the_text_do_not_become_it(tmp_path):
    document = [
        "Press Agency North",
        FERRY,
        "March 6, 2024",
        *FERRY_TEXT,
        "SECTION: Politics",
        "SUBJECT: FERRIES (90%)",
    ]
    articles, _, zones = read(
        tmp_path, "n.txt", lexis_text([*document, "LENGTH: 19 words", "LOAD-DATE: March 8, 2024"])
    )
    assert articles["headline"].tolist() == [FERRY]
    assert told(zones[0]) == FERRY_TEXT


def test_words_that_look_like_a_field_within_the_text_do_not_end_it(tmp_path):
    text = [POOL_TEXT[0], "UPDATE: The mayor has since spoken.", "PHOTO: she held one up.", POOL_TEXT[1]]
    _, _, zones = read(tmp_path, "n.txt", lexis_text([*ENGLISH[0][:5], *text, *ENGLISH[0][7:]]))
    assert POOL_TEXT[1] in told(zones[0]) and any("has since spoken" in line for line in told(zones[0]))


def test_the_documents_that_were_chosen_of_a_larger_result_are_all_there_is(tmp_path):
    first = lexis_text(*ENGLISH, n=383)
    _, audit, _ = read(tmp_path / "first", "n.txt", first)
    assert not lost(audit) and audit["declared"].dropna().tolist() == [2]
    later = first.replace(" 1 of", " 201 of").replace(" 2 of", " 202 of")
    _, audit, _ = read(tmp_path / "later", "n.txt", later)
    assert not lost(audit) and "documents 201 to 202 of the 383 found" in audit["reason"][0]


def test_a_document_missing_between_others_is_missed(tmp_path):
    _, audit, _ = read(tmp_path, "n.txt", lexis_text(*ENGLISH, n=383).replace(" 2 of", " 3 of"))
    assert lost(audit) == ["declares 3 articles, 2 parsed"]


# ---- Factiva's and other XML -------------------------------------------------------------------------------------


def factiva_xml(title: str, text: list[str], day: str, outlet: str, number: str) -> str:
    return (
        f"<ppsarticle><article><accessionNo>{number}</accessionNo><baseLanguage>EN</baseLanguage><headline><paragraph "
        f'display="Proportional" lang="EN">{title}</paragraph></headline><leadParagraph><paragraph>{text[0]}</paragraph>'
        f"</leadParagraph><publicationDate><dateTime>{day}T01:35:58Z</dateTime></publicationDate><publisherName>Co"
        f"</publisherName><sourceName>{outlet}</sourceName><tailParagraphs><paragraph>{text[1]}</paragraph>"
        "</tailParagraphs><wordCount>20</wordCount></article></ppsarticle>"
    )


POOL_XML = factiva_xml(POOL, POOL_TEXT, "2024-03-05", "Lowbridge Courier", "C0000020240305ek350000a")
FERRY_XML = factiva_xml(FERRY, FERRY_TEXT, "2024-03-06", "The Islander", "C0000020240306ek360000b")
ANSWER = (
    '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">'
    '<ppsarticleResultSet count="2">{}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>'
)
NITF = (
    '<nitf><head><title>{0}</title><pubdata date.publication="{2}T010000Z" name="{3}"/></head><body><body.head>'
    "<hedline><hl1>{0}</hl1></hedline></body.head><body.content><p>{1[0]}</p><p>{1[1]}</p></body.content></body></nitf>"
)
FEED = (
    "<item><title>{0}</title><link>https://www.x.example/{2}</link><pubDate>{2}</pubDate><source>{3}</source>"
    "<description>In short.</description><content:encoded><![CDATA[<p>{1[0]}</p><p>{1[1]}</p>]]></content:encoded></item>"
)
POOL_PARTS = (POOL, POOL_TEXT, "2024-03-05", "Lowbridge Courier")
FERRY_PARTS = (FERRY, FERRY_TEXT, "2024-03-06", "The Islander")
SIMPLE = "<{tag}><Title>{0}</Title><Source>{3}</Source><Date>{2}</Date><Body><p>{1[0]}</p><p>{1[1]}</p></Body></{tag}>"
XML = {
    "factiva": ANSWER.format(POOL_XML + FERRY_XML),
    "factiva without its declaration": ANSWER.format(POOL_XML + FERRY_XML).split("\n", 1)[1],
    "rss": '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>All</title>'
    + FEED.format(*POOL_PARTS)
    + FEED.format(*FERRY_PARTS)
    + "</channel></rss>",
    "records of another database": "<?xml version='1.0'?><export><records>"
    + SIMPLE.format(*POOL_PARTS, tag="rec")
    + SIMPLE.format(*FERRY_PARTS, tag="rec")
    + "</records></export>",
    "documents in capitals": "<?xml version='1.0'?><CORPUS>"
    + SIMPLE.format(*POOL_PARTS, tag="DOC")
    .upper()
    .replace(POOL.upper(), POOL)
    .replace("LOWBRIDGE COURIER", "Lowbridge Courier")
    .replace(POOL_TEXT[0].upper(), POOL_TEXT[0])
    .replace(POOL_TEXT[1].upper(), POOL_TEXT[1])
    + SIMPLE.format(*FERRY_PARTS, tag="DOC")
    + "</CORPUS>",
    "with a prefix that is declared nowhere": ANSWER.format(POOL_XML + FERRY_XML)
    .split("\n", 1)[1]
    .replace("</", "</p:")
    .replace("<p", "<p:p")
    .replace("<a", "<p:a")
    .replace("<b", "<p:b")
    .replace("<h", "<p:h")
    .replace("<l", "<p:l")
    .replace("<s", "<p:s")
    .replace("<t", "<p:t")
    .replace("<w", "<p:w")
    .replace("<d", "<p:d")
    .replace("<PPS", "<p:PPS"),
    "newsml": "<?xml version='1.0'?><newsMessage>"
    + "".join(
        f"<newsItem><itemMeta><provider><name>{o}</name></provider><versionCreated>{d}T08:00:00Z</versionCreated>"
        f"</itemMeta><contentMeta><headline>{t}</headline></contentMeta><contentSet><inlineXML><nitf><body>"
        f"<body.content><p>{p[0]}</p><p>{p[1]}</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"
        for t, p, d, o in (POOL_PARTS, FERRY_PARTS)
    )
    + "</newsMessage>",
    "named by an attribute": "<?xml version='1.0'?><Records>"
    + "".join(
        f'<Record><Field name="Title">{t}</Field><Field name="Publication">{o}</Field><Field name="Date">{d}</Field>'
        f'<Field name="Text">{p[0]}\n\n{p[1]}</Field></Record>'
        for t, p, d, o in (POOL_PARTS, FERRY_PARTS)
    )
    + "</Records>",
    "solr": "<?xml version='1.0'?><response><result numFound='2'>"
    + "".join(
        f'<doc><str name="title">{t}</str><str name="source">{o}</str><date name="date">{d}T00:00:00Z</date>'
        f'<arr name="text"><str>{p[0]}</str><str>{p[1]}</str></arr></doc>'
        for t, p, d, o in (POOL_PARTS, FERRY_PARTS)
    )
    + "</result></response>",
    "spanish": "<documentos>"
    + "".join(
        f"<documento><titular>{t}</titular><medio>{o}</medio><fecha>{d}</fecha><cuerpo><parrafo>{p[0]}</parrafo>"
        f"<parrafo>{p[1]}</parrafo></cuerpo></documento>"
        for t, p, d, o in (POOL_PARTS, FERRY_PARTS)
    )
    + "</documentos>",
    "fields as attributes": "<?xml version='1.0'?><news>"
    + "".join(
        f'<story title="{t}" date="{d}" source="{o}"><text>{p[0]}\n\n{p[1]}</text></story>'
        for t, p, d, o in (POOL_PARTS, FERRY_PARTS)
    )
    + "</news>",
}


@pytest.mark.parametrize("kind", XML)
def test_xml_gives_every_record_as_an_article(tmp_path, kind):
    articles, audit, zones = read(tmp_path, "f.xml", XML[kind])
    assert articles[["outlet", "date", "headline"]].values.tolist() == [
        ["Lowbridge Courier", "2024-03-05", POOL],
        ["The Islander", "2024-03-06", FERRY],
    ]
    assert [told(zone) for zone in zones] == [POOL_TEXT, FERRY_TEXT]
    assert not lost(audit)


@pytest.mark.parametrize(
    "xml", [ANSWER.format(POOL_XML).replace('"2"', '"1"'), NITF.format(*POOL_PARTS)], ids=["factiva", "nitf"]
)
def test_xml_of_one_article_is_one_article(tmp_path, xml):
    articles, audit, zones = read(tmp_path, "f.xml", xml)
    assert articles[["outlet", "date", "headline"]].values.tolist() == [["Lowbridge Courier", "2024-03-05", POOL]]
    assert told(zones[0]) == POOL_TEXT
    assert not lost(audit)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (
            "<?xml version='1.0'?><a><b>One thing.</b><b>Another thing.</b></a>",
            r"no element is named for a text.* b \(2\)",
        ),
        ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "declares entities"),
        ("<?xml version='1.0'?><a", "broken XML"),
        (
            '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>',
            "save it as docx",
        ),
    ],
)
def test_xml_that_no_format_knows_is_refused_with_its_elements(tmp_path, xml, said):
    (tmp_path / "f.xml").write_text(xml)
    with pytest.raises(ValueError, match=said):
        read_articles(tmp_path)


def test_xml_that_breaks_off_says_so(tmp_path):
    whole = XML["factiva"]
    articles, audit, _ = read(tmp_path, "f.xml", whole[: whole.index("</tailParagraphs>", whole.index(FERRY))])
    assert articles["headline"][0] == POOL
    assert any("breaks off" in reason or "declares 2" in reason for reason in lost(audit))


# ---- Europresse --------------------------------------------------------------------------------------------------


def old_europresse(title: str, text: list[str], day: str, outlet: str, author: str, number: int) -> str:
    return (
        f'<table><tr><td><span class="DocPublicationName">{outlet}</span><br><span class="DocHeader">News, </span>'
        f'<span class="DocHeader">{day}</span><br><br><span class="TitreArticleVisu">{title}</span><br><br>{author}'
        f"<br><br>{text[0]}<p></p>{text[1]}<p></p><b><i>© 2024 {outlet}. All rights reserved.</i></b><p></p>"
        f"Document number : news·20240301·LW·00{number}<br><br></td></tr></table>"
    )


def new_europresse(title: str, text: list[str], day: str, outlet: str, author: str, number: int) -> str:
    return (
        f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}, no. 4301{number}'
        f'</span></div><span class="DocHeader">Politique, {day}, p. 4</span><div class="titreArticle"><p class="'
        f'titreArticleVisu rdp__articletitle">{title}</p></div><div class="docAuthors">{author}</div></header><section>'
        f'<div class="DocText clearfix"><div class="docOcurrContainer"><p>{text[0]}</p><p>{text[1]}</p></div></div></section>'
        f"<footer><small>© 2024 {outlet}. Tous droits réservés.</small><p>Numéro de document : news·20240301·LW·00{number}"
        "</p></footer></article>"
    )


def saved_europresse(title: str, text: list[str], day: str, outlet: str, author: str, number: int) -> str:
    """As pages are saved: the author in a paragraph named for its margin, a line break in the publication's name."""
    return (
        new_europresse(title, text, day, outlet, author, number)
        .replace('<div class="docAuthors">', '<div class="sm-margin-bottomNews"><p>')
        .replace(f"{author}</div>", f"{author}</p></div>")
        .replace(f"{title}</p>", f"{title} <br></p><p class='sm-margin-TopNews rdp__subtitle'>In short</p>")
        .replace(f">{outlet},", f">{outlet}<br>,")
    )


EUROPRESSE = {
    "as saved": (saved_europresse, "mardi 5 mars 2024", "mercredi 6 mars 2024"),
    "as saved, dutch": (saved_europresse, "dinsdag 5 maart 2024", "woensdag 6 maart 2024"),
    "older, english": (old_europresse, "Tuesday, March 5, 2024", "Wednesday, March 6, 2024"),
    "older, french": (old_europresse, "mardi 5 mars 2024", "mercredi 6 mars 2024"),
    "newer, french": (new_europresse, "mardi 5 mars 2024", "mercredi 6 mars 2024"),
    "newer, spanish": (new_europresse, "martes 5 de marzo de 2024", "miércoles 6 de marzo de 2024"),
    "newer, german": (new_europresse, "Dienstag, 5. März 2024", "Mittwoch, 6. März 2024"),
    "newer, with the hour": (new_europresse, "mardi 5 mars 2024 - 08:00 UTC +01:00", "6 mars 2024 - 21:15"),
}


@pytest.mark.parametrize("kind", EUROPRESSE)
def test_a_europresse_page_gives_every_article_with_the_day_of_its_header(tmp_path, kind):
    build, first, second = EUROPRESSE[kind]
    articles, audit, zones = read(
        tmp_path,
        "e.html",
        page(
            build(POOL, POOL_TEXT, first, "Lowbridge Courier", "Jane Pyke", 1),
            build(FERRY, FERRY_TEXT, second, "The Islander", "Tom Ard", 2),
            title="Europresse",
        ),
    )
    assert articles[["outlet", "date", "headline", "byline"]].values.tolist() == [
        ["Lowbridge Courier", "2024-03-05", POOL, "Jane Pyke"],
        ["The Islander", "2024-03-06", FERRY, "Tom Ard"],
    ]
    assert [told(zone) for zone in zones] == [POOL_TEXT, FERRY_TEXT]
    assert not lost(audit)


def test_a_europresse_document_saved_twice_is_one(tmp_path):
    one = new_europresse(POOL, POOL_TEXT, "mardi 5 mars 2024", "Lowbridge Courier", "Jane Pyke", 1)
    articles, audit, _ = read(tmp_path, "e.html", page(one, one, title="Europresse"))
    assert len(articles) == 1 and audit["parsed"].sum() == 1


# ---- Containers that nobody knows --------------------------------------------------------------------------------


def record(title: str, text: list[str], day: str, outlet: str) -> str:
    return f"<h2>{title}</h2><p>{outlet}, {day}</p><p>{text[0]}</p><p>{text[1]}</p>"


@pytest.mark.parametrize(
    "wrap",
    [
        '<div class="rec">{}</div>',
        "<article>{}</article>",
        "<li>{}</li>",
        "<section>{}</section>",
        "<table><tr><td>{}</td></tr></table>",
        "{}<hr>",
        "<details>{}</details>",
    ],
)
def test_a_page_of_several_articles_in_an_unknown_layout_is_refused_and_not_read_as_one(tmp_path, wrap):
    (tmp_path / "x.html").write_text(
        page(*(wrap.format(record(*parts)) for parts in (POOL_PARTS, FERRY_PARTS)), title="Results")
    )
    with pytest.raises(ValueError, match="2 records that look like articles of their own"):
        read_articles(tmp_path)


@pytest.mark.parametrize(
    "layout",
    [
        "<p>{0}</p><p>{3}</p><p>{2}</p><p>{1[0]}</p><p>{1[1]}</p><hr>",
        "<table><tr><td>{3}</td><td>{2}</td></tr></table><h3>{0}</h3>{1[0]}<br>{1[1]}<br>",
        "<pre>{0}\n{3}\n{2}\n\n{1[0]}\n\n{1[1]}</pre>",
        "<dl><dt>{0}</dt><dd>{3}, {2}</dd><dd>{1[0]}</dd><dd>{1[1]}</dd></dl>",
        "{3}<br>{2}<br><b>{0}</b><br>{1[0]}<br>{1[1]}<br><br>",
    ],
)
def test_articles_one_under_the_other_without_an_element_of_their_own_are_refused_too(tmp_path, layout):
    (tmp_path / "x.html").write_text(
        page(*(layout.format(*parts) for parts in (POOL_PARTS, FERRY_PARTS)), title="Results")
    )
    with pytest.raises(ValueError, match="2 records that look like articles of their own"):
        read_articles(tmp_path)


def test_a_chronology_is_one_article(tmp_path):
    days = "".join(f"<p>{day} March 2024</p><p>{POOL_TEXT[0]}</p><p>{POOL_TEXT[1]}</p>" for day in (5, 6, 7))
    articles, _, _ = read(tmp_path, "x.html", page(f"<h1>{POOL}: how it came about</h1>{days}", title=POOL))
    assert len(articles) == 1


def test_a_table_of_articles_on_a_page_is_read(tmp_path):
    rows = "".join(
        f"<tr><td>{t}</td><td>{o}</td><td>{d}</td><td>{p[0]} {p[1]}</td></tr>"
        for t, p, d, o in (POOL_PARTS, FERRY_PARTS)
    )
    articles, _, _ = read(
        tmp_path,
        "x.html",
        page(f"<table><tr><th>Title</th><th>Source</th><th>Date</th><th>Text</th></tr>{rows}</table>", title="Results"),
    )
    assert articles[["outlet", "date", "headline"]].values.tolist() == [
        ["Lowbridge Courier", "2024-03-05", POOL],
        ["The Islander", "2024-03-06", FERRY],
    ]


def test_a_page_of_one_story_with_a_running_log_is_still_one_article(tmp_path):
    posts = "".join(
        f'<div class="post"><time>{hour}:05</time><h3>Water rises near the mill</h3><p>{POOL_TEXT[0]}</p>'
        f"<p>{POOL_TEXT[1]}</p></div>"
        for hour in (9, 10, 11)
    )
    articles, _, _ = read(tmp_path, "log.html", page(f"<h1>{POOL}</h1><p>5 March 2024</p>{posts}", title=POOL))
    assert len(articles) == 1
