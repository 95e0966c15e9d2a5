"""The hosts of Teams that the bot takes requests from and sends its access token to.

A service URL arrives in the body of a request and is stored with every conversation, and whoever owns the host
behind it receives the bot's access token. So hosts are compared exactly: anybody with an Azure account can
register a name under `trafficmanager.net`, and a pattern such as `*.trafficmanager.net` would trust them all.
"""

from urllib.parse import urlsplit

from bot.config import is_loopback

# The public cloud's list in Microsoft's Teams SDK (`CloudEnvironment.Public.AllowedServiceUrls`).
TEAMS_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.onyx.prod.teams.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
    }
)


class ServiceUrls:
    """Says which service URLs are trusted."""

    def __init__(self, *, anonymous: bool = False, also: frozenset[str] = frozenset()) -> None:
        """Choose between Teams and a client on this machine.

        Args:
            anonymous: The bot has no token to lose; a service URL is then one on this machine, as the Agents
                Playground's is, and never Teams.
            also: Whole origins (`http://127.0.0.1:4711`) to trust besides Teams. For tests only: no setting
                reaches this parameter.
        """
        self._anonymous = anonymous
        self._also = also

    def trusts(self, url: object) -> bool:
        """Say whether requests may name this service URL and the bot may send there."""
        if not isinstance(url, str):
            return False
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.query or parts.fragment or "\\" in url:
            return False
        if self._anonymous:
            return parts.scheme in {"http", "https"} and is_loopback(host)
        if f"{parts.scheme}://{parts.netloc}" in self._also:
            return True
        return parts.scheme == "https" and host in TEAMS_HOSTS and port in {None, 443}
