"""A run's people, as the centre works with them: lists, decisions, taking somebody off, attendance."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botbuilder.schema import ActivityTypes
from sqlalchemy import event

from catalogue.offers import Area
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus, enrolment_id, key_of
from centre.people import Person
from centre.signing_up import sign_up
from tests.cards.test_card_rules import MOST_BYTES
from tests.chat import CHANNEL, TENANT
from tests.dialogs.test_queue import MENTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalogue.offers import Offer
    from centre.enrolments import Enrolment, EnrolmentEvent
    from tests.chat import Chat, Message, Town

RUN = "DEM-08-H1"
"""A theme day that needs nobody's yes, on 28 November (a Saturday is moved by the sample's own rule)."""
OFFER = "DEM-08"
PEOPLE = ("Amina Yilmaz", "Bo Larsen", "Mads Kjær", "Lene Holm")


def person(name: str, **about: Any) -> Person:
    """Somebody of the municipality."""
    key = name.casefold().replace(" ", ".")
    about = {"area": Area.SENIOR, "department": "Plejecenter Solgården", **about}
    return Person(TENANT, key, name, f"{key}@kommunen.example", **about)


async def offer_and_run(town: Town, **changes: Any) -> tuple[Offer, datetime]:
    """Return the offer, and the moment at which its run begins; `changes` are made to the run first."""
    async with town.database.unit_of_work(TENANT) as work:
        _, offers, runs = await work.catalogue.load()
        [offer] = [one for one in offers if one.code == OFFER]
        [run] = [one for one in runs if one.code == RUN]
        if changes:
            run = replace(run, **{"taken": 0, **changes})
            await work.catalogue.import_offers([], [run], replace_offers=False, replace_runs=False)
        await work.commit()
    return offer, datetime.combine(run.starts, run.begins_at or datetime.min.time(), COPENHAGEN)


async def signed_up(town: Town, names: Sequence[str] = PEOPLE, **changes: Any) -> list[Enrolment]:
    """Have people sign up for the run, each for themselves, in this order."""
    offer, _ = await offer_and_run(town, **changes)
    done = []
    async with town.database.unit_of_work(TENANT) as work:
        for name in names:
            one = person(name)
            await work.people.save(one)
            done.append((await sign_up(work, one, one, offer, RUN, town.clock.now(), None)).enrolment)
        await work.commit()
    return done


async def enrolment_of(town: Town, name: str) -> Enrolment:
    async with town.database.read_only(TENANT) as work:
        found = await work.enrolments.get(enrolment_id(RUN, key_of(person(name))))
    assert found
    return found


async def events_of(town: Town, name: str) -> Sequence[EnrolmentEvent]:
    async with town.database.read_only(TENANT) as work:
        return await work.enrolments.events(enrolment_id(RUN, key_of(person(name))))


async def attendance(town: Town, names: Sequence[str] = PEOPLE) -> dict[str, bool | None]:
    return {name: (await enrolment_of(town, name)).attended for name in names}


def buttons(chat: Chat) -> list[str]:
    return [button["title"] for message in chat.news for button in message.buttons]


@pytest.fixture
async def kirsten(town: Town) -> Chat:
    """Kirsten works in the centre; four people are on the run."""
    await town.with_catalogue()
    await town.with_queue()
    await signed_up(town, seats=20)
    return await town.consultant()


async def test_a_runs_list_by_its_code(kirsten: Chat) -> None:
    await kirsten.user("deltagere DEM-08-H1")
    kirsten.bot(
        "Hold DEM-08-H1", "4 deltagere · 16 frie pladser af 20",
        "Amina Yilmaz", "Bo Larsen", "Lene Holm", "Mads Kjær", "Deltager · Plejecenter Solgården · Senior",
        "[Fjern | Eksport | Alle hold]",
    )  # fmt: skip


async def test_the_code_of_an_offer_with_several_runs_is_asked_about(kirsten: Chat) -> None:
    await kirsten.user("deltagerliste DEM-01")
    kirsten.bot("Hvilket hold af »Mødet med borgere, der har demens", "1. 9. dec. 2026", "2. 13. jan. 2027")
    await kirsten.user("nr. 2")
    kirsten.bot("Hold DEM-01-H2", "Der er ingen på holdet endnu")
    await kirsten.user("deltagere på yngre med demens")
    kirsten.bot("Yngre med demens og deres familier")


async def test_the_runs_that_are_coming_with_people_on_them(kirsten: Chat) -> None:
    await kirsten.user("hold")
    kirsten.bot("Hold med deltagere", "DEM-08-H1 · 4 deltagere", "[Se deltagere]")
    await kirsten.clicks("Se deltagere")
    kirsten.bot("Amina Yilmaz")
    await kirsten.clicks("Alle hold")
    kirsten.bot("Hold med deltagere")


async def test_in_english(kirsten: Chat) -> None:
    await kirsten.user("english")
    await kirsten.user("runs")
    kirsten.bot("Runs with participants", "4 participants · 16 free seats of 20", "[See participants]")
    await kirsten.user("no. 1")
    kirsten.bot("Run DEM-08-H1", "Taking part")
    await kirsten.user("remove Mads because the run is for Senior only")
    kirsten.bot("Mads Kjær is off", "will get your reason")
    await begin(kirsten.town)
    await kirsten.user("everyone except Bo came to DEM-08-H1")
    kirsten.bot("2 came, 1 did not")


async def test_a_list_of_many_is_paged(town: Town, kirsten: Chat) -> None:
    await signed_up(town, [f"Person {letter}" for letter in "abcdefghijklm"], seats=12)
    await kirsten.user("deltagere DEM-08-H1")
    kirsten.bot("12 deltagere · fyldt (12 pladser) · 5 på venteliste", "Person a", "[Vis flere]")
    kirsten.bot_did_not_say("Person h")
    await kirsten.user("vis flere")
    kirsten.bot("Person h", "Venteliste", "Person i", "nr. 1", "nr. 5")
    await kirsten.user("vis flere")
    kirsten.bot("Det var alle på holdet")
    await kirsten.clicks("Vis flere", newest=False)
    kirsten.bot("Person h")


async def test_what_is_not_there_is_said(kirsten: Chat) -> None:
    await kirsten.user("deltagere DEM-99-H9")
    kirsten.bot("Jeg kender ikke et hold eller forløb, der hedder »DEM-99-H9«", "Skriv »hold«")
    await kirsten.user("hold")
    await kirsten.user("nr. 7")
    kirsten.bot("Der er ikke noget hold nr. 7")


async def test_somebody_is_taken_off_with_a_reason_by_click(town: Town, kirsten: Chat) -> None:
    mads = await town.employee()
    await mads.user("hej")
    await kirsten.user("deltagere DEM-08-H1")
    card = kirsten.messages[-1]
    await press(kirsten, card, "participants.removed", participant=(await enrolment_of(town, "Mads Kjær")).id)
    assert "Skriv hvorfor, så Mads Kjær kan forstå det" in kirsten.whispered
    await press(
        kirsten, card, "participants.removed",
        participant=(await enrolment_of(town, "Mads Kjær")).id, reason="Holdet er kun for Senior",
    )  # fmt: skip
    assert "Mads Kjær er taget af" in kirsten.whispered
    assert "Mads Kjær" not in card.words
    assert "3 deltagere" in card.words
    await town.deliver()
    mads.bot("Centret har meldt dig fra", "Holdet er kun for Senior")
    assert [event.kind for event in await events_of(town, "Mads Kjær")][-1] is EnrolmentEventKind.REMOVED


async def test_somebody_is_taken_off_in_words(town: Town, kirsten: Chat) -> None:
    await kirsten.user("deltagere DEM-08-H1")
    await kirsten.user("fjern Mads")
    kirsten.bot("Skriv hvorfor, så Mads Kjær kan forstå det", "»fjern Mads Kjær, fordi")
    await kirsten.user("fjern Mads, fordi han er flyttet")
    kirsten.bot("Mads Kjær er taget af")
    assert (await enrolment_of(town, "Mads Kjær")).status is EnrolmentStatus.CANCELLED
    await kirsten.user("fjern Mads, fordi han er flyttet")
    kirsten.bot("Jeg kan ikke finde »Mads« på holdet")


async def begin(town: Town) -> None:
    """Let it be an hour after the run began."""
    _, begins = await offer_and_run(town)
    await town.it_is(begins + timedelta(hours=1))


async def press(chat: Chat, card: Message, verb: str, **typed: str) -> None:
    """Press a button, also of a form that unfolds, with what was typed or ticked there."""
    [button] = [one for one in card.all_buttons if one.get("data", {}).get("verb") == verb]
    chat._read = len(chat.messages)
    value = {"action": {"type": "Action.Execute", "verb": verb, "data": {**button["data"], **typed}}}
    await chat.town.receive(
        chat.activity(type=ActivityTypes.invoke, name="adaptiveCard/action", value=value, reply_to_id=card.id)
    )
    chat.hear_whisper()


def ticked(card: Message) -> list[str]:
    return card.inputs["came"].split(",")


async def test_attendance_is_not_there_before_the_run_has_begun(kirsten: Chat) -> None:
    await kirsten.user("fremmøde DEM-08-H1")
    kirsten.bot("Hold DEM-08-H1 begynder først")
    await kirsten.user("alle mødte på DEM-08-H1")
    kirsten.bot("Hold DEM-08-H1 begynder først")
    assert set((await attendance(kirsten.town)).values()) == {None}


async def test_everybody_is_ticked_and_who_is_unticked_was_not_there(town: Town, kirsten: Chat) -> None:
    await begin(town)
    await kirsten.user("deltagere DEM-08-H1")
    await kirsten.clicks("Fremmøde")
    kirsten.bot("Hvem var der?", "[Gem fremmøde | Se deltagere]")
    card = kirsten.messages[-1]
    short = (await enrolment_of(town, "Bo Larsen")).id[:8]
    assert len(ticked(card)) == len(PEOPLE)
    await press(kirsten, card, "participants.attended", came=",".join(set(ticked(card)) - {short}))
    assert kirsten.whispered == "Fremmødet på hold DEM-08-H1 er gemt: 3 mødte, 1 mødte ikke."
    assert await attendance(town) == {**dict.fromkeys(PEOPLE, True), "Bo Larsen": False}
    assert "Deltager · Plejecenter Solgården · Senior · mødte ikke" in card.words
    await kirsten.user("fremmøde DEM-08-H1")
    assert len(ticked(kirsten.messages[-1])) == len(PEOPLE) - 1
    assert short not in ticked(kirsten.messages[-1])


async def test_attendance_in_words_and_corrected_afterwards(town: Town, kirsten: Chat) -> None:
    await begin(town)
    await kirsten.user("alle undtagen Mads og Lene mødte på DEM-08-H1")
    kirsten.bot("2 mødte, 2 mødte ikke")
    await kirsten.user("deltagere DEM-08-H1")
    await kirsten.user("Lene mødte alligevel")
    kirsten.bot("3 mødte, 1 mødte ikke")
    assert await attendance(town) == {**dict.fromkeys(PEOPLE, True), "Mads Kjær": False}
    await kirsten.user("alle mødte")
    kirsten.bot("4 mødte, 0 mødte ikke")
    await kirsten.user("ingen mødte op")
    kirsten.bot("0 mødte, 4 mødte ikke")
    trail = [event.detail for event in await events_of(town, "Mads Kjær")]
    assert trail[1:] == [{"attended": "no"}, {"attended": "yes"}, {"attended": "no"}]


async def test_saying_the_same_again_leaves_no_second_line_in_the_trail(town: Town, kirsten: Chat) -> None:
    await begin(town)
    await kirsten.user("alle mødte på DEM-08-H1")
    await kirsten.user("alle mødte på DEM-08-H1")
    kirsten.bot("4 mødte")
    assert [event.kind for event in await events_of(town, "Bo Larsen")] == [
        EnrolmentEventKind.SIGNED_UP,
        EnrolmentEventKind.MARKED,
    ]
    [_, marked] = await events_of(town, "Bo Larsen")
    assert (marked.actor_name, marked.detail) == ("Kirsten Bang", {"attended": "yes"})


async def test_a_name_that_is_nobodys_saves_nothing(town: Town, kirsten: Chat) -> None:
    await begin(town)
    await kirsten.user("alle undtagen Mads og Søren Ukendt mødte på DEM-08-H1")
    kirsten.bot("Jeg kan ikke finde »Søren Ukendt« på holdet")
    assert set((await attendance(town)).values()) == {None}


async def test_where_no_run_is_named_the_bot_asks_which(town: Town, kirsten: Chat) -> None:
    await begin(town)
    await kirsten.user("alle mødte")
    kirsten.bot("Hvilket hold mener du?", "DEM-08-H1")
    assert set((await attendance(town)).values()) == {None}


async def test_a_page_of_ticks_says_nothing_of_the_people_on_other_pages(town: Town, kirsten: Chat) -> None:
    more = [f"Person {number:02}" for number in range(45)]
    await signed_up(town, more, seats=60)
    await begin(town)
    await kirsten.user("fremmøde DEM-08-H1")
    kirsten.bot("Side 1 af 2: nr. 1 til 40 af 49", "[Gem fremmøde | De næste | Se deltagere]")
    card = kirsten.messages[-1]
    await press(kirsten, card, "participants.attended", came="")
    assert list((await attendance(town, [*PEOPLE, *more])).values()).count(False) == 40
    assert "Side 2 af 2: nr. 41 til 49 af 49" in card.words
    await press(kirsten, card, "participants.attended", came=",".join(ticked(card)))
    assert "9 mødte, 40 mødte ikke" in kirsten.whispered


async def test_who_left_while_the_card_stood_there_is_left_out(town: Town, kirsten: Chat) -> None:
    await begin(town)
    await kirsten.user("fremmøde DEM-08-H1")
    card = kirsten.messages[-1]
    await kirsten.user("fjern Bo fra DEM-08-H1, fordi han er syg")
    await press(kirsten, card, "participants.attended", came=",".join(ticked(card)))
    assert "3 mødte, 0 mødte ikke" in kirsten.whispered
    assert (await enrolment_of(town, "Bo Larsen")).attended is None


VERBS = (
    "participants.list", "participants.runs", "participants.attendance", "participants.attended",
    "participants.export", "participants.removed", "seat.approved", "seat.refused", "seat.asked",
    "seat.leave_granted", "seat.leave_refused", "seat.show",
)  # fmt: skip


async def outsiders(town: Town) -> list[Chat]:
    """A leader, an employee who is on the run, and somebody who worked in the centre until today."""
    lene, mads, former = await town.leader(), await town.employee(), await town.consultant("Grethe Forhen")
    await former.user("hej")
    del town.teams.staff["grethe.forhen"]
    town.turns._who.forget_roster(TENANT)
    return [lene, mads, former]


@pytest.mark.usefixtures("kirsten")
async def test_nobody_but_the_centre_sees_or_changes_anything(town: Town) -> None:
    await begin(town)
    before = {name: await enrolment_of(town, name) for name in PEOPLE}
    shown = ",".join(one.id[:8] for one in before.values())
    for chat in await outsiders(town):
        for verb in VERBS:
            own = before["Bo Larsen"].id
            await chat.presses_verb(
                verb, run=RUN, enrolment=own, participant=own, reason="x", question="x", shown=shown, came=shown
            )
            chat.bot_did_not_say("Amina", "Bo Larsen")
            assert chat.news
        for sentence in (
            "deltagere DEM-08-H1", "deltagerliste", "fremmøde DEM-08-H1", "alle mødte på DEM-08-H1",
            "eksport deltagere DEM-08-H1",
        ):  # fmt: skip
            await chat.user(sentence)
            chat.bot("kompetencecentret")
            chat.bot_did_not_say("Amina")
    assert {name: await enrolment_of(town, name) for name in PEOPLE} == before


@pytest.mark.usefixtures("kirsten")
async def test_a_leaders_sentence_about_participants_is_still_a_need(town: Town) -> None:
    lene = await town.leader()
    await lene.user("deltagerne skal lære at møde borgere med demens, vi er 12")
    lene.bot_did_not_say("kun kompetencecentret")
    lene.bot("12")


async def test_the_list_in_the_channel_has_no_link(town: Town, kirsten: Chat) -> None:
    await kirsten.in_channel(type=ActivityTypes.message, text=f"{MENTION}deltagere DEM-08-H1")
    posted = town.teams.messages[CHANNEL][-1]
    assert "Amina Yilmaz" in posted.words
    assert "Eksport" not in [button["title"] for button in posted.buttons]
    await kirsten.in_channel(type=ActivityTypes.message, text=f"{MENTION}eksport deltagere DEM-08-H1")
    assert "I kanalen ville alle få linket" in town.teams.messages[CHANNEL][-1].words


async def test_the_list_as_a_file(town: Town, kirsten: Chat) -> None:
    await kirsten.user("deltagere DEM-08-H1")
    await kirsten.user("eksport")
    kirsten.bot("Hent deltagerlisten som fil", "virker i 15 minutter", "[Hent til Excel | Hent som CSV]")
    await kirsten.user("eksport deltagere DEM-08-H1 som csv")
    kirsten.bot("[Hent som CSV | Hent til Excel]")
    [*_, card] = kirsten.news
    url = next(button["url"] for button in card.buttons if button["title"] == "Hent som CSV")
    claims = town.links.read(url.rpartition("/")[2])
    assert (claims.kind, claims.subject) == ("participants", {"run": RUN, "file": "csv"})
    assert claims.expires == town.clock.time + timedelta(minutes=15)


async def test_a_run_of_five_hundred_has_small_cards_and_few_questions_to_the_database(
    town: Town, kirsten: Chat
) -> None:
    [known, *_] = [await enrolment_of(town, name) for name in PEOPLE]
    async with town.database.unit_of_work(TENANT) as work:
        for number in range(500):
            key = f"p{number:03}"
            name = f"{number:03} Anne-Margrethe Christoffersen-Østergaard {'æ' * 80}"
            one = replace(known, id=enrolment_id(RUN, key), person_id=key, person_name=name, department="ø" * 200)
            await work.enrolments.add(one)
        await work.commit()
    await offer_and_run(town, seats=600)
    await begin(town)
    asked: list[str] = []

    def count(*call: Any) -> None:
        asked.append(call[2])

    engine = town.database._engines.write.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    for sentence in ("hold", "deltagere DEM-08-H1", "vis flere", "fremmøde DEM-08-H1"):
        asked.clear()
        await kirsten.user(sentence)
        assert len(asked) < 40, (sentence, len(asked))
        for message in kirsten.news:
            assert len(json.dumps(message.card, ensure_ascii=False).encode()) < MOST_BYTES, sentence
    card = kirsten.messages[-1]
    assert len(ticked(card)) == 40
    await press(kirsten, card, "participants.attended", came=",".join(ticked(card)))
    assert "40 mødte, 0 mødte ikke" in kirsten.whispered
    await kirsten.user("alle mødte på DEM-08-H1")
    kirsten.bot("504 mødte, 0 mødte ikke")


async def test_a_draft_under_way_is_kept_when_the_list_takes_its_place(kirsten: Chat) -> None:
    await kirsten.user("Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens")
    await kirsten.user("deltagere DEM-08-H1")
    kirsten.bot("Amina Yilmaz")
    await kirsten.user("fortsæt")
    kirsten.bot("demens")


async def test_the_list_survives_a_restart(town: Town, kirsten: Chat) -> None:
    await kirsten.user("deltagere DEM-08-H1")
    await town.restart()
    await kirsten.user("fjern Mads, fordi han er flyttet")
    kirsten.bot("Mads Kjær er taget af")
