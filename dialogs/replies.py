"""What the bot answers, freed of Teams. Plain data, so that it can be kept until it is spoken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """A message of plain text (no Markdown: people's own words may be in it)."""

    text: str


@dataclass(frozen=True, slots=True)
class Show:
    """A message that is an Adaptive Card; `summary` is what notifications and screen readers say."""

    card: Json
    summary: str


@dataclass(frozen=True, slots=True)
class Retire:
    """Replace an answered card by its read-only receipt."""

    card_id: str
    card: Json
    summary: str


@dataclass(frozen=True, slots=True)
class Whisper:
    """A line for the one who clicked only; where Teams has no such thing it is a message."""

    text: str


Reply = Say | Show | Retire | Whisper


def to_json(reply: Reply) -> Json:
    """Encode a reply for the inbox row."""
    match reply:
        case Say(text):
            return {"say": text}
        case Show(card, summary):
            return {"show": card, "summary": summary}
        case Retire(card_id, card, summary):
            return {"retire": card_id, "card": card, "summary": summary}
        case Whisper(text):
            return {"whisper": text}


def from_json(data: Json) -> Reply:
    """Decode what `to_json` wrote.

    Raises:
        ValueError: it is none of the replies.
    """
    match data:
        case {"say": str(text)}:
            return Say(text)
        case {"show": dict(card), "summary": str(summary)}:
            return Show(card, summary)
        case {"retire": str(card_id), "card": dict(card), "summary": str(summary)}:
            return Retire(card_id, card, summary)
        case {"whisper": str(text)}:
            return Whisper(text)
        case _:
            raise ValueError("not a stored reply")
