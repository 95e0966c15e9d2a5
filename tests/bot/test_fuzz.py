"""Whatever a signed request holds, it is answered: never a 500, no error of the bot, no word of its insides.

Activities are real ones with parts exchanged for anything that JSON can say. More of them, for an evening:
`KOMPETENCEBOT_FUZZ_EXAMPLES=20000 .venv/bin/pytest tests/bot/test_fuzz.py`.
"""

from __future__ import annotations

import json
import os
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation
from tests.bot.town_in_teams import town_in_teams

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage import Database
    from tests.bot.town_in_teams import PersonInTeams, TownInTeams

EXAMPLES = int(os.environ.get("KOMPETENCEBOT_FUZZ_EXAMPLES", "120"))
ANSWERED = {200, 201, 202, 400, 401, 403, 413, 415, 501}
KINDS = (
    *("message", "invoke", "installationUpdate", "conversationUpdate", "messageReaction", "messageUpdate"),
    *(
        "messageDelete",
        "typing",
        "event",
        "endOfConversation",
        "contactRelationUpdate",
        "handoff",
        "trace",
        "hvad",
    ),
)
INVOKES = (
    *(
        "adaptiveCard/action",
        "composeExtension/query",
        "composeExtension/queryLink",
        "composeExtension/selectItem",
    ),
    *(
        "composeExtension/submitAction",
        "composeExtension/fetchTask",
        "task/fetch",
        "task/submit",
        "signin/verifyState",
    ),
    *("fileConsent/invoke", "actionableMessage/executeAction", "", "x" * 500),
)
VERBS = (*sorted(Conversation()._buttons), "need.choose", "need.send", "purpose.save", "search.open", "__class__")
SENTENCES = (
    *("hjælp", "kø", "mine kurser", "12 pædagoger skal lære om demens før sommer", "nr. 99999999999999999999"),
    *(
        "til sag 42: hej",
        "sag KV-2026-0001",
        "meld Anders og Bo til DEM-1",
        "kun online",
        "tilbage",
        "slet kladde 0",
    ),
    *(
        "0101011234",
        "<at>Kompetencebot</at>",
        "\x00",
        "\ud800",
        "\u202e\u2066",
        "🧑‍🤝‍🧑" * 400,
        "a" * 5000,
        "{ $x }",
    ),
    *("efter påske", "om 99999999 dage", "den 31. februar", "uge 99", "'; DROP TABLE people; --", "%s%n", "٣٤"),
)

anything_written = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(SENTENCES)
plain = (
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | anything_written
)
anything = st.recursive(
    plain,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(anything_written, parts, max_size=4),
    max_leaves=12,
)
fields = st.dictionaries(
    st.sampled_from(
        ["request", "draft", "enrolment", "code", "run", "page", "person", "choice", "interest", "nonce"]
    ),
    st.sampled_from(["", "0", "-1", "DEM-1", "DEM-1-A", "9" * 40, "lene.holm", "a,b,c"]) | plain,
    max_size=5,
)


def _click(verb: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"text": None, "value": {"verb": verb, **data}}


def _executed(verb: str, data: dict[str, Any]) -> dict[str, Any]:
    action = {"type": "Action.Execute", "verb": verb, "data": {**data, "verb": verb}}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}}


