"""Interest where there is nothing to sign up for, wishes to the own leader, and the demand that they make."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from catalogue.course_query import course_query_from_json
from centre.enrolments import key_of
from centre.filing import NotFoundError
from centre.interest import (
    Want,
    add_interest,
    answer_not_now,
    by_offer,
    demand,
    drop_interest,
    find_wish,
    send_wish,
    wishes_to,
)
from centre.leading import leader_of, person_with
from centre.states import NotAllowedError
from dialogs.cards.interest import demand_card, interest_card, interests_card, wish_card, wishes_card
from dialogs.interest_words import InterestCommand, Wanted, read_interest_command
from dialogs.names_in_words import named_in
from dialogs.own_leader import ask_leader, hear_leader, leaders_named
from dialogs.search import SearchDialog, show_offer
from dialogs.sign_up import course_named
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from centre.interest import Interest
    from centre.people import Person
    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.turn import Turn

SHOWN = 5
MOST_DEMAND = 10


class WishDialog(Dialog):
    """Sending a wish to the own leader; who is known to have one meets no question.

    > Hvilke kurser er der om kaos-pilotering?
    < Det har vi ikke i kataloget lige nu  [Skriv mig op | Send til min leder]
    > send det til min leder
    < Hvem er din leder?  [Videre | Det ved jeg ikke]
    > Lene Holm
    < Lene Holm har fået dit ønske. Du står også på interesselisten.  [Tag mig af]
    """

    id: ClassVar[str] = "wish"

    @property
    def steps(self) -> Mapping[str, Step]:
        """The only question there may be."""
        return {"leader": Step(self._ask_leader, self._hear_leader)}

    def readable(self, frame: Frame) -> bool:
        """What is wished for, as words, and who was listed as the leader it may be."""
        found = frame.values.get("found", [])
        listed = isinstance(found, list) and all(isinstance(one, list) and len(one) == 2 for one in found)  # noqa: PLR2004 - id and name
        return listed and all(isinstance(frame.values.get(name, ""), str) for name in ("code", "topic", "words"))

    async def begin(self, turn: Turn, subject: Want) -> bool:
        """Send a wish; True when the leader must be asked for first."""
        leader = await leader_of(turn.work, turn.person)
        if leader:
            await _send(turn, subject, leader)
            return False
        if turn.person.leader_email:
            await _add(turn, subject, "wish-no-leader")
            return False
        turn.begin(self.id, "leader", code=subject.offer_code, topic=subject.topic, words=subject.words)
        return True

    async def _ask_leader(self, turn: Turn, frame: Frame) -> None:
        ask_leader(turn, frame, "wish-who-leads")

    async def _hear_leader(self, turn: Turn, frame: Frame) -> Next:
        heard = await hear_leader(turn, frame)
        if heard is not None:
            return heard
        values = frame.values
        subject = Want(values.get("code", ""), values.get("topic", ""), values.get("words", ""))
        leader = next(iter(await leaders_named(turn, values["leader"])), None) if values.get("leader") else None
        if leader:
            await _send(turn, subject, leader)
        else:
            await _add(turn, subject, "wish-no-leader")
        return Heard.DONE


async def _send(turn: Turn, subject: Want, leader: Person) -> None:
    try:
        interest, new = await send_wish(turn.work, turn.person, subject, leader, turn.now)
    except NotAllowedError:
        turn.say("interest-may-not")
        return
    news = turn.texts("wish-sent" if new else "wish-sent-already", name=leader.name)
    turn.show(interest_card(turn.texts, interest, news, wish=False))


async def _add(turn: Turn, subject: Want, key: str = "") -> None:
    """Write the person up and say what happens next."""
    try:
        interest, new = await add_interest(turn.work, turn.person, subject, turn.now)
    except NotAllowedError:
        turn.say("interest-may-not")
        return
    kind = "offer" if subject.offer_code else "topic"
    news = turn.texts(key or (f"interest-added-{kind}" if new else "interest-already"))
    turn.show(interest_card(turn.texts, interest, news, wish=not key and not turn.person.may_file))


# --- What can be pressed ------------------------------------------------------------------------------------


async def add_clicked(turn: Turn, click: Click) -> None:
    """Write the person up for what a button names."""
    subject = await subject_clicked(turn, click)
    if subject:
        await add(turn, subject)
    else:
        turn.say("interest-what")


async def add(turn: Turn, subject: Want) -> None:
    """Write the person up, unless there is a run that they can get a seat on."""
    open_now = [run for run in turn.index.runs_of(subject.offer_code) if run.open_for_sign_up(turn.today)]
    if subject.offer_code and open_now:
        turn.say("interest-has-run")
        show_offer(turn, subject.offer_code)
    else:
        await _add(turn, subject)


async def wait_clicked(turn: Turn, click: Click) -> None:
    """Let who was told of a run wait for the next one."""
    interest = await _own(turn, click)
    if interest:
        await _add(turn, Want(interest.offer_code, interest.topic, interest.words))
    else:
        turn.say("interest-gone")


async def drop_clicked(turn: Turn, click: Click) -> None:
    """Take the person off a list."""
    await _drop(turn, click.fields.get("interest", ""))


async def list_clicked(turn: Turn, click: Click) -> None:  # noqa: ARG001 - a button's shape
    """List what the person waits for."""
    await show_own(turn)


async def demand_clicked(turn: Turn, click: Click) -> None:
    """Say how many wait for the offer that a button names."""
    code = click.fields.get("code", "")
    try:
        wanted = by_offer(await demand(turn.work, turn.person)).get(code)
    except NotAllowedError:
        turn.say("demand-not-yours")
        return
    if wanted:
        turn.show(demand_card(turn.texts, [(_name(turn, wanted.offer_code, wanted.topic), wanted)], 0))
    else:
        turn.say("demand-none-here")


async def not_now_clicked(turn: Turn, click: Click) -> None:
    """Let a leader say not now."""
    await _not_now(turn, click.fields.get("interest", ""))


async def wish_clicked(turn: Turn, click: Click) -> None:
    """Show a leader a wish again."""
    try:
        wish = await find_wish(turn.work, turn.person, click.fields.get("interest", ""), turn.now)
    except NotFoundError:
        turn.say("wish-gone")
        return
    turn.show(wish_card(turn.texts, wish, await _name_of(turn, wish)))


async def wish_to_report(turn: Turn, wish_id: str) -> Interest | None:
    """Return the wish that a leader wants to report as a need; None where it is not theirs, which is said."""
    try:
        wish = await find_wish(turn.work, turn.person, wish_id, turn.now)
    except NotFoundError:
        turn.say("wish-gone")
        return None
    if not turn.person.may_file:
        turn.say("need-only-leaders")
        return None
    return wish


async def subject_clicked(turn: Turn, click: Click) -> Want | None:
    """Return what a button is about: one's own interest, an offer that is still there, or a topic."""
    if click.fields.get("interest"):
        own = await _own(turn, click)
        return Want(own.offer_code, own.topic, own.words) if own else None
    code = click.fields.get("code", "")
    if code:
        return _offer_subject(turn, code)
    topic = click.fields.get("topic", "").strip()
    return Want("", topic, click.fields.get("said", "") or topic) if topic else None


