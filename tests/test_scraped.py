"""Files of scrapers and news services: nested fields, other names, several spellings of days, outlets by their sites."""

from __future__ import annotations

import datetime
import io
import json
import random
import warnings
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from framing import audit_articles, read_articles
from framing.articles.fields import iso_date
from framing.articles.reading import NOT_READ, read_with_audit

POOL, FERRY = "Council closes swimming pool", "Strike stops island ferries"
POOL_TEXT = (
    "The council of Lowbridge voted on Tuesday to close the old pool. Mayor Anna Kell said the repairs would cost "
    "four million pounds."
)
FERRY_TEXT = (
    "Ferries between the islands stopped on Wednesday after a strike. The union said talks would resume on Friday."
)
NAMED = [["Lowbridge Courier", "2024-03-05", POOL, "Jane Pyke"], ["The Islander", "2024-03-06", FERRY, "Tom Ard"]]
SITED = [["lowbridgecourier.com", "2024-03-05", POOL, "Jane Pyke"], ["islander.org", "2024-03-06", FERRY, "Tom Ard"]]
STORIES = [
    (POOL, POOL_TEXT, "2024-03-05", "Lowbridge Courier", "www.lowbridgecourier.com", "Jane Pyke"),
    (FERRY, FERRY_TEXT, "2024-03-06", "The Islander", "www.islander.org", "Tom Ard"),
]
COLUMNS = ["outlet", "date", "headline", "byline"]


def read(path: Path) -> tuple:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_with_audit(path)


def each(build) -> list:
    return [build(*story) for story in STORIES]


