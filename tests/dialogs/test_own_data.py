"""What is kept about oneself is shown to oneself, and what may go goes: in words and by button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from centre.interest import Want, interest_id
from centre.requests import Status
from tests.chat import TENANT

if TYPE_CHECKING:
    from tests.chat import Chat, Town

KEY = "lavendelduft"
NEED = "12 pædagoger skal lære om low arousal"
TABLES = ("requests", "request_events", "request_words", "interests", "saved_views", "person_settings", "states")


async def files(leader: Chat) -> None:
    for said in (NEED, "ingen af dem", f"vi vil undgå {KEY}", "send"):
        await leader.user(said)


async def written(town: Town, words: str) -> list[str]:
    """The tables in which these words stand."""
    async with town.database.session(read_only=True) as session:
        rows = {table: (await session.execute(text(f"SELECT * FROM {table}"))).all() for table in TABLES}  # noqa: S608
    return [table for table, found in rows.items() if words in str(found)]


async def test_a_leader_sees_what_is_kept_and_deletes_what_is_finished(town: Town) -> None:
    await town.with_queue()
    lene = await town.leader()
    await files(lene)
    await lene.user("vis mine data")
    lene.bot("Lene Holm", "Henvendelser: 1, heraf 1 åben", "Kurser: ingen", "[Slet mine data]")
    await lene.clicks("Slet mine data")
    lene.bot("Slet mine data?", "Du har 1 åben henvendelse og 0 kommende kurser", "[Ja, slet]")
    await lene.user("træk tilbage")
    await lene.user("vis mine data")
    lene.bot("Henvendelser: 1, heraf 0 åbne")
    await lene.clicks("Ja, slet")
    lene.bot("Dine data er slettet")
    assert await written(town, KEY) == []
    async with town.database.read_only(TENANT) as work:
        [request] = [it async for it in work.requests.each(_everything())]
        assert (request.status, request.requester_id, request.wish.headcount) == (Status.WITHDRAWN, "", 12)
    await lene.user("vis mine data")
    lene.bot("Henvendelser: ingen")
    await lene.user("mine henvendelser")
    lene.bot_did_not_say(KEY)


def _everything() -> object:
    from centre.queue_query import Criteria  # noqa: PLC0415

    return Criteria(statuses=frozenset(Status))


async def test_an_open_request_stays_and_it_is_said_how_to_have_it_go(town: Town) -> None:
    await town.with_queue()
    lene = await town.leader()
    await files(lene)
    await lene.user("slet mine data")
    await lene.clicks("Ja, slet")
    lene.bot("Der var ikke noget at slette", "så træk tilbage")
    assert await written(town, KEY)


async def test_a_draft_is_gone_and_the_bot_meets_somebody_new(town: Town) -> None:
    lene = await town.leader()
    await lene.user(f"{NEED}, {KEY}")
    await lene.user("slet mine data")
    await lene.clicks("Ja, slet")
    assert await written(town, KEY) == []
    await lene.user("fortsæt")
    lene.bot_did_not_say(KEY)


async def test_an_employee_deletes_an_interest_and_twice_is_once(town: Town) -> None:
    mads = await town.employee()
    await mads.user("kurser i svejsning")
    await mads.clicks("Skriv mig op")
    await mads.user("vis mine data")
    mads.bot("1 interesse eller ønske")
    await mads.user("slet mine data")
    await mads.clicks("Ja, slet")
    mads.bot("Dine data er slettet")
    await mads.clicks("Ja, slet")
    mads.bot("Der var ikke noget at slette")
    async with town.database.read_only(TENANT) as work:
        assert await work.interests.get(interest_id(mads.person_id, Want("", "svejsning"))) is None


@pytest.mark.parametrize("said", ["show my data", "my data"])
async def test_it_is_shown_in_english_too(town: Town, said: str) -> None:
    mads = await town.employee()
    await mads.user("english")
    await mads.user(said)
    mads.bot("This is what I keep about you", "[Delete my data]")


async def test_nobody_elses_data_is_touched(town: Town) -> None:
    await town.with_queue()
    lene = await town.leader()
    await files(lene)
    await lene.user("træk tilbage")
    mads = await town.employee()
    await mads.user("slet mine data")
    await mads.clicks("Ja, slet")
    assert await written(town, KEY)
    await mads.user("vis mine data")
    mads.bot("Henvendelser: ingen")