async def _own(turn: Turn, click: Click) -> Interest | None:
    interest = await turn.work.interests.get(click.fields.get("interest", ""))
    return interest if interest and interest.person_id == key_of(turn.person) else None


# --- What can be said ---------------------------------------------------------------------------------------


async def said(turn: Turn, sentence: str) -> bool:
    """Do what a sentence says about interest, or to a wish; sending and reporting wishes is not here."""
    command = read_interest_command(sentence)
    match command:
        case InterestCommand(Wanted.ADD):
            return await _add_said(turn, command.name)
        case InterestCommand(Wanted.DROP):
            await _drop_said(turn, command.name)
        case InterestCommand(Wanted.DEMAND) if turn.person.staff:
            await show_demand(turn)
        case InterestCommand(Wanted.LIST | Wanted.DEMAND):
            await show_own(turn)
        case InterestCommand(Wanted.WISHES):
            await show_wishes(turn)
        case InterestCommand(Wanted.NOT_NOW):
            return await _not_now_said(turn, command.name)
        case _:
            return False
    return True


async def wish_named(turn: Turn, name: str) -> Interest | None:
    """Return the one wish that a leader's words mean; None for none or several."""
    wishes = await _named_wishes(turn)
    found = named_in(name, wishes, lambda one: one[1]) if name else wishes
    return found[0][0] if len(found) == 1 else None


