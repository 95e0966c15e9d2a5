"""The town that speaks in `benchmarks.turn`: who they are, what they say, what is stored of them beforehand."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from benchmarks.turn_wire import post
from bot.authentication import ISSUER
from bot.demo.sample import read_sample
from bot.references import stored_conversation
from catalogue.offers import Area
from centre.clock import DanishClock
from centre.people import Person, Role
from centre.ports import Channel
from storage import Database
from storage.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Sequence

APP_ID = "0b0b0b0b-1111-4222-8333-444444444444"
TENANT = "aaaaaaaa-1111-4222-8333-444444444444"
TEAM = "19:centre@thread.tacv2"
CHANNEL = "19:queue@thread.tacv2"
BOT = {"id": f"28:{APP_ID}", "name": "Kompetencebot"}
NEED = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"
ACCESS_TOKEN = jwt.encode({"aud": "https://api.botframework.com", "fill": "x" * 1000}, "s" * 32, "HS256")
"""What bots send with: as long as those of Entra, and read by nobody but the Teams SDK, which wants a JWT."""
_KEY_ID = "key-1"
_WORKING_DAY_SECONDS = 8 * 3600
_SAID = itertools.count(1)

Activity = dict[str, Any]


class Signature:
    """A key of the Bot Framework's, and tokens signed with it."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def documents(self, origin: str) -> dict[str, bytes]:
        """Return the OpenID metadata and the key set that it names."""
        key = {**json.loads(RSAAlgorithm.to_jwk(self._key.public_key())), "kid": _KEY_ID, "use": "sig"}
        return {
            "openidconfiguration": json.dumps({"issuer": ISSUER, "jwks_uri": f"{origin}/keys"}).encode(),
            "keys": json.dumps({"keys": [{**key, "endorsements": ["msteams"]}]}).encode(),
        }

    def token(self, service_url: str) -> str:
        """Return a token as Teams sends it."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - _WORKING_DAY_SECONDS,
            "exp": now + _WORKING_DAY_SECONDS,
        }
        return jwt.encode({**claims, "serviceurl": service_url}, self._key, "RS256", headers={"kid": _KEY_ID})


class Speaker:
    """Writes the requests that Teams sends to one server."""

    def __init__(self, signature: Signature, service_url: str) -> None:
        self._service_url = service_url
        token = signature.token(service_url)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}

    def says(self, who: str, text: str) -> bytes:
        """Return a message in a personal chat, as Teams sends it."""
        html = {"contentType": "text/html", "content": f"<p>{text}</p>"}
        conversation = {"id": chat_of(who), "conversationType": "personal", "tenantId": TENANT}
        what = {"type": "message", "text": text, "textFormat": "plain", "attachments": [html]}
        return self._request(who, conversation, {"tenant": {"id": TENANT}}, what)

    def executes(self, who: str, verb: str, data: Activity) -> bytes:
        """Return a press in the centre's channel."""
        thread = f"{CHANNEL};messageid={data['request']}"
        conversation = {"id": thread, "conversationType": "channel", "isGroup": True, "tenantId": TENANT}
        place = {"tenant": {"id": TENANT}, "team": {"id": TEAM}, "channel": {"id": CHANNEL, "name": "Køen"}}
        action = {"type": "Action.Execute", "verb": verb, "data": {"verb": verb, **data}}
        what = {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action, "trigger": "manual"}}
        return self._request(who, conversation, place, what)

    def _request(self, who: str, conversation: Activity, channel_data: Activity, what: Activity) -> bytes:
        activity = _activity(self._service_url, who, conversation, channel_data, what)
        return post(json.dumps(activity, ensure_ascii=False).encode(), self._headers)


def sent_by(signature: Signature, service_url: str, who: str, words: str) -> tuple[Activity, dict[str, str]]:
    """Return a message of somebody in their personal chat, and the headers that it comes with."""
    conversation = {"id": chat_of(who), "conversationType": "personal", "tenantId": TENANT}
    what = {"type": "message", "text": words, "textFormat": "plain"}
    headers = {"Authorization": f"Bearer {signature.token(service_url)}", "Content-Type": "application/json"}
    return _activity(service_url, who, conversation, {"tenant": {"id": TENANT}}, what), headers


def _activity(
    service_url: str, who: str, conversation: Activity, channel_data: Activity, what: Activity
) -> Activity:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    client = {"type": "clientInfo", "locale": "da-DK", "country": "DK", "platform": "Windows"}
    return {
        "id": f"{time.time_ns()}-{next(_SAID)}",
        "timestamp": now,
        "localTimestamp": now,
        "localTimezone": "Europe/Copenhagen",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": f"29:{who}", "name": who.title(), "aadObjectId": who},
        "conversation": conversation,
        "recipient": BOT,
        "entities": [{**client, "timezone": "Europe/Copenhagen"}],
        "channelData": channel_data,
        "locale": "da-DK",
        **what,
    }


def chat_of(who: str) -> str:
    """Return the id of somebody's personal chat."""
    return f"a:{who}"


def names(kind: str, number: int) -> Sequence[str]:
    """Return the ids of so many people of a kind."""
    return [f"{kind}-{serial}" for serial in range(number)]


def roster(staff: Sequence[str]) -> bytes:
    """Return what Teams answers when asked who is in the centre's team."""
    return json.dumps(
        {"members": [{"id": f"29:{who}", "aadObjectId": who, "name": who.title()} for who in staff]}
    ).encode()


def settle(url: str, service_url: str, leaders: Sequence[str], others: Sequence[str]) -> None:
    """Make the tables, and fill them with the sample catalogue, the people, and the centre's channel."""
    asyncio.run(_settle(url, service_url, leaders, others))


async def _settle(url: str, service_url: str, leaders: Sequence[str], others: Sequence[str]) -> None:
    await migrate(url)
    database = await Database.open(url)
    offers, runs = read_sample(DanishClock().now().date())
    async with database.unit_of_work(TENANT) as work:
        await work.catalogue.import_offers(offers, runs, replace_offers=False, replace_runs=False)
        await work.channels.choose_queue(Channel(TENANT, TEAM, CHANNEL, "Køen"))
        for who in (*leaders, *others):
            role = Role.LEADER if who in leaders else Role.EMPLOYEE
            person = Person(TENANT, who, who.title(), f"{who}@kommunen.example", role, area=Area.SENIOR)
            await work.people.save(person)
        for conversation in (CHANNEL, *map(chat_of, (*leaders, *others))):
            person_id = "" if conversation == CHANNEL else conversation.removeprefix("a:")
            await work.conversations.remember(
                stored_conversation(
                    conversation, service_url, bot_id=BOT["id"], bot_name=BOT["name"], person_id=person_id
                )
            )
        await work.commit()
    await database.close()
