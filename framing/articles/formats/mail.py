"""What mail programs and browsers save as messages: e-mails (.eml), and web pages in one file (.mhtml).

The subject of a newsletter or alert is the headline, the day it was sent the date; a page within is read as HTML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from framing.articles.formats import html
from framing.articles.opened_file import File, Format, Found, Reading, Unreadable

_NEEDED = (rb"^From:", rb"^Date:", rb"^Subject:")
_HEADER = re.compile(rb"[A-Za-z][\w-]{1,40}:[ \t]")


def sniff_mail(file: File) -> bool:
    head = re.split(rb"\r?\n\r?\n", file.data[:20_000], maxsplit=1)[0]
    return bool(_HEADER.match(head)) and all(re.search(name, head, re.M | re.I) for name in _NEEDED) \
        and not re.search(rb"^(?:From:.*<Saved by|Snapshot-Content-Location:)", head, re.M | re.I)


def read_mail(file: File) -> Reading:
    """One article: the page of the mail where it has one, else its text."""
    message = message_from_bytes(file.data, policy=policy.default)
    subject = " ".join(str(message["subject"] or "").split()) or None
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    if isinstance(page, EmailMessage) and (content := _content(page)).strip():
        reading = html.read(File(file.name, content.encode("utf-8-sig")))
        reading.articles = [replace(found, headline=found.headline or subject, date=found.date or _sent(message))
                            for found in reading.articles]
        if reading.articles:
            return reading
    if isinstance(text, EmailMessage) and (content := _content(text)).strip():
        return Reading([Found(text=content, headline=subject, date=_sent(message))])
    raise Unreadable("an e-mail without a text")


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):  # an encoding nobody knows
        data = part.get_payload(decode=True)
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _sent(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat()
    except (TypeError, ValueError):
        return None




def sniff_mhtml(file: File) -> bool:
    return bool(re.search(rb"^MIME-Version:\s*1\.0", file.data[:4_000], re.M | re.I)
                and re.search(rb"Content-Type:\s*(?:multipart/related|text/html)", file.data[:8_000], re.I))


def read_mhtml(file: File) -> Reading:
    message = message_from_bytes(file.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                return html.read(File(file.name, data))
    raise Unreadable("a saved web page without the page in it")


FORMATS = [Format("mail", sniff_mail, read_mail), Format("mhtml", sniff_mhtml, read_mhtml)]
