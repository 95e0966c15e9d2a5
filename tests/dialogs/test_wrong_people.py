"""Every button about somebody's sign-up, purpose, interest or wish, pressed by who may not press it.

A new verb without a line in `PRESSES` or `FOR_ONESELF` fails the first test.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from catalogue.offers import Area, SignUp
from centre import agreeing
from centre.enrolments import Enrolment, EnrolmentEvent, EnrolmentEventKind, EnrolmentStatus, enrolment_id
from centre.interest import Want, add_interest, send_wish
from centre.people import Listing, Role
from centre.purpose import Answers
from centre.purpose_news import begin
from centre.settings import PersonSettings
from dialogs.conversation import Conversation
from storage.models import Base
from tests.cards.reading import of_type
from tests.cards.samples import all_cards
from tests.cards.test_card_rules import ANSWERS
from tests.chat import TENANT, Chat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.unit_of_work import UnitOfWork
    from tests.chat import Town

SUBJECTS = ("enrol.", "seat.", "purpose.", "interest.", "wish.", "team.", "participants.")
ELSEWHERE = "22222222-2222-4222-8222-222222222222"
"""Another municipality, where people may have any id."""
SECRETS = (
    *("Villads", "Juhl", "Signe", "Bro", "Ditte", "svejsning", "GRP-01"),
    *("Vi møder uro med ro", "Nattevagterne", "Mødet med borgere", "KON-01", "DEM-08"),
)
"""What nobody else is told: names, what a course is about, and what was written."""
SPOKEN_ONLY = frozenset({"states", "inbox", "conversations", "people"})
"""Tables in which it stands that somebody spoke, whatever came of it."""
ASKED, CENTRE, AGREED, OFFERED = "DEM-01-H2", "DEM-04-H1", "KON-01-H2", "DEM-02-H2"
LEAVING, PLAIN, BEGUN = "KON-01-H3", "DEM-08-H1", "DEM-10-H1"
NEVER = "a" * 24
"""An id that nothing has."""


def of(run: str) -> str:
    """Return the id of Villads's enrolment on a run."""
    return enrolment_id(run, "villads.juhl")


@dataclass(frozen=True)
class Press:
    """What a button carries that names something of somebody's, what else it carries, and who may press it."""

    by: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    carries: Mapping[str, str] = field(default_factory=dict)


def _enrolment(run: str, *by: str, **carries: str) -> Press:
    return Press(by, {"enrolment": of(run)}, carries)


