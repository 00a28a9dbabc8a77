"""Build the bundled corpus `summit` and its answer key from the marked-up pages in ``source/``.

    python training/summit/build.py

Each page in ``source/`` holds one outlet's eight articles. A line is ``zone: text``; an article starts
with ``== event date``. Inside the text, braces mark what the key records, and may be nested:

    {1c:...}  content of quotation 1 (again for each further piece)    {1q:...}  its cue
    {1s:...}  its source; {1s=Vladimir Putin:he} names the speaker where the words alone do not
    {x:...}   scare quotes, marks included              {f09 f10:...}  a sentence that states facts 9 and 10

The braces are taken out; what is left is the article, and where they stood are the gold offsets.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
SUMMIT = HERE.parents[1] / "framing" / "examples" / "summit"
ZONES = {
    "h": "headline",
    "s": "standfirst",
    "b": "byline",
    "l": "lead",
    "p": "body",
    "sub": "subheading",
    "cap": "caption",
    "cr": "credit",
    "f": "furniture",
    "o": "other_story",
}
SPEAKERS = tomllib.loads((HERE / "speakers.toml").read_text(encoding="utf-8"))
TAG = re.compile(r"\{([a-z0-9= .'A-Z_+-]+):|\}")


def read_marks(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without braces, and ``(tag, start, end)`` for each pair of them."""
    text, open_tags, marks, last = "", [], [], 0
    for hit in TAG.finditer(marked):
        text += marked[last : hit.start()]
        last = hit.end()
        if hit.group() == "}":
            tag, start = open_tags.pop()
            marks.append((tag, start, len(text)))
        else:
            open_tags.append((hit.group(1), len(text)))
    if open_tags:
        raise ValueError(f"A brace is not closed: {open_tags} in {marked[:80]!r}")
    return text + marked[last:], sorted(marks, key=lambda mark: (mark[1], mark[2]))


def read_source(path: Path) -> list[dict]:
    """One dict per article of one outlet: its text, zones and marks in offsets of that text."""
    head, *parts = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)
    outlet, articles = head.strip(), []
    for part in parts:
        first, *lines = [line for line in part.splitlines() if line.strip()]
        event, date = first.split()
        article = {
            "article_id": f"{path.stem}-{event}",
            "outlet": outlet,
            "event": event,
            "date": date,
            "path": f"{path.stem}/{event}.txt",
            "text": "",
            "zones": [],
            "marks": [],
        }
        previous = None
        for line in lines:
            code, _, marked = line.partition(": ")
            text, marks = read_marks(marked)
            close = code == previous and code in ("s", "f")  # bullet points and furniture stand line by line
            article["text"] += "" if previous is None else "\n" if close else "\n\n"
            at, previous = len(article["text"]), code
            article["text"] += text
            article["zones"].append((ZONES[code], at, at + len(text)))
            article["marks"] += [(tag, at + start, at + end) for tag, start, end in marks]
        article["text"] += "\n"
        articles.append(article)
    return articles


def inside_marks(text: str, marks: str = '"“”') -> list[bool]:
    """For each character whether it stands between double quotation marks (or `marks`), the marks included.

    A line's end closes a quotation; one that runs on opens again in the next line. A mark before a letter that follows
    a letter is an apostrophe.
    """
    flags, inside = [], False
    for position, character in enumerate(text):
        if character == "\n":
            inside = False
        apostrophe = (
            character == "’"
            and text[position - 1 : position].isalpha()
            and (text[position + 1 : position + 2].isalpha() or not inside)
        )
        is_mark = character in marks and not apostrophe
        opens = character in "“‘" or (character == '"' and (position == 0 or text[position - 1] in " \n(•-"))
        if is_mark and opens:
            inside = True
        flags.append(inside or is_mark)
        if is_mark and not opens:
            inside = False
    return flags


def kind_of(text: str, spans: list[tuple[int, int]], marks: str = '"“”') -> str:
    """direct, mixed or indirect: all, some or none of the content's words stand inside double marks (or `marks`)."""
    flags = inside_marks(text, marks)
    words = [flags[start + word.start()] for start, end in spans for word in re.finditer(r"\w+", text[start:end])]
    return "direct" if all(words) else "mixed" if any(words) else "indirect"


def spans_text(spans: list[tuple[int, int]]) -> str:
    return ";".join(f"{start}-{end}" for start, end in spans)


