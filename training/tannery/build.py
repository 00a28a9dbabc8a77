"""Build the bundled corpus `tannery` and its answer key from the marked-up pages in ``source/``.

    python training/tannery/build.py

The marks are those of ``training/summit/build.py``, and two more:

    {a passive police:...}      who did it, and how the sentence says so (active, passive, passive_by, intransitive)
    {t- Rupert Kessling:...}    a sentence in the outlet's own voice that thinks well (t+) or ill (t-) of somebody

Each outlet has a file format of its own. The key is laid over the text that `read_articles` gives, so that it holds
for the articles as they are read: build it anew when reading changes.
"""

from __future__ import annotations

import csv
import html
import io
import json
import sys
import tomllib
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx

import framing

HERE = Path(__file__).resolve().parent
TANNERY = HERE.parents[1] / "framing" / "examples" / "tannery"
sys.path.insert(0, str(HERE.parent))

from summit import build as summit  # noqa: E402

SPEAKERS = tomllib.loads((HERE / "speakers.toml").read_text(encoding="utf-8"))
SINGLE = "‘’"  # the marks of the Evening Beacon, in the manner of many British papers


def page(article: dict) -> bytes:
    """A saved web page with its facts as JSON-LD and the site around it."""
    lines = {zone: [text for name, text in article["lines"] if name == zone] for zone in summit.ZONES.values()}
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": lines["headline"][0],
        "datePublished": f"{article['date']}T06:30:00+00:00",
        "author": [{"@type": "Person", "name": lines["byline"][0].removeprefix("By ").split(",")[0]}],
        "publisher": {"@type": "NewsMediaOrganization", "name": article["outlet"]},
    }
    body = []
    for zone, text in article["lines"]:
        words = html.escape(text, quote=False)
        body.append(
            {
                "headline": f"<h1>{words}</h1>",
                "standfirst": f'<p class="standfirst">{words}</p>',
                "byline": f'<p class="byline">{words}</p>',
                "subheading": f"<h2>{words}</h2>",
                "caption": f'<figure><img src="picture.jpg" alt=""><figcaption>{words}</figcaption></figure>',
            }.get(zone, f"<p>{words}</p>")
        )
    inside = "\n      ".join(body)
    title = html.escape(lines["headline"][0], quote=False)
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <title>{title} | {article["outlet"]}</title>
  <script type="application/ld+json">{json.dumps(about, ensure_ascii=False)}</script>
</head>
<body>
  <header>
    <nav><ul><li><a href="/news">News</a></li><li><a href="/harbour">Harbour</a></li><li><a href="/sport">Sport</a></li>
    <li><a href="/whats-on">What’s On</a></li><li><a href="/notices">Public Notices</a></li></ul></nav>
  </header>
  <main>
    <article>
      {inside}
    </article>
    <aside>
      <h3>More from the Beacon</h3>
      <ul><li><a href="/sport/bowls">Bowls club toasts a hundred years without a cross word</a></li>
      <li><a href="/news/seal">Seal takes the number nine bus, twice</a></li></ul>
    </aside>
  </main>
  <footer><p>We use cookies to remember where you live. <a href="/privacy">Privacy</a></p></footer>
