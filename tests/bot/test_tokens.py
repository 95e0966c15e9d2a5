"""Who gets in: real tokens, honest and forged, over real HTTP against the real server and adapter."""

import base64
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import jwt
import pytest
from aiohttp import web
from botbuilder.core import TurnContext

from tests.bot.fake_teams import (
    _KEYS,
    APP_ID,
    FOREIGN_TENANT,
    TENANT,
    FakeTeams,
    RunningBot,
    fake_teams,
    running_bot,
)


class Turns:
    """Counts the turns that were let through, and echoes."""

    def __init__(self) -> None:
        self.texts: list[str | None] = []

    async def __call__(self, context: TurnContext) -> None:
        self.texts.append(context.activity.text)
        await context.send_activity(f"du skrev: {context.activity.text}")


@asynccontextmanager
async def _echo_bot() -> AsyncIterator[tuple[RunningBot, FakeTeams, Turns]]:
    turns = Turns()
    async with fake_teams() as teams, running_bot(teams, turns) as bot:
        yield bot, teams, turns


async def test_a_token_of_the_channel_is_let_in_and_answered() -> None:
    async with _echo_bot() as (bot, teams, turns):
        response, body = await bot.post(teams.message("hej"), teams.token())
        assert (response.status, body, turns.texts) == (200, None, ["hej"])
        [sent] = teams.received
        assert sent.path == "/v3/conversations/a%3Aconversation/activities/activity-1"
        assert sent.body["text"] == "du skrev: hej"
        assert sent.authorization == "Bearer token-1"


NOW = int(time.time())
REFUSED_CLAIMS: dict[str, dict[str, Any]] = {
    "expired": {"exp": NOW - 3600},
    "not valid yet": {"nbf": NOW + 3600},
    "without an end": {"exp": None},
    "with an end that is no number": {"exp": "tomorrow"},
    "for another app": {"aud": "99999999-1111-4222-8333-444444444444"},
    "for several apps": {"aud": [APP_ID, "99999999-1111-4222-8333-444444444444"]},
    "for no app": {"aud": None},
    "for an empty app id": {"aud": ""},
    "of another issuer": {"iss": "https://example.org"},
    "of the emulator": {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "appid": APP_ID},
    "of our own tenant": {"iss": f"https://sts.windows.net/{TENANT}/", "appid": APP_ID, "ver": "1.0"},
    "of no issuer": {"iss": None},
    "for another service url": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
    "for no service url": {"serviceurl": None},
}


@pytest.mark.parametrize("claims", REFUSED_CLAIMS.values(), ids=REFUSED_CLAIMS.keys())
async def test_a_token_with_wrong_claims_is_refused(claims: dict[str, Any]) -> None:
    async with _echo_bot() as (bot, teams, turns):
        response, body = await bot.post(teams.message(), teams.token(**claims))
        assert response.status == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert body["reference"] == response.headers["X-Reference"]
        assert turns.texts == []
        assert teams.received == []


async def test_a_few_minutes_of_clock_skew_are_forgiven() -> None:
    async with _echo_bot() as (bot, teams, _):
        now = int(time.time())
        response, _body = await bot.post(teams.message(), teams.token(exp=now - 200, nbf=now - 900))
        assert response.status == 200


def _unsigned(teams: FakeTeams) -> str:
    return jwt.encode(teams.claims(), "", "none", headers={"kid": "key-1"})


