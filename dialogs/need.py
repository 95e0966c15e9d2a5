"""The main job: a leader says what their people need to learn, sees what fits, and sends it to the centre."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rapidfuzz import fuzz, process

from catalogue.matching import Answer, Match, Verdict
from catalogue.need import Need, read_need, revise_need
from centre.filing import file_request
from centre.routing import ahead_of
from centre.states import NotAllowedError
from dialogs.cards.matches import chosen_receipt, matches_card
from dialogs.cards.need_form import need_form
from dialogs.cards.offer import best_run
from dialogs.cards.request import receipt_card
from dialogs.cards.summary import summary_card
from dialogs.drafts import Draft
from dialogs.forms import FormProblem, fill_in
from dialogs.intents import Intent, corrects, intent_of, normalise, picked_number
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dialogs.memory import Frame
    from dialogs.turn import Turn

SHOWN = 3
"""Matches on one card: more would not be read."""
DEEPEST = 15
"""Matches worth paging through."""
TITLE_LIKENESS = 85
"""rapidfuzz partial_ratio (0-100) from which typed words name one of the titles shown."""
SHORTEST_TITLE = 5


class NeedDialog(Dialog):
    """A leader's need, from a sentence to the centre's queue.

    > Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer
    < Det her passer godt. Jeg forstod: møde borgere med demens · 12 personer · SOSU-assistenter · inden sommer
      1 Mødet med borgere med demens … 2 … 3 …  [Vælg] [Vælg] [Vælg] [Vis flere | Ingen af dem passer | Ret]
    > (Vælg)
    < Klar til at sende?  … Hvad skal være anderledes i praksis bagefter?  [Send til centret | Ret | Tilbage]
    > (Send til centret)
    < Tak! KV-2026-0001 er sendt … Centret svarer senest fredag den 27. november.

    Every button can be typed: "nr. 2", "vis flere", "ingen af dem", "ret", "send". Any other sentence corrects
    what was read ("vi er 14", "det skal være online"). A need that matches nothing is sent just as easily.
    """

    id: ClassVar[str] = "need"
    keeps_draft: ClassVar[bool] = True

    @property
    def steps(self) -> Mapping[str, Step]:
        """Describe (only when no topic was said), choose, summary; edit hangs beside the last two."""
        return {
            "describe": Step(self._ask_describe, self._hear_describe),
            "choose": Step(self._ask_choose, self._hear_choose, back="describe"),
            "summary": Step(self._ask_summary, self._hear_summary, back="choose"),
            "edit": Step(self._ask_edit, self._hear_edit),
        }

    def readable(self, frame: Frame) -> bool:
        """A draft."""
        try:
            _draft(frame)
        except (KeyError, TypeError, ValueError, IndexError):
            return False
        return True

    def title(self, frame: Frame) -> str:
        """The draft's topic."""
        draft = _draft(frame)
        return draft.need.topic or draft.need.text

    def begin(self, turn: Turn, text: str) -> str:
        """Make a sentence the topic under way; return the step to ask."""
        draft = Draft.begin(read_need(text, turn.today), turn.person)
        step = "choose" if draft.need.topic else "describe"
        _keep(turn.begin(self.id, step), draft)
        return step

    def begin_with_offer(self, turn: Turn, code: str, said: str = "") -> str | None:
        """Make an offer that somebody looked at, or asked for by name, the topic under way; None when it is gone.

        `said` is the sentence that asks for it, with how many they are and when.
        """
        offer = turn.index.offer(code)
        if offer is None:
            return None
        words = said or turn.texts("need-from-offer", title=offer.title)
        topic = read_need(offer.title, turn.today).topic
        draft = Draft.begin(
            replace(read_need(said or offer.title, turn.today), text=words, topic=topic), turn.person
        )
        draft = replace(draft, chosen=code, chosen_title=offer.title, settled=True, verdict=Verdict.SURE)
        _keep(turn.begin(self.id, "summary"), draft)
        return "summary"

    async def _ask_describe(self, turn: Turn, frame: Frame) -> None:  # noqa: ARG002 - a step's shape
        turn.say("need-describe")

    async def _hear_describe(self, turn: Turn, frame: Frame) -> Next:
        draft = _draft(frame)
        said = turn.input.text
        if draft.need.text and intent_of(said) in {Intent.SEND, Intent.NONE_FITS}:
            return _choose_nothing(frame, draft)
        if not said or intent_of(said):
            return Heard.NOT_FOR_ME
        need = revise_need(draft.need, said, turn.today) if draft.need.text else read_need(said, turn.today)
        _keep(frame, replace(draft, need=replace(need, topic=need.topic or said)))
        return "choose"

    async def _ask_choose(self, turn: Turn, frame: Frame) -> None:
        draft, answer = self._match(turn, frame)
        shown = answer.matches[draft.page : draft.page + SHOWN]
        more = len(answer.matches) > draft.page + SHOWN
        turn.show(matches_card(turn.texts, draft, answer.verdict, shown, frame.nonce, more=more))

    async def _hear_choose(self, turn: Turn, frame: Frame) -> Next:
        draft, answer = self._match(turn, frame)
        if turn.input.click:
            return self._clicked_choice(turn, frame, draft, answer)
        said = turn.input.text
        which = _which(said, answer.matches, draft.page)
        if which is not None:
            return self._choose(turn, frame, draft, answer, which)
        match intent_of(said):
            case Intent.MORE:
                return self._more(turn, frame, draft, answer)
            case Intent.NONE_FITS | Intent.NO | Intent.SEND:
                return _choose_nothing(frame, draft)
            case Intent.YES:
                return self._choose(turn, frame, draft, answer, draft.page)
            case Intent.CORRECT:
                return "edit"
            case None:
                return self._correct(turn, frame, draft, answer)
            case _:
                return Heard.NOT_FOR_ME

    def _clicked_choice(self, turn: Turn, frame: Frame, draft: Draft, answer: Answer) -> Next:
        assert turn.input.click
        match turn.input.click.verb:
            case "need.choose":
                code = turn.input.click.fields.get("code", "")
                codes = [match.offer.code for match in answer.matches]
                return self._choose(turn, frame, draft, answer, codes.index(code) if code in codes else len(codes))
            case "need.more":
                return self._more(turn, frame, draft, answer)
            case "need.none":
                turn.retire(chosen_receipt(turn.texts, draft, ""))
                return _choose_nothing(frame, draft)
            case "need.correct":
                return "edit"
            case _:
                return Heard.NOT_FOR_ME

    def _choose(self, turn: Turn, frame: Frame, draft: Draft, answer: Answer, which: int) -> Next:
        if which >= len(answer.matches):
            turn.say("need-no-such-number", most=len(answer.matches))
            return Heard.STAY
        match = answer.matches[which]
        headcount = draft.need.headcount.value if draft.need.headcount else None
        run = best_run(match.runs, headcount)
        turn.retire(chosen_receipt(turn.texts, draft, match.offer.title))
        _keep(
            frame,
            replace(
                draft,
                chosen=match.offer.code,
                chosen_title=match.offer.title,
                run_code=run.code if run else "",
                settled=True,
            ),
        )
        return "summary"

    def _more(self, turn: Turn, frame: Frame, draft: Draft, answer: Answer) -> Next:
        if draft.page + SHOWN >= len(answer.matches):
            turn.say("need-no-more")
            return Heard.STAY
        _keep(frame, replace(draft, page=draft.page + SHOWN))
        return "choose"

    def _correct(self, turn: Turn, frame: Frame, draft: Draft, answer: Answer) -> Next:
        """Take any other sentence as a correction; words that lead nowhere change nothing."""
        said = turn.input.text
        if not said:
            return Heard.NOT_FOR_ME
        if normalise(said) == normalise(draft.need.text):
            return "choose"
        need = revise_need(draft.need, said, turn.today)
        if not _differs_beside_topic(need, draft.need):
            new = need.topic != draft.need.topic
            found = turn.index.match(Need(text=need.topic, topic=need.topic), turn.today, DEEPEST)
            sounds_known = found.verdict is not Verdict.NONE or answer.verdict is Verdict.NONE
            if not new or not (sounds_known or corrects(said)):
                return Heard.NOT_FOR_ME
        _keep(frame, replace(draft, need=need).unsettled())
        return "choose"

    async def _ask_summary(self, turn: Turn, frame: Frame) -> None:
        turn.show(summary_card(turn.texts, _draft(frame), turn.person, turn.index, frame.nonce))

    async def _hear_summary(self, turn: Turn, frame: Frame) -> Next:
        click = turn.input.click
        if click is None:
            return await self._said_at_summary(turn, frame)
        match click.verb:
            case "need.send":
                problem = self._fill(turn, frame, click.fields)
                return Heard.STAY if problem else await self._send(turn, frame)
            case "need.correct":
                return Heard.STAY if self._fill(turn, frame, click.fields) else "edit"
            case "need.back":
                return "choose"
            case _:
                return Heard.NOT_FOR_ME

    async def _said_at_summary(self, turn: Turn, frame: Frame) -> Next:
        """Take words as the answer to what is missing, and what is left as the purpose."""
        said = turn.input.text
        match intent_of(said):
            case Intent.SEND | Intent.YES:
                return await self._send(turn, frame)
            case Intent.CORRECT | Intent.NO:
                return "edit"
            case Intent.MORE:
                return "choose"
            case Intent.NONE_FITS:
                return _choose_nothing(frame, _draft(frame))
            case None if said:
                pass
            case _:
                return Heard.NOT_FOR_ME
        which = picked_number(said)
        if which and " " in said:
            draft, answer = self._match(turn, frame)
            return self._choose(turn, frame, draft, answer, which - 1)
        draft = _draft(frame)
        need = revise_need(draft.need, said, turn.today)
        if _differs_beside_topic(need, draft.need):
            _keep(frame, replace(draft, need=replace(need, topic=draft.need.topic)))
        elif said.endswith("?"):
            return Heard.NOT_FOR_ME
        else:
            _keep(frame, replace(draft, purpose=_without_label(said)))
            turn.say("need-noted-purpose")
        return "summary"

    def _fill(self, turn: Turn, frame: Frame, fields: Mapping[str, str]) -> bool:
        """Take the card's inputs; a wrong one is told of, and what was right is kept."""
        draft, problems = fill_in(_draft(frame), fields, turn.today)
        _keep(frame, draft)
        return _tell(turn, problems)

    async def _send(self, turn: Turn, frame: Frame) -> Next:
        draft = _draft(frame)
        offer = turn.index.offer(draft.chosen) if draft.chosen else None
        try:
            filed = await file_request(
                turn.work, turn.person, draft.id, draft.wish(), offer.kind if offer else None, turn.now
            )
        except NotAllowedError:
            turn.say("need-only-leaders")
            return Heard.STAY
        receipt = receipt_card(turn.texts, filed.request, await ahead_of(turn.work, filed.request))
        if turn.input.click and turn.input.click.card_id:
            turn.retire(receipt)
            turn.say("filed", number=str(filed.request.number), day=turn.texts.day(filed.request.answer_due))
        else:
            turn.show(receipt)
        return Heard.DONE

    async def _ask_edit(self, turn: Turn, frame: Frame) -> None:
        turn.show(need_form(turn.texts, _draft(frame), frame.nonce))

    async def _hear_edit(self, turn: Turn, frame: Frame) -> Next:
        click = turn.input.click
        before = _draft(frame)
        if click and click.verb == "need.save":
            if self._fill(turn, frame, click.fields):
                return Heard.STAY
            return _after_edit(frame, before)
        said = turn.input.text
        intent = intent_of(said)
        if (click and click.verb == "need.back") or intent in {Intent.BACK, Intent.SEND, Intent.YES}:
            return "summary" if before.settled else "choose"
        if click or intent or not said:
            return Heard.NOT_FOR_ME
        need = revise_need(before.need, said, turn.today)
        if replace(need, text=before.need.text) == before.need:
            return Heard.NOT_FOR_ME
        _keep(frame, replace(before, need=need))
        return _after_edit(frame, before)

    def _match(self, turn: Turn, frame: Frame) -> tuple[Draft, Answer]:
        """Match afresh: the catalogue may have changed since the card was shown."""
        draft = _draft(frame)
        answer = turn.index.match(draft.need, turn.today, DEEPEST).worth_showing()
        draft = replace(draft, verdict=answer.verdict)
        _keep(frame, draft)
        return draft, answer


