"""The way out of a network that has a proxy: `HTTPS_PROXY` and `NO_PROXY`, as other programs read them.

Only for https. What is spoken to without TLS is on this machine or a test, and a proxy has no business there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    from yarl import URL


def proxy_for(url: URL) -> str | None:
    """Return the proxy that a request goes through, or None for the straight way."""
    return proxy_to(url.host) if url.scheme == "https" and url.host else None


@lru_cache(maxsize=64)
def proxy_to(host: str) -> str | None:
    """Return the proxy towards a host. The environment is read once: that takes a tenth of a millisecond."""
    return None if proxy_bypass(host) else getproxies().get("https")
