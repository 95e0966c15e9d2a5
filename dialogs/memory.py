"""What the bot remembers of one person in one conversation, as plain JSON with names in it.

A row of an old release meets new code politely: a dialog or step that is gone, or a value that no longer
reads, resets that topic only (`Conversation` says so in a kind sentence), never the whole memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

VERSION = 1
TOPIC_LIFETIME = timedelta(days=5)
"""An unfinished topic older than this is set aside, so that nobody answers a question they forgot."""
DRAFT_LIFETIME = timedelta(days=60)
MOST_DRAFTS = 5


class UnreadableMemoryError(ValueError):
    """A remembered value is not what this release writes."""


@dataclass(slots=True)
class Frame:
    """A topic under way: which dialog, which step by name, and what was gathered so far (plain JSON).

    `nonce` is the question being asked: a click that carries another one is from an older card.
    """

    dialog: str
    step: str
    nonce: str
    touched: datetime
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """The topic under way and the drafts set aside, newest last; `lost` when a stored topic did not read.

    `more` is what "vis flere" goes on with when a list was the last thing shown: a button's verb and a page.
    """

    topic: Frame | None = None
    drafts: list[Frame] = field(default_factory=list)
    lost: bool = False
    more: str = ""

    def set_aside(self, frame: Frame) -> None:
        """Keep a draft for later; the oldest beyond the limit goes."""
        self.drafts = [draft for draft in self.drafts if draft.values != frame.values][-(MOST_DRAFTS - 1) :]
        self.drafts.append(frame)

    def age(self, now: datetime) -> None:
        """Set a forgotten topic aside and drop drafts that nobody came back to."""
        if self.topic and now - self.topic.touched > TOPIC_LIFETIME:
            self.set_aside(self.topic)
            self.topic = None
        self.drafts = [draft for draft in self.drafts if now - draft.touched <= DRAFT_LIFETIME]


def encode(memory: Memory) -> dict[str, Any]:
    """Return the memory as plain JSON."""
    return {
        "version": VERSION,
        "topic": _encode_frame(memory.topic) if memory.topic else None,
        "drafts": [_encode_frame(frame) for frame in memory.drafts],
        "more": memory.more,
    }


def decode(data: dict[str, Any]) -> Memory:
    """Read a stored memory; frames that do not read are left out.

    Raises:
        UnreadableMemoryError: the row was written by a newer release.
    """
    if data.get("version") != VERSION:
        raise UnreadableMemoryError(f"memory version {data.get('version')!r}")
    stored = data.get("drafts")
    drafts = [_decode_frame(entry) for entry in stored] if isinstance(stored, list) else []
    topic = _decode_frame(data.get("topic"))
    lost = data.get("topic") is not None and topic is None
    return Memory(topic, [frame for frame in drafts if frame], lost, str(data.get("more", "")))


def _encode_frame(frame: Frame) -> dict[str, Any]:
    return {
        "dialog": frame.dialog,
        "step": frame.step,
        "nonce": frame.nonce,
        "touched": frame.touched.isoformat(),
        "values": frame.values,
    }


def _decode_frame(data: object) -> Frame | None:
    match data:
        case {
            "dialog": str(dialog),
            "step": str(step),
            "nonce": str(nonce),
            "touched": str(touched),
            "values": dict(values),
        }:
            when = _moment(touched)
            return Frame(dialog, step, nonce, when, values) if when else None
        case _:
            return None


def _moment(text: str) -> datetime | None:
    """Read a time with its zone; one without cannot be compared with now."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
