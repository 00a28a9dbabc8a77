"""Names people and services give the columns of an articles table, and which of ours each one means.

Names are compared by their letters and digits alone: "publishedAt", "published_at" and "Published At" are one name.
A name with a dot is a field within a field: ``source.name`` is ``{"source": {"name": ...}}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# Ours first; then, in order of preference, names seen in exports, scrapers, services and shared corpora: news-please,
# newspaper, trafilatura, NewsAPI, GNews, newsdata.io, Event Registry, Webhose, GDELT DOC, Media Cloud, all-the-news,
# the Guardian's and WordPress's interfaces, schema.org, RSS and Atom, and exports with German, French, Spanish and
# Italian headings.
NAMES: dict[str, list[str]] = {
    "article_id": ["article_id", "id", "doc_id", "document_id", "uid", "uuid", "stories_id", "story_id", "_id",
                   "accession_no", "accession_number"],
    "outlet": ["outlet", "outlet_name", "publication", "publication_title", "publication_name", "newspaper",
               "newspaper_name", "media_name", "media_outlet", "news_outlet", "source_name", "source.name",
               "source.title", "source_title", "publisher", "publisher_name", "publisher.name", "source", "news_source",
               "sitename", "site_name", "meta_site_name", "og_site_name", "meta_data.og.site_name",
               "source_hostname", "site", "journal", "paper", "medium", "publication_outlet", "media_source",
               "source_domain", "thread.site", "thread.site_full", "domain", "domain_name", "hostname", "website",
               "media_url", "pubdata.name", "zeitung", "quelle", "journal_name", "fuente", "medio", "testata"],
    "event": ["event", "event_id", "main_event", "event_uri"],
    "date": ["date", "published", "publish_date", "published_at", "publication_date", "date_published",
             "published_date", "pub_date", "date_publish", "publish_time", "publication_time", "published_time",
             "published_on", "publication_datetime", "date_time_pub", "published_datetime", "publish_datetime",
             "datetime", "time_published", "first_published", "first_publication_date", "web_publication_date",
             "thread.published", "article_date", "news_date", "post_date", "posted", "posted_at", "issue_date",
             "seendate", "created_at", "issued", "updated", "dc_date", "date.issue", "date.publication",
             "numeric_date", "timestamp", "time", "datum",
             "date_de_publication", "fecha", "data", "publikationsdatum", "erscheinungsdatum"],
    "headline": ["headline", "title", "article_title", "headline_main", "head", "hed", "hedline", "heading",
             "web_title",
                 "news_title", "titel", "titre", "titulo", "titolo", "ueberschrift", "schlagzeile"],
    "standfirst": ["standfirst", "subtitle", "subheadline", "sub_headline", "sub_title", "summary", "abstract", "dek",
                   "deck", "description", "excerpt", "trail_text", "meta_description", "teaser", "untertitel",
                   "chapo"],
    "byline": ["byline", "author", "authors", "by", "creator", "author_name", "author_names", "article_author",
               "dc_creator", "writer", "journalist", "reporter", "autor", "autoren", "auteur", "auteurs", "autore"],
    "text": ["text", "body", "content", "article", "article_text", "full_text", "maintext", "body_text", "article_body",
             "article_content", "raw_text", "story", "story_text", "content_encoded", "clean_text", "cleaned_text",
             "plain_text", "text_content", "content_text", "body_content", "news_text", "news_content",
             "article_full_text", "texte", "texto", "testo", "inhalt", "volltext", "artikel"],
    "language": ["language", "lang", "in_language", "language_code", "meta_lang", "base_language", "sprache", "langue",
                 "idioma", "lingua"],
    "url": ["url", "link", "article_url", "canonical_url", "canonical_link", "web_url", "article_link", "original_url",
            "permalink", "story_url", "page_url", "news_url", "uri", "guid", "thread.url", "source_url"],
    "path": ["path", "file", "filename", "file_name", "filepath"],
    "known_zones": ["known_zones"],
}
MISSING = {"", "nan", "nat", "none", "null", "na", "n/a", "<na>", "#n/a"}  # as tables are saved


def key(name: object) -> str:
    """"Publication Title " and "publication-title" as "publication_title"."""
    return re.sub(r"[\W_]+", "_", str(name).replace("\ufeff", "").strip().lower()).strip("_")


def squeezed(name: object) -> str:
    """A name by its letters and digits alone."""
    return re.sub(r"[\W_]+", "", str(name).lower())


_ORDER = {ours: {squeezed(name): place for place, name in reversed(list(enumerate(names)))}
          for ours, names in NAMES.items()}
_OURS = {name: ours for ours, names in reversed(_ORDER.items()) for name in names}


def field_of(name: object) -> str | None:
    """Our column that a column called `name` fills, or None."""
    return _OURS.get(squeezed(name))


def match(columns: Iterable[object]) -> dict[str, object]:
    """Our name -> theirs, the preferred name winning where several would do."""
    return {ours: theirs[0] for ours, theirs in match_all(columns).items()}


def match_all(columns: Iterable[Any]) -> dict[str, list[Any]]:
    """Our name -> all of theirs that mean it, the preferred first."""
    known: dict[str, list[Any]] = {}
    for column in columns:
        known.setdefault(squeezed(column), []).append(column)
    found = {ours: sorted((name for name in known if name in order), key=order.__getitem__)
             for ours, order in _ORDER.items()}
    return {ours: [column for name in names for column in known[name]] for ours, names in found.items() if names}


def is_missing(value: object) -> bool:
    """Whether a cell is empty or holds what programs write for nothing: nan, NaT, None, null, NA."""
    return value is None or str(value).strip().lower() in MISSING