def subject_in_front(turn: Turn) -> Want | None:
    """Return what the list or offer in front of the person is about."""
    topic = turn.memory.topic
    if topic is None or topic.dialog != SearchDialog.id:
        return None
    opened = str(topic.values.get("opened", ""))
    if opened:
        return _offer_subject(turn, opened)
    query = course_query_from_json(topic.values.get("query", {}))
    return Want("", query.topic, query.text or query.topic) if query.topic else None


async def show_own(turn: Turn) -> None:
    """List what the person waits for."""
    own = await turn.work.interests.of_person(key_of(turn.person))
    if own:
        turn.show(interests_card(turn.texts, own[:SHOWN], max(0, len(own) - SHOWN)))
    else:
        turn.say("interests-none")


async def show_demand(turn: Turn) -> None:
    """Show the centre what people wait for."""
    try:
        wanted = await demand(turn.work, turn.person)
    except NotAllowedError:
        turn.say("demand-not-yours")
        return
    if not wanted:
        turn.say("demand-none")
        return
    named = [(_name(turn, one.offer_code, one.topic), one) for one in wanted[:MOST_DEMAND]]
    turn.show(demand_card(turn.texts, named, max(0, len(wanted) - MOST_DEMAND)))


async def show_wishes(turn: Turn) -> None:
    """Show a leader what their people wish for; to others it is their own list."""
    wishes = await _named_wishes(turn)
    if wishes:
        turn.show(wishes_card(turn.texts, wishes[:SHOWN], max(0, len(wishes) - SHOWN)))
    elif turn.person.leads:
        turn.say("wishes-none")
    else:
        await show_own(turn)


async def _add_said(turn: Turn, name: str) -> bool:
    """Take "skriv mig op" to what is in front, or to the offer that is named; a run to join is another's."""
    if not name:
        subject = subject_in_front(turn)
        if subject:
            await add(turn, subject)
        else:
            turn.say("interest-what")
        return True
    named = await course_named(turn, name)
    subject = _offer_subject(turn, named[0]) if named and not named[1] else None
    runs = turn.index.runs_of(subject.offer_code) if subject else ()
    if subject is None or any(run.last_day >= turn.today for run in runs):
        return False
    await add(turn, subject)
    return True


async def _drop_said(turn: Turn, name: str) -> None:
    own = await turn.work.interests.of_person(key_of(turn.person))
    meant = named_in(name, own, lambda one: f"{one.offer_code} {one.topic}") if name else own
    if len(meant) == 1:
        await _drop(turn, meant[0].id)
    else:
        await show_own(turn)


async def _drop(turn: Turn, wanted_id: str) -> None:
    try:
        interest = await drop_interest(turn.work, turn.person, wanted_id)
    except NotFoundError:
        turn.say("interest-gone")
    else:
        turn.say("interest-dropped", topic=interest.topic)


async def _not_now_said(turn: Turn, name: str) -> bool:
    wish = await wish_named(turn, name)
    if wish is None:
        return False
    await _not_now(turn, wish.id)
    return True


async def _not_now(turn: Turn, wish_id: str) -> None:
    try:
        wish, new = await answer_not_now(turn.work, turn.person, wish_id, turn.now)
    except NotFoundError:
        turn.say("wish-gone")
        return
    turn.say("wish-not-now" if new else "wish-not-now-already", name=await _name_of(turn, wish))


async def _named_wishes(turn: Turn) -> Sequence[tuple[Interest, str]]:
    return [(one, await _name_of(turn, one)) for one in await wishes_to(turn.work, turn.person, turn.now)]


async def _name_of(turn: Turn, interest: Interest) -> str:
    person = await person_with(turn.work, interest.person_id)
    return person.name if person else ""


def _offer_subject(turn: Turn, code: str) -> Want | None:
    offer = turn.index.offer(code)
    return Want(code, offer.title, offer.title) if offer else None


def _name(turn: Turn, code: str, topic: str) -> str:
    """Name what is waited for: as the catalogue has it now, or as it was said."""
    offer = turn.index.offer(code) if code else None
    return f"{offer.title} ({code})" if offer else topic