def quotes_of(article: dict, speakers: dict[str, str] = SPEAKERS, marks: str = '"“”') -> list[dict]:
    """One row per attribution of an article, in the order of the text."""
    found: dict[str, dict] = defaultdict(lambda: {"c": [], "q": [], "s": [], "speaker": None})
    for tag, start, end in article["marks"]:
        hit = re.fullmatch(r"(\d+)([cqs])(?:=(.*))?", tag)
        if hit:
            quote = found[hit.group(1)]
            quote[hit.group(2)].append((start, end))
            quote["speaker"] = hit.group(3) or quote["speaker"]
    rows, text = [], article["text"]
    for number, quote in found.items():
        if not quote["c"] or not quote["q"]:
            raise ValueError(f"{article['article_id']}: quotation {number} lacks its content or its cue")
        words = {name: " ".join(text[start:end] for start, end in quote[name]) for name in "cqs"}
        speaker = quote["speaker"] or (speaker_of(words["s"], speakers) if quote["s"] else "")
        kind = kind_of(text, quote["c"], marks)
        rows.append(
            {
                "article_id": article["article_id"],
                "kind": kind,
                "content": words["c"],
                "content_spans": spans_text(quote["c"]),
                "cue": words["q"],
                "cue_spans": spans_text(quote["q"]),
                "source": words["s"],
                "source_spans": spans_text(quote["s"]),
                "speaker": speaker,
                "voice": "reported" if kind == "indirect" else "quoted",
                "start": quote["c"][0][0],
                "end": quote["c"][-1][1],
            }
        )
    return sorted(rows, key=lambda row: row["start"])


def speaker_of(source: str, speakers: dict[str, str] = SPEAKERS) -> str:
    """The one name of whoever is meant by `source`: that of the first listed name which it contains."""
    for name, speaker in speakers.items():
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source, re.I):
            return speaker
    raise ValueError(f"speakers.toml does not say who {source!r} is")


def labels_of(article: dict, quotes: list[dict], concepts: list[dict], marks: str = '"“”') -> list[dict]:
    """One row per hit of a declared label in the article's own zones, with the voice it stands in."""
    text, flags, rows = article["text"], inside_marks(article["text"], marks), []
    kept = [(start, end) for zone, start, end in article["zones"] if zone not in ("furniture", "other_story")]
    for concept in concepts:
        for label in concept["label"]:
            for pattern in label["patterns"]:
                words = r"\s+".join(
                    rf"(?:{re.escape(word)}(?:e?s)?|{re.escape(word[:-1])}ies)" for word in pattern.split()
                )
                for hit in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text, re.I):
                    if not any(start <= hit.start() < end for start, end in kept):
                        continue
                    voice, speaker = "outlet", ""
                    for quote in quotes:
                        for piece in quote["content_spans"].split(";"):
                            start, end = map(int, piece.split("-"))
                            if start <= hit.start() < end:
                                voice = "quoted" if flags[hit.start()] else "reported"
                                speaker = quote["speaker"]
                    rows.append(
                        {
                            "article_id": article["article_id"],
                            "concept": concept["name"],
                            "label": label["name"],
                            "start": hit.start(),
                            "end": hit.end(),
                            "text": hit.group(),
                            "voice": voice,
                            "speaker": speaker,
                        }
                    )
    rows.sort(key=lambda row: (row["start"], -row["end"]))
    return [
        row
        for row in rows
        if not any(  # a longer label holds the shorter one inside it
            other is not row
            and other["concept"] == row["concept"]
            and other["start"] <= row["start"]
            and row["end"] <= other["end"]
            and other["end"] - other["start"] > row["end"] - row["start"]
            for other in rows
        )
    ]


def coverage_of(article: dict, facts: list[str]) -> list[dict]:
    """One row per fact: found, with the sentences that state it, or not found."""
    spans = defaultdict(list)
    for tag, start, end in article["marks"]:
        for number in re.findall(r"f(\d\d)", tag):
            spans[int(number)].append((start, end))
    return [
        {
            "article_id": article["article_id"],
            "fact": fact,
            "found": "found" if spans[n] else "not found",
            "start": spans[n][0][0] if spans[n] else "",
            "end": spans[n][0][1] if spans[n] else "",
            "all_spans": spans_text(spans[n]),
        }
        for n, fact in enumerate(facts, start=1)
    ]


