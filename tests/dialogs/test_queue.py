"""Working the queue in the chat: filters in words and by button, paging, several cases at once, saved views."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from botbuilder.schema import ActivityTypes

from catalogue.offers import Area
from centre.requests import CaseNumber, Kle, Priority, Request, Status, Wish
from tests.chat import CHANNEL, TENANT

if TYPE_CHECKING:
    from tests.chat import Chat, Message, Town

MENTION = "<at>Kompetencebot</at> "


async def filed(town: Town, *cases: dict[str, object]) -> None:
    """File cases as they stood some days ago: number 1, 2, 3 … of this year."""
    async with town.database.unit_of_work(TENANT) as work:
        for case in cases:
            number = await work.requests.next_number(2026)
            wish = Wish(
                need=str(case.get("need", "Det vil vi blive bedre til")),
                topic=str(case.get("topic", "demens")),
                area=case.get("area", Area.SENIOR),  # type: ignore[arg-type]
                department=str(case.get("department", "Solgården")),
            )
            at = town.clock.now() - timedelta(days=int(str(case.get("days", 0))))
            request = Request(
                id=f"case-{number.serial}",
                tenant=TENANT,
                number=number,
                status=Status.NEW,
                wish=wish,
                kle=Kle.INTERNAL,
                requester_id="lene.holm",
                requester_name="Lene Holm",
                requester_confirmed=True,
                filed_at=at,
                changed_at=at,
                answer_due=at.date() + timedelta(days=7),
            )
            changes = {
                name: value
                for name, value in case.items()
                if name in {"status", "assignee_id", "assignee_name", "priority", "requester_name"}
            }
            await work.requests.add(replace(request, **changes))  # type: ignore[arg-type]
        await work.commit()


HERS = {"assignee_id": "kirsten.bang", "assignee_name": "Kirsten Bang", "status": Status.CLARIFYING}
GRETHES = {"assignee_id": "grethe.lund", "assignee_name": "Grethe Lund", "status": Status.AWAITING_LEADER}


@pytest.fixture
async def kirsten(town: Town) -> Chat:
    """Kirsten works in the centre, which has seven cases."""
    await town.with_queue()
    await filed(
        town,
        {"topic": "demens", "days": 20},
        {"topic": "sårpleje", "area": Area.DISABILITY, "days": 15, "department": "Bostedet Åen"},
        {"topic": "konflikthåndtering", "area": Area.DISABILITY, "days": 2},
        {"topic": "autisme", "area": Area.PSYCHIATRY, "priority": Priority.HIGH},
        {"topic": "KRAP", "days": 3, **HERS},
        {"topic": "diabetes", "days": 4, **GRETHES},
        {"topic": "ernæring", "days": 1, "requester_name": "Bo Vang"},
        {"topic": "mundpleje", "days": 40, "status": Status.REJECTED},
    )
    return await town.consultant()


def listed(message: Message) -> list[int]:
    """Return the serial numbers of the cases on a list, in its order."""
    rows = [line for line in message.words.splitlines() if re.match(r"\d+\. KV-", line)]
    return [int(line.partition("KV-2026-")[2][:4]) for line in rows]


async def cases(chat: Chat, said: str) -> list[int]:
    await chat.user(said)
    return listed(chat.news[-1])


async def test_the_queue_begins_with_what_is_urgent_and_then_with_what_is_due(kirsten: Chat) -> None:
    assert await cases(kirsten, "kø") == [4, 1, 2, 6, 5]
    kirsten.bot("Køen", "7 sager", "1. KV-2026-0004 · autisme", "Haster", "Ingen har den", "20 dage gammel")
    kirsten.bot("fristen var 9. nov. 2026", "[Mine | Nye | Uden ansvarlig | Over 14 dage]", "[Vis flere]")
    kirsten.bot_did_not_say("Hele køen", "mundpleje")
    assert await cases(kirsten, "vis flere") == [3, 7]
    kirsten.bot("6. KV-2026-0003")
    await kirsten.user("vis flere")
    kirsten.bot("Det var alle sagerne")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("kø mine", [5]),
        ("mine sager i køen", [5]),
        ("kø nye", [4, 1, 2, 3, 7]),
        ("nye sager", [4, 1, 2, 3, 7]),
        ("kø Handicap", [2, 3]),
        ("kø over 14 dage", [1, 2]),
        ("kø nye Handicap over 14 dage", [2]),
        ("kø demens", [1]),
        ("kø håndtering", [3]),
        ("kø åen", [2]),
        ("kø uden ansvarlig", [4, 1, 2, 3, 7]),
        ("kø haster", [4]),
        ("kø afventer leder", [6]),
        ("kø Grethes", [6]),
        ("kø fra Bo Vang", [7]),
        ("kø overskredet", [1, 2]),
        ("kø frist inden 3 dage", [1, 2, 6]),
        ("kø afviste", [8]),
        ("kø KV-2026-0003", [3]),
        ("queue unassigned older than two weeks", [1, 2]),
        ("kø 100%", []),
    ],
)
async def test_words_say_which_cases(kirsten: Chat, said: str, expected: list[int]) -> None:
    assert await cases(kirsten, said) == expected


async def test_further_words_narrow_the_list_and_a_number_opens_a_case(kirsten: Chat) -> None:
    await kirsten.user("kø nye")
    kirsten.bot("Viser: Ny", "5 sager")
    assert await cases(kirsten, "kun Handicap") == [2, 3]
    kirsten.bot("Viser: Ny · Handicap", "2 sager", "[Hele køen]")
    assert await cases(kirsten, "over 14 dage") == [2]
    kirsten.bot("Ny · Handicap · over 14 dage gamle", "1 sag")
    await kirsten.user("nr. 1")
    kirsten.bot("Sag KV-2026-0002")
    await kirsten.user("tag sagen")
    kirsten.bot("KV-2026-0002 er din")
    assert await cases(kirsten, "alle") == [4, 1, 2, 6, 5]
    await kirsten.user("nr. 6")
    kirsten.bot("Sag KV-2026-0003")
    await kirsten.user("nr. 9")
    kirsten.bot("Der er ikke nogen nr. 9")
    assert await cases(kirsten, "mine sager") == [2, 5]


async def test_a_number_opens_the_case_that_was_seen_there_whatever_happened_since(
    town: Town, kirsten: Chat
) -> None:
    await kirsten.user("kø nye")
    bente = await town.consultant("Bente Juul")
    await bente.user("tag sag 4")
    await kirsten.user("nr. 2")
    kirsten.bot("Sag KV-2026-0001")


async def test_another_subject_leaves_the_list(kirsten: Chat) -> None:
    await kirsten.user("kø")
    await kirsten.user("Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens")
    kirsten.bot("Jeg forstod")
    await kirsten.user("kø")
    await kirsten.user("hvilke kurser er der om demens?")
    kirsten.bot_did_not_say("Viser:")


async def test_quick_filters_and_paging_are_buttons_too(kirsten: Chat) -> None:
    await kirsten.user("kø")
    await kirsten.clicks("Vis flere")
    assert listed(kirsten.news[-1]) == [3, 7]
    for button, expected in (("Mine", [5]), ("Nye", [4, 1, 2, 3, 7]), ("Over 14 dage", [1, 2])):
        await kirsten.clicks(button)
        assert listed(kirsten.news[-1]) == expected
    await kirsten.clicks("Hele køen")
    assert listed(kirsten.news[-1]) == [4, 1, 2, 6, 5]
    await kirsten.clicks("Åbn sagen", 2)
    kirsten.bot("Sag KV-2026-0001")


async def test_a_made_up_button_shows_the_whole_queue(kirsten: Chat) -> None:
    for query in ("", "{", "[]", '{"area": 7}', '{"older": 99999999}'):
        value = {"verb": "queue.list", "nonce": "", "query": query, "page": "0"}
        await kirsten.town.receive(kirsten.activity(type=ActivityTypes.message, value=value))
        assert listed(kirsten.messages[-1]) == [4, 1, 2, 6, 5]


async def test_nothing_that_fits_and_an_empty_queue_are_told_apart(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("kø")
    kirsten.bot("Køen er tom")
    await kirsten.user("kø mine")
    kirsten.bot("Viser: mine", "0 sager", "Der er ingen sager, der passer")


async def test_the_list_survives_a_restart(town: Town, kirsten: Chat) -> None:
    await kirsten.user("kø nye")
    await town.restart()
    assert await cases(kirsten, "Handicap") == [2, 3]


async def test_the_queue_in_the_channel_needs_no_topic(town: Town, kirsten: Chat) -> None:
    await kirsten.in_channel(type=ActivityTypes.message, text=f"{MENTION}kø nye Handicap")
    card = town.teams.messages[CHANNEL][-1]
    assert listed(card) == [2, 3]
    bente = await town.consultant("Bente Juul")
    mine = next(button for button in card.buttons if button["title"] == "Mine")
    await bente.in_channel(type=ActivityTypes.message, value=mine["data"], reply_to_id=card.id)
    assert listed(town.teams.messages[CHANNEL][-1]) == []
    await kirsten.in_channel(type=ActivityTypes.message, value=mine["data"], reply_to_id=card.id)
    assert listed(town.teams.messages[CHANNEL][-1]) == [5]


@pytest.mark.parametrize(
    "said", ["kø", "kø nye Handicap", "mine visninger", "slet visningen nye", "tag sag 1 og 2", "vis køen"]
)
@pytest.mark.usefixtures("kirsten")
async def test_the_queue_is_for_the_centre_only(town: Town, said: str) -> None:
    mads = await town.employee()
    await mads.user(said)
    mads.bot_did_not_say("KV-2026-0001 ·")
    words = "\n".join(message.words for message in mads.news)
    assert "Det er kun kompetencecentrets medarbejdere" in words or "findes ikke i køen" in words


@pytest.mark.usefixtures("kirsten")
async def test_buttons_of_the_queue_are_for_the_centre_only(town: Town) -> None:
    mads = await town.employee()
    for verb in ("queue.list", "queue.taken", "queue.rejected"):
        value = {"verb": verb, "nonce": "", "cases": "case-1", "words": "nej"}
        await mads.town.receive(mads.activity(type=ActivityTypes.message, value=value))
        assert "Det er kun kompetencecentrets medarbejdere" in mads.messages[-1].words


async def test_several_cases_are_taken_in_one_sentence(kirsten: Chat) -> None:
    await kirsten.user("tag sag 1, 3 og 6")
    kirsten.bot("2 sager er dine, og lederne får besked: KV-2026-0001, KV-2026-0003")
    kirsten.bot("Grethe Lund har allerede taget KV-2026-0006")
    assert await cases(kirsten, "kø mine") == [1, 5, 3]


async def test_several_cases_are_given_to_a_colleague(kirsten: Chat) -> None:
    await kirsten.user("giv sag 1 og 3 til Grethe")
    kirsten.bot("2 sager er givet videre til Grethe Lund: KV-2026-0001, KV-2026-0003")
    await kirsten.user("giv sag 1 og 3 til Torben")
    kirsten.bot("Jeg kender ikke den kollega")
    assert await cases(kirsten, "Grethes sager i køen") == [1, 6, 3]


async def test_several_cases_are_rejected_with_one_reason(town: Town, kirsten: Chat) -> None:
    lene = await town.leader()
    await lene.user("hej")
    await kirsten.user("afvis sag 1 og 3")
    kirsten.bot("Skriv en begrundelse")
    await kirsten.user("afvis sag 1, 3, 8 og 99: Budgettet er brugt i år")
    kirsten.bot("2 sager er afvist, og lederne får begrundelsen: KV-2026-0001, KV-2026-0003")
    kirsten.bot("KV-2026-0008 kan det ikke gøres med nu. Den står som Afvist", "KV-2026-0099 findes ikke i køen")
    await town.deliver()
    said = "\n".join(message.words for message in lene.messages)
    assert said.count("Budgettet er brugt i år") == 2
    assert await cases(kirsten, "kø afviste") == [8, 1, 3]


async def test_the_state_of_several_cases_is_set_in_words(kirsten: Chat) -> None:
    await kirsten.user("indhent tilbud til sag 1 og 2")
    kirsten.bot("Der indhentes tilbud i 2 sager: KV-2026-0001, KV-2026-0002")
    await kirsten.user("planlæg sag 1 og sag 2: DEM-01")
    kirsten.bot("er planlagt i 2 sager")
    await kirsten.user("note til sag 1 og 2: samme dag")
    kirsten.bot("Noten er gemt i 2 sager")


async def test_too_many_cases_in_one_sentence_are_refused(kirsten: Chat) -> None:
    await kirsten.user("tag sag " + ", ".join(map(str, range(1, 31))))
    kirsten.bot("Tag højst 25 sager ad gangen")


async def test_cases_are_chosen_on_the_card(kirsten: Chat) -> None:
    await kirsten.user("kø nye")
    card = kirsten.news[-1]
    form = next(button["card"] for button in card.buttons if button["title"] == "Vælg flere")
    [choices] = [item for item in form["body"] if item["id"] == "cases"]
    assert choices["isMultiSelect"]
    assert [choice["value"] for choice in choices["choices"]] == ["case-4", "case-1", "case-2", "case-3", "case-7"]
    take = next(action for action in form["actions"] if action["title"] == "Tag sagerne")

    async def press(verb: str, **typed: str) -> None:
        data = {**take["data"], **typed}
        await kirsten.town.receive(
            kirsten.activity(
                type=ActivityTypes.invoke,
                name="adaptiveCard/action",
                value={"action": {"type": "Action.Execute", "verb": verb, "data": data}},
                reply_to_id=card.id,
            )
        )
        kirsten.hear_whisper()

    await press("queue.taken", cases="case-4,case-2")
    assert "2 sager er dine" in kirsten.whispered
    assert listed(card) == [1, 3, 7]
    await press("queue.handed_over", cases="case-1", colleague="grethe.lund")
    assert "Én sag er givet videre til Grethe Lund: KV-2026-0001" in kirsten.whispered
    await press("queue.rejected", cases="case-3,case-7")
    assert "Skriv en begrundelse" in kirsten.whispered
    await press("queue.rejected", cases="case-3,case-7", words="Ikke i år")
    assert "2 sager er afvist" in kirsten.whispered
    assert listed(card) == []
    await press("queue.taken", cases="")
    assert "Vælg mindst én sag" in kirsten.whispered


async def test_a_list_is_kept_by_name_and_shown_again(town: Town, kirsten: Chat) -> None:
    await kirsten.user("gem som »mine nye«")
    kirsten.bot("Der er ingen liste at gemme")
    await kirsten.user("mine visninger")
    kirsten.bot("Du har ingen gemte visninger endnu")
    await kirsten.user("kø nye Handicap")
    await kirsten.user("gem som »Handicap der venter«")
    kirsten.bot("»Handicap der venter« er gemt: Ny · Handicap")
    await town.restart()
    assert await cases(kirsten, "vis handicap der venter") == [2, 3]
    await kirsten.user("mine visninger")
    kirsten.bot("Dine visninger", "Handicap der venter", "Ny · Handicap")
    await kirsten.clicks("Vis")
    assert listed(kirsten.news[-1]) == [2, 3]
    bente = await town.consultant("Bente Juul")
    await bente.user("vis »Handicap der venter«")
    bente.bot("Jeg kan ikke finde en visning, der hedder »Handicap der venter«")
    await kirsten.user("slet visningen »Handicap der venter«")
    kirsten.bot("er slettet")
    await kirsten.user("slet visningen »Handicap der venter«")
    kirsten.bot("Jeg kan ikke finde en visning")


async def test_a_view_of_mine_is_one_s_own_and_days_are_counted_anew(kirsten: Chat) -> None:
    await kirsten.user("kø mine over 14 dage")
    await kirsten.user("gem som gamle")
    assert await cases(kirsten, "vis »gamle«") == []
    await kirsten.waits(14)
    assert await cases(kirsten, "vis »gamle«") == [5]


async def test_there_is_room_for_twenty_views(kirsten: Chat) -> None:
    await kirsten.user("kø nye")
    for number in range(20):
        await kirsten.user(f"gem som visning {number}")
        kirsten.bot("er gemt")
    await kirsten.user("gem som en til")
    kirsten.bot("Du har allerede 20 visninger")
    await kirsten.user("gem som visning 7")
    kirsten.bot("er gemt")


async def test_the_queue_in_english(kirsten: Chat) -> None:
    await kirsten.user("english")
    assert await cases(kirsten, "queue new disability") == [2, 3]
    kirsten.bot("The queue", "2 cases", "[Mine | New | Unassigned | Over 14 days]")
    await kirsten.user("take cases 2 and 3")
    kirsten.bot("2 cases are yours, and the leaders are told: KV-2026-0002, KV-2026-0003")
    assert await cases(kirsten, "my cases") == [2, 5, 3]
    await kirsten.user("save as mine")
    kirsten.bot('"mine" is saved: mine')


async def test_numbers_are_those_of_this_year_unless_said(kirsten: Chat) -> None:
    await kirsten.user("tag KV-2026-0001 og KV-2025-0002")
    kirsten.bot("KV-2026-0001", f"{CaseNumber(2025, 2)} findes ikke i køen")