SAID = {"practice": "Vi deler det, vi lærer", "whom": "Hele huset", "sign": "Færre fald"}
INTEREST, WISH = "the interest", "the wish"
"""Stand for ids that are known when they are there."""
PRESSES: Mapping[str, Press] = {
    "enrol.approved": _enrolment(ASKED, "signe", "kirsten"),
    "enrol.refused": _enrolment(ASKED, "signe", "kirsten", reason="Vi mangler folk"),
    "enrol.asked": _enrolment(ASKED, "signe", "kirsten", question="Hvad vil du bruge det til?"),
    "enrol.answered": _enrolment(ASKED, "villads", words="Jeg er kontaktperson"),
    "enrol.decide": _enrolment(ASKED, "villads", "signe", "kirsten"),
    "enrol.show": _enrolment(ASKED, "villads", "signe", "kirsten"),
    "enrol.left": _enrolment(AGREED, "villads", "signe"),
    "enrol.seat_taken": _enrolment(OFFERED, "villads"),
    "enrol.seat_passed": _enrolment(OFFERED, "villads"),
    "team.swap": _enrolment(AGREED, "signe", other="ditte.rask"),
    "seat.show": _enrolment(CENTRE, "kirsten"),
    "seat.approved": _enrolment(CENTRE, "kirsten"),
    "seat.refused": _enrolment(CENTRE, "kirsten", reason="Holdet er for et andet område"),
    "seat.asked": _enrolment(CENTRE, "kirsten", question="Hvornår kan du?"),
    "seat.leave_granted": _enrolment(LEAVING, "kirsten"),
    "seat.leave_refused": _enrolment(LEAVING, "kirsten", reason="Det er for sent"),
    "purpose.show": _enrolment(AGREED, "villads", "signe"),
    "purpose.save": _enrolment(AGREED, "villads", "signe", **SAID),
    "purpose.confirm": _enrolment(AGREED, "villads", "signe", edition="2"),
    "purpose.change": _enrolment(AGREED, "villads", "signe"),
    "purpose.share": _enrolment(AGREED, "signe"),
    "purpose.unshare": _enrolment(AGREED, "villads"),
    "purpose.begin": _enrolment(PLAIN, "villads"),
    "purpose.run": Press(("kirsten",), {"run": AGREED}),
    "participants.runs": Press(("kirsten",), {"code": "DEM-08"}),
    "participants.list": Press(("kirsten",), {"run": AGREED}),
    "participants.attendance": Press(("kirsten",), {"run": BEGUN}),
    "participants.attended": Press(("kirsten",), {"run": BEGUN}, {"shown": of(BEGUN)[:6], "came": of(BEGUN)[:6]}),
    "participants.export": Press(("kirsten",), {"run": AGREED}),
    "participants.removed": Press(("kirsten",), {"participant": of(AGREED)}, {"run": AGREED, "reason": "Flyttet"}),
    "interest.add": Press(("villads",), {"interest": INTEREST}),
    "interest.wait": Press(("villads",), {"interest": INTEREST}),
    "interest.drop": Press(("villads",), {"interest": INTEREST}),
    "interest.demand": Press(("kirsten",), {"code": "GRP-01"}),
    "wish.send": Press(("villads",), {"interest": INTEREST}),
    "wish.need": Press(("signe",), {"interest": WISH}),
    "wish.not_now": Press(("signe",), {"interest": WISH}),
    "wish.show": Press(("signe",), {"interest": WISH}),
}
"""Each is pressed by everybody who may not, and by who may."""
FOR_ONESELF = frozenset({"enrol.join", "enrol.others", "enrol.mine", "team.show", "interest.list"})
"""These name nobody's but the presser's own; what else they are made to carry is not looked at."""
NONCED = frozenset(verb for verb in ANSWERS if verb.startswith(SUBJECTS))
"""These answer a question that was put to one person in one chat, and name it by its nonce."""


def test_every_verb_is_tried() -> None:
    known = {verb for verb in Conversation()._buttons if verb.startswith(SUBJECTS)}
    actions = [action for card in all_cards("da").values() for action in of_type(card.json(), "Action.")]
    shown = {str(action.get("verb") or action.get("data", {}).get("verb", "")) for action in actions}
    assert PRESSES.keys() | FOR_ONESELF == known
    assert {verb for verb in shown if verb.startswith(SUBJECTS)} <= known | NONCED


@dataclass
class Solgaarden:
    """Villads with all that can be his, and everybody who has, had or never had to do with it."""

    town: Town
    people: dict[str, Chat]
    ids: dict[str, str]

    async def rows(self) -> dict[str, list[Any]]:
        """Return all that is stored, save that somebody spoke."""
        async with self.town.database.read_only(TENANT) as work:
            tables = [table for table in Base.metadata.sorted_tables if table.name not in SPOKEN_ONLY]
            return {
                table.name: sorted(map(repr, (await work._session.execute(select(table))).all()))
                for table in tables
            }

    async def press(self, who: Chat, verb: str, *, made_up: bool = False) -> str:
        """Press a button and return what was answered, without the echo of what was pressed."""
        press = PRESSES[verb]
        named = {name: NEVER if made_up else self.ids.get(value, value) for name, value in press.names.items()}
        await who.presses_verb(verb, **{**press.carries, **named})
        answer = "\n".join(message.words for message in who.news)
        for value in named.values():
            answer = answer.replace(value, "…")
        return answer


@pytest.fixture
async def solgaarden(town: Town) -> Solgaarden:
    await (await town.with_catalogue()).with_queue()
    people = {
        "signe": await town.leader("Signe Bro"),
        "villads": await town.employee(
            "Villads Juhl", leader_email="signe.bro@kommunen.example", area=Area.SENIOR
        ),
        "ditte": await town.employee("Ditte Rask", leader_email="signe.bro@kommunen.example", area=Area.SENIOR),
        "kirsten": await town.consultant(),
        "bo": await town.leader("Bo Friis", area=Area.DISABILITY, department="Botilbuddet Elmegården"),
        "per": await town.employee("Per Dam"),
    }
    for person in people.values():
        await person.user("hej")
    await town.deliver()
    async with town.database.unit_of_work(TENANT) as work:
        ids = await _give_villads_everything(work, town)
        await work.commit()
    return Solgaarden(town, people, ids)


