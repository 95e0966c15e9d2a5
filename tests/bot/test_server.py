"""The HTTP side: what bodies are taken, what errors become, and how the bot stops."""

import asyncio
import json
import logging
import os
import signal
import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from aiohttp import ClientError, ClientSession, web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.schema import Activity, HeroCard

from bot.logs import set_up_logging
from bot.server import MOST_BODY_BYTES, create_app, serve
from bot.stopping import Stop, stopping_on_signals
from tests.bot.fake_teams import error, fake_teams, running_bot, teams_settings

SECRET_TEXT = "Borger 010203-1234 hedder Åse"


@pytest.fixture
def log() -> Iterator[StringIO]:
    stream, root = StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logging("INFO", "json", stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def echo(context: TurnContext) -> None:
    await context.send_activity(f"du skrev: {context.activity.text}")


async def fail(context: TurnContext) -> None:
    raise ValueError(f"cannot read {context.activity.text}")


def nested(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"a": value}
    return value


NOT_ACTIVITIES: dict[str, bytes] = {
    "nothing": b"",
    "half a document": b'{"type": "message"',
    "a list": b"[]",
    "a string": b'"message"',
    "null": b"null",
    "not UTF-8": b'{"type": "\xff\xfe"}',
    "a hundred thousand brackets": b"[" * 100_000,
    "a hundred thousand objects": b'{"a":' * 40_000,
}


@pytest.mark.parametrize("body", NOT_ACTIVITIES.values(), ids=NOT_ACTIVITIES.keys())
async def test_a_body_that_is_no_json_object_is_refused_in_a_sentence(body: bytes) -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, answer = await bot.post_raw(body)
        assert response.status == 400
        assert answer["error"].endswith(".")
        assert answer["reference"] == response.headers["X-Reference"]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "9" * 100_000], ids=["NaN", "infinity", "endless"])
async def test_a_number_that_json_does_not_have_is_refused(number: str) -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        body = json.dumps(teams.message(value="X")).replace('"X"', number)
        response, answer = await bot.post_raw(body.encode())
        assert (response.status, answer["error"]) == (400, "The body is not valid JSON.")


WRONG_SHAPES: dict[str, dict[str, Any]] = {
    "no type": {"type": None},
    "type is a list": {"type": ["message"]},
    "text is a number": {"text": 5},
    "text is an object": {"text": {"a": 1}},
    "from is a string": {"from": "me"},
    "from.id is an object": {"from": {"id": {}}},
    "conversation is a list": {"conversation": [1]},
    "no conversation": {"conversation": None},
    "conversation without id": {"conversation": {"name": "x"}},
    "conversation id of 2,000 characters": {"conversation": {"id": "a" * 2000}},
    "id of 2,000 characters": {"id": "a" * 2000},
    "no service url": {"serviceUrl": None},
    "timestamp is no date": {"timestamp": "in a moment"},
    "attachments is an object": {"attachments": {"a": 1}},
    "attachments of strings": {"attachments": ["a"]},
    "entities is a string": {"entities": "x"},
    "channelData is a string": {"channelData": "x"},
    "members are numbers": {"membersAdded": [1, 2]},
    "tenant is a string": {"channelData": {"tenant": "x"}},
    "tenant id is a list": {"channelData": {"tenant": {"id": ["x"]}}},
    "member id is a number": {"membersAdded": [{"id": 7}]},
    "entity type is an object": {"entities": [{"type": {}}]},
    "value nested a hundred deep": {"value": nested(100)},
}


@pytest.mark.parametrize("changes", WRONG_SHAPES.values(), ids=WRONG_SHAPES.keys())
async def test_json_that_is_no_activity_is_refused_in_a_sentence(changes: dict[str, Any]) -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, answer = await bot.post(teams.message(**changes))
        assert response.status == 400, answer
        assert answer["error"].startswith("The ")
        assert teams.received == []


async def test_a_text_of_one_megabyte_is_refused_as_too_large() -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, answer = await bot.post(teams.message("å" * 1_000_000))
        assert response.status == 413
        assert answer["error"] == "The body is larger than 256 KiB."


