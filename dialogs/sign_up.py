"""Signing up for a run: which one, who says yes, and what it collides with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from catalogue.matching import Verdict
from catalogue.need import read_need
from catalogue.offers import SignUp
from centre.enrolment_states import Part, possible
from centre.enrolments import EnrolmentStatus, key_of
from centre.leading import leader_of
from centre.signing_up import RunClosedError, sign_up
from centre.states import NotAllowedError
from dialogs.cards.enrolment import (
    collision_card,
    enrolment_card,
    which_run_card,
)
from dialogs.intents import Intent, intent_of, normalise, picked_number
from dialogs.names_in_words import named_in
from dialogs.own_calendar import calendar_actions
from dialogs.own_leader import ask_leader, hear_leader, leaders_named
from dialogs.search import show_offer
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalogue.offers import Offer, Run
    from centre.enrolments import Enrolment
    from centre.people import Person
    from dialogs.memory import Frame
    from dialogs.turn import Turn

MOST_RUNS = 5


class SignUpDialog(Dialog):
    """Signing up; most people meet no question at all.

    > (Tilmeld mig, under "Mødet med borgere, der har demens", 17. dec.)
    < Hvem er din leder?  [Videre | Det ved jeg ikke]
    > Lene Holm
    < Du er optaget de dage: Førstehjælp, 17. dec.  [Tilmeld alligevel | Nej tak]
    > tilmeld alligevel
    < Jeg har spurgt Lene Holm for dig, og din plads er holdt så længe. …  [Meld fra | Mine kurser]
    """

    id: ClassVar[str] = "sign_up"

    @property
    def steps(self) -> Mapping[str, Step]:
        """The questions that may be needed, in the order in which they are asked."""
        return {
            "run": Step(self._ask_run, self._hear_run),
            "leader": Step(self._ask_leader, self._hear_leader),
            "collision": Step(self._ask_collision, self._hear_collision),
        }

    def readable(self, frame: Frame) -> bool:
        """An offer, and what was settled so far."""
        found = frame.values.get("found", [])
        listed = isinstance(found, list) and all(isinstance(one, list) and len(one) == 2 for one in found)  # noqa: PLR2004 - id and name
        return listed and all(
            isinstance(frame.values.get(name, ""), str) for name in ("code", "run", "leader", "unsure", "anyway")
        )

    async def begin(self, turn: Turn, code: str, run_code: str = "") -> bool:
        """Begin to sign up; False when that was all, or there is nothing to sign up for."""
        offer = turn.index.offer(code)
        if offer is None:
            turn.say("enrolment-run-gone")
            return False
        runs = open_runs(turn, code)
        if not run_code and not runs:
            turn.say("enrolment-no-runs", title=offer.title)
            show_offer(turn, code)
            return False
        only = runs[0].code if len(runs) == 1 else ""
        frame = turn.begin(self.id, "run", code=code, run=run_code or only)
        return await self._go_on(turn, frame)

    async def _go_on(self, turn: Turn, frame: Frame) -> bool:
        """Move to the next question that is needed; without one, sign up. True when there is a question."""
        step = await self._next_step(turn, frame)
        if step:
            frame.step = step
            return True
        await _sign_up(turn, frame)
        turn.memory.topic = None
        return False

    async def _next_step(self, turn: Turn, frame: Frame) -> str:
        values = frame.values
        if not values.get("run"):
            return "run"
        if await _enrolled_already(turn, values["run"]):
            return ""
        offer = turn.index.offer(values["code"])
        if offer and await _needs_leader(turn, frame, offer):
            return "leader"
        if not values.get("anyway") and await _collisions(turn, values["run"]):
            return "collision"
        return ""

    async def _heard(self, turn: Turn, frame: Frame) -> Next:
        return frame.step if await self._go_on(turn, frame) else Heard.DONE

    async def _ask_run(self, turn: Turn, frame: Frame) -> None:
        offer = turn.index.offer(frame.values["code"])
        runs = open_runs(turn, frame.values["code"])[:MOST_RUNS]
        turn.show(which_run_card(turn.texts, offer.title if offer else "", runs))

    async def _hear_run(self, turn: Turn, frame: Frame) -> Next:
        runs = open_runs(turn, frame.values["code"])[:MOST_RUNS]
        if turn.input.click:
            return Heard.NOT_FOR_ME
        number = picked_number(turn.input.text)
        if number and number > len(runs):
            turn.say("which-run-no-such", most=len(runs))
            return Heard.STAY
        named = [runs[number - 1]] if number else named_in(turn.input.text, runs, lambda run: run.code)
        if len(named) != 1:
            return Heard.NOT_FOR_ME
        frame.values["run"] = named[0].code
        return await self._heard(turn, frame)

    async def _ask_leader(self, turn: Turn, frame: Frame) -> None:
        ask_leader(turn, frame)

    async def _hear_leader(self, turn: Turn, frame: Frame) -> Next:
        heard = await hear_leader(turn, frame)
        return await self._heard(turn, frame) if heard is None else heard

    async def _ask_collision(self, turn: Turn, frame: Frame) -> None:
        offer = turn.index.offer(frame.values["code"])
        others = await _collisions(turn, frame.values["run"])
        turn.show(collision_card(turn.texts, offer.title if offer else "", others, frame.nonce))

    async def _hear_collision(self, turn: Turn, frame: Frame) -> Next:
        click = turn.input.click
        intent = None if click else intent_of(turn.input.text)
        insists = not {"alligevel", "anyway"}.isdisjoint(normalise(turn.input.text).split())
        if (click and click.verb == "enrol.anyway") or intent is Intent.YES or insists:
            frame.values["anyway"] = "yes"
            return await self._heard(turn, frame)
        if (click and click.verb == "enrol.rather_not") or intent is Intent.NO:
            turn.say("collision-dropped")
            return Heard.DONE
        return Heard.NOT_FOR_ME


async def _sign_up(turn: Turn, frame: Frame) -> None:
    """Sign the person up and word what came of it."""
    offer = turn.index.offer(frame.values["code"])
    if offer is None:
        turn.say("enrolment-run-gone")
        return
    leader = await _leader(turn, frame)
    try:
        done = await sign_up(turn.work, turn.person, turn.person, offer, frame.values["run"], turn.now, leader)
    except NotAllowedError:
        turn.say("enrolment-may-not")
    except RunClosedError:
        turn.say("enrolment-run-closed")
        show_offer(turn, offer.code)
    else:
        run = (await turn.work.enrolments.runs([frame.values["run"]])).get(frame.values["run"])
        may = possible(done.enrolment, {Part.PERSON})
        news = "" if done.changed else turn.texts("enrolment-already")
        more = await calendar_actions(
            turn.work, turn.links, turn.texts, turn.person, done.enrolment, run, turn.today
        )
        turn.show(enrolment_card(turn.texts, done.enrolment, run, may, done.place, news, more))


async def _needs_leader(turn: Turn, frame: Frame, offer: Offer) -> bool:
    """Whether somebody must say yes of whom nothing is known yet."""
    settled = frame.values.get("leader") or frame.values.get("unsure")
    if settled or offer.sign_up is not SignUp.LEADER or turn.person.staff or turn.person.leads:
        return False
    return await leader_of(turn.work, turn.person) is None


async def _leader(turn: Turn, frame: Frame) -> Person | None:
    """Return who leads the person: by the list, or whom they named just now."""
    listed = await leader_of(turn.work, turn.person)
    if listed or not frame.values.get("leader"):
        return listed
    return next(iter(await leaders_named(turn, frame.values["leader"])), None)


async def _enrolled_already(turn: Turn, run_code: str) -> bool:
    known = await turn.work.enrolments.of_person_on(run_code, key_of(turn.person))
    return known is not None and known.is_live


async def _collisions(turn: Turn, run_code: str) -> list[tuple[Enrolment, Run]]:
    """Return one's own other courses on the first or last day of a run; the days between are not known."""
    own = [one for one in await turn.work.enrolments.of_person(key_of(turn.person)) if one.is_live]
    runs = await turn.work.enrolments.runs({run_code, *(one.run_code for one in own)})
    wanted = runs.get(run_code)
    if wanted is None:
        return []
    others = [(one, runs[one.run_code]) for one in own if one.run_code in runs and one.run_code != run_code]
    seated = [(one, run) for one, run in others if one.status is not EnrolmentStatus.WAITLISTED]
    return [(one, run) for one, run in seated if _meet(run, wanted)]


