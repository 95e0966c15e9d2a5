"""The topic under way and the drafts set aside: asking, hearing, leaving and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.welcome import drafts_card, resume_card
from dialogs.steps import Dialog, Heard
from dialogs.turn import new_nonce

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.turn import Turn


class Topics:
    """Knows the dialogs, and moves a person's memory between them."""

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        self.dialogs: Mapping[str, Dialog] = {dialog.id: dialog for dialog in dialogs}

    def keeps_draft(self, frame: Frame) -> bool:
        """Whether a topic is of the kind that is kept, not a list that was only looked at."""
        return self.dialogs[frame.dialog].keeps_draft

    def forget_unreadable(self, turn: Turn) -> None:
        """Meet a memory of an older release politely: drop what no dialog of this one can read."""
        memory = turn.memory
        memory.drafts = [draft for draft in memory.drafts if self.reads(draft) and self.is_draft(draft)]
        if memory.lost or (memory.topic and not self.reads(memory.topic)):
            memory.topic = None
            turn.say("lost-thread")

    def reads(self, frame: Frame) -> bool:
        """Whether this release knows the dialog and the step, and can read the values."""
        dialog = self.dialogs.get(frame.dialog)
        return bool(dialog and frame.step in dialog.steps and dialog.readable(frame))

    def is_draft(self, frame: Frame) -> bool:
        """Whether it is worth coming back to: something was said that can be sent."""
        dialog = self.dialogs[frame.dialog]
        return dialog.keeps_draft and bool(dialog.title(frame))

    async def hear(self, turn: Turn, frame: Frame) -> bool:
        """Let a topic hear; False when it had no use for the words."""
        dialog = self.dialogs[frame.dialog]
        heard = await dialog.steps[frame.step].hear(turn, frame)
        frame.touched = turn.now
        if isinstance(heard, str):
            frame.step = heard
            await self.ask(turn)
        elif heard is Heard.DONE:
            turn.memory.topic = None
        elif heard is Heard.NOT_FOR_ME and turn.input.click:
            turn.say("dead-click-topic")
        return heard is not Heard.NOT_FOR_ME

    async def ask(self, turn: Turn) -> None:
        """Put the question of the step under way, under a new nonce."""
        frame = turn.memory.topic
        assert frame
        frame.nonce = new_nonce()
        frame.touched = turn.now
        await self.dialogs[frame.dialog].steps[frame.step].ask(turn, frame)

    def leave(self, turn: Turn) -> None:
        """Set the topic under way aside if it is worth a draft."""
        topic, turn.memory.topic = turn.memory.topic, None
        if topic and self.is_draft(topic):
            turn.memory.set_aside(topic)

    def draft_of(self, turn: Turn, nonce: str) -> Frame | None:
        """Return the draft whose last question had this nonce."""
        return next((draft for draft in turn.memory.drafts if nonce and draft.nonce == nonce), None)

    def take_up(self, turn: Turn, draft: Frame) -> None:
        """Make a draft the topic under way again."""
        turn.memory.drafts.remove(draft)
        self.leave(turn)
        turn.memory.topic = draft

    def cancel(self, turn: Turn) -> None:
        """Leave the topic under way; what could be sent is kept as a draft."""
        topic = turn.memory.topic
        if topic is None:
            turn.say("nothing-to-cancel")
            return
        self.leave(turn)
        if self.is_draft(topic):
            turn.say("cancelled-kept")
            turn.show(resume_card(turn.texts, topic, self.dialogs[topic.dialog].title(topic)))
        else:
            turn.say("cancelled")

    async def back(self, turn: Turn) -> None:
        """Go back one step."""
        topic = turn.memory.topic
        if topic is None:
            turn.say("nothing-to-go-back-to")
            return
        step = self.dialogs[topic.dialog].steps[topic.step]
        if step.back:
            topic.step = step.back
        elif await self.hear(turn, topic):
            return
        else:
            turn.say("at-the-beginning")
        await self.ask(turn)

    def remind(self, turn: Turn) -> None:
        """End an aside with the way back to the topic under way, or to the newest draft."""
        topic = turn.memory.topic or (turn.memory.drafts[-1] if turn.memory.drafts else None)
        if topic is None or not self.is_draft(topic):
            return
        title = self.dialogs[topic.dialog].title(topic)
        if topic is turn.memory.topic:
            turn.say("topic-goes-on", title=title)
        else:
            turn.show(resume_card(turn.texts, topic, title))

    async def resume(self, turn: Turn) -> None:
        """Show the topic under way again, or take up the newest draft."""
        if turn.memory.topic is None:
            if not turn.memory.drafts:
                turn.say("no-draft")
                return
            self.take_up(turn, turn.memory.drafts[-1])
        await self.ask(turn)

    async def resume_numbered(self, turn: Turn, number: int) -> None:
        """Take up a draft by its number on the list of them, the newest being 1."""
        drafts = turn.memory.drafts
        if number > len(drafts):
            turn.say("no-such-draft", most=len(drafts))
            return
        self.take_up(turn, drafts[-number])
        await self.ask(turn)

    def show_drafts(self, turn: Turn) -> None:
        """List the drafts set aside, newest first."""
        drafts = [(draft, self.dialogs[draft.dialog].title(draft)) for draft in reversed(turn.memory.drafts)]
        if drafts:
            turn.show(drafts_card(turn.texts, drafts))
        else:
            turn.say("no-draft")

    async def resume_clicked(self, turn: Turn, click: Click) -> None:
        """Take up the draft that the button names."""
        draft = self.draft_of(turn, click.fields.get("draft", ""))
        if draft is None:
            turn.say("dead-click-topic" if turn.memory.topic else "no-draft")
            return
        self.take_up(turn, draft)
        await self.ask(turn)

    async def drop_clicked(self, turn: Turn, click: Click) -> None:
        """Delete the draft that the button names."""
        draft = self.draft_of(turn, click.fields.get("draft", ""))
        if draft is None:
            turn.say("dead-click-topic" if turn.memory.topic else "no-draft")
            return
        turn.memory.drafts.remove(draft)
        turn.say("draft-dropped")

    def drop_newest(self, turn: Turn) -> None:
        """Delete the draft under way, or else the newest set aside."""
        memory = turn.memory
        if memory.topic and self.is_draft(memory.topic):
            memory.topic = None
        elif memory.drafts:
            memory.drafts.pop()
        else:
            turn.say("no-draft")
            return
        turn.say("draft-dropped")