NAMED_FILES = {
    "newsapi": {
        "status": "ok",
        "totalResults": 2,
        "articles": each(
            lambda t, x, d, o, s, a: {
                "source": {"id": None, "name": o},
                "author": a,
                "title": t,
                "description": "Teaser.",
                "url": f"https://{s}/a",
                "urlToImage": None,
                "publishedAt": f"{d}T08:00:00Z",
                "content": x,
            }
        ),
    },
    "event registry": {
        "articles": {
            "results": each(
                lambda t, x, d, o, s, a: {
                    "uri": "1",
                    "lang": "eng",
                    "date": d,
                    "dateTimePub": f"{d}T07:58:00Z",
                    "url": f"https://{s}/a",
                    "title": t,
                    "body": x,
                    "source": {"uri": s, "dataType": "news", "title": o},
                    "authors": [{"uri": "j", "name": a, "type": "author"}],
                }
            ),
            "totalResults": 2,
        }
    },
    "gnews": {
        "totalArticles": 2,
        "articles": each(
            lambda t, x, d, o, s, a: {
                "title": t,
                "description": "Short.",
                "content": x,
                "url": f"https://{s}/a",
                "publishedAt": f"{d}T08:00:00Z",
                "source": {"name": o, "url": f"https://{s}"},
                "author": a,
            }
        ),
    },
    "newsdata": {
        "status": "success",
        "results": each(
            lambda t, x, d, o, s, a: {
                "article_id": t,
                "title": t,
                "link": f"https://{s}/a",
                "creator": [a],
                "description": "Short.",
                "content": x,
                "pubDate": f"{d} 08:00:00",
                "source_id": "x",
                "source_name": o,
                "language": "english",
                "country": ["uk"],
            }
        ),
    },
    "elasticsearch": {
        "took": 3,
        "hits": {
            "total": {"value": 2},
            "hits": each(
                lambda t, x, d, o, s, a: {
                    "_index": "news",
                    "_id": t,
                    "_source": {"title": t, "text": x, "date": d, "publisher": o, "author": a},
                }
            ),
        },
    },
    "schema.org": each(
        lambda t, x, d, o, s, a: {
            "@type": "NewsArticle",
            "headline": t,
            "articleBody": x,
            "datePublished": f"{d}T08:00:00+01:00",
            "publisher": {"@type": "Organization", "name": o},
            "author": [{"@type": "Person", "name": a}],
            "inLanguage": "en-GB",
        }
    ),
    "mongo": each(
        lambda t, x, d, o, s, a: {
            "_id": {"$oid": t},
            "title": {"rendered": t},
            "content": {"rendered": f"<p>{x}</p>\n<p>More&nbsp;<em>here</em>.</p>"},
            "publishDate": {"$date": f"{d}T08:00:00Z"},
            "siteName": o,
            "authorName": a,
        }
    ),
    "json api": {
        "data": each(
            lambda t, x, d, o, s, a: {
                "type": "article",
                "id": t,
                "attributes": {
                    "headline": t,
                    "body": x,
                    "published_at": d,
                    "source": {"label": o},
                    "authors": [{"first_name": a.split()[0], "last_name": a.split()[1]}],
                },
            }
        )
    },
}
DAYS = {d: int(datetime.datetime.fromisoformat(d + "T12:00:00+00:00").timestamp()) for _, _, d, *_ in STORIES}
NAMED_FILES |= {
    "bing": {
        "_type": "News",
        "value": each(
            lambda t, x, d, o, s, a: {
                "name": t,
                "url": f"https://{s}/a",
                "description": "Short.",
                "articleBody": x,
                "provider": [{"_type": "Organization", "name": o}],
                "author": [{"name": a}],
                "datePublished": f"{d}T08:00:00Z",
            }
        ),
    },
    "wordpress with what it embeds": each(
        lambda t, x, d, o, s, a: {
            "id": 1,
            "date": f"{d}T08:00:00",
            "modified": "2024-05-01",
            "link": f"https://{s}/a",
            "title": {"rendered": t},
            "content": {"rendered": f"<p>{x}</p><p>More.</p>", "protected": False},
            "_embedded": {"author": [{"name": a}]},
            "yoast_head_json": {"og_site_name": o},
        }
    ),
    "newscatcher": {
        "articles": each(
            lambda t, x, d, o, s, a: {
                "title": t,
                "author": a,
                "authors": [a],
                "published_date": f"{d} 08:00:00",
                "link": f"https://{s}/a",
                "domain_url": s,
                "name_source": o,
                "content": x,
                "language": "en",
            }
        )
    },
    "perigon": {
        "articles": each(
            lambda t, x, d, o, s, a: {
                "url": f"https://{s}/a",
                "authorsByline": a,
                "title": t,
                "content": x,
                "pubDate": f"{d}T08:00:00+00:00",
                "addDate": "2024-05-01",
                "source": {"domain": s, "name": o},
            }
        )
    },
    "in one language each": {
        "items": each(
            lambda t, x, d, o, s, a: {
                "sys": {"id": 1},
                "fields": {
                    "title": {"en-US": t},
                    "body": {"en-US": x},
                    "publishDate": {"en-US": d},
                    "outlet": {"en-US": o},
                    "author": {"en-US": a},
                },
            }
        )
    },
    "people by number, seconds": each(
        lambda t, x, d, o, s, a: {
            "title": t,
            "bodyText": [x[:60], x[60:]],
            "published": {"seconds": DAYS[d]},
            "publication": {"name": o},
            "authors": {"0": {"name": a}},
        }
    ),
    "fundus": each(
        lambda t, x, d, o, s, a: {
            "title": t,
            "plaintext": x,
            "authors": [a],
            "publishing_date": f"{d} 08:00:00",
            "publisher": o,
            "lang": "en",
        }
    ),
    "prefixed": each(
        lambda t, x, d, o, s, a: {
            "og:title": t,
            "og:site_name": o,
            "article:author": a,
            "article:published_time": d,
            "article:publisher": "https://www.facebook.com/courier",
            "page_text": x,
        }
    ),
}
SITED_FILES = {
    "news-please": each(
        lambda t, x, d, o, s, a: {
            "authors": [a],
            "date_download": "2024-03-07 10:00:00",
            "date_modify": "2024-03-06 09:00:00",
            "date_publish": f"{d} 08:00:00",
            "description": "Short.",
            "filename": f"https%3A%2F%2F{s}%2Fa.json",
            "language": "en",
            "maintext": x,
            "source_domain": s,
            "title": t,
            "title_page": None,
            "url": f"https://{s}/a",
        }
    ),
    "webhose": {
        "posts": each(
            lambda t, x, d, o, s, a: {
                "thread": {
                    "uuid": t,
                    "url": f"https://{s}/a",
                    "site_full": s,
                    "site": s.removeprefix("www."),
                    "title": "Of the thread",
                    "published": "2020-01-01",
                },
                "uuid": t,
                "url": f"https://{s}/a",
                "author": a,
                "title": t,
                "text": x,
                "published": f"{d}T02:00:00.000+02:00",
                "language": "english",
            }
        ),
        "totalResults": 2,
        "moreResultsAvailable": 0,
    },
    "newspaper": each(
        lambda t, x, d, o, s, a: {
            "url": f"https://{s}/2024/a.html",
            "source_url": f"https://{s}",
            "title": t,
            "authors": [a],
            "publish_date": f"{d} 00:00:00",
            "text": x,
            "meta_lang": "en",
            "meta_description": "",
            "summary": "",
        }
    ),
    "trafilatura": each(
        lambda t, x, d, o, s, a: {
            "title": t,
            "author": a,
            "hostname": s,
            "date": d,
            "text": x,
            "raw_text": x,
            "language": "en",
            "source": f"https://{s}/a",
            "id": None,
            "source-hostname": s.removeprefix("www."),
        }
    ),
    "gdelt with texts": {
        "articles": each(
            lambda t, x, d, o, s, a: {
                "url": f"https://{s}/a",
                "url_mobile": "",
                "title": t,
                "seendate": d.replace("-", "") + "T080000Z",
                "socialimage": "",
                "domain": s,
                "language": "English",
                "sourcecountry": "UK",
                "text": x,
                "author": a,
            }
        )
    },
    "a host alone": each(
        lambda t, x, d, o, s, a: {"host": s, "headline": t, "article_body": x, "published_time": d, "byline": a}
    ),
    "an address of the site": each(
        lambda t, x, d, o, s, a: {"root_url": f"https://{s}", "headline": t, "text": x, "pubdate": d, "author": a}
    ),
    "a page elsewhere for publisher": each(
        lambda t, x, d, o, s, a: {
            "title": t,
            "text": x,
            "date": d,
            "publisher": "https://www.facebook.com/courier",
            "url": f"https://{s}/a",
            "author": a,
        }
    ),
    "own scraper": each(
        lambda t, x, d, o, s, a: {
            "headline": t,
            "fullText": x,
            "publishedAt": str(int(datetime.datetime.fromisoformat(d + "T12:00:00+00:00").timestamp())),
            "articleUrl": f"https://{s}/a?ref=rss",
            "byLine": f"By {a}",
        }
    ),
}