def _meet(one: Run, other: Run) -> bool:
    """Whether two runs share a day that both are known to be held on, and their hours overlap or are unknown."""
    if not {one.starts, one.ends} & {other.starts, other.ends}:
        return False
    if not (one.begins_at and one.ends_at and other.begins_at and other.ends_at):
        return True
    return one.begins_at < other.ends_at and other.begins_at < one.ends_at


async def course_named(turn: Turn, words: str) -> tuple[str, str] | None:
    """Return the offer and run that words name: a code, the offer that is open, or a title; None for nothing."""
    code = words.upper().removeprefix("HOLD ").strip()
    runs = await turn.work.enrolments.runs([code])
    if code in runs:
        return runs[code].offer_code, code
    if turn.index.offer(code):
        return code, ""
    opened = turn.memory.topic.values.get("opened", "") if turn.memory.topic else ""
    if opened and _means_this(words):
        return str(opened), ""
    answer = turn.index.match(read_need(words, turn.today), turn.today, 1)
    return (answer.matches[0].offer.code, "") if answer.verdict is Verdict.SURE and answer.matches else None


def _means_this(words: str) -> bool:
    return normalise(words) in {"det", "den", "her", "det her", "den her", "kurset", "it", "this", "that"}


def open_runs(turn: Turn, code: str) -> Sequence[Run]:
    """The runs that people can sign up for now, full ones too, soonest first."""
    return [run for run in turn.index.runs_of(code) if run.last_day >= turn.today]
