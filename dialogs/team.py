"""A leader's people and their courses: several signed up at once, who takes part in what, one for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from centre.enrolment_states import EnrolmentMovedOnError
from centre.enrolments import key_of
from centre.filing import NotFoundError
from centre.signing_up import RunClosedError, SignedUp, sign_up, swap
from centre.states import NotAllowedError
from dialogs.cards.team import Outcome, results_card, team_card, who_card
from dialogs.intents import intent_of
from dialogs.names_in_words import named_in
from dialogs.search import show_offer
from dialogs.sign_up import course_named, open_runs
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalogue.offers import Offer
    from centre.people import Person
    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.turn import Turn

MOST_NAMED = 40
"""People signed up at once: a whole department comes in two goes, and the card stays readable."""
_APART = re.compile(r"\s*(?:,|;|\n|\bog\b|\band\b|&)\s*", re.IGNORECASE)
_SIGNS_UP = re.compile(
    r"(?:tilmeld|meld|sign up)\s+(?P<who>.+?)\s+(?:til|på|for)\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL
)
_SWAPS = re.compile(
    r"(?:byt|skift|swap)\s+(?P<out>.+?)\s+(?:ud\s+)?(?:med|for|with)\s+(?P<in>.+?)"
    r"(?:\s+(?:på|til|on)\s+(?P<what>.+))?",
    re.IGNORECASE,
)
_MYSELF = frozenset({"mig", "me", "mig selv"})


class TeamSignUpDialog(Dialog):
    """A leader signs several people up.

    > (Tilmeld medarbejdere, under "Mødet med borgere, der har demens", 13. jan.)
    < Hvem skal med?  (dine medarbejdere, navne eller e-mails)  [Tilmeld]
    > Mads, Ida og Bo
    < 2 er med, 1 står på venteliste.  Mads Kjær: Deltager …
    """

    id: ClassVar[str] = "team_sign_up"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One question."""
        return {"who": Step(self._ask_who, self._hear_who)}

    def readable(self, frame: Frame) -> bool:
        """An offer and a run of it."""
        return all(isinstance(frame.values.get(name), str) for name in ("code", "run"))

    def begin(self, turn: Turn, code: str, run_code: str) -> None:
        """Begin to sign people up for a run."""
        turn.begin(self.id, "who", code=code, run=run_code)

    async def begin_clicked(self, turn: Turn, code: str, run_code: str) -> bool:
        """Begin it for a run that a button names; False where it is there no more, which is said."""
        if turn.index.offer(code) is None or not await turn.work.enrolments.runs([run_code]):
            turn.say("enrolment-run-gone")
            return False
        self.begin(turn, code, run_code)
        return True

    async def _ask_who(self, turn: Turn, frame: Frame) -> None:
        offer = turn.index.offer(frame.values["code"])
        run = (await turn.work.enrolments.runs([frame.values["run"]])).get(frame.values["run"])
        if offer and run:
            turn.show(who_card(turn.texts, offer.title, run, (await own_people(turn))[:MOST_NAMED], frame.nonce))

    async def _hear_who(self, turn: Turn, frame: Frame) -> Next:
        click = turn.input.click
        if (click and click.verb != "team.enrol") or (not click and intent_of(turn.input.text)):
            return Heard.NOT_FOR_ME
        chosen = [key for key in click.fields.get("people", "").split(",") if key] if click else []
        typed = click.fields.get("names", "") if click else turn.input.text
        if not chosen and not typed.strip():
            turn.say("team-nobody-named")
            return Heard.STAY
        offer = turn.index.offer(frame.values["code"])
        if offer is None:
            turn.say("enrolment-run-gone")
            return Heard.DONE
        people = await _people_named(turn, typed, chosen)
        if not people.found and not click:
            turn.say("team-nobody-found", names=", ".join(people.unknown)[:200])
            return Heard.STAY
        await _sign_up(turn, offer, frame.values["run"], people)
        return Heard.DONE


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom words named, and the words that named nobody, or several."""

    found: Sequence[Person]
    unknown: Sequence[str]


async def own_people(turn: Turn) -> Sequence[Person]:
    """Return the people that a leader leads, and those of whom they stand in for; who leads no more has none."""
    if turn.person.left:
        return []
    away = [
        await turn.work.people.get(person_id)
        for person_id in await turn.work.settings.stood_in_for_by(turn.person.id, turn.today)
    ]
    emails = [one.email for one in (turn.person, *away) if one and one.leads and one.email]
    return [person for email in emails for person in await turn.work.people.led_by(email)]


async def show_team(turn: Turn) -> None:
    """Show a leader what their people are signed up for."""
    people = await own_people(turn)
    enrolments = await turn.work.enrolments.of_people([key_of(person) for person in people])
    runs = await turn.work.enrolments.runs({one.run_code for one in enrolments})
    coming = [one for one in enrolments if one.run_code in runs and runs[one.run_code].ends >= turn.today]
    coming.sort(key=lambda one: (runs[one.run_code].starts, one.run_code, one.applied_at))
    if coming:
        turn.show(team_card(turn.texts, [(one, runs[one.run_code]) for one in coming]))
    else:
        turn.say("team-none" if people else "team-no-people")


async def signs_up_in_words(turn: Turn, said: str, dialog: TeamSignUpDialog) -> bool:
    """Take "tilmeld Mads og Ida til DEM-01-H2"; what names no course is something else."""
    found = _SIGNS_UP.fullmatch(said.strip().rstrip(".!"))
    if not found or not turn.person.leads or found["who"].casefold() in _MYSELF:
        return False
    named = await course_named(turn, found["what"])
    if named is None:
        return False
    code, run_code = named
    runs = open_runs(turn, code)
    run_code = run_code or (runs[0].code if len(runs) == 1 else "")
    offer = turn.index.offer(code)
    if offer is None or not run_code:
        turn.say("team-which-run")
        show_offer(turn, code)
        return True
    people = await _people_named(turn, found["who"], [])
    if people.found:
        await _sign_up(turn, offer, run_code, people)
    else:
        dialog.begin(turn, code, run_code)
        turn.say("team-nobody-found", names=", ".join(people.unknown)[:200])
    return True


async def swaps_in_words(turn: Turn, said: str) -> bool:
    """Take "byt Mads ud med Ida på DEM-01-H2"; without a course, the only one that Mads is on."""
    found = _SWAPS.fullmatch(said.strip().rstrip(".!"))
    if not found or not turn.person.leads:
        return False
    people = await own_people(turn)
    leaving = named_in(found["out"], people, lambda person: person.name)
    coming = named_in(found["in"], people, lambda person: person.name)
    if len(leaving) != 1 or len(coming) != 1:
        turn.say("team-swap-who")
        return True
    seats = list(await turn.work.enrolments.of_people([key_of(leaving[0])]))
    if found["what"]:
        seats = named_in(found["what"], seats, lambda one: f"{one.run_code} {one.title}")
    if len(seats) != 1:
        turn.say("team-swap-which" if seats else "team-swap-none", name=leaving[0].name)
        return True
    await _swap(turn, seats[0].id, coming[0])
    return True


async def swap_clicked(turn: Turn, click: Click) -> None:
    """Let whom the card names take the seat: one of the leader's own people, for anybody else is nobody here."""
    wanted = click.fields.get("other", "")
    other = next((person for person in await own_people(turn) if key_of(person) == wanted), None)
    if other is None:
        turn.say("team-swap-who")
    else:
        await _swap(turn, click.fields.get("enrolment", ""), other)


