"""The addresses that lead to an offer: its page, which any browser opens, and the reader's chat with the bot.

The chat's address puts a sentence into the message box; the reader sends it. It is that of learn.microsoft.com,
"Deep link to a Teams chat", with the bot's id (`28:` and its app id) in the place of somebody's e-mail address,
as Microsoft says for bots in issue 11653 of MicrosoftDocs/msteams-docs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from bot.demo.people import BOT_ID
from bot.demo.people import TENANT as DEMO_TENANT

if TYPE_CHECKING:
    from bot.config import Settings

OFFERS_PATH = "/forloeb/"
"""For ever: addresses below it stand in people's chats."""
_CHAT = "https://teams.microsoft.com/l/chat/0/0?"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes and reads addresses.

    Attributes:
        origin: Scheme and host of the offers' pages; "" where there are none, because no public host is set.
        bot: The bot's id, beginning with `28:`.
        tenant: The municipality whose offers the pages show.
    """

    origin: str
    bot: str
    tenant: str

    def page(self, tenant: str, code: str) -> str:
        """Return the address of an offer's page, "" where it has none."""
        return f"{self.origin}{OFFERS_PATH}{quote(code, safe='')}" if self.origin and tenant == self.tenant else ""

    def chat(self, tenant: str, sentence: str) -> str:
        """Return the address of the reader's chat with the bot, with the sentence ready to send."""
        parts = {"tenantId": tenant, "users": self.bot, "message": sentence}
        return _CHAT + urlencode(parts, safe=":", quote_via=quote)

    def code_at(self, tenant: str, url: str) -> str:
        """Return the code of the offer whose page this address is, "" if it is no such page."""
        try:
            here, there = urlsplit(self.origin), urlsplit(url.strip())
        except ValueError:
            return ""
        ours = bool(self.origin) and tenant == self.tenant and there.netloc.casefold() == here.netloc.casefold()
        code = there.path.removeprefix(OFFERS_PATH)
        return unquote(code).strip("/ ") if ours and code != there.path else ""


def sentence_of(url: str) -> str:
    """Return the sentence that a chat's address puts into the message box, "" if it is no such address."""
    if not url.startswith(_CHAT):
        return ""
    return parse_qs(url.removeprefix(_CHAT)).get("message", [""])[0]


def addresses_of(settings: Settings) -> Addresses:
    """Return the addresses of a running bot; in the demo they lead to this machine."""
    if settings.demo:
        return Addresses(f"http://localhost:{settings.port}", BOT_ID, DEMO_TENANT)
    origin = f"https://{settings.public_host}" if settings.public_host else ""
    return Addresses(origin, f"28:{settings.app_id}", settings.tenant_id)