@pytest.mark.parametrize("how", ["whole", "lines", "one file each"])
@pytest.mark.parametrize("service", [*NAMED_FILES, *SITED_FILES])
def test_a_service_gives_outlet_day_headline_and_byline(tmp_path, service, how):
    data, wanted = (NAMED_FILES[service], NAMED) if service in NAMED_FILES else (SITED_FILES[service], SITED)
    rows = data
    while isinstance(rows, dict):
        rows = next(
            value
            for value in rows.values()
            if isinstance(value, list) or (isinstance(value, dict) and value.get("results", value.get("hits")))
        )
    if how == "whole":
        (tmp_path / "x.json").write_text(json.dumps(data, indent=1))
    elif how == "lines":
        (tmp_path / "x.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    else:
        for number, row in enumerate(rows):
            (tmp_path / f"{number}.json").write_text(json.dumps(row))
    articles, audit = read(tmp_path)
    assert articles[COLUMNS].values.tolist() == wanted
    assert set(articles["language"].fillna("en")) == {"en"}
    assert not articles["text"].str.contains(r"[{}<>]|Of the thread").any()
    assert not audit["status"].isin(NOT_READ).any()


def as_csv(rows: list[dict], path: Path) -> None:
    pd.DataFrame(rows).to_csv(path, index=False)


@pytest.mark.parametrize("service", ["newsapi", "gnews", "webhose", "newspaper"])
def test_nested_fields_written_out_in_the_cells_of_a_table_are_read(tmp_path, service):
    data = {**NAMED_FILES, **SITED_FILES}[service]
    rows = next(value for value in data.values() if isinstance(value, list)) if isinstance(data, dict) else data
    as_csv(rows, tmp_path / "x.csv")
    articles, _ = read(tmp_path)
    assert articles[COLUMNS].values.tolist() == (NAMED if service in NAMED_FILES else SITED)


@pytest.mark.parametrize(
    "columns",
    [
        ["title", "content", "date", "publication", "url", "author"],
        ["title", "article", "date", "publication", "url", "author"],
        ["Title", "Full Text", "Publication Date", "Media Name", "URL", "Author"],
        ["Titel", "Text", "Datum", "Quelle", "Link", "Autor"],
        ["titre", "texte", "date de publication", "source", "lien", "auteur"],
        ["Überschrift", "Artikeltext", "Datum", "Zeitung", "Link", "Verfasser"],
        ["Título", "Cuerpo", "Fecha", "Medio", "URL", "Autor"],
        ["meta_title", "text", "meta_published_time", "meta_site_name", "url", "meta_author"],
        ["article.title", "article.body", "article.publishedAt", "source.name", "article.url", "article.author.name"],
        ["Title", "fullText", "pubdate", "pubtitle", "URL", "Authors"],
        ["webTitle", "bodyText", "webPublicationDate", "sourceName", "webUrl", "byline"],
    ],
)
def test_column_names_of_shared_corpora_are_understood(tmp_path, columns):
    rows = [dict(zip(columns, (t, x, d, o, f"https://{s}/a", a), strict=True)) for t, x, d, o, s, a in STORIES]
    as_csv(rows, tmp_path / "x.csv")
    articles, _ = read(tmp_path)
    assert articles[COLUMNS].values.tolist() == NAMED


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-05T08:00:00Z", "2024-03-05"),
        ("20240305T080000Z", "2024-03-05"),
        ("20240305080000", "2024-03-05"),
        ("Tue, 05 Mar 2024 08:00:00 GMT", "2024-03-05"),
        ("Mar 5, 2024", "2024-03-05"),
        ("5. März 2024", "2024-03-05"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("1er août 2024", "2024-08-01"),
        ("2024年3月5日", "2024-03-05"),
        (1709625600, "2024-03-05"),
        (1709625600000, "2024-03-05"),
        ("1709625600.0", "2024-03-05"),
        ("2024/3/5 8:00", "2024-03-05"),
        ("5-Mar-2024", "2024-03-05"),
        ("4/5/2024", None),
        ("nan", None),
        ("NaT", None),
        ("None", None),
        ("12 marines 2024", None),
        ("5 Smarch 2024", None),
    ],
)
def test_days_are_read_in_many_spellings_and_none_is_made_up(written, day):
    assert iso_date(written) == day


