"""What a dialog is made of: named steps that ask, and hear the answer as a click or as words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from dialogs.memory import Frame
    from dialogs.turn import Turn


class Heard(Enum):
    """What a step made of an answer when it names no next step."""

    STAY = auto()  # answered; the same question stands
    DONE = auto()  # the topic is finished
    NOT_FOR_ME = auto()  # nothing this step knows: let the conversation try


Next = str | Heard
"""The name of the next step, or what else came of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A named step: `ask` puts the question, `hear` takes the answer, `back` is where "tilbage" leads."""

    ask: Callable[[Turn, Frame], Awaitable[None]]
    hear: Callable[[Turn, Frame], Awaitable[Next]]
    back: str = ""


class Dialog(ABC):
    """A topic of conversation. Its docstring is its sample conversation.

    `id` and the names of the steps are stored in people's memories: they are never renamed.
    """

    id: ClassVar[str]
    keeps_draft: ClassVar[bool] = False
    """Whether leaving it midway is worth a draft."""

    @property
    @abstractmethod
    def steps(self) -> Mapping[str, Step]:
        """The steps by name."""

    def readable(self, frame: Frame) -> bool:  # noqa: ARG002 - a topic without values reads anything
        """Whether the frame's values are what this release writes."""
        return True

    def title(self, frame: Frame) -> str:  # noqa: ARG002 - most topics are not kept as drafts
        """Return what the draft is about, to offer it again."""
        return ""