async def _give_villads_everything(work: UnitOfWork, town: Town) -> dict[str, str]:
    """Give Villads an enrolment in every state, an agreement that both have answered, an interest and a wish."""
    now = town.clock.now()
    runs = await work.enrolments.runs([ASKED, CENTRE, AGREED, OFFERED, LEAVING, PLAIN, BEGUN])
    begun = replace(runs[BEGUN], starts=now.date() - timedelta(days=1), deadline=None)
    await work.catalogue.import_offers([], [begun], replace_offers=False, replace_runs=False)
    attending = {"status": EnrolmentStatus.ATTENDING, "holds_seat": True}
    states: dict[str, dict[str, Any]] = {
        ASKED: {"status": EnrolmentStatus.APPLIED, "holds_seat": True, "sign_up": SignUp.LEADER},
        CENTRE: {"status": EnrolmentStatus.APPLIED, "holds_seat": True, "sign_up": SignUp.CENTRE},
        AGREED: {**attending, "sign_up": SignUp.LEADER},
        OFFERED: {
            "status": EnrolmentStatus.WAITLISTED,
            "holds_seat": True,
            "offered_until": now + timedelta(days=2),
        },
        LEAVING: {**attending, "leave_asked_at": now},
        PLAIN: attending,
        BEGUN: attending,
    }
    enrolled = {
        code: await _enrol(work, runs[code].offer_code, code, now, **about) for code, about in states.items()
    }
    villads, signe = [await work.people.get(key) for key in ("villads.juhl", "signe.bro")]
    assert villads
    assert signe
    await begin(work, enrolled[AGREED], runs[AGREED], now)
    await agreeing.answer(work, villads, of(AGREED), Answers("Vi møder uro med ro", "Nattens vågne", "Ro"), now)
    await agreeing.answer(work, signe, of(AGREED), Answers("Nattevagterne er fælles", "Afdeling 2", "Ro"), now)
    await agreeing.share(work, villads, of(AGREED), now, shares=True)
    interest, _ = await add_interest(work, villads, Want("GRP-01", "Grupper", "Grupper"), now)
    wish, _ = await send_wish(work, villads, Want("", "svejsning", "svejsning"), signe, now)
    return {INTEREST: interest.id, WISH: wish.id}


async def _enrol(work: UnitOfWork, offer: str, run: str, now: Any, **about: Any) -> Enrolment:
    values: dict[str, Any] = {
        "sign_up": SignUp.FREE,
        "leader_id": "signe.bro",
        "leader_name": "Signe Bro",
        **about,
    }
    enrolment = await work.enrolments.add(
        Enrolment(
            of(run), TENANT, run, offer, "Mødet med borgere, der har demens", "villads.juhl", "Villads Juhl",
            applied_at=now, changed_at=now, area=Area.SENIOR, **values,
        )
    )  # fmt: skip
    kind = EnrolmentEventKind.SIGNED_UP
    event = EnrolmentEvent(enrolment.id, now, "villads.juhl", "Villads Juhl", kind, None, enrolment.status)
    await work.enrolments.record(event)
    return enrolment


# --- Who may not --------------------------------------------------------------------------------------------


async def a_stranger(of: Solgaarden) -> Chat:
    return of.people["per"]


async def another_leader(of: Solgaarden) -> Chat:
    return of.people["bo"]


async def a_colleague_of_the_same_leader(of: Solgaarden) -> Chat:
    return of.people["ditte"]


async def a_former_leader(of: Solgaarden) -> Chat:
    aase = await of.town.leader("Åse Lindø")
    await _is_now(of, "villads.juhl", leader_email=f"{aase.person_id}@kommunen.example", listing=Listing.LISTED)
    return of.people["signe"]


async def a_leader_who_leads_no_more(of: Solgaarden) -> Chat:
    await _is_now(of, "signe.bro", role=Role.EMPLOYEE)
    return of.people["signe"]


async def a_stand_in_for_whom_he_named_and_who_leads_no_more(of: Solgaarden) -> Chat:
    """The list says nothing of who leads him, so whom he named then decides, while they lead."""
    await _is_now(of, "villads.juhl", leader_email="")
    return await a_stand_in_for_who_leads_no_more(of)