def test_all_the_news_with_parts_of_the_day_in_columns_is_read(tmp_path):
    as_csv(
        [
            {
                "year": 2024.0,
                "month": 3.0,
                "day": 5,
                "title": POOL,
                "article": POOL_TEXT,
                "publication": "Lowbridge Courier",
            }
        ],
        tmp_path / "x.csv",
    )
    assert read(tmp_path)[0]["date"].tolist() == ["2024-03-05"]


@pytest.mark.parametrize("nothing", ["nan", "NaN", "NaT", "None", "null", "NA", "<NA>", "N/A", ""])
def test_what_programs_write_for_nothing_is_missing(tmp_path, nothing):
    (tmp_path / "a.txt").write_text(POOL_TEXT)
    (tmp_path / "articles.csv").write_text(
        f"path,outlet,event,date,headline\na.txt,Courier,{nothing},{nothing},{nothing}\n"
    )
    articles, audit = read(tmp_path)
    assert articles[["event", "date"]].isna().all(axis=None)
    assert not articles["headline"].eq(nothing).any()
    (tmp_path / "articles.csv").unlink()
    as_csv(
        [{"text": POOL_TEXT, "outlet": "Courier", "event": nothing, "date": nothing, "author": nothing}],
        tmp_path / "x.csv",
    )
    articles, audit = read(tmp_path / "x.csv")
    assert articles[["event", "date", "byline"]].isna().all(axis=None)
    assert audit["reason"].isna().all()
    assert (
        read_articles(pd.DataFrame([{"text": POOL_TEXT, "event": nothing, "date": nothing}]))[["event", "date"]]
        .isna()
        .all(axis=None)
    )


