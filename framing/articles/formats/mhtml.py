"""Web pages saved as one file (mhtml, "web page, single file"): the page inside, read as HTML."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from framing.articles.formats import html
from framing.articles.opened_file import File, Reading, Unreadable

NAME = "mhtml"


def sniff(file: File) -> bool:
    return bool(re.search(rb"^MIME-Version:\s*1\.0", file.data[:4_000], re.M | re.I)
                and re.search(rb"Content-Type:\s*(?:multipart/related|text/html)", file.data[:8_000], re.I))


def read(file: File) -> Reading:
    message = message_from_bytes(file.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                return html.read(File(file.name, data))
    raise Unreadable("a saved web page without the page in it")