def lead_fact(article: dict, coverage: list[dict]) -> str:
    """The fact that the lead states first; empty where the lead states none."""
    lead = next((start, end) for zone, start, end in article["zones"] if zone == "lead")
    inside = [
        (int(piece.split("-")[0]), row["fact"])
        for row in coverage
        if row["all_spans"]
        for piece in row["all_spans"].split(";")
        if lead[0] <= int(piece.split("-")[0]) < lead[1]
    ]
    return min(inside)[1] if inside else ""


def answers(articles: list[dict], quotes: list[dict], labels: list[dict], coverage: list[dict]) -> str:
    """answers.toml: for each outlet what was planted, read off the gold files."""
    lines = ["# What is planted, outlet by outlet, read off the gold files beside this one. See README.md.", ""]
    facts = list(dict.fromkeys(row["fact"] for row in coverage))
    for outlet in dict.fromkeys(article["outlet"] for article in articles):
        own = [article for article in articles if article["outlet"] == outlet]
        ids = {article["article_id"] for article in own}
        voiced = [row for row in labels if row["article_id"] in ids]
        in_voice = Counter(row["label"] for row in voiced if row["voice"] == "outlet")
        articles_with = {
            label: len({row["article_id"] for row in voiced if row["label"] == label and row["voice"] == "outlet"})
            for label in in_voice
        }
        attributed = Counter(row["label"] for row in voiced if row["voice"] != "outlet")
        said = Counter(row["speaker"] for row in quotes if row["article_id"] in ids and row["speaker"])
        found = {row["fact"] for row in coverage if row["article_id"] in ids and row["found"] == "found"}
        lines += [
            "[[outlet]]",
            f'name = "{outlet}"',
            f"own_voice = {toml([name for name, n in articles_with.items() if n >= 4])}",
            f"quoted_only = {toml(sorted(name for name in attributed if not in_voice[name]))}",
            f'most_quoted = "{said.most_common(1)[0][0]}"',
            f"never_states = {toml([fact for fact in facts if fact not in found])}",
        ]
        leads = {
            article["event"]: lead_fact(
                article, [row for row in coverage if row["article_id"] == article["article_id"]]
            )
            for article in own
        }
        lines += ["[outlet.leads_with]", *(f'{event} = "{fact}"' for event, fact in leads.items()), ""]
    return "\n".join(lines)


def toml(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def write_csv(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build(summit: Path = SUMMIT) -> None:
    """Write the articles, their manifest and the answer key into `summit`."""
    articles = [article for path in sorted((HERE / "source").glob("*.txt")) for article in read_source(path)]
    facts = [row["fact"] for row in csv.DictReader((SUMMIT / "facts.csv").open(encoding="utf-8"))]
    concepts = tomllib.loads((SUMMIT / "summit.toml").read_text(encoding="utf-8"))["concept"]
    manifest, zones, quotes, scare, labels, coverage = [], [], [], [], [], []
    for article in articles:
        path, text = summit / "articles" / article["path"], article["text"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        parts = {
            zone: " ".join(text[start:end] for name, start, end in article["zones"] if name == zone)
            for zone in ("headline", "standfirst", "byline")
        }
        manifest.append(
            {
                "path": article["path"],
                **{key: article[key] for key in ("article_id", "outlet", "event", "date")},
                **parts,
                "language": "en",
            }
        )
        zones += [
            {"article_id": article["article_id"], "passage": number, "zone": zone, "start": start, "end": end}
            for number, (zone, start, end) in enumerate(article["zones"])
        ]
        scare += [
            {"article_id": article["article_id"], "content": text[start:end], "start": start, "end": end}
            for tag, start, end in article["marks"]
            if tag == "x"
        ]
        rows = quotes_of(article)
        quotes += rows
        labels += labels_of(article, rows, concepts)
        coverage += coverage_of(article, facts)
    write_csv(summit / "articles" / "articles.csv", manifest)
    for name, table in {
        "quotes": quotes,
        "scare": scare,
        "zones": zones,
        "labels": labels,
        "coverage": coverage,
    }.items():
        write_csv(summit / "key" / f"gold_{name}.csv", table)
    (summit / "key" / "answers.toml").write_text(answers(articles, quotes, labels, coverage), encoding="utf-8")


if __name__ == "__main__":
    build()