def test_a_day_of_the_manifest_that_cannot_be_read_is_missing_and_named(tmp_path):
    (tmp_path / "a.txt").write_text(POOL_TEXT)
    (tmp_path / "articles.csv").write_text("path,outlet,date\na.txt,Courier,soon\n")
    articles, audit = read(tmp_path)
    assert articles["date"].isna().all()
    assert "date 'soon' not understood" in audit["reason"][0]


def test_a_text_that_a_service_cut_off_is_called_so(tmp_path):
    (tmp_path / "x.json").write_text(
        json.dumps(
            {
                "articles": [
                    {"title": POOL, "source": {"name": "Courier"}, "content": POOL_TEXT[:100] + "… [+2571 chars]"},
                    {"title": FERRY, "source": {"name": "Courier"}, "content": "ONLY AVAILABLE IN PAID PLANS"},
                ]
            }
        )
    )
    _, audit = read(tmp_path)
    assert audit.loc[audit["status"] == "incomplete", "reason"].str.contains("2571 characters are missing").any()


@pytest.mark.parametrize("name", ["article", "Artikel", "content", "story", "body", "text", "news", "data"])
def test_a_list_of_articles_under_a_name_that_means_a_text_is_a_list_of_articles(tmp_path, name):
    rows = [{"title": t, "text": x, "date": d, "outlet": o, "author": a} for t, x, d, o, s, a in STORIES]
    (tmp_path / "x.json").write_text(json.dumps({name: rows}))
    assert read(tmp_path)[0][COLUMNS].values.tolist() == NAMED


def test_a_list_of_paragraphs_in_a_text_is_a_text(tmp_path):
    parts = [{"type": "p", "text": part} for part in POOL_TEXT.split(". ")]
    (tmp_path / "x.json").write_text(json.dumps([{"title": POOL, "body": parts, "outlet": "Courier"}]))
    assert "old pool\n\nMayor" in read(tmp_path)[0]["text"][0]


def test_a_row_held_twice_by_one_file_is_one_article(tmp_path):
    rows = [{"title": t, "text": x, "date": d, "outlet": o} for t, x, d, o, *_ in STORIES]
    (tmp_path / "x.json").write_text(json.dumps([*rows, rows[0]]))
    articles, audit = read(tmp_path)
    assert articles["headline"].tolist() == [POOL, FERRY]
    assert audit.loc[audit["status"] == "ignored", "reason"].tolist() == [
        "row 3: the same article as row 1, and counted once"
    ]
    assert len(read_articles(pd.DataFrame([*rows, rows[0]]))) == 3  # a table in memory is taken as it is


