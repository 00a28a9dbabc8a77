"""Articles in, one table out: the only module, with formats/, that opens article files.

No article is lost silently: `audit_articles` has a row for every file and article, with what the file
declares, what was found in it and what was parsed.
"""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from framing.articles.decoding import without_repeats
from framing.articles.fields import guess_language, key, language_code, outlets_in_names
from framing.articles.files import Listed, list_files, readings
from framing.articles.formats import Found, Reading, Unreadable, importer
from framing.articles.formats.page_facts import without_own_site
from framing.articles.formats.records import site_of
from framing.articles.formats.table import names_for, same_address
from framing.articles.markup import LONGEST_ARTICLE, NEAR_THE_TOP, compose, place
from framing.tables import COLUMNS, LEFT_OUT, WORD
from framing.text.unicode import count, fold, letters
from framing.zones.passages import correct_zones, page_fields, with_spans

STATUSES = {
    "read": "in the table of articles",
    "duplicate": "its text the same as an earlier article of the outlet; of files it is counted once, of a table as given",
    "incomplete": "a file with fewer articles parsed than it declares or holds, or an article cut off",
    "skipped": "not in the table, for the reason given",
    "missing": "listed in the manifest, not there",
    "ignored": "no article, such as an image, the manifest or a README, or one that its file holds twice",
}
NOT_READ = ["incomplete", "skipped", "missing"]  # statuses that mean something was lost
NAMED = 5  # files named in the warning
FROM_NAME = "the outlet is read from the beginning of the file's name: "
STANDS_FOR_IT = "the file's name {!r} stands for it"
EXAMPLES = Path(__file__).parents[1] / "examples"  # the corpora that come with the package
_COPY = re.compile(r"^copy of |(?:\s*\(\d+\)|[\s_-]*copy(?: \d+)?)$", re.I)  # "Title (1)", "Title copy 2"
_HASH = re.compile(r"[0-9a-f-]{12,}", re.I)  # a file's name that a program gave


def read_articles(source: Any, *, clean: bool = True, format: str | None = None) -> pd.DataFrame:
    """Read articles from a folder, a file, a list of files or a table: one row per article.

    Parameters
    ----------
    source : a folder, a file, a list of files, or a table with a column ``text`` (also understood:
        body, content, full_text, article). A folder may hold a manifest ``articles.csv`` with ``path,
        outlet, event, date, headline, ...``; without one the outlet is what the file names, else the
        sub-folder's name, else the site of the page, else a name that begins the names of files ("Outlet - Title"),
        else the file's name; the last two are said in the audit.
    clean : with False the text is taken verbatim as body, and offsets index exactly what was passed in.
        Otherwise its Unicode is repaired, and a headline, standfirst or byline that stands in its own
        column is put before the text unless the text has it.
    format : the name of an importer (see `framing.articles.formats`), for files it does not recognise itself.

    Returns
    -------
    One row per article in the order of the files: ``article_id, outlet, event, date`` (YYYY-MM-DD),
    ``headline, standfirst, byline, text`` (the whole page, furniture included), ``n_words`` (of the whole
    page), ``language, url, path`` and ``known_zones`` (JSON ``[[start, end, zone], ...]``, or NA). What is
    not known is NA. Raises ``FileNotFoundError`` for a path that is not there and ``ValueError`` where no
    article can be read. One warning per call counts the files and articles not read; one counts articles in other
    languages than English, one names outlets that differ in capitals only.

    Notes
    -----
    Nothing is guessed: a date open to two readings stays NA and is named in `audit_articles`.
    """
    return read_with_audit(source, clean=clean, format=format)[0]


def audit_articles(source: Any, *, format: str | None = None) -> pd.DataFrame:
    """What became of every file and article of `source`: one row per file and per article in it.

    Returns
    -------
    ``path, article_id, status, reason, declared, found, parsed, duplicate_of, encoding, n_repaired
    (characters), format``. `status` is one of `STATUSES`. ``declared, found, parsed`` count articles and
    stand once per file: what its cover page declares (NA where it declares nothing), what was found in it,
    what was parsed; summed over the table they give the three counts. A file of one article is one row.
    Raises as `read_articles` for a path that is not there or a folder without files.
    """
    return _table(_read(source, clean=True, format=format)[1], "audit")


