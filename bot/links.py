"""Links to files: whoever has one may fetch that file until the link expires, and nobody but the bot can make one.

A link is opened in a browser or in Excel, where nobody is signed in, so everything about it stands in the link. It
is sealed with Fernet (AES and HMAC-SHA256, keys in rotation). A token that is only signed (PyJWT, itsdangerous)
would keep forgers out, but anybody could read it, and links stand in the logs of proxies and the histories of
browsers: there a query must not tell whose cases somebody looked for.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from bot.config import Settings
    from centre.people import Person
    from centre.ports import Clock

PATH = "/hent"
LONGEST_TOKEN = 6000
"""Characters; the longest query there can be comes to less, and a server takes 8,190 in the line of a request."""
_PURPOSE = b"kompetencebot: links to files"
_KEY_OF_THE_DEMO = "no secret: without tokens this machine's word is taken anyway"


class WrongLinkError(Exception):
    """The bot did not make this link, or not in this release."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a link says: a kind of file, whose of that kind (plain JSON), whom it was made for, and until when."""

    kind: str
    subject: Mapping[str, Any]
    tenant: str
    person_id: str
    locale: str
    expires: datetime


class Links:
    """Makes links and reads them. Implements `dialogs.turn.Links`."""

    def __init__(self, base: str, keys: Sequence[str], clock: Clock) -> None:
        """Take the keys that seal links.

        Args:
            base: Scheme and host at which people reach the bot.
            keys: Secrets with at least 128 bits of chance in them. The first one seals, every one opens, so that a
                key can be changed without breaking the links that are out.
            clock: Says when a link has expired.
        """
        self._base = base
        self._box = MultiFernet([Fernet(_derived(key)) for key in keys])
        self._clock = clock

    def to(self, kind: str, subject: Mapping[str, Any], person: Person, locale: str, valid: timedelta) -> str:
        """Make a link to a file for a person."""
        sealed = {
            "kind": kind,
            "subject": subject,
            "tenant": person.tenant,
            "person": person.id,
            "locale": locale,
            "expires": int((self._clock.now() + valid).timestamp()),
        }
        token = self._box.encrypt(json.dumps(sealed, ensure_ascii=False, separators=(",", ":")).encode())
        return f"{self._base}{PATH}/{token.decode().rstrip('=')}"  # what ends in = is cut when a chat finds links

    def read(self, token: str) -> Claims:
        """Read a link's token; whether it has expired is for `has_expired` to say.

        Raises:
            WrongLinkError: it is none of ours.
        """
        if len(token) > LONGEST_TOKEN:
            raise WrongLinkError
        try:
            sealed = json.loads(self._box.decrypt(token.encode() + b"=" * (-len(token) % 4)))
            return Claims(
                kind=str(sealed["kind"]),
                subject=dict(sealed["subject"]),
                tenant=str(sealed["tenant"]),
                person_id=str(sealed["person"]),
                locale=str(sealed["locale"]),
                expires=datetime.fromtimestamp(sealed["expires"], UTC),
            )
        except (InvalidToken, KeyError, TypeError, ValueError) as error:
            raise WrongLinkError from error

    def has_expired(self, claims: Claims) -> bool:
        """Whether a link's time is up."""
        return claims.expires <= self._clock.now()


def links_for(settings: Settings, clock: Clock) -> Links:
    """Build the links that the settings describe.

    Where no key is set, it is derived from the app's own secret: every replica has that, so nothing more needs to
    be configured. The key of a demo is no secret, and a demo answers only its own machine.
    """
    if settings.anonymous:
        return Links(f"http://localhost:{settings.port}", [_KEY_OF_THE_DEMO], clock)
    keys = (settings.link_key, settings.app_password), (settings.link_key_previous,)
    found = [next((secret for key in alike if (secret := key.get_secret_value())), "") for alike in keys]
    return Links(f"https://{settings.public_host}", [secret for secret in found if secret], clock)


def _derived(secret: str) -> bytes:
    """Derive a key for this purpose only (RFC 5869), so that nothing can be learnt from it about other uses."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return urlsafe_b64encode(key)