async def test_a_body_without_a_length_is_measured_while_it_is_read() -> None:
    async def endless() -> Any:
        for _ in range(MOST_BODY_BYTES // 1024 + 2):
            yield b" " * 1024

    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        headers = {"Content-Type": "application/json"}
        async with bot.http.post(f"{bot.url}/api/messages", data=endless(), headers=headers) as response:
            assert response.status == 413


async def test_a_long_text_below_the_limit_reaches_the_turn_whole() -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        text = "æ" * 40_000
        response, _ = await bot.post(teams.message(text))
        assert response.status == 200
        assert teams.sent_texts() == [f"du skrev: {text}"]


async def test_characters_that_no_database_takes_are_replaced() -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        body = json.dumps(teams.message("X")).replace('"X"', '"a\\u0000b\\ud800c \\ud83d\\ude00 \\u202eabc"')
        response, _ = await bot.post_raw(body.encode())
        assert response.status == 200
        assert teams.sent_texts() == ["du skrev: a\ufffdb\ufffdc 😀 \u202eabc"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
async def test_only_json_is_taken(content_type: str) -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, answer = await bot.post_raw(b"{}", Content_Type=content_type)
        assert response.status == 415
        assert answer["error"] == "The body must be application/json."


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_refused_and_the_right_one_is_named(method: str) -> None:
    async with (
        fake_teams() as teams,
        running_bot(teams, echo) as bot,
        bot.http.request(method, f"{bot.url}/api/messages") as response,
    ):
        assert response.status == 405
        assert response.headers["Allow"] == "POST"
        assert (await response.json())["reference"]


async def test_an_unknown_address_is_an_answer_with_a_reference() -> None:
    async with (
        fake_teams() as teams,
        running_bot(teams, echo) as bot,
        bot.http.get(f"{bot.url}/wp-login.php?user=x") as response,
    ):
        assert response.status == 404
        assert (await response.json())["error"] == "There is nothing at this address."


async def test_replies_are_sent_as_usual_where_they_are_expected_in_the_response() -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, _ = await bot.post(teams.message("hej", deliveryMode="expectReplies"))
        assert response.status == 200
        assert teams.sent_texts() == ["du skrev: hej"]


async def test_an_invoke_is_answered_in_the_response() -> None:
    async def answer(context: TurnContext) -> None:
        body = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": {"a": ["æ"]}}
        await context.send_activity(Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body)))

    async with fake_teams() as teams, running_bot(teams, answer, anonymous=True) as bot:
        response, body = await bot.post(teams.message(type="invoke", name="adaptiveCard/action"))
        assert response.status == 200
        assert body["value"] == {"a": ["æ"]}
        assert teams.received == []


async def test_an_invoke_may_be_answered_with_objects_of_the_sdk() -> None:
    async def answer(context: TurnContext) -> None:
        body = {"card": HeroCard(title="Hej")}
        await context.send_activity(Activity(type="invokeResponse", value=InvokeResponse(status=200, body=body)))

    async with fake_teams() as teams, running_bot(teams, answer, anonymous=True) as bot:
        _, body = await bot.post(teams.message(type="invoke", name="x"))
        assert body == {"card": {"title": "Hej"}}


async def test_an_error_in_a_turn_is_told_with_the_reference_that_is_in_the_log(log: StringIO) -> None:
    async with fake_teams() as teams, running_bot(teams, fail, anonymous=True) as bot:
        response, _ = await bot.post(teams.message(SECRET_TEXT))
        reference = response.headers["X-Reference"]
        # Told in the chat, so Teams must not send the message again.
        assert response.status == 200
        assert teams.sent_texts() == [f"[da-DK] noget gik galt: {reference}"]
        [failed] = [line for line in lines(log) if line["event"] == "turn_failed"]
        assert failed["reference"] == reference
        assert failed["error"] == "ValueError"
        assert "test_server.py" in failed["places"][-1]


async def test_the_log_has_neither_texts_nor_names(log: StringIO) -> None:
    async with fake_teams() as teams, running_bot(teams, fail) as bot:
        await bot.post(teams.message(SECRET_TEXT), teams.token())
        teams.answers = [error(403, "ConversationBlockedByUser")]
        await bot.post(teams.message(SECRET_TEXT), teams.token())
        await bot.post_raw(SECRET_TEXT.encode(), Authorization=f"Bearer {teams.token()}")
        await bot.http.get(f"{bot.url}/api/messages?text=Lene")
        for quoted in ("010203", "Åse", "Lene", "Bearer", "eyJ", "token-1", "cannot read"):
            assert quoted not in log.getvalue()
        assert len(lines(log)) >= 4


async def test_what_one_turn_ties_to_its_log_lines_is_not_on_those_of_the_next(log: StringIO) -> None:
    async def tie(context: TurnContext) -> None:
        structlog.contextvars.bind_contextvars(**{f"seen_{context.activity.text}": True})

    async with fake_teams() as teams, running_bot(teams, tie, anonymous=True) as bot:
        await bot.post(teams.message("first"))
        await bot.post(teams.message("second"))
        first, second = (line for line in lines(log) if line["event"] == "request")
        assert "seen_first" in first
        assert "seen_first" not in second
        assert first["reference"] != second["reference"]


async def test_libraries_write_json_without_the_words_of_their_errors(log: StringIO) -> None:
    try:
        int(SECRET_TEXT)
    except ValueError:
        logging.getLogger("some.library").exception("it failed")
    [line] = lines(log)
    assert (line["event"], line["error"], line["level"]) == ("it failed", "ValueError", "error")
    assert "010203" not in log.getvalue()


async def test_an_error_that_cannot_be_told_is_a_500_with_its_reference() -> None:
    async with fake_teams() as teams, running_bot(teams, fail, anonymous=True) as bot:
        teams.answers = [error(403, "BotNotInConversationRoster")]
        response, answer = await bot.post(teams.message())
        assert response.status == 500
        assert answer["reference"] == response.headers["X-Reference"]
        assert "Traceback" not in str(answer)
        assert "ValueError" not in str(answer)


