"""The offer that a sentence names: "vis DEM-01", "Det vil jeg gerne: Demens i dag (DEM-01)", a whole title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalogue.matching import MatchIndex
    from catalogue.offers import Offer

_ASKING = re.compile(
    r"^\W*(?:(?:det |jeg |den )?vil (?:det |jeg )?gerne(?: have| se| høre (?:mere )?om)?|vis(?: mig)?|åbn|se|find"
    r"|læs(?: mere)? om|fortæl(?: mig)?(?: mere)? om|hvad er|mere om"
    r"|i(?: would|'d|’d) like(?: this| to see| to hear about)?|show(?: me)?|open|see"
    r"|(?:read|tell me)(?: more)? about|what is|more about)\b",
    re.IGNORECASE,
)


def offer_asked_for(said: str, index: MatchIndex) -> Offer | None:
    """Return the offer that a sentence asks to see: "vis DEM-01", "læs mere om Demens i dag"."""
    rest = _ASKING.sub("", said, count=1)
    return None if rest == said else index.names.called(rest) or index.names.in_sentence(rest)


def offer_mentioned(said: str, index: MatchIndex) -> Offer | None:
    """Return the offer whose title a sentence is, or whose code stands anywhere in it."""
    return index.names.called(said) or index.names.in_sentence(said)