what_somebody_does = (
    st.builds(lambda text: {"text": text}, anything_written)
    | st.builds(_click, st.sampled_from(VERBS), fields)
    | st.builds(_executed, st.sampled_from(VERBS), fields)
    | st.builds(
        lambda name, value: {"type": "invoke", "name": name, "value": value}, st.sampled_from(INVOKES), anything
    )
    | st.builds(
        lambda kind, value: {"type": kind, "value": value, "action": "add"}, st.sampled_from(KINDS), anything
    )
)


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document where something stands."""
    entries = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    return [place for key, part in entries for place in ((*path, key), *places(part, (*path, key)))]


def exchange(document: Any, path: tuple[Any, ...], value: Any, *, away: bool) -> None:
    for key in path[:-1]:
        document = document[key]
    if away:
        del document[path[-1]]
    else:
        document[path[-1]] = value


@st.composite
def activities(draw: st.DrawFn) -> tuple[bool, dict[str, Any], list[tuple[int, Any, bool]]]:
    """Somewhere, what somebody does there, and what is exchanged in it: (which place, for what, or taken away)."""
    changes = st.tuples(st.integers(0, 10_000), anything, st.booleans())
    return draw(st.booleans()), draw(what_somebody_does), draw(st.lists(changes, max_size=3))


@pytest.fixture
async def town(database: Database) -> AsyncIterator[TownInTeams]:
    async with town_in_teams(database) as town:
        await town.consultant()
        yield town


async def answered(town: TownInTeams, body: bytes, **headers: str) -> None:
    """Send a body with a valid token; it is answered, and nothing in the bot failed."""
    sent = len(town.teams.received)
    response, answer = await town.bot.post_raw(body, Authorization=f"Bearer {town.teams.token()}", **headers)
    assert response.status in ANSWERED, answer
    if response.status >= 400 and answer is not None:  # an invoke of nobody's has no words
        assert set(answer) == {"error", "reference"}
    said = json.dumps([answer, [entry.body for entry in town.teams.received[sent:]]])
    for inside in (
        "Traceback",
        "Noget gik galt",
        "Something went wrong",
        "site-packages",
        "sqlalchemy",
        "psycopg",
    ):
        assert inside not in said


async def is_well(person: PersonInTeams) -> None:
    await person.says("hjælp")
    assert "Det kan jeg hjælpe med" in person.heard()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(activities())
async def test_an_activity_with_anything_in_it_is_answered(
    town: TownInTeams, made: tuple[bool, dict[str, Any], list[tuple[int, Any, bool]]]
) -> None:
    in_channel, what, changes = made
    lene = await town.leader()
    activity = deepcopy(lene.in_channel(**what) if in_channel else lene.activity(**what))
    for number, value, away in changes:
        if there := places(activity):
            exchange(activity, there[number % len(there)], value, away=away)
    await answered(town, json.dumps(activity).encode())
    await is_well(lene)


@settings(max_examples=EXAMPLES // 4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(what_somebody_does, min_size=2, max_size=8))
async def test_a_conversation_of_anything_goes_on(town: TownInTeams, doings: list[dict[str, Any]]) -> None:
    kirsten, mads = await town.consultant(), await town.settle("Mads Lund")
    for doing in doings:
        for activity in (kirsten.in_channel(**doing), mads.activity(**doing)):
            await answered(town, json.dumps(activity).encode())
    await is_well(mads)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400) | anything.map(lambda value: json.dumps(value).encode()))
async def test_a_body_of_anything_is_answered(town: TownInTeams, body: bytes) -> None:
    await answered(town, body)


BODIES = {
    "not a number": b'{"type": "message", "value": NaN}',
    "endless": b'{"type": "message", "value": 1e999}',
    "a number of 5,000 digits": b'{"type": "message", "value": ' + b"9" * 5000 + b"}",
    "nested 100,000 deep": b"[" * 100_000,
    "a key twice": b'{"type": "message", "type": "invoke", "conversation": {"id": "a"}, "conversation": 5}',
    "UTF-16": '{"type": "message"}'.encode("utf-16"),
    "a text of 200 KB": json.dumps({"type": "message", "text": "å" * 30_000}).encode(),
    "10 MB": b" " * 10_000_000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_a_body_made_by_hand_is_answered(town: TownInTeams, body: bytes) -> None:
    await answered(town, body)
    await is_well(await town.leader())


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/json; charset=klingon"},
        {"Content_Type": ""},
        {"Content_Encoding": "gzip"},
        {"Content_Encoding": "br, gzip"},
    ],
)
async def test_headers_that_do_not_fit_the_body_are_answered(town: TownInTeams, headers: dict[str, str]) -> None:
    lene = await town.leader()
    await answered(town, json.dumps(lene.activity(text="hej")).encode(), **headers)
    await is_well(lene)