def test_a_file_of_several_sites_gives_its_name_to_none_of_them(tmp_path):
    rows = [{"title": t, "text": x, "url": f"https://{s}/a"} for t, x, d, o, s, a in STORIES]
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "all.json").write_text(
        json.dumps([*rows, {"title": "No address", "text": FERRY_TEXT + " At last."}])
    )
    articles, audit = read(tmp_path)
    assert articles["outlet"].tolist()[:2] == ["lowbridgecourier.com", "islander.org"]
    for name in ("1", "0042", "3fe2471fd553c65a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.json").write_text(json.dumps({"title": POOL, "text": POOL_TEXT}))
        articles, audit = read(tmp_path / name)
        assert articles["outlet"].tolist() == ["unknown"]
        assert "no outlet is named" in audit["reason"][0]


def test_a_folder_named_for_one_outlet_still_names_it(tmp_path):
    for outlet, (t, x, _, _, s, _) in zip(("courier", "islander"), STORIES, strict=True):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "all.json").write_text(json.dumps([{"title": t, "text": x, "url": f"https://{s}/a"}]))
    assert read(tmp_path)[0]["outlet"].tolist() == ["courier", "islander"]


def test_a_list_of_gdelt_is_joined_to_texts_by_address(tmp_path):
    (tmp_path / "list.json").write_text(
        json.dumps(
            {
                "articles": [
                    {
                        "url": f"https://{s}/{t[:6].lower()}",
                        "title": t,
                        "seendate": "20240305T080000Z",
                        "domain": s,
                        "language": "English",
                    }
                    for t, x, d, o, s, a in STORIES
                ]
            }
        )
    )
    (tmp_path / "counci.txt").write_text(POOL_TEXT)
    articles, audit = read(tmp_path)
    assert articles[["outlet", "date", "headline"]].values.tolist() == [["lowbridgecourier.com", "2024-03-05", POOL]]
    assert (audit["status"] == "missing").sum() == 1


def workbook(rows: list[list], *, above: list[list] = ()) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in [*above, *rows]:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "days",
    [
        (45356, 45357),
        (datetime.date(2024, 3, 5), datetime.datetime(2024, 3, 6, 8)),
        ("2024-03-05", "6 March 2024"),
        (45356.5, "45357"),
    ],
)
@pytest.mark.parametrize("above", [(), [["Results of a search"], []]])
def test_an_excel_workbook_is_read_with_its_days(tmp_path, days, above):
    rows = [["Title", "Date", "Source", "Author", "Full text"]] + [
        [t, day, o, a, x] for (t, x, d, o, s, a), day in zip(STORIES, days, strict=True)
    ]
    (tmp_path / "x.xlsx").write_bytes(workbook(rows, above=above))
    assert read(tmp_path)[0][COLUMNS].values.tolist() == NAMED


