"""What a person did, freed of Teams: words, a click, or something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """Where it was said."""

    PERSONAL = "personal"
    CHANNEL = "channel"


class Happening(StrEnum):
    """What kind of thing happened."""

    SAID = "said"  # words or a click
    INSTALLED = "installed"  # the bot was added to a chat or a team
    SENT_FILE = "sent_file"
    SENT_PICTURE = "sent_picture"  # pictures, stickers, GIFs
    SENT_VOICE = "sent_voice"


@dataclass(frozen=True, slots=True)
class Click:
    """A press of a card's button.

    `nonce` ties it to the question it answers, "" for buttons that stay good for ever. `fields` are the
    card's inputs and the button's own data, as text. `card_id` is the activity that shows the card.
    """

    verb: str
    nonce: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    card_id: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The team and channel something was said in; all "" in a personal chat."""

    team_id: str = ""
    channel_id: str = ""
    channel_name: str = ""


@dataclass(frozen=True, slots=True)
class UserInput:
    """One thing a person did. `text` is trimmed, without the mention of the bot, CPR numbers masked."""

    text: str = ""
    click: Click | None = None
    happening: Happening = Happening.SAID
    scope: Scope = Scope.PERSONAL
    place: Place = Place()
