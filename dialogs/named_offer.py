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


def offer_named_only(said: str, index: MatchIndex) -> Offer | None:
    """Return the offer that is all a sentence is about, with or without words that ask for it."""
    rest = _ASKING.sub("", said, count=1)
    asked = index.names.in_sentence(rest) if rest != said else None
    return index.names.called(said) or index.names.called(rest) or asked


def offer_mentioned(said: str, index: MatchIndex) -> Offer | None:
    """Return the offer whose code stands anywhere in a sentence."""
    return index.names.in_sentence(said)
