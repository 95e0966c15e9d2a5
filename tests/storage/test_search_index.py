"""The index of words: it finds what looking through every request finds, whoever wrote the request and when."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from bot.housekeeping import write_missing_words
from centre.queue_query import Criteria
from centre.requests import CaseNumber, Request, Status, Wish
from centre.similar import similar_requests
from storage import search_index
from storage.models import RequestRow, RequestTopicRow, RequestWordRow, WordEndingRow
from storage.queue_search import matching
from storage.requests import StoredRequests
from storage.search_index import LONGEST_PART, SearchIndex, common_words, endings_of, part_to_look_up, words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Database

    MakeRequest = Callable[..., Request]

TENANT = "tenant-1"

folded_texts = st.text(st.sampled_from("abcdeæ1-_ .,%å"), max_size=200)


@given(folded_texts, st.data())
@settings(deadline=None)
def test_whatever_stands_in_a_text_is_found_by_its_words(said: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said)))
    for searched in said[start : start + data.draw(st.integers(0, 90))].split():
        part = part_to_look_up(searched)
        kept = {ending for word in words_in(said) for ending in endings_of(word)}
        assert not part or any(ending.startswith(part) for ending in kept), (said, searched, part)


@given(st.text(st.characters(categories=("Ll", "Nd")), min_size=61, max_size=400), st.integers(0, 400))
def test_a_word_longer_than_any_is_found_by_every_part(run: str, start: int) -> None:
    part = run[start : start + LONGEST_PART]
    assert not part or any(part in word for word in words_in(run))
    assert all(len(word) <= search_index.LONGEST_WORD for word in words_in(run))


def test_what_nearly_every_request_has_is_not_looked_up() -> None:
    assert part_to_look_up("og") == ""
    assert part_to_look_up("kv") == ""
    assert part_to_look_up("e") == ""
    assert part_to_look_up("100%") == "100"
    assert part_to_look_up("medicin-håndtering") == "håndtering"
    assert "og" in common_words()


async def add(database: Database, *requests: Request) -> None:
    async with database.unit_of_work(TENANT) as work:
        for request in requests:
            await work.requests.add(request)
        await work.commit()


async def found(database: Database, words: str, requester: str = "") -> list[int]:
    criteria = Criteria(text=words, requester=requester, statuses=frozenset(Status))
    async with database.read_only(TENANT) as work:
        requests = await work.requests.find(criteria, 100)
        assert await work.requests.count(criteria) == len(requests)
        assert [request async for request in work.requests.each(criteria)] == requests
    return [request.number.serial for request in requests]


async def looked_through(database: Database, words: str) -> list[int]:
    criteria = Criteria(text=words, statuses=frozenset(Status))
    async with database.session(read_only=True) as session:
        query = select(RequestRow.serial).where(RequestRow.tenant == TENANT, *matching(criteria))
        return list(await session.scalars(query.order_by(RequestRow.serial)))


async def keys_kept(database: Database, serial: int) -> tuple[set[str], set[str]]:
    async with database.session(read_only=True) as session:
        words = await session.scalars(select(RequestWordRow.word).where(RequestWordRow.serial == serial))
        topics = await session.scalars(select(RequestTopicRow.topic).where(RequestTopicRow.serial == serial))
        return set(words), set(topics)


def numbered(make: MakeRequest, *needs: str) -> list[Request]:
    return [
        make(f"r{serial}", CaseNumber(2026, serial), wish=Wish(need=need, topic=need))
        for serial, need in enumerate(needs, 1)
    ]


async def test_it_finds_what_looking_through_all_of_them_finds(database: Database, a_request: MakeRequest) -> None:
    needs = (
        "Medicinhåndtering på natten",
        "håndtering af 100% uro_nat",
        "IT og PC for begyndere",
        "Ældre, æbler & ånd",
        "x" * 200,
        "e-læring i førstehjælp",
        "",
    )
    await add(database, *numbered(a_request, *needs))
    await add(
        database, a_request("old", CaseNumber(2026, 8), wish=Wish("Håndtering af sorg"), status=Status.REJECTED)
    )
    searched = {
        word[start:stop] for need in needs for word in need.split() for start, stop in ((0, 3), (2, 9), (1, None))
    }
    for words in sorted(
        searched | {"håndtering", "HÅNDTERING uro", "og", "2026-0003", "0008", "x" * 90, "findes ikke"}
    ):
        assert await found(database, words) == await looked_through(database, words), words
    assert await found(database, "haandtering") == [1, 2, 8]


async def test_who_asked_is_found_by_the_same_index(database: Database, a_request: MakeRequest) -> None:
    first, second = numbered(a_request, "uro", "uro")
    await add(database, replace(first, requester_name="Åse Ørsted"), second)
    assert await found(database, "", requester="ørst") == [1]
    assert await found(database, "uro", requester="lene") == [2]
    assert await found(database, "ørsted", requester="lene") == []


async def test_an_edited_request_is_found_by_its_new_words_only(
    database: Database, a_request: MakeRequest
) -> None:
    [request] = numbered(a_request, "snoezelrum")
    await add(database, request)
    async with database.unit_of_work(TENANT) as work:
        await work.requests.save(replace(request, wish=Wish(need="førstehjælp", topic="førstehjælp")))
        await work.commit()
    words, topics = await keys_kept(database, 1)
    assert "foerstehjaelp" in words
    assert not {"snoezelrum"} & (words | topics)
    assert await found(database, "snoezel") == []
    assert await found(database, "hjælp") == [1]


async def test_a_save_that_changes_nothing_leaves_the_version_alone(
    database: Database, a_request: MakeRequest
) -> None:
    [request] = numbered(a_request, "uro")
    await add(database, request)
    async with database.unit_of_work(TENANT) as work:
        assert (await work.requests.save(request)).version == 1
        await work.commit()


async def test_what_the_previous_release_writes_is_found_before_and_after_it_is_indexed(
    database: Database, a_request: MakeRequest
) -> None:
    await add(database, *numbered(a_request, "snoezelrum", "sorg", "uro"))
    async with database.session() as session:  # it edits one and files another, and knows nothing of words
        edited = update(RequestRow).where(RequestRow.id == "r1")
        await session.execute(edited.values(search_text="kv-2026-0001 kuglepude", version=2))
        await session.execute(text("DELETE FROM request_words WHERE serial = 2"))
        await session.execute(update(RequestRow).where(RequestRow.id == "r2").values(words_version=0))
        await session.commit()
    for _ in range(2):
        assert await found(database, "pude") == [1]
        assert await found(database, "sorg") == [2]
        assert await found(database, "snoezelrum") == []
        await write_missing_words(database, {TENANT, "another"})
    assert "kuglepude" in (await keys_kept(database, 1))[0]
    assert "sorg" in (await keys_kept(database, 2))[0]
    async with database.unit_of_work(TENANT) as work:
        assert await work.search_index.complete(10) == 0


async def test_missing_words_are_written_a_few_requests_at_a_time(
    database: Database, a_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.housekeeping.WORDS_AT_A_TIME", 2)
    await add(database, *numbered(a_request, "sorg", "uro", "sår", "fald", "it"))
    async with database.session() as session:
        for table in (RequestWordRow, RequestTopicRow, WordEndingRow):
            await session.execute(table.__table__.delete())
        await session.execute(update(RequestRow).values(words_version=0))
        await session.commit()
    await write_missing_words(database, {TENANT})
    for serial, word in enumerate(("sorg", "uro", "saar", "fald", "it"), 1):
        assert word in (await keys_kept(database, serial))[0]
    async with database.session(read_only=True) as session:
        assert await session.scalar(select(func.max(RequestRow.version))) == 1


async def test_a_common_word_is_looked_for_down_the_queue(
    database: Database, a_request: MakeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MOST_NARROWED", 2)
    await add(database, *numbered(a_request, "uro", "uro", "uro og sorg"))
    async with database.session(read_only=True) as session:
        index = SearchIndex(session, TENANT)
        assert await index.narrowed(["uro"]) is None
        assert await index.narrowed(["uro", "sorg"]) is not None
        assert await index.narrowed(["og", "e"]) is None
    assert await found(database, "uro") == [1, 2, 3]
    assert await found(database, "uro sorg") == [3]


async def test_two_requests_with_the_same_new_words_are_filed_at_once(
    database: Database, a_request: MakeRequest
) -> None:
    await asyncio.gather(
        *(add(database, request) for request in numbered(a_request, *["kuglepude snoezelrum"] * 4))
    )
    assert await found(database, "snoezelrum") == [1, 2, 3, 4]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_rare_word_is_not_looked_for_down_the_queue(database: Database, a_request: MakeRequest) -> None:
    await add(database, *numbered(a_request, "kuglepude", "uro"))
    async with database.session(read_only=True) as session:
        query = await StoredRequests(session, TENANT)._found(Criteria(text="kuglepude"))
        sql = query.limit(5).compile(session.get_bind(), compile_kwargs={"literal_binds": True}).string
        plan = [row.detail for row in await session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
    assert any("requests USING INDEX sqlite_autoindex_requests" in line and "serial=?" in line for line in plan), (
        plan
    )
    assert not any("urgency" in line for line in plan), plan


async def similar(database: Database, serial: int) -> list[int]:
    async with database.read_only(TENANT) as work:
        request = await work.requests.by_number(CaseNumber(2026, serial))
        assert request is not None
        return [other.number.serial for other in await similar_requests(work, request)]


async def test_similar_requests_are_the_open_ones_of_this_tenant(
    database: Database, a_request: MakeRequest
) -> None:
    demens, met, sorg, closed = numbered(
        a_request, "demens", "mødet med borgere med demens", "mødet med borgere i sorg", "demens"
    )
    await add(database, demens, met, sorg, replace(closed, status=Status.WITHDRAWN))
    async with database.unit_of_work("another") as work:
        await work.requests.add(replace(demens, tenant="another"))
        await work.commit()
    assert await similar(database, 1) == [2]
    assert await similar(database, 2) == [1]
    assert await similar(database, 3) == []


async def test_a_closed_request_is_similar_to_none_until_it_is_opened_again(
    database: Database, a_request: MakeRequest
) -> None:
    one, other = numbered(a_request, "demens", "demens")
    await add(database, one, other)
    for status, expected in ((Status.REJECTED, []), (Status.CLARIFYING, [2])):
        async with database.unit_of_work(TENANT) as work:
            known = await work.requests.get(other.id)
            assert known is not None
            await work.requests.save(replace(known, status=status))
            await work.commit()
        assert await similar(database, 1) == expected
        assert bool((await keys_kept(database, 2))[1]) is bool(expected)


async def test_one_that_the_previous_release_closed_is_not_shown(
    database: Database, a_request: MakeRequest
) -> None:
    await add(database, *numbered(a_request, "demens", "demens"))
    async with database.session() as session:
        closed = update(RequestRow).where(RequestRow.id == "r2")
        await session.execute(closed.values(status=Status.REJECTED, version=2))
        await session.commit()
    assert await similar(database, 1) == []


async def test_of_many_similar_ones_the_closest_and_then_the_newest_are_shown(
    database: Database, a_request: MakeRequest
) -> None:
    needs = ["demens og uro", *["demens"] * 40, "uro og demens"]
    await add(database, *numbered(a_request, *needs))
    assert await similar(database, 1) == [42, 41, 40]
    assert await similar(database, 42) == [1, 41, 40]
    assert await similar(database, 20) == [41, 40, 39]
