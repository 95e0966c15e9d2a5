"""Who leads the person, where the list does not say: asked once, answered by a name, an e-mail or a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.enrolments import key_of
from dialogs.cards.enrolment import which_leader_card, whose_leader_card
from dialogs.intents import Intent, intent_of, picked_number
from dialogs.steps import Heard, Next

if TYPE_CHECKING:
    from collections.abc import Sequence

    from centre.people import Person
    from dialogs.memory import Frame
    from dialogs.turn import Turn

MOST_LEADERS = 4


def ask_leader(turn: Turn, frame: Frame, why: str = "who-leads") -> None:
    """Ask who leads the person, or which of those whom words fitted; `why` is the key of what it is for."""
    found = _candidates(frame)
    if found:
        turn.show(which_leader_card(turn.texts, frame.nonce, found))
    else:
        turn.show(whose_leader_card(turn.texts, frame.nonce, why))


async def hear_leader(turn: Turn, frame: Frame) -> Next | None:
    """Hear who leads the person in the step "leader"; None once it is settled.

    The frame's values then hold "leader", the key of whom was named, or "unsure".
    """
    click = turn.input.click
    intent = None if click else intent_of(turn.input.text)
    if (click and click.verb == "enrol.leader_unknown") or intent is Intent.NO or _does_not_know(turn):
        frame.values["unsure"] = "yes"
        return None
    if (click and click.verb != "enrol.leader") or intent:
        return Heard.NOT_FOR_ME
    named = click.fields.get("leader", "").strip() if click else _picked(frame, turn.input.text)
    leaders = await leaders_named(turn, named) if named else []
    if not leaders:
        turn.say("who-leads-nobody", name=named[:80])
        return Heard.STAY
    if len(leaders) > 1:
        frame.values["found"] = [[key_of(one), f"{one.name}, {one.department}".rstrip(", ")] for one in leaders]
        return "leader"
    frame.values["leader"] = key_of(leaders[0])
    return None


async def leaders_named(turn: Turn, words: str) -> Sequence[Person]:
    """Return the leaders that words may mean: an id from a button, an e-mail, or a name."""
    chosen = await turn.work.people.get(words)
    if chosen:
        return [chosen] if chosen.leads else []
    found = [one for one in await turn.work.people.find(words, MOST_LEADERS * 5) if one.leads]
    others = [one for one in found if key_of(one) != key_of(turn.person)]
    return [one for one in others if one.email == words.casefold()] or others[:MOST_LEADERS]


def _candidates(frame: Frame) -> list[tuple[str, str]]:
    """Return those of whom one is meant, as they were listed: ids and names."""
    return [(person_id, name) for person_id, name in frame.values.get("found", [])]


def _picked(frame: Frame, said: str) -> str:
    """Return the id of who a number on the list names, or the words themselves."""
    number, found = picked_number(said), _candidates(frame)
    return found[number - 1][0] if number and number <= len(found) else said


def _does_not_know(turn: Turn) -> bool:
    said = turn.input.text.casefold()
    return "ved jeg ikke" in said or "ved ikke" in said or "don't know" in said
