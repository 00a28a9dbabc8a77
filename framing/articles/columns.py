"""Names people give the columns of an articles table, and which of ours each one means."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Ours first; then, in order of preference, names seen in exports and shared corpora.
NAMES: dict[str, list[str]] = {
    "article_id": ["article_id", "id", "doc_id", "document_id", "uid", "stories_id", "story_id"],
    "outlet": ["outlet", "publication", "publication_title", "newspaper", "media_name", "media_outlet",
               "publisher", "source", "source_name", "sitename", "site_name", "site", "journal", "paper",
               "medium"],
    "event": ["event", "event_id", "main_event"],
    "date": ["date", "published", "publish_date", "published_at", "publication_date", "date_published",
             "published_date", "pub_date", "pubdate", "date_publish", "datetime", "time"],
    "headline": ["headline", "title", "article_title", "head", "hed", "heading"],
    "standfirst": ["standfirst", "subtitle", "subheadline", "sub_headline", "summary", "abstract", "dek",
                   "deck", "description", "excerpt"],
    "byline": ["byline", "author", "authors", "by", "creator"],
    "text": ["text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext",
             "main_text", "body_text", "article_body", "article_content", "raw_text", "story", "story_text"],
    "language": ["language", "lang"],
    "url": ["url", "link", "article_url", "source_url", "canonical_url", "web_url", "uri", "guid"],
    "path": ["path", "file", "filename", "file_name", "filepath"],
    "known_zones": ["known_zones"],
}
_OURS = {name: ours for ours, names in NAMES.items() for name in names}


def key(name: object) -> str:
    """"Publication Title " and "publication-title" as "publication_title"."""
    return re.sub(r"[\W_]+", "_", str(name).replace("\ufeff", "").strip().lower()).strip("_")


def field_of(name: object) -> str | None:
    """Our column that a column called `name` fills, or None."""
    return _OURS.get(key(name))


def match(columns: Iterable[object]) -> dict[str, object]:
    """Our name -> theirs, the preferred name winning where several would do."""
    theirs: dict[str, object] = {}
    for column in columns:
        theirs.setdefault(key(column), column)
    return {ours: theirs[name] for ours, names in NAMES.items()
            if (name := next((name for name in names if name in theirs), None))}
