"""One turn of the conversation: what a step sees and what it can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from dialogs.memory import Frame, Memory
from dialogs.names import fresh_name
from dialogs.replies import Reply, Retire, Say, Show, Whisper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from catalogue.matching import MatchIndex
    from centre.cases import Colleague
    from centre.people import Person
    from centre.ports import UnitOfWork
    from dialogs.cards.elements import Card
    from dialogs.input import UserInput
    from dialogs.texts import Texts


def _no_page(_code: str) -> str:
    return ""


class Stage(Protocol):
    """The demo's stage, where one newcomer plays all three parts."""

    async def play(self, part: str) -> Person:
        """Become the sample leader, employee or consultant ("leader", "employee", "staff") from now on."""


class Links(Protocol):
    """Makes links to files, which open where nobody is signed in."""

    def to(self, kind: str, subject: Mapping[str, Any], person: Person, locale: str, valid: timedelta) -> str:
        """Make a link to a kind of file for a person; `subject` is plain JSON and says which one."""


@dataclass(slots=True)
class Turn:
    """Everything one turn works on. Replies are gathered and spoken after the commit.

    `colleagues` are the people of the centre's team, `carried_on` a sentence that a topic found to be another's,
    `page_of` gives the address that an offer (by its code) is shared by, "" where it has none.
    """

    input: UserInput
    person: Person
    memory: Memory
    work: UnitOfWork
    index: MatchIndex
    texts: Texts
    now: datetime
    links: Links
    stage: Stage | None = None
    colleagues: Sequence[Colleague] = ()
    carried_on: str = ""
    page_of: Callable[[str], str] = _no_page
    replies: list[Reply] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The date in Denmark."""
        return self.now.date()

    def say(self, key: str, **values: str | float) -> None:
        """Answer with a text of `dialogs/texts`."""
        self.replies.append(Say(self.texts(key, **values)))

    def whisper(self, key: str, **values: str | float) -> None:
        """Answer only the one who clicked."""
        self.replies.append(Whisper(self.texts(key, **values)))

    def show(self, card: Card) -> None:
        """Answer with a card."""
        self.replies.append(Show(card.json(), card.summary))

    def retire(self, card: Card) -> None:
        """Replace the clicked card by its receipt; with words there is no card to replace."""
        if self.input.click and self.input.click.card_id:
            self.replies.append(Retire(self.input.click.card_id, card.json(), card.summary))

    def link(self, kind: str, subject: Mapping[str, Any], valid: timedelta) -> str:
        """Make a link to a file for the one who asks; their right to it is looked at again at every fetch."""
        return self.links.to(kind, subject, self.person, self.texts.locale, valid)

    def begin(self, dialog: str, step: str, **values: object) -> Frame:
        """Make a topic the one under way; a kept draft under way before is set aside by the conversation."""
        frame = Frame(dialog, step, new_nonce(), self.now, dict(values))
        self.memory.topic = frame
        return frame


def new_nonce() -> str:
    """Return a fresh name for one question; it only has to differ from its neighbours."""
    return fresh_name(16)