async def _swap(turn: Turn, enrolment_id: str, other: Person) -> None:
    try:
        left, came = await swap(turn.work, turn.person, enrolment_id, other, turn.now)
    except NotFoundError:
        turn.say("enrolment-gone")
    except NotAllowedError:
        turn.say("team-not-yours", name=other.name)
    except RunClosedError:
        turn.say("team-swap-late")
    except EnrolmentMovedOnError as error:
        turn.say("team-swap-moved-on", name=error.enrolment.person_name)
    else:
        turn.say("team-swapped", left=left.person_name, came=came.person_name, title=came.title)


async def _people_named(turn: Turn, typed: str, chosen: Sequence[str]) -> _Named:
    """Find people among one's own: by id from a card, by e-mail, or by what is left of a name."""
    people = await own_people(turn)
    found = {key_of(person): person for person in people if key_of(person) in chosen}
    unknown = []
    for words in [part for part in _APART.split(typed.strip()) if part][:MOST_NAMED]:
        exact = [person for person in people if person.email == words.casefold()]
        meant = exact or named_in(words, people, lambda person: person.name)
        if len(meant) == 1:
            found[key_of(meant[0])] = meant[0]
        else:
            unknown.append(words)
    return _Named(list(found.values()), unknown)


async def _sign_up(turn: Turn, offer: Offer, run_code: str, people: _Named) -> None:
    """Sign them up one after the other, and say who got in, who waits and who was not found."""
    outcomes = []
    for person in people.found:
        try:
            done = await sign_up(turn.work, turn.person, person, offer, run_code, turn.now, turn.person)
        except NotAllowedError:
            outcomes.append(Outcome(person.name, "team-outcome-not-yours"))
        except RunClosedError:
            turn.say("enrolment-run-closed")
            show_offer(turn, offer.code)
            return
        else:
            outcomes.append(_outcome(done))
    outcomes += [Outcome(words, "team-outcome-unknown") for words in people.unknown]
    run = (await turn.work.enrolments.runs([run_code])).get(run_code)
    turn.show(results_card(turn.texts, offer.title, run, outcomes))


def _outcome(done: SignedUp) -> Outcome:
    if not done.changed:
        return Outcome(done.enrolment.person_name, "team-outcome-already")
    return Outcome(done.enrolment.person_name, f"team-outcome-{done.enrolment.status.value}", done.place)
