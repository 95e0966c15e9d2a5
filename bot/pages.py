"""What a browser gets from the bot: plain pages without scripts, and headers that keep files where they belong."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import hdrs, web

if TYPE_CHECKING:
    from http import HTTPStatus

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.1rem/1.5 "Segoe UI", system-ui, sans-serif; margin: 15vh auto; max-width: 32rem; }
main { padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
"""
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_PAGE = """<!doctype html>
<html lang="{locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{heading}</h1>
{paragraphs}
</main>
</body>
</html>
"""
HEADERS = {
    hdrs.CACHE_CONTROL: "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
"""What goes with every answer to a browser: kept nowhere, taken for nothing else, told to nobody."""
_SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_UNFIT = re.compile(r'[^ -~]|["\\]')


def page(status: HTTPStatus, locale: str, heading: str, *paragraphs: str) -> web.Response:
    """Make a page of a heading and paragraphs; all of it is text."""
    text = _PAGE.format(
        locale=locale,
        style=_STYLE,
        heading=escape(heading),
        paragraphs="\n".join(f"<p>{escape(words)}</p>" for words in paragraphs),
    )
    return web.Response(text=text, content_type="text/html", status=status, headers=HEADERS)


def attachment(name: str) -> str:
    """Word the header that names a file (RFC 6266): in ASCII for old clients, as it is for others."""
    spelt = _UNFIT.sub("_", name.translate(_SPELT))
    return f"attachment; filename=\"{spelt}\"; filename*=UTF-8''{quote(name, safe='')}"