async def a_leader_who_has_left(of: Solgaarden) -> Chat:
    await _is_now(of, "signe.bro", listing=Listing.LEFT)
    return of.people["signe"]


async def the_person_after_leaving(of: Solgaarden) -> Chat:
    await _is_now(of, "villads.juhl", listing=Listing.LEFT)
    return of.people["villads"]


async def a_stand_in_whose_days_are_over(of: Solgaarden) -> Chat:
    await _stands_in(of, until=of.town.clock.today - timedelta(days=1))
    return of.people["bo"]


async def a_stand_in_whose_days_are_to_come(of: Solgaarden) -> Chat:
    tomorrow = of.town.clock.today + timedelta(days=1)
    await _stands_in(of, since=tomorrow, until=tomorrow)
    return of.people["bo"]


async def a_stand_in_for_who_leads_no_more(of: Solgaarden) -> Chat:
    await _stands_in(of, until=of.town.clock.today)
    await _is_now(of, "signe.bro", role=Role.EMPLOYEE)
    return of.people["bo"]


async def a_former_consultant(of: Solgaarden) -> Chat:
    of.town.teams.staff.pop("kirsten.bang")
    of.town.turns._who.forget_roster(TENANT)
    return of.people["kirsten"]


async def the_same_id_in_another_municipality(of: Solgaarden) -> Chat:
    return await _elsewhere(of, "villads.juhl", "Niels Juul")


async def the_leaders_id_in_another_municipality(of: Solgaarden) -> Chat:
    return await _elsewhere(of, "signe.bro", "Niels Juul", role=Role.LEADER)


async def a_consultant_of_another_municipality(of: Solgaarden) -> Chat:
    kim = await _elsewhere(of, "kim.vang", "Kim Vang")
    of.town.teams.staff["kim.vang"] = "Kim Vang"
    await kim.clicks_in_channel("channel.use")
    assert await of.town.turns._who.is_staff(ELSEWHERE, "kim.vang")
    return kim


async def _is_now(of: Solgaarden, key: str, **about: Any) -> None:
    async with of.town.database.unit_of_work(TENANT) as work:
        person = await work.people.get(key)
        assert person
        await work.people.save(replace(person, **about))
        await work.commit()


async def _stands_in(of: Solgaarden, until: date, since: date | None = None) -> None:
    async with of.town.database.unit_of_work(TENANT) as work:
        settings = PersonSettings("signe.bro", away_from=since, away_until=until, stand_in_id="bo.friis")
        await work.settings.save(settings)
        await work.commit()


async def _elsewhere(of: Solgaarden, key: str, name: str, **about: Any) -> Chat:
    chat = Chat(of.town, key, name, ELSEWHERE)
    await chat.user("hej")
    async with of.town.database.unit_of_work(ELSEWHERE) as work:
        person = await work.people.get(key)
        assert person
        await work.people.save(replace(person, **about))
        await work.commit()
    return chat


Somebody = Callable[[Solgaarden], Awaitable[Chat]]
OUTSIDERS: tuple[Somebody, ...] = (
    a_stranger,
    another_leader,
    a_colleague_of_the_same_leader,
    a_former_leader,
    a_leader_who_leads_no_more,
    a_stand_in_for_whom_he_named_and_who_leads_no_more,
    a_leader_who_has_left,
    a_stand_in_whose_days_are_over,
    a_stand_in_whose_days_are_to_come,
    a_stand_in_for_who_leads_no_more,
    a_former_consultant,
    the_same_id_in_another_municipality,
    the_leaders_id_in_another_municipality,
    a_consultant_of_another_municipality,
)
every_outsider = pytest.mark.parametrize("somebody", OUTSIDERS, ids=[one.__name__ for one in OUTSIDERS])


@every_outsider
async def test_nobody_else_changes_or_learns_anything(solgaarden: Solgaarden, somebody: Somebody) -> None:
    """Nothing is stored, nobody is told, and the answer is the one that something made up gets."""
    who = await somebody(solgaarden)
    before = await solgaarden.rows()
    for verb in PRESSES:
        answer = await solgaarden.press(who, verb)
        assert await solgaarden.rows() == before, verb
        assert answer, verb
        assert answer == await solgaarden.press(who, verb, made_up=True), verb
        assert not [secret for secret in SECRETS if secret in answer], (verb, answer)


