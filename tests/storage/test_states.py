"""State: plain JSON only, and nobody saves over what they have not seen."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centre.people import Role
from centre.ports import ConflictError
from storage.states import StateKey, StoredState, copy_of_plain_json

if TYPE_CHECKING:
    from storage import Database

TENANT = "tenant-1"
KEY = StateKey("conversation", "anna")
DATA = {"stack": [{"dialog": "need", "step": "confirm", "draft": {"headcount": 12, "when": None, "sure": 0.5}}]}


async def save(database: Database, data: dict[str, Any], seen_version: int | None, key: StateKey = KEY) -> int:
    async with database.unit_of_work(TENANT) as uow:
        version = await uow.states.save(key, data, seen_version)
        await uow.commit()
    return version


async def load(database: Database, key: StateKey = KEY) -> StoredState | None:
    async with database.read_only(TENANT) as uow:
        return await uow.states.load(key)


async def test_a_state_comes_back_as_it_was_saved(database: Database) -> None:
    assert await load(database) is None
    version = await save(database, DATA, None)
    assert await load(database) == StoredState(DATA, version)
    assert await load(database, StateKey("conversation", "bo")) is None


async def test_what_was_loaded_can_be_changed_without_changing_the_row(database: Database) -> None:
    await save(database, DATA, None)
    async with database.unit_of_work(TENANT) as uow:
        loaded = await uow.states.load(KEY)
        assert loaded is not None
        loaded.data["stack"].clear()
        await uow.commit()
    assert await load(database) == StoredState(DATA, 1)


async def test_a_change_in_depth_is_saved(database: Database) -> None:
    version = await save(database, DATA, None)
    async with database.unit_of_work(TENANT) as uow:
        loaded = await uow.states.load(KEY)
        assert loaded is not None
        loaded.data["stack"][0]["draft"]["headcount"] = 14
        assert await uow.states.save(KEY, loaded.data, loaded.version) == version + 1
        await uow.commit()
    stored = await load(database)
    assert stored is not None
    assert stored.data["stack"][0]["draft"]["headcount"] == 14


async def test_text_of_every_kind_survives(database: Database) -> None:
    words = {"text": "æøå 🙂 שלום \u0000 \ud83d 'quotes' \"double\" \\ back", "empty": ""}
    await save(database, words, None)
    assert await load(database) == StoredState(words, 1)


async def test_who_saw_no_row_does_not_save_over_one(database: Database) -> None:
    await save(database, DATA, None)
    with pytest.raises(ConflictError):
        await save(database, {}, None)


async def test_who_saw_a_row_does_not_make_a_new_one(database: Database) -> None:
    with pytest.raises(ConflictError):
        await save(database, DATA, 1)


async def test_an_older_version_is_not_saved(database: Database) -> None:
    await save(database, DATA, None)
    await save(database, {"second": True}, 1)
    with pytest.raises(ConflictError):
        await save(database, {"third": True}, 1)


@pytest.mark.parametrize("seen", [None, 1])
async def test_two_saves_at_once_are_one_save_and_one_conflict(database: Database, seen: int | None) -> None:
    if seen is not None:
        await save(database, DATA, None)
    both_have_read = asyncio.Barrier(2)

    async def turn(name: str) -> str:
        async with database.read_only(TENANT) as uow:
            loaded = await uow.states.load(KEY)
        await both_have_read.wait()
        await save(database, {"by": name}, None if loaded is None else loaded.version)
        return name

    results = await asyncio.gather(turn("one"), turn("two"), return_exceptions=True)
    [winner] = [result for result in results if isinstance(result, str)]
    assert sum(isinstance(result, ConflictError) for result in results) == 1
    stored = await load(database)
    assert stored is not None
    assert stored.data == {"by": winner}


async def test_a_dropped_state_is_gone(database: Database) -> None:
    await save(database, DATA, None)
    async with database.unit_of_work(TENANT) as uow:
        await uow.states.drop(KEY)
        await uow.commit()
    assert await load(database) is None
    assert await save(database, DATA, None) == 1


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (datetime(2026, 1, 1, tzinfo=UTC), r"\$\.a\[1\]\.b"),
        (Role.LEADER, r"\$\.a\[1\]\.b"),
        (("a", "b"), r"\$\.a\[1\]\.b"),
        ({1: "number as key"}, r"\$\.a\[1\]\.b"),
        (float("nan"), r"\$\.a\[1\]\.b"),
        (b"bytes", r"\$\.a\[1\]\.b"),
        (object(), r"\$\.a\[1\]\.b"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_anything_but_plain_json_is_refused_with_its_place(
    database: Database, value: object, path: str
) -> None:
    with pytest.raises(TypeError, match=path):
        await save(database, {"a": [0, {"b": value}]}, None)


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.text(), plain_json, max_size=5))
def test_the_copy_is_equal_and_shares_nothing(data: dict[str, Any]) -> None:
    copy = copy_of_plain_json(data)
    assert copy == data
    assert copy is not data