def _signed_with_the_public_key(teams: FakeTeams) -> str:
    # PyJWT refuses to make this classic forgery, so it is made by hand.
    header, claims = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in ({"alg": "HS256", "typ": "JWT", "kid": "key-1"}, teams.claims())
    )
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = algorithm.sign(header + b"." + claims, teams.public_pem())
    return b".".join([header, claims, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def _other_claims_under_the_signature(teams: FakeTeams) -> str:
    header, _, signature = teams.token(aud="somebody").split(".")
    return f"{header}.{teams.token().split('.')[1]}.{signature}"


FORGERIES = {
    "unsigned": _unsigned,
    "signed with the public key as a secret": _signed_with_the_public_key,
    "claims exchanged under the signature": _other_claims_under_the_signature,
    "unknown key id": lambda teams: teams.token(key_id="key-9"),
    "known key id but another key": lambda teams: teams.token(signed_with=2),
    "another RSA algorithm": lambda teams: jwt.encode(teams.claims(), _KEYS[0], "RS384", headers={"kid": "key-1"}),
    "no key id": lambda teams: jwt.encode(teams.claims(), _KEYS[0], "RS256"),
    "claims that are a list": lambda _: "e30.W10.AAAA",
    "key id that is no string": lambda _: "eyJhbGciOiJSUzI1NiIsImtpZCI6WzFdfQ.e30.AAAA",
    "header that is nested deep": lambda _: base64.urlsafe_b64encode(b"[" * 4000).decode().rstrip("=") + ".e30.A",
    "not a token": lambda _: "garbage",
    "three empty parts": lambda _: "..",
    "very long": lambda _: "a" * 7000,
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
async def test_a_forged_token_is_refused(forge: Any) -> None:
    async with _echo_bot() as (bot, teams, turns):
        response, body = await bot.post(teams.message(), forge(teams))
        assert response.status == 401
        assert len(body["reference"]) == 8
        assert turns.texts == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token"])
async def test_a_request_without_a_bearer_token_is_refused(header: str | None) -> None:
    async with _echo_bot() as (bot, teams, turns):
        headers = {} if header is None else {"Authorization": header}
        response, _ = await bot.post(teams.message(), **headers)
        assert (response.status, turns.texts) == (401, [])


async def test_a_body_is_not_read_before_its_token_is_valid() -> None:
    async with _echo_bot() as (bot, _teams, _turns):
        response, _ = await bot.post_raw(b"{" * 10)
        assert response.status == 401


TENANTS: dict[str, dict[str, Any]] = {
    "a foreign tenant in the channel data": {"channelData": {"tenant": {"id": FOREIGN_TENANT}}},
    "a foreign tenant in the conversation": {"conversation": {"id": "a:1", "tenantId": FOREIGN_TENANT}},
    "no tenant at all": {"channelData": None, "conversation": {"id": "a:1"}},
}


@pytest.mark.parametrize("changes", TENANTS.values(), ids=TENANTS.keys())
async def test_people_of_other_tenants_are_refused(changes: dict[str, Any]) -> None:
    async with _echo_bot() as (bot, teams, turns):
        response, body = await bot.post(teams.message(**changes), teams.token())
        assert response.status == 403
        assert body["error"] == "This bot does not answer requests from there."
        assert turns.texts == []
        assert teams.received == []


async def test_a_token_of_a_foreign_tenant_is_refused() -> None:
    async with _echo_bot() as (bot, teams, turns):
        response, _ = await bot.post(teams.message(), teams.token(tid=FOREIGN_TENANT))
        assert (response.status, turns.texts) == (403, [])


async def test_the_tenant_is_compared_without_regard_to_case() -> None:
    async with _echo_bot() as (bot, teams, _):
        message = teams.message(channelData={"tenant": {"id": TENANT.upper()}})
        response, _body = await bot.post(message, teams.token())
        assert response.status == 200


@pytest.mark.parametrize(
    "service_url",
    [
        "https://evil.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://smba.trafficmanager.net@evil.example/",
        "http://smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net:8443/emea/",
        "http://169.254.169.254/",
        "http://127.0.0.1:1/",
    ],
)
async def test_a_service_url_elsewhere_is_refused_even_with_a_token_for_it(service_url: str) -> None:
    async with _echo_bot() as (bot, teams, turns):
        message = teams.message(serviceUrl=service_url)
        response, _ = await bot.post(message, teams.token(serviceurl=service_url))
        assert (response.status, turns.texts) == (403, [])


async def test_a_key_speaks_only_for_the_channels_that_it_names() -> None:
    async with _echo_bot() as (bot, teams, turns):
        response, _ = await bot.post(teams.message(channelId="webchat"), teams.token())
        assert (response.status, turns.texts) == (401, [])


async def test_new_keys_of_microsoft_are_taken_while_the_bot_runs() -> None:
    async with _echo_bot() as (bot, teams, _):
        first, _body = await bot.post(teams.message(), teams.token())
        teams.rotate_keys()
        bot.clock.seconds += 61
        second, _body = await bot.post(teams.message(), teams.token(key_id="key-2", signed_with=1))
        third, _body = await bot.post(teams.message(), teams.token())
        assert [first.status, second.status, third.status] == [200, 200, 401]
        assert teams.key_fetches == 2


async def test_made_up_key_ids_do_not_make_the_bot_ask_microsoft_again_and_again() -> None:
    async with _echo_bot() as (bot, teams, _):
        for number in range(20):
            await bot.post(teams.message(), teams.token(key_id=f"made-up-{number}"))
        assert teams.key_fetches == 1


async def test_kept_keys_carry_the_bot_through_an_outage_of_microsofts_sign_in() -> None:
    async with _echo_bot() as (bot, teams, _):
        await bot.post(teams.message(), teams.token())
        teams.keys_down = True
        bot.clock.seconds += 2 * 24 * 3600
        response, _body = await bot.post(teams.message(), teams.token())
        assert (response.status, teams.key_fetches) == (200, 2)
        bot.clock.seconds += 4 * 24 * 3600
        response, _body = await bot.post(teams.message(), teams.token())
        assert response.status == 503


async def test_without_any_keys_the_answer_is_to_come_back_later() -> None:
    async with _echo_bot() as (bot, teams, turns):
        teams.keys_down = True
        response, body = await bot.post(teams.message(), teams.token())
        assert (response.status, turns.texts) == (503, [])
        assert body["reference"]


async def test_a_key_set_without_a_usable_key_does_not_replace_the_kept_keys() -> None:
    async with _echo_bot() as (bot, teams, _):
        await bot.post(teams.message(), teams.token())
        teams.published = {}
        bot.clock.seconds += 25 * 3600
        response, _body = await bot.post(teams.message(), teams.token())
        assert response.status == 200


async def test_a_wrong_client_secret_is_an_answer_with_a_reference_and_no_crash() -> None:
    async with _echo_bot() as (bot, teams, _):
        teams.token_answer = {"error": "invalid_client", "error_description": "expired"}
        response, body = await bot.post(teams.message(), teams.token())
        assert response.status == 500
        assert body["reference"] == response.headers["X-Reference"]
        assert teams.received == []


async def test_a_token_that_teams_stops_taking_is_fetched_anew() -> None:
    async with _echo_bot() as (bot, teams, _):
        await bot.post(teams.message(), teams.token())
        teams.answers = [web.Response(status=401), web.Response(status=401)]
        await bot.post(teams.message(), teams.token())
        await bot.post(teams.message("igen"), teams.token())
        assert teams.received[-1].body["text"] == "du skrev: igen"
        assert teams.received[-1].authorization != "Bearer token-1"