def _about_villads(rows: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {table: [row for row in found if "villads" in row.casefold()] for table, found in rows.items()}


@every_outsider
@pytest.mark.parametrize("verb", sorted(FOR_ONESELF))
async def test_what_names_oneself_is_about_oneself(solgaarden: Solgaarden, somebody: Somebody, verb: str) -> None:
    """Whatever else it is made to carry, nothing of Villads's is changed, and nobody is told anything of him."""
    who = await somebody(solgaarden)
    before = _about_villads(await solgaarden.rows())
    carried = {"person": "villads.juhl", "people": "villads.juhl", "enrolment": of(ASKED), "other": "villads.juhl"}
    for run in ("VOL-03-H1", "VOL-03-H9"):
        await who.presses_verb(verb, code="VOL-03", run=run, **carried)
        assert _about_villads(await solgaarden.rows()) == before
        answer = "\n".join(message.words for message in who.news)
        assert answer, run
        assert not [secret for secret in ("Villads", "Juhl", "svejsning") if secret in answer], answer


SENTENCES = (
    "mine medarbejderes kurser",
    "ansøgninger",
    "godkend Villads",
    "afslå Villads, fordi vi mangler folk den uge",
    "spørg Villads: hvad vil du bruge det til?",
    f"byt Villads ud med Ditte på {AGREED}",
    "formålsaftaler",
    "bekræft",
    "ret formål Villads",
    f"formål {AGREED}",
    "ønsker",
    "ikke nu til Villads",
    "meld behovet for Villads",
    "mine ønsker",
    "mine kurser",
    f"deltagere {AGREED}",
    f"fremmøde {BEGUN}",
    f"fjern Villads fra {AGREED}, fordi han er flyttet",
    f"eksport deltagere {AGREED}",
)
"""The same in words; each is said by itself, after what came before was left."""


@every_outsider
async def test_words_go_no_further_than_buttons(solgaarden: Solgaarden, somebody: Somebody) -> None:
    who = await somebody(solgaarden)
    before = _about_villads(await solgaarden.rows())
    for sentence in SENTENCES:
        await who.user("annuller")
        await who.user(sentence)
        answer = "\n".join(message.words for message in who.news)
        assert _about_villads(await solgaarden.rows()) == before, sentence
        assert answer, sentence
        assert not [
            secret for secret in ("Juhl", "svejsning", "uro med ro", "Nattevagterne") if secret in answer
        ], (
            sentence,
            answer,
        )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("signe", "mine medarbejderes kurser"),
        ("signe", "godkend Villads"),
        ("signe", "ønsker"),
        ("signe", "formålsaftaler"),
        ("kirsten", f"deltagere {AGREED}"),
        ("kirsten", f"fjern Villads fra {AGREED}, fordi han er flyttet"),
    ],
)
async def test_words_of_who_may_name_him(solgaarden: Solgaarden, name: str, sentence: str) -> None:
    who = solgaarden.people[name]
    await who.user(sentence)
    who.bot("Villads Juhl")


async def test_who_has_left_can_do_no_more_than_take_themselves_off_a_list(solgaarden: Solgaarden) -> None:
    villads = await the_person_after_leaving(solgaarden)
    before = await solgaarden.rows()
    for verb in PRESSES.keys() - {"interest.drop"}:
        answer = await solgaarden.press(villads, verb)
        assert await solgaarden.rows() == before, verb
        assert answer, verb
        own = verb.startswith(("interest.", "wish."))
        assert own or answer == await solgaarden.press(villads, verb, made_up=True), verb


@pytest.mark.parametrize("verb", PRESSES)
async def test_who_may_press_it_finds_that_something_comes_of_it(solgaarden: Solgaarden, verb: str) -> None:
    """Without this, the tests above would hold for a bot that does nothing at all."""
    who = solgaarden.people[PRESSES[verb].by[0]]
    before = await solgaarden.rows()
    nothing = await solgaarden.press(who, verb, made_up=True)
    assert await solgaarden.rows() == before
    answer = await solgaarden.press(who, verb)
    assert (await solgaarden.rows(), answer) != (before, nothing)
    assert answer != nothing