def read_with_audit(source: Any, *, clean: bool = True, format: str | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`read_articles` and `audit_articles` in one pass over the files."""
    pages, rows, corrections = _read(source, clean=clean, format=format)
    articles, audit = _articles_table(pages), _table(rows, "audit")
    if clean and len(articles):
        if corrections:
            articles = correct_zones(articles, pd.DataFrame(corrections))[COLUMNS["articles"]]
        articles = _without_sites(_fill_from_page(articles), [page.found.site for page in pages])
    lost = not_read(audit)
    if articles.empty and not (isinstance(source, pd.DataFrame) and len(source) == 0):
        raise ValueError(f"No article could be read from {_shown(source)}: {_summary(lost)}.")
    if len(lost):
        warnings.warn(
            f"{len(lost)} files or articles were not read (beside {len(articles)} that were): "
            f"{_summary(lost)}. audit_articles() lists them all.",
            stacklevel=3,
        )
    for caution in cautions(articles):
        warnings.warn(caution, stacklevel=3)
    return articles, audit


def cautions(articles: pd.DataFrame) -> list[str]:
    """What to know before any measure is believed: other languages, one outlet under two spellings; a line each."""
    found = []
    codes = articles["language"].dropna().map(language_code).dropna()
    foreign = codes[codes != "en"]
    if len(foreign):
        first = articles.loc[foreign.index[0], "article_id"]
        found.append(
            f"{len(foreign)} of {len(articles)} articles are not in English "
            f"({', '.join(sorted(set(foreign)))}; the first is {first}). "
            "Quotes, names, tone and facts are found in English only: leave them out, or read them for their "
            "length alone."
        )
    nameless = articles["outlet"].eq("unknown")
    if nameless.any():
        found.append(
            f"{int(nameless.sum())} of {len(articles)} articles name no outlet (the first is "
            f"{articles.loc[nameless.idxmax(), 'article_id']}) and are counted as one called 'unknown'. Put them "
            "into a folder of the outlet's name, or name it in a column 'outlet' or a manifest articles.csv."
        )
    spellings: dict[str, set[str]] = {}
    for outlet in articles["outlet"].dropna().astype(str):
        spellings.setdefault("".join(WORD.findall(fold(outlet).casefold())) or outlet, set()).add(outlet)
    for names in spellings.values():
        if len(names) > 1:
            listed = " and ".join(map(repr, sorted(names)))
            found.append(
                f"{listed} differ in capitals, spaces or marks only and are counted as {len(names)} outlets. "
                "Give an outlet the same name everywhere if it is one."
            )
    return found


@dataclass(frozen=True)
class _Page:
    """One article on its way into the table, and its row of the audit."""

    found: Found
    name: str
    zones: list[tuple[int, int, str]]
    audit: dict[str, Any]


def _read(
    source: Any, *, clean: bool, format: str | None
) -> tuple[list[_Page], list[dict[str, Any]], list[dict[str, str]]]:
    """The articles, the rows of the audit, and zones corrected by hand: one pass over the files."""
    if format is not None:
        importer(format)
    pages: list[_Page] = []
    audit: list[dict[str, Any]] = []
    stories: list[tuple[str, Found, str]] = []
    listed = Listed() if isinstance(source, pd.DataFrame) else list_files(source)
    for name, reading, facts in readings(source, listed, format):
        file_row = {"path": name, **facts}
        if isinstance(reading, Unreadable):
            audit.append({**file_row, "status": "skipped", "reason": str(reading), "found": 0, "parsed": 0})
        elif reading is None:
            audit.append({**file_row, "status": "read"})
        else:
            stories += [(name, story, facts.get("format", "table")) for story in reading.listed]
            if not isinstance(source, pd.DataFrame):
                reading = without_repeats(reading)
            _compose_all(name, reading, file_row, listed.about.get(name, {}), clean, pages, audit)
    audit += _join_stories(pages, stories)
    audit += [
        {"path": name, "status": "skipped", "reason": why, "found": 0, "parsed": 0} for name, why in listed.refused
    ]
    audit += [{"path": name, "status": "missing", "reason": why} for name, why in listed.missing]
    audit += [{"path": name, "status": "ignored", "reason": why} for name, why in listed.ignored]
    _name_outlets(pages)
    _number(pages)
    copies = _mark_duplicates(pages)
    if not isinstance(source, pd.DataFrame):  # the rows of a table are counted as they were given
        pages = [page for page in pages if page.found.article_id not in copies]
    return pages, audit, listed.corrections


def _compose_all(
    name: str,
    reading: Reading,
    file_row: dict[str, Any],
    about: dict[str, str],
    clean: bool,
    pages: list[_Page],
    audit: list[dict[str, Any]],
) -> None:
    rows = []
    for found in reading.articles:
        if about and len(reading.articles) == 1:
            described: dict[str, Any] = {key: value for key, value in about.items() if key != "text"}
            found = replace(found, **described)
        found, zones, n_repaired = compose(found, clean=clean)
        row = {
            "path": name,
            "status": "incomplete" if found.cut else "read",
            "reason": found.problem or None,
            "n_repaired": n_repaired,
            "format": file_row.get("format"),
            "encoding": file_row.get("encoding"),
        }
        if len(found.text) > LONGEST_ARTICLE:
            row |= {
                "status": "skipped",
                "reason": f"{found.where or 'the text'} is longer than {LONGEST_ARTICLE:,} characters",
            }
        else:
            pages.append(_Page(found, name, zones, row))
        rows.append(row)
    rows += [
        {"path": name, "status": "skipped", "reason": f"{where}: {why}", "format": file_row.get("format")}
        for where, why in reading.skipped
    ]
    copies = [
        {"path": name, "status": "ignored", "reason": f"{where}: {why}", "format": file_row.get("format")}
        for where, why in reading.repeated
    ]
    n_parsed = sum(row["status"] != "skipped" for row in rows)
    counts = {"declared": reading.declared, "found": len(rows), "parsed": n_parsed}
    if len(rows) == 1 and reading.declared in (None, 1):
        rows[0].update(counts)
    else:
        short = n_parsed < max(len(rows), reading.declared or 0)
        reason = (
            f"declares {count(reading.declared, 'article')}, {n_parsed} parsed"
            if reading.declared not in (None, n_parsed)
            else f"{count(len(rows), 'article')} found, {n_parsed} parsed"
            if short
            else f"a list of {len(reading.listed)} stories"
            if reading.listed
            else reading.note or None
        )
        audit.append({**file_row, **counts, "status": "incomplete" if short else "read", "reason": reason})
    audit += rows + copies


def _join_stories(pages: list[_Page], stories: list[tuple[str, Found, str]]) -> list[dict[str, Any]]:
    """Give articles what a list of stories says of them; return audit rows for stories without a text."""
    if not stories:
        return []
    by_address = {same_address(page.found.url): number for number, page in enumerate(pages) if page.found.url}
    by_name = {key(PurePosixPath(page.name).stem): number for number, page in enumerate(pages)}
    rows = []
    for name, story, how in stories:
        number = by_address.get(same_address(story.url))
        if number is None:
            number = next((by_name[wanted] for wanted in sorted(names_for(story)) if wanted in by_name), None)
        if number is None:
            reason = f"{story.where}: no text of {story.headline or 'the story'!r}; save {story.url} into the folder"
            rows.append({"path": name, "status": "missing", "reason": reason, "format": how})
            continue
        page = pages[number]
        told = {field: getattr(story, field) for field in ("outlet", "date", "headline", "language", "url")}
        known = {
            field: value
            for field, value in told.items()
            if value and (field in ("outlet", "date") or not getattr(page.found, field))
        }
        found, zones = replace(page.found, **known), page.zones
        text, zones = place(found, zones)
        pages[number] = replace(page, found=replace(found, text=text), zones=zones)
    return rows


def _fill_from_page(articles: pd.DataFrame) -> pd.DataFrame:
    """Headline, standfirst and byline where no file named them, from the zones of the page."""
    wanted = articles[["headline", "standfirst", "byline"]].isna().any(axis=1)
    if wanted.any():
        fields = page_fields(articles[wanted])
        for column in ("headline", "standfirst", "byline"):
            seen = pd.Series(fields[column].to_numpy(), index=articles.index[wanted], dtype="object")
            articles[column] = articles[column].where(articles[column].notna(), seen)
            articles[column] = articles[column].where(articles[column].notna(), pd.NA).astype("object")
    return articles


def _without_sites(articles: pd.DataFrame, sites: list[str | None]) -> pd.DataFrame:
    """Headlines without the name of their own outlet or site behind them; on the page that name is furniture."""
    known, headlines = list(articles["known_zones"]), list(articles["headline"])
    for number, (row, site) in enumerate(zip(articles.itertuples(index=False), sites, strict=True)):
        if pd.isna(row.headline):
            continue
        names = [row.outlet, site, site_of(None if pd.isna(row.url) else row.url)]
        title = without_own_site(row.headline, names)
        spans = []
        for line in re.finditer(r"[^\n]*\S", row.text[:NEAR_THE_TOP]):
            bare = without_own_site(line[0], names)
            if bare != line[0] and letters(bare) == letters(title):
                spans.append([line.start() + len(bare), line.end(), "furniture"])
        if spans:
            known[number] = with_spans(known[number], spans)
        headlines[number] = title
    return articles.assign(
        known_zones=pd.Series(known, index=articles.index, dtype="object"),
        headline=pd.Series(headlines, index=articles.index, dtype=articles["headline"].dtype),
    )


def _name_outlets(pages: list[_Page]) -> None:
    """The sub-folder's name, at the first level where folders differ; else the page's site; else the file's name.

    A folder or a file whose articles come from several sites is no outlet: there the site is. A file's name that
    says nothing (a number) is none either: the outlet stays unknown, and the audit says so.
    """
    folders = [parts for page in pages if (parts := _folders(page.name))]
    shared = 0
    while (
        folders and all(len(parts) > shared + 1 for parts in folders) and len({parts[shared] for parts in folders}) == 1
    ):
        shared += 1

    def folder_of(page: _Page) -> str | None:
        parts = _folders(page.name)
        return parts[min(shared, len(parts) - 1)] if parts else None

    sites = _sites(pages)
    alone = len({folder_of(page) for page in pages}) == 1
    within: dict[str | None, set[str]] = {}
    for page, site in zip(pages, sites, strict=True):
        if not page.found.outlet and site and (alone or page.found.certain):
            within.setdefault(folder_of(page), set()).add(site)
    told = {site for site in sites if site}
    known = [bool(page.found.outlet or folder_of(page) or site) for page, site in zip(pages, sites, strict=True)]
    begun = _begun(pages, known)
    for number, (page, site) in enumerate(zip(pages, sites, strict=True)):
        if page.found.outlet:
            continue
        folder, stem = folder_of(page), PurePosixPath(page.name).stem
        several = len(within.get(folder, ())) > 1
        outlet = folder if folder and not (several and site) else site
        if not outlet and number in begun:
            outlet = begun[number]
            page.audit["reason"] = "; ".join(filter(None, [page.audit.get("reason"), FROM_NAME + outlet]))
        if not outlet:
            named = bool(re.search(r"[^\W\d_]", stem)) and not _HASH.fullmatch(stem) and len(told) < 2
            outlet = stem if named and not several else "unknown"
            reason = "no outlet is named; " + (STANDS_FOR_IT.format(stem) if outlet == stem else "it is 'unknown' here")
            if not page.audit.get("reason"):
                page.audit["reason"] = reason
            elif outlet != stem:
                page.audit["reason"] += f"; {reason}"
        pages[number] = replace(page, found=replace(page.found, outlet=outlet))


def _begun(pages: list[_Page], named: list[bool]) -> dict[int, str]:
    """The outlets that begin the names of files, for those that nothing else names; by the number of the article."""
    held = Counter(page.name for page in pages)
    numbers = [number for number, known in enumerate(named) if not known and held[pages[number].name] == 1]
    stems = [PurePosixPath(pages[number].name).stem for number in numbers]
    texts = [f"{pages[number].found.headline or ''}\n{pages[number].found.text}" for number in numbers]
    found = outlets_in_names(stems, texts, {page.found.outlet for page in pages if page.found.outlet})
    return {number: outlet for number, outlet in zip(numbers, found, strict=True) if outlet}


def _sites(pages: list[_Page]) -> list[str | None]:
    """The site of each article by name, else by its address: one name for all articles of one address."""
    names: dict[str, str] = {}
    for page in pages:
        host = site_of(page.found.url)
        if host and page.found.site and page.found.site != host:
            names.setdefault(host, page.found.site)
    hosts = [site_of(page.found.url) for page in pages]
    return [
        (names.get(host, host) if host and page.found.site in (None, "", host) else page.found.site) or None
        for page, host in zip(pages, hosts, strict=True)
    ]


def _folders(name: str) -> tuple[str, ...]:
    return tuple(part for part in PurePosixPath(name).parts[:-1] if not part.lower().endswith(".zip"))


def _number(pages: list[_Page]) -> None:
    """Ids that are there stay; others come from the file's name, numbered where a file holds several."""
    n_in_file: dict[str, int] = {}
    for page in pages:
        n_in_file[page.name] = n_in_file.get(page.name, 0) + 1
    seen: dict[str, int] = {}
    taken: set[str] = {page.found.article_id for page in pages if page.found.article_id}
    used: set[str] = set()
    for number, page in enumerate(pages):
        wanted = page.found.article_id
        if not wanted:
            stem = PurePosixPath(page.name).with_suffix("").as_posix() if page.name else "a"
            seen[page.name] = seen.get(page.name, 0) + 1
            wanted = (
                f"a{seen['']:05d}"
                if not page.name
                else stem
                if n_in_file[page.name] == 1
                else f"{stem}-{seen[page.name]:04d}"
            )
            if wanted in taken:
                wanted = f"{wanted}{PurePosixPath(page.name).suffix}"
        unique, copy = wanted, 2
        while unique in used:
            unique, copy = f"{wanted}~{copy}", copy + 1
        used.add(unique)
        taken.add(unique)
        page.audit["article_id"] = unique
        pages[number] = replace(page, found=replace(page.found, article_id=unique))


def _mark_duplicates(pages: list[_Page]) -> set[str]:
    """Name the copies in the audit: the same text as an earlier article of the outlet. Their ids are returned."""
    texts = [" ".join(WORD.findall(fold(_without_furniture(page)).casefold())) for page in pages]
    named = {words: page for page, words in zip(reversed(pages), reversed(texts), strict=True) if not _stands_in(page)}
    first: dict[tuple[str, str], str] = {}
    copies = set()
    for page, words in zip(pages, texts, strict=True):
        article_id = str(page.found.article_id)
        if _stands_in(page) and words in named:  # the same text is there with its outlet
            earlier = str(named[words].found.article_id)
        else:
            earlier = first.setdefault((_without_copy_mark(page), words), article_id)
        if words and earlier != article_id:
            page.audit.update(status="duplicate", duplicate_of=earlier)
            copies.add(article_id)
    return copies


def _stands_in(page: _Page) -> bool:
    """Whether nothing names the outlet, so that the file's name stands for it."""
    stem = PurePosixPath(page.name).stem
    return page.found.outlet == stem and STANDS_FOR_IT.format(stem) in str(page.audit.get("reason"))


def _without_copy_mark(page: _Page) -> str:
    """The outlet; where a file's name stands for it, without what a second copy's name has: "Title (1)"."""
    outlet = str(page.found.outlet)
    return _COPY.sub("", outlet) if _stands_in(page) else outlet


def _without_furniture(page: _Page) -> str:
    """The text without what its file marks as no part of the story: database fields, menus, links."""
    text, kept, last = page.found.text, [], 0
    for start, end, zone in page.zones:
        if zone in LEFT_OUT:
            kept.append(text[last:start])
            last = end
    return "\n".join([*kept, text[last:]])


def _articles_table(pages: list[_Page]) -> pd.DataFrame:
    fields = [column for column in COLUMNS["articles"] if column not in ("n_words", "path", "known_zones")]
    rows = []
    for page in pages:
        rows.append(
            {
                **{name: getattr(page.found, name) for name in fields},
                "path": page.found.path or page.name or None,
                "language": page.found.language or guess_language(page.found.text),
                "n_words": len(WORD.findall(page.found.text)),
                "known_zones": json.dumps(page.zones) if page.zones else None,
            }
        )
    return _table(rows, "articles")


def _table(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    """Rows as a table with fixed columns: counts as whole numbers, the rest as it is, NA where missing."""
    table = pd.DataFrame(rows, columns=COLUMNS[name], dtype="object")
    table = table.where(table.notna(), pd.NA)
    for column in ("n_words", "declared", "found", "parsed", "n_repaired"):
        if column in table:
            table[column] = table[column].astype("Int64")
    return table


def not_read(audit: pd.DataFrame) -> pd.DataFrame:
    """The rows of what was not read; a file whose lost articles have rows of their own is not named twice."""
    lost = audit[audit["status"].isin(NOT_READ)]
    files = lost["article_id"].isna() & (lost["status"] == "incomplete")
    return lost[~(files & lost["path"].isin(set(lost.loc[~files, "path"])))]


def outlets_from_names(audit: pd.DataFrame) -> list[str]:
    """The outlets that were read from the beginnings of file names, in alphabetical order."""
    return sorted({str(reason).partition(FROM_NAME)[2] for reason in audit["reason"].dropna()} - {""})


def left_aside(audit: pd.DataFrame) -> tuple[int, str]:
    """How many files beside the articles were not read, and which: by their kind, a few of them named."""
    reasons = audit["reason"].fillna("").astype(str)
    not_listed = reasons.str.startswith("not listed")
    kinds = reasons.str.endswith("file, not an article") & ~audit["path"].astype(str).str.contains("_files/")
    rows = audit[(audit["status"] == "ignored") & (kinds | not_listed)]
    paths = [PurePosixPath(str(path)) for path in rows["path"]]
    told = []
    for suffix in sorted({path.suffix.lower() for path in paths}):
        names = [path.name for path in paths if path.suffix.lower() == suffix]
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        told.append(f"{len(names)} {suffix or 'without an ending'} ({', '.join(names[:2])}{more})")
    return len(paths), ", ".join(told)


def _summary(lost: pd.DataFrame) -> str:
    named = [
        f"{path}: {reason}" if path else str(reason)
        for path, reason in zip(lost["path"].head(NAMED), lost["reason"].head(NAMED), strict=True)
    ]
    more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
    return "; ".join(named) + more if named else "there is nothing in it"


def _shown(source: Any) -> str:
    if isinstance(source, str | Path):
        return repr(str(source))
    return "this table" if isinstance(source, pd.DataFrame) else "these files"


def example_names() -> list[str]:
    """The names that `example` knows."""
    return sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "articles" / "articles.csv").exists())


def example_path(name: str = "summit", file: str = "") -> Path:
    """The folder of a bundled corpus, or one file in it, such as ``"facts.csv"`` or ``"summit.toml"``.

    Raises ``ValueError`` for a name that is not bundled or a file that the corpus does not have.
    """
    if name not in example_names():
        raise ValueError(f"There is no bundled corpus {name!r}. Choose one of: {', '.join(example_names())}.")
    folder = EXAMPLES / name
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    if file and file not in files and not (folder / file).is_dir():
        beside = [path for path in files if not path.startswith("articles/")]
        raise ValueError(f"The corpus {name!r} has no file {file!r}. Beside its articles it has: {', '.join(beside)}.")
    return folder / file if file else folder


def example(name: str = "summit") -> pd.DataFrame:
    """The articles of a bundled corpus: one row per article, as from `read_articles`.

    ``summit`` holds 40 articles: five invented outlets on eight real events of September 2023. ``tannery`` holds 40
    on a housing dispute in an invented town: eight events, five outlets, each in another file format. What is planted
    in them, and where, stands in its ``key`` folder (see `example_path`).

    Raises ``ValueError`` for a name that is not bundled.
    """
    return read_articles(example_path(name, "articles"))