async def test_an_error_behind_a_card_button_is_shown_at_the_card() -> None:
    async with fake_teams() as teams, running_bot(teams, fail, anonymous=True) as bot:
        response, body = await bot.post(teams.message(type="invoke", name="adaptiveCard/action"))
        assert response.status == 200
        assert body["type"] == "application/vnd.microsoft.error"
        assert response.headers["X-Reference"] in body["value"]["message"]
        assert teams.received == []


async def test_an_error_in_another_invoke_is_a_500_with_its_reference() -> None:
    async with fake_teams() as teams, running_bot(teams, fail, anonymous=True) as bot:
        response, body = await bot.post(teams.message(type="invoke", name="composeExtension/query"))
        assert response.status == 500
        assert body["reference"] == response.headers["X-Reference"]


async def test_an_error_when_somebody_installs_the_bot_is_a_500_with_its_reference() -> None:
    async with fake_teams() as teams, running_bot(teams, fail, anonymous=True) as bot:
        response, body = await bot.post(teams.message(type="conversationUpdate"))
        assert response.status == 500
        assert body["reference"] == response.headers["X-Reference"]


@pytest.mark.parametrize(
    "headers", [{"X_Forwarded_For": "10.0.0.1"}, {"Forwarded": "for=10.0.0.1"}, {"Host": "evil.example:3978"}]
)
async def test_an_anonymous_bot_answers_only_this_machine(headers: dict[str, str]) -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, _ = await bot.post(teams.message(), **headers)
        assert response.status == 403
        assert teams.received == []


async def test_an_anonymous_bot_sends_to_this_machine_only() -> None:
    async with fake_teams() as teams, running_bot(teams, echo, anonymous=True) as bot:
        response, _ = await bot.post(teams.message(serviceUrl="https://smba.trafficmanager.net/emea/"))
        assert response.status == 403


async def test_health_is_alive_and_ready() -> None:
    async with fake_teams() as teams, running_bot(teams, echo) as bot:
        async with bot.http.get(f"{bot.url}/healthz") as response:
            assert response.status == 200
        async with bot.http.get(f"{bot.url}/readyz") as response:
            assert (response.status, await response.json()) == (200, {"ready": True, "checks": {"database": True}})


async def test_a_bot_without_its_database_is_alive_but_not_ready() -> None:
    async def database_is_gone() -> dict[str, bool]:
        return {"database": False, "outbox": True}

    async with fake_teams() as teams, running_bot(teams, echo, health=database_is_gone) as bot:
        async with bot.http.get(f"{bot.url}/healthz") as response:
            assert response.status == 200
        async with bot.http.get(f"{bot.url}/readyz") as response:
            assert response.status == 503
            assert (await response.json())["checks"]["database"] is False


async def test_a_health_check_that_raises_means_not_ready() -> None:
    async def broken() -> dict[str, bool]:
        raise OSError(SECRET_TEXT)

    async with (
        fake_teams() as teams,
        running_bot(teams, echo, health=broken) as bot,
        bot.http.get(f"{bot.url}/readyz") as response,
    ):
        assert response.status == 503
        assert "010203" not in await response.text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_on_sigterm_the_bot_takes_nothing_new_ends_running_turns_and_closes_its_connections() -> None:
    started, may_end, stop = asyncio.Event(), asyncio.Event(), Stop()

    async def slow(context: TurnContext) -> None:
        started.set()
        await may_end.wait()
        await context.send_activity("færdig")

    async def healthy() -> dict[str, bool]:
        return {"database": True}

    async with fake_teams() as teams, running_bot(teams, slow) as helper, ClientSession() as http:
        port = free_port()
        app = create_app(teams_settings(), helper.adapter, slow, health=healthy, stop=stop)
        with stopping_on_signals(stop):
            server = asyncio.create_task(serve(app, "127.0.0.1", port, stop))
            url = f"http://127.0.0.1:{port}"
            while True:
                try:
                    await http.get(f"{url}/healthz")
                    break
                except ClientError:
                    await asyncio.sleep(0)
            headers = {"Authorization": f"Bearer {teams.token()}"}
            request = asyncio.create_task(http.post(f"{url}/api/messages", json=teams.message(), headers=headers))
            await started.wait()
            os.kill(os.getpid(), signal.SIGTERM)
            await stop.wait()
            while True:
                try:
                    async with ClientSession() as stranger:
                        await stranger.get(f"{url}/healthz")
                    await asyncio.sleep(0)
                except ClientError:
                    break
            assert not request.done()
            may_end.set()
            response = await request
            await server
        assert response.status == 200
        assert teams.sent_texts() == ["færdig"]
        with pytest.raises(RuntimeError, match="not open"):
            await helper.adapter.connector.members(teams.service_url, "19:team")


async def test_a_port_that_is_taken_is_an_error_and_leaves_nothing_open() -> None:
    async def healthy() -> dict[str, bool]:
        return {}

    async with fake_teams() as teams, running_bot(teams, echo) as helper:
        app: web.Application = create_app(teams_settings(), helper.adapter, echo, health=healthy)
        taken = int(helper.url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match="address already in use"):
            await serve(app, "127.0.0.1", taken, Stop())
