"""`Mine henvendelser`: a leader's own requests, opened, edited while new, withdrawn and restored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from catalogue.need import Found, Need, revise_need
from centre.filing import (
    NotFoundError,
    edit_request,
    own_request,
    restore_request,
    withdraw_request,
)
from centre.requests import CaseNumber, Status
from centre.routing import ahead_of
from centre.states import TooLateError
from dialogs.cards.history import history_card
from dialogs.cards.need_form import need_form
from dialogs.cards.request import request_card, requests_card, withdrawn_card
from dialogs.drafts import Draft
from dialogs.forms import fill_in
from dialogs.intents import Intent, corrects, intent_of
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from centre.requests import Request, Wish
    from dialogs.memory import Frame
    from dialogs.turn import Turn

SHOWN = 5


async def list_requests(turn: Turn, page: int = 0) -> None:
    """Show a page of one's own requests."""
    if turn.person.left:
        turn.say("requests-left")
        return
    found = await turn.work.requests.of_requester(turn.person.id, SHOWN + 1, page * SHOWN)
    if not found and page == 0:
        turn.say("requests-none" if turn.person.may_file else "requests-none-employee")
        return
    more = len(found) > SHOWN
    turn.memory.more = f"requests.list {page + 1}" if more else ""
    turn.show(requests_card(turn.texts, found[:SHOWN], page, more=more))


async def show_request(turn: Turn, request_id: str) -> None:
    """Show one of one's own requests."""
    try:
        request = await own_request(turn.work, turn.person, request_id)
    except NotFoundError:
        turn.say("request-not-found")
        return
    turn.show(request_card(turn.texts, request, await ahead_of(turn.work, request)))


async def show_history(turn: Turn, request_id: str) -> None:
    """Show what happened to one of one's own requests, without what stays inside the centre."""
    try:
        request = await own_request(turn.work, turn.person, request_id)
    except NotFoundError:
        turn.say("request-not-found")
        return
    events = await turn.work.requests.events(request.id)
    turn.show(history_card(turn.texts, request, events, internal=False))


async def request_numbered(turn: Turn, number: CaseNumber) -> Request | None:
    """Return one's own request with this number; None says nothing of whether others have it."""
    request = await turn.work.requests.by_number(number)
    own = request is not None and turn.person.speaks_for(request.requester_id)
    return request if own else None


async def last_years(turn: Turn, number: CaseNumber) -> Request | None:
    """Return one's own request of last year: "sag 7" in January hardly means this year's that is another's."""
    return await request_numbered(turn, CaseNumber(number.year - 1, number.serial))


async def withdraw(turn: Turn, request_id: str) -> None:
    """Withdraw at once, with the way back on the card: no question that slows everybody down."""
    try:
        request = await withdraw_request(turn.work, turn.person, request_id, turn.now)
    except NotFoundError:
        turn.say("request-not-found")
    except TooLateError as late:
        turn.say("request-too-late-to-withdraw", number=str(late.request.number))
    else:
        card = withdrawn_card(turn.texts, request)
        if turn.input.click and turn.input.click.card_id:
            turn.retire(card)
            turn.say("withdrawn-said", number=str(request.number))
        else:
            turn.show(card)


async def restore(turn: Turn, request_id: str) -> None:
    """Undo a withdrawal."""
    try:
        request = await restore_request(turn.work, turn.person, request_id, turn.now)
    except NotFoundError:
        turn.say("request-not-found")
        return
    turn.retire(request_card(turn.texts, request))
    turn.say("restored", number=str(request.number))


async def withdraw_latest(turn: Turn) -> None:
    """Withdraw without a number: the one request that is still new, or ask which."""
    own = await turn.work.requests.of_requester(turn.person.id, SHOWN)
    still_open = [request for request in own if request.status is Status.NEW]
    if len(still_open) == 1:
        await withdraw(turn, still_open[0].id)
    elif own:
        turn.say("withdraw-which")
        await list_requests(turn)
    else:
        turn.say("requests-none")


async def restore_latest(turn: Turn, since: datetime | None) -> bool:
    """Undo a withdrawal; False when it was not the last thing done, or something was left `since`."""
    own = await turn.work.requests.of_requester(turn.person.id, SHOWN)
    changed = max(own, key=lambda request: request.changed_at, default=None)
    if changed is None or changed.status is not Status.WITHDRAWN or (since and changed.changed_at < since):
        return False
    await restore(turn, changed.id)
    return True


