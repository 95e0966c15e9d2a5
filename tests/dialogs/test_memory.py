"""Memories of every release are met politely: what can be read goes on, what cannot is said and left behind."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalogue.matching import Verdict
from catalogue.need import Form, Found, Need, Urgency
from catalogue.offers import Area
from dialogs.conversation import Conversation
from dialogs.drafts import Draft
from dialogs.memory import MOST_DRAFTS, Frame, Memory, UnreadableMemoryError, decode, encode
from tests.chat import TENANT, case_numbers
from tests.dialogs.standing import STANDING
from tests.dialogs.write_memories import key_of, memory_of

if TYPE_CHECKING:
    from tests.chat import Chat, Town

RELEASES = sorted((Path(__file__).parent / "memories").glob("*.json"))
STORED = [
    pytest.param(name, json.dumps(memory), id=f"{release.stem}-{name}")
    for release in RELEASES
    for name, memory in json.loads(release.read_text("utf-8")).items()
]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


async def remember(town: Town, chat: Chat, data: object) -> None:
    async with town.database.unit_of_work(TENANT) as work:
        stored = await work.states.load(key_of(chat))
        await work.states.save(key_of(chat), data, stored.version if stored else None)  # type: ignore[arg-type]
        await work.commit()


def test_dialogs_and_steps_that_memories_name_are_never_renamed() -> None:
    assert {(name, step) for name, dialog in Conversation()._topics.dialogs.items() for step in dialog.steps} == {
        ("need", "describe"),
        ("need", "choose"),
        ("need", "summary"),
        ("need", "edit"),
        ("search", "list"),
        ("edit_request", "form"),
        ("profile", "where"),
        ("answer", "which"),
        ("sign_up", "run"),
        ("sign_up", "leader"),
        ("sign_up", "collision"),
        ("team_sign_up", "who"),
        ("purpose", "practice"),
        ("purpose", "whom"),
        ("purpose", "sign"),
        ("queue", "list"),
        ("wish", "leader"),
        ("participants", "runs"),
        ("participants", "list"),
    }


def test_every_step_is_in_the_memories_of_this_release() -> None:
    stored = json.loads(RELEASES[-1].read_text("utf-8"))
    assert {(memory["topic"]["dialog"], memory["topic"]["step"]) for memory in stored.values()} == {
        (name, step) for name, dialog in Conversation()._topics.dialogs.items() for step in dialog.steps
    }


@pytest.mark.parametrize(("name", "memory"), STORED)
async def test_a_stored_memory_goes_on_where_it_stood(town: Town, name: str, memory: str) -> None:
    stored = json.loads(memory)
    chat = await STANDING[name](town)
    today = await memory_of(town, chat)
    if stored["topic"]["dialog"] == "edit_request":
        stored["topic"]["values"]["request"] = today["topic"]["values"]["request"]
    await chat.user("fortsæt")
    expected = chat.news[-1].words
    await remember(town, chat, stored)
    await chat.user("fortsæt")
    chat.bot_did_not_say("mistet tråden")
    assert chat.news[-1].words == expected


@pytest.mark.parametrize(("name", "memory"), STORED)
def test_a_stored_memory_is_read_and_written_without_loss(name: str, memory: str) -> None:
    assert name in STANDING
    stored = json.loads(memory)
    written = encode(decode(stored))
    assert written["topic"] == stored["topic"]
    assert Conversation()._topics.reads(decode(stored).topic)


BROKEN: dict[str, Any] = {
    "unknown dialog": {"dialog": "lending", "step": "choose", "values": {}},
    "unknown step": {"step": "pay"},
    "values of another shape": {"values": {"id": "x", "need": "demens"}},
    "no values at all": {"values": {}},
    "a date that is none": {"values": {"id": "x", "need": {"text": "", "topic": "", "latest": ["snart", ""]}}},
    "a form that is gone": {"values": {"id": "x", "need": {"text": "", "topic": "", "form": ["opera", ""]}}},
    "a pair that is none": {"values": {"id": "x", "need": {"text": "", "topic": "", "headcount": []}}},
    "values that are a list": {"values": ["demens"]},
    "a time that is none": {"touched": "i går"},
    "a time without a zone": {"touched": "2026-11-22T10:00:00"},
    "a step that is a number": {"step": 3},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
async def test_an_unreadable_topic_is_said_once_and_the_way_is_open(town: Town, change: dict[str, Any]) -> None:
    lene = await STANDING["choosing"](town)
    memory = await memory_of(town, lene)
    await remember(town, lene, memory | {"topic": memory["topic"] | change})
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    lene.bot("mistet tråden", "Jeg forstod: konflikthåndtering · 8 personer")
    await lene.clicks("Vælg")
    lene.bot("Klar til at sende?")
    lene.bot_did_not_say("mistet tråden")


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
async def test_a_click_after_an_upgrade_is_answered(town: Town, change: dict[str, Any]) -> None:
    lene = await STANDING["choosing"](town)
    memory = await memory_of(town, lene)
    await remember(town, lene, memory | {"topic": memory["topic"] | change})
    await lene.clicks("Vælg")
    lene.bot("mistet tråden", "Det kort er allerede besvaret")


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
async def test_an_unreadable_draft_does_not_cost_the_others(town: Town, change: dict[str, Any]) -> None:
    lene = await STANDING["choosing"](town)
    memory = await memory_of(town, lene)
    drafts = [memory["topic"], memory["topic"] | change]
    await remember(town, lene, memory | {"topic": None, "drafts": drafts})
    await lene.user("fortsæt")
    lene.bot("Jeg forstod: møde borgere med demens")


@pytest.mark.parametrize(
    "memory",
    [
        {"version": 2, "topic": {"room": "need"}},
        {"version": "1"},
        {},
    ],
)
async def test_a_memory_of_a_newer_release_is_answered_politely(town: Town, memory: dict[str, Any]) -> None:
    lene = await STANDING["choosing"](town)
    await remember(town, lene, memory)
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    lene.bot("mistet tråden", "Jeg forstod: konflikthåndtering · 8 personer")


@pytest.mark.parametrize("drafts", [None, "none", {"a": 1}, [None], ["x"], [[]], 7])
async def test_drafts_of_another_shape_are_left_behind(town: Town, drafts: object) -> None:
    lene = await STANDING["choosing"](town)
    memory = await memory_of(town, lene)
    await remember(town, lene, memory | {"drafts": drafts})
    await lene.clicks("Vælg")
    lene.bot("Klar til at sende?")


async def test_a_request_that_is_gone_ends_its_form(town: Town) -> None:
    lene = await STANDING["editing_a_request"](town)
    memory = await memory_of(town, lene)
    memory["topic"]["values"]["request"] = "gone"
    await remember(town, lene, memory)
    await lene.user("fortsæt")
    lene.bot("Den henvendelse kan jeg ikke finde")
    await lene.user("vi er 14")
    lene.bot("Den henvendelse kan jeg ikke finde")
    await lene.user("Vi er 8 der vil blive bedre til konflikthåndtering")
    lene.bot("Jeg forstod: konflikthåndtering")


async def test_an_offer_that_has_left_the_catalogue_can_still_be_sent(town: Town) -> None:
    lene = await STANDING["summing_up"](town)
    memory = await memory_of(town, lene)
    memory["topic"]["values"] |= {"chosen": "K-GONE", "chosen_title": "Et forløb fra i fjor", "run_code": "H-GONE"}
    await remember(town, lene, memory)
    await lene.user("fortsæt")
    lene.bot("Et forløb fra i fjor", "[Send til centret]")
    await lene.user("send")
    assert case_numbers(lene) == ["KV-2026-0001"]


def test_everything_that_is_read_out_of_a_sentence_survives() -> None:
    need = Need(
        text="alt",
        topic="demens",
        headcount=Found(12, "12"),
        staff_groups=(Found("pædagog", "pædagoger"),),
        earliest=Found(date(2027, 1, 2), "efter nytår"),
        latest=Found(date(2027, 6, 30), "inden sommer"),
        form=Found(Form.ONLINE, "online"),
        excluded_forms=(Found(Form.COURSE, "ikke kursus"),),
        area=Found(Area.SENIOR, "Senior"),
        place=Found("Ringsted", "i Ringsted"),
        budget_dkk=Found(20000, "20.000 kr."),
        urgency=Found(next(iter(Urgency)), "hurtigst muligt"),
        on_behalf_of=Found("Birken", "på vegne af Birken"),
        rhythm=Found("hver 6. uge", "hver 6. uge"),
        length=Found("2 dage", "2 dage"),
        hard=frozenset({"form"}),
    )
    assert all(getattr(need, field.name) for field in fields(Need)), "a new field belongs in here"
    draft = Draft(
        id="d",
        need=need,
        verdict=Verdict.SURE,
        page=3,
        chosen="K-1",
        chosen_title="Titel",
        run_code="H-1",
        settled=True,
        time_note="snart",
        purpose="ro",
        area=Area.SENIOR,
        department="Birken",
    )
    assert all(getattr(draft, field.name) for field in fields(Draft)), "a new field belongs in here"
    stored = json.loads(json.dumps(draft.json()))
    assert Draft.read(stored) == draft


def test_a_draft_of_an_older_release_reads_with_defaults() -> None:
    draft = Draft.read({"id": "d", "need": {"text": "demens", "topic": "demens"}})
    assert draft == Draft("d", Need(text="demens", topic="demens"))


def test_only_the_newest_drafts_are_kept() -> None:
    memory = Memory()
    for number in range(MOST_DRAFTS + 2):
        memory.set_aside(Frame("need", "choose", str(number), NOW, {"id": str(number)}))
    assert [draft.nonce for draft in memory.drafts] == ["2", "3", "4", "5", "6"]


def test_the_memory_of_a_newer_release_says_that_it_is_not_readable() -> None:
    with pytest.raises(UnreadableMemoryError, match="version 2"):
        decode({"version": 2})