</body>
</html>
""".encode()


def markdown(article: dict) -> bytes:
    """Front matter and paragraphs, as a small paper without a site keeps its stories."""
    parts = [f'---\ntitle: "{article["lines"][0][1]}"\ndate: {article["date"]}\noutlet: {article["outlet"]}\n---']
    for zone, text in article["lines"]:
        parts.append({"headline": f"# {text}", "standfirst": f"**{text}**", "byline": f"*{text}*"}.get(zone, text))
    return ("\n\n".join(parts) + "\n").encode()


def nexis(article: dict) -> bytes:
    """One document as a news database delivers it."""
    lines = {zone: [text for name, text in article["lines"] if name == zone] for zone in summit.ZONES.values()}
    body = [text for zone, text in article["lines"] if zone in ("lead", "body", "subheading")]
    day = date.fromisoformat(article["date"])
    said = f"{day:%B} {day.day}, {day.year}"
    n_words = sum(len(text.split()) for text in body)
    parts = [
        lines["headline"][0],
        article["outlet"],
        f"{said} {day:%A}",
        f"Copyright {day.year} {article['outlet']} All Rights Reserved",
        "Section: BUSINESS; Pg. 1",
        f"Length: {n_words} words",
        f"Byline: {lines['byline'][0]}",
        "Body",
        *body,
        f"Load-Date: {said}",
        "End of Document",
    ]
    return ("\n\n".join(parts) + "\n").replace("\n", "\r\n").encode()


def word_file(article: dict) -> bytes:
    """A Word file with styles for headline and subheadings, without the time it was made."""
    document = docx.Document()
    for zone, text in article["lines"]:
        if zone == "headline":
            document.add_heading(text, level=1)
        elif zone == "subheading":
            document.add_heading(text, level=2)
        else:
            document.add_paragraph(text)
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = datetime.fromisoformat(article["date"])
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def plain(article: dict) -> bytes:
    """The words of a page as someone copied them, with what stood around them."""
    return article["text"].encode()


FORMATS = {
    "evening-beacon": (page, "html"),
    "the-gannet": (markdown, "md"),
    "business-ledger": (nexis, "txt"),
    "coast-radio": (word_file, "docx"),
    "inland-courier": (plain, "txt"),
}


def laid_over(article: dict, text: str) -> dict:
    """`article` with its zones and marks at the places of `text`; lines that reading left out are dropped."""
    zones, marks, after = [], [], 0
    for zone, start, end in article["zones"]:
        place = text.find(article["text"][start:end], after)
        if place < 0:
            if zone in ("lead", "body", "headline", "subheading"):
                raise ValueError(f"{article['article_id']}: reading lost {article['text'][start:end]!r}")
            continue
        after = place + end - start
        zones.append((zone, place, after))
        marks += [
            (tag, place + first - start, place + last - start)
            for tag, first, last in article["marks"]
            if start <= first and last <= end
        ]
    return {**article, "text": text, "zones": zones, "marks": marks}


def agency_of(article: dict) -> list[dict]:
    """One row per clause that tells a deed: how the sentence is built, and who did it."""
    rows = []
    for tag, start, end in article["marks"]:
        if tag.startswith("a "):
            _, form, doer = tag.split(" ", 2)
            rows.append(
                {
                    "article_id": article["article_id"],
                    "clause": article["text"][start:end],
                    "form": form,
                    "doer": doer,
                    "start": start,
                    "end": end,
                }
            )
    return rows


def tone_of(article: dict) -> list[dict]:
    """One row per sentence in which the outlet itself thinks well or ill of somebody."""
    return [
        {
            "article_id": article["article_id"],
            "target": tag[3:],
            "polarity": "positive" if tag[1] == "+" else "negative",
            "start": start,
            "end": end,
            "text": article["text"][start:end],
        }
        for tag, start, end in article["marks"]
        if tag[:2] in ("t+", "t-")
    ]


def build(tannery: Path = TANNERY) -> None:
    """Write the articles, their manifest and the answer key into `tannery`."""
    articles = [article for path in sorted((HERE / "source").glob("*.txt")) for article in summit.read_source(path)]
    manifest = []
    for article in articles:
        stem = article["path"].split("/")[0]
        make, ending = FORMATS[stem]
        article["lines"] = [(zone, article["text"][start:end]) for zone, start, end in article["zones"]]
        article["path"] = f"{stem}/{article['event']}.{ending}"
        path = tannery / "articles" / article["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make(article))
        manifest.append({name: article[name] for name in ("path", "article_id", "outlet", "event", "date")})
    summit.write_csv(tannery / "articles" / "articles.csv", manifest)
    read = framing.read_articles(tannery / "articles").set_index("article_id")["text"]
    write_key(tannery, [laid_over(article, read[article["article_id"]]) for article in articles])


def write_key(tannery: Path, articles: list[dict]) -> None:
    facts = [row["fact"] for row in csv.DictReader((TANNERY / "facts.csv").open(encoding="utf-8"))]
    concepts = tomllib.loads((TANNERY / "tannery.toml").read_text(encoding="utf-8"))["concept"]
    gold: dict[str, list[dict]] = {
        name: [] for name in ("zones", "scare", "quotes", "labels", "coverage", "agency", "tone")
    }
    for article in articles:
        name, text = {"article_id": article["article_id"]}, article["text"]
        marks = SINGLE if article["article_id"].startswith("evening-beacon") else '"“”'
        gold["zones"] += [
            name | {"passage": number, "zone": zone, "start": start, "end": end}
            for number, (zone, start, end) in enumerate(article["zones"])
        ]
        gold["scare"] += [
            name | {"content": text[start:end], "start": start, "end": end}
            for tag, start, end in article["marks"]
            if tag == "x"
        ]
        rows = summit.quotes_of(article, SPEAKERS, marks)
        gold["quotes"] += rows
        gold["labels"] += summit.labels_of(article, rows, concepts, marks)
        gold["coverage"] += summit.coverage_of(article, facts)
        gold["agency"] += agency_of(article)
        gold["tone"] += tone_of(article)
    (tannery / "key").mkdir(parents=True, exist_ok=True)
    for table, rows in gold.items():
        summit.write_csv(tannery / "key" / f"gold_{table}.csv", rows)
    told = summit.answers(articles, gold["quotes"], gold["labels"], gold["coverage"])
    (tannery / "key" / "answers.toml").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    build()