class EditRequestDialog(Dialog):
    """Changing a request that nobody has begun on.

    > (Ret on KV-2026-0001)
    < Ret det, der ikke passer  (all fields)  [Gem | Tilbage]
    > vi er nu 14
    < KV-2026-0001 er rettet. Centret ser ændringen med det samme.
    """

    id: ClassVar[str] = "edit_request"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One form."""
        return {"form": Step(self._ask_form, self._hear_form)}

    def readable(self, frame: Frame) -> bool:
        """A request's id, and a draft where an input could not be taken."""
        try:
            _kept_draft(frame)
        except (KeyError, TypeError, ValueError, IndexError):
            return False
        return isinstance(frame.values.get("request"), str)

    async def begin(self, turn: Turn, request_id: str) -> str | None:
        """Open the form; None, with the reason said, when it may not be edited (any more)."""
        try:
            request = await own_request(turn.work, turn.person, request_id)
        except NotFoundError:
            turn.say("request-not-found")
            return None
        if request.status is not Status.NEW:
            turn.say("request-too-late-to-edit", number=str(request.number))
            return None
        turn.begin(self.id, "form", request=request_id)
        return "form"

    async def _ask_form(self, turn: Turn, frame: Frame) -> None:
        try:
            request = await own_request(turn.work, turn.person, frame.values["request"])
        except NotFoundError:
            turn.say("request-not-found")
            return
        draft = _kept_draft(frame) or draft_of(request)
        turn.show(need_form(turn.texts, draft, frame.nonce, save="request.save", back="request.back"))

    async def _hear_form(self, turn: Turn, frame: Frame) -> Next:
        click, said = turn.input.click, turn.input.text
        try:
            request = await own_request(turn.work, turn.person, frame.values["request"])
        except NotFoundError:
            turn.say("request-not-found")
            return Heard.DONE
        draft = _kept_draft(frame) or draft_of(request)
        if click and click.verb == "request.back":
            turn.retire(request_card(turn.texts, request))
            return Heard.DONE
        if intent_of(said) is Intent.BACK:
            turn.show(request_card(turn.texts, request))
            return Heard.DONE
        if click and click.verb == "request.save":
            draft, problems = fill_in(draft, click.fields, turn.today)
            for problem in problems:
                turn.say(problem.key, value=problem.value)
            if problems:
                frame.values["draft"] = draft.json()
                return Heard.STAY
        elif click or not said or intent_of(said):
            return Heard.NOT_FOR_ME
        else:
            need = revise_need(draft.need, said, turn.today)
            if replace(need, text=draft.need.text) == draft.need or _is_new_need(need, draft.need, said):
                return Heard.NOT_FOR_ME
            draft = replace(draft, need=need, time_note="" if _time_changed(need, draft.need) else draft.time_note)
        return await _save(turn, request, draft)


async def _save(turn: Turn, request: Request, draft: Draft) -> Next:
    wish = replace(draft.wish(), need=request.wish.need, verdict=request.wish.verdict)
    offer = turn.index.offer(wish.offer_code) if wish.offer_code else None
    try:
        saved = await edit_request(
            turn.work, turn.person, request.id, wish, offer.kind if offer else None, turn.now
        )
    except TooLateError as late:
        turn.say("request-too-late-to-edit", number=str(late.request.number))
        return Heard.DONE
    turn.retire(request_card(turn.texts, saved))
    turn.say("edited", number=str(saved.number))
    return Heard.DONE


def draft_of(request: Request) -> Draft:
    """Return a request's wish as a draft again, to be corrected in the same form."""
    wish = request.wish
    return Draft(
        id=request.id,
        need=_need_of(wish),
        verdict=wish.verdict,
        chosen=wish.offer_code,
        chosen_title=wish.offer_title,
        run_code=wish.run_code,
        time_note=wish.time_words,
        purpose=wish.purpose,
        area=wish.area,
        department=wish.department,
    )


def _need_of(wish: Wish) -> Need:
    when = wish.time_words
    return Need(
        text=wish.need,
        topic=wish.topic,
        headcount=Found(wish.headcount, str(wish.headcount)) if wish.headcount else None,
        staff_groups=tuple(Found(group, group) for group in wish.staff_groups),
        earliest=Found(wish.earliest, when) if wish.earliest else None,
        latest=Found(wish.latest, when) if wish.latest else None,
        form=Found(wish.form, wish.form.value) if wish.form else None,
        budget_dkk=Found(wish.budget_dkk, str(wish.budget_dkk)) if wish.budget_dkk else None,
        on_behalf_of=Found(wish.on_behalf_of, wish.on_behalf_of) if wish.on_behalf_of else None,
    )


def _kept_draft(frame: Frame) -> Draft | None:
    """What was typed beside an input that could not be taken."""
    return Draft.read(frame.values["draft"]) if "draft" in frame.values else None


def _is_new_need(need: Need, before: Need, said: str) -> bool:
    """A sentence about something else is no correction of what was sent, unless it says so."""
    return need.topic != before.topic and not corrects(said)


def _time_changed(need: Need, before: Need) -> bool:
    return (need.earliest, need.latest, need.urgency) != (before.earliest, before.latest, before.urgency)