@pytest.mark.parametrize("name", ["villads", "signe", "kirsten"])
async def test_who_may_press_some_may_not_press_the_others(solgaarden: Solgaarden, name: str) -> None:
    """Nobody approves themselves, a leader is not the centre, and neither is the person."""
    before = await solgaarden.rows()
    for verb in [verb for verb, press in PRESSES.items() if name not in press.by]:
        answer = await solgaarden.press(solgaarden.people[name], verb)
        assert answer, verb
        assert await solgaarden.rows() == before, verb


@every_outsider
async def test_in_the_channel_nobody_else_decides_either(solgaarden: Solgaarden, somebody: Somebody) -> None:
    who = await somebody(solgaarden)
    before = await solgaarden.rows()
    for verb in [verb for verb in PRESSES if verb.startswith("seat.")]:
        press = PRESSES[verb]
        await who.clicks_in_channel(verb, **press.carries, **press.names)
        assert await solgaarden.rows() == before, verb
        assert who.whispered, verb
        assert not [secret for secret in SECRETS if secret in who.whispered], verb


async def _asked(solgaarden: Solgaarden) -> Mapping[str, tuple[Chat, str]]:
    """Put the questions that have a nonce; return whom each was put to, and its nonce."""
    signe, ditte, per = (solgaarden.people[name] for name in ("signe", "ditte", "per"))
    await ditte.user("tilmeld mig KON-01-H4")
    async with solgaarden.town.database.unit_of_work(TENANT) as work:
        run = (await work.enrolments.runs(["KON-01-H4"]))["KON-01-H4"]
        same_day = replace(run, code="DEM-08-H2", offer_code="DEM-08", seats=20, taken=0)
        await work.catalogue.import_offers([], [same_day], replace_offers=False, replace_runs=False)
        await work.commit()
    await ditte.presses_verb("enrol.join", code="DEM-08", run="DEM-08-H2")
    await per.user("tilmeld mig KON-01-H5")
    await signe.presses_verb("enrol.others", code="DEM-08", run="DEM-08-H1")
    chats = {"team.enrol": signe, "enrol.leader": per, "enrol.leader_unknown": per}
    chats |= dict.fromkeys(("enrol.anyway", "enrol.rather_not"), ditte)
    return {verb: (chat, _nonce_of(chat, verb)) for verb, chat in chats.items()}


def _nonce_of(chat: Chat, verb: str) -> str:
    [nonce] = {
        button["data"]["nonce"] for button in chat.messages[-1].all_buttons if button["data"]["verb"] == verb
    }
    return str(nonce)


@every_outsider
async def test_a_question_is_answered_only_where_it_was_asked(solgaarden: Solgaarden, somebody: Somebody) -> None:
    asked = await _asked(solgaarden)
    assert asked.keys() == NONCED
    who = await somebody(solgaarden)
    before = await solgaarden.rows()
    for verb, (asked_of, nonce) in asked.items():
        if who.person_id == asked_of.person_id and who.tenant == asked_of.tenant:
            continue
        carried = {"people": "ditte.rask", "names": "Villads Juhl", "leader": "bo.friis"}
        await who.presses_verb(verb, **{**carried, "nonce": nonce})
        assert await solgaarden.rows() == before, verb
        answer = "\n".join(message.words for message in who.news)
        assert answer, verb
        assert not [secret for secret in SECRETS if secret in answer], verb


async def test_whom_a_form_is_made_to_name_is_signed_up_by_their_own_leader_only(solgaarden: Solgaarden) -> None:
    """The form lists one's own people; who is written into its answer by hand is not found among them."""
    bo, town = solgaarden.people["bo"], solgaarden.town
    await bo.presses_verb("enrol.others", code="KON-01", run="KON-01-H5")
    nonce = _nonce_of(bo, "team.enrol")
    before = await solgaarden.rows()
    await bo.presses_verb("team.enrol", people="villads.juhl,ditte.rask", names="Ditte Rask", nonce=nonce)
    bo.bot("kan jeg ikke finde blandt dine medarbejdere")
    bo.bot_did_not_say("Villads", "er med")
    assert await solgaarden.rows() == before
    await town.deliver()


async def test_a_stand_in_may_while_the_leader_is_away(solgaarden: Solgaarden) -> None:
    bo = solgaarden.people["bo"]
    await _stands_in(solgaarden, until=solgaarden.town.clock.today)
    for verb in ("enrol.decide", "purpose.show", "wish.show"):
        assert "Villads Juhl" in await solgaarden.press(bo, verb), verb