def test_a_workbook_that_holds_no_articles_says_so(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(workbook([["Pool", "Width"], [1, 2]]))
    (tmp_path / "y.xlsx").write_bytes(workbook([["Title", "Text"], [POOL, POOL_TEXT]])[:3000])
    with pytest.raises(ValueError, match=r"x.xlsx: no column holds the text.*y.xlsx: a damaged"):
        read_articles(tmp_path)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_workbook_or_pdf_gives_a_reason_and_no_crash(tmp_path):
    whole = {
        "x.xlsx": workbook([["Title", "Text"], *[[t, x] for t, x, *_ in STORIES]]),
        "x.pdf": pdf([[POOL, POOL_TEXT]] * 3),
    }
    for name, data in whole.items():
        for seed in range(40):
            chance = random.Random(seed)
            broken = bytearray(data if seed % 3 else data[: chance.randrange(1, len(data))])
            for _ in range(1 + len(broken) // 100):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            (tmp_path / name).write_bytes(bytes(broken))
            audit = audit_articles(tmp_path / name)
            assert not audit["reason"].astype(str).str.contains("not really").any()


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF of text lines, as a word processor prints it."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        drawn = "BT /F1 11 Tf 14 TL 50 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {5 + 2 * number} 0 R>>",
            f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream",
        ]
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n"
            f"startxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def test_a_pdf_of_text_is_read_in_paragraphs_without_what_every_page_repeats(tmp_path):
    body = [
        "The council of Lowbridge voted on Tuesday evening to close the old swimming",
        "pool at the end of the month.",
        "",
        "Mayor Anna Kell said the repairs would cost four million pounds, which the",
        "town does not have.",
    ]
    (tmp_path / "courier").mkdir()
    (tmp_path / "courier" / "a.pdf").write_bytes(
        pdf([["Lowbridge Courier", POOL, "", *body, f"Page {n} of 4"] for n in (1, 2, 3, 4)])
    )
    articles, audit = read(tmp_path)
    text = articles["text"][0]
    assert "old swimming pool at the end of the month." in text
    assert "Page 2" not in text and "Page 4" not in text
    assert audit["format"].tolist() == ["pdf"]


@pytest.mark.parametrize(
    ("data", "said"), [(pdf([[], []]), "pictures of pages and no text"), (b"%PDF-1.7 trailer", "a damaged PDF")]
)
def test_a_pdf_without_text_says_so(tmp_path, data, said):
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(ValueError, match=said):
        read_articles(tmp_path)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("عادت العبارة إلى الميناء مساء الثلاثاء بعد خمسة أيام من العاصفة، قال رئيس الميناء.", "ar"),
        ("Паром вернулся в порт во вторник вечером, через пять дней после бури, сообщил капитан.", "ru"),
        ("کشتی سه‌شنبه شب پس از پنج روز به بندر بازگشت و رئیس بندر گفت که چیزی گم نشده است.", "fa"),
        ("नौका मंगलवार रात को तूफान के पांच दिन बाद बंदरगाह लौट आई, बंदरगाह प्रमुख ने कहा।", "hi"),
        ("เรือข้ามฟากกลับมาถึงท่าเรือเมื่อคืนวันอังคาร", "th"),
        (
            "Feribot salı gecesi limana döndü ve liman başkanı bu fırtına için çok uzun bir bekleyiş olarak söz etti, dedi ki "
            "daha sonra bir sefer daha olacak.",
            "tr",
        ),
        (
            "Lautta palasi satamaan tiistai-iltana, viisi päivää sen jälkeen kun myrsky oli pitänyt sen poissa, ja päällikkö sanoi "
            "että se on hyvä, mutta hän ei ole iloinen.",
            "fi",
        ),
    ],
)
def test_articles_in_other_languages_are_said_to_be(tmp_path, text, language):
    (tmp_path / "a.txt").write_text(text)
    with pytest.warns(UserWarning, match=rf"1 of 1 articles are not in English \({language};"):
        assert read_articles(tmp_path)["language"].tolist() == [language]


@pytest.mark.parametrize("name", ["a.txt", "a", "a.psv", "a.tab", "a.tsv", "a.csv"])
@pytest.mark.parametrize("mark", ["\t", ";", "|", ","])
def test_a_table_under_any_name_is_rows_and_never_one_article(tmp_path, name, mark):
    rows = [
        ["Headline", "Source", "Date", "Text"],
        ["Pool closes", "Courier", "2024-03-05", f'"{POOL}"'],
        ["Pool opens", "Gazette", "2024-03-06", f'"{POOL} Again."'],
    ]
    (tmp_path / name).write_text("\n".join(mark.join(row) for row in rows))
    articles = read_articles(tmp_path / name)
    assert articles[["headline", "outlet"]].values.tolist() == [["Pool closes", "Courier"], ["Pool opens", "Gazette"]]


@pytest.mark.parametrize(
    "text",
    [
        "Text, title, source and date are what a table needs.\n\nSo said the teacher.",
        "Headlines; a text; more\n\nThe pool closed on Monday.",
        "A | B | C\n\nThe pool closed.",
    ],
)
def test_a_text_that_speaks_of_columns_is_a_text(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    assert len(read_articles(tmp_path / "a.txt")) == 1
    assert audit_articles(tmp_path / "a.txt")["format"].tolist() == ["text"]