def _draft(frame: Frame) -> Draft:
    return Draft.read(frame.values)


def _keep(frame: Frame, draft: Draft) -> None:
    frame.values = draft.json()


def _choose_nothing(frame: Frame, draft: Draft) -> Next:
    _keep(frame, replace(draft, chosen="", chosen_title="", run_code="", settled=True))
    return "summary"


def _after_edit(frame: Frame, before: Draft) -> Next:
    """A new topic needs new matches; anything else goes back to where the leader was."""
    draft = _draft(frame)
    if draft.need.topic != before.need.topic:
        _keep(frame, draft.unsettled())
        return "choose"
    return "summary" if draft.settled else "choose"


def _which(said: str, matches: Sequence[Match], page: int) -> int | None:
    """Return the index of the match that the words name, by the number on the card or by its title."""
    number = picked_number(said)
    if number:
        return number - 1
    shown = {index: matches[index].offer.title for index in range(page, min(page + SHOWN, len(matches)))}
    if len(said) < SHORTEST_TITLE or intent_of(said):
        return None
    nearest = process.extractOne(
        normalise(said),
        {index: normalise(title) for index, title in shown.items()},
        scorer=fuzz.ratio,
        score_cutoff=TITLE_LIKENESS,
    )
    return nearest[2] if nearest else None


def _differs_beside_topic(need: Need, before: Need) -> bool:
    return replace(need, text=before.text, topic=before.topic) != before


def _without_label(said: str) -> str:
    """Take the label off "formål: …"."""
    label, colon, rest = said.partition(":")
    return rest.strip() if colon and label.strip().casefold() in {"formål", "formålet", "purpose"} else said


def _tell(turn: Turn, problems: Sequence[FormProblem]) -> bool:
    for problem in problems:
        turn.say(problem.key, value=problem.value)
    return bool(problems)
