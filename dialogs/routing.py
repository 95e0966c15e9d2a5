"""Which channel holds what, and who looks after what: chosen by a button in a channel, or in words by staff.

> brug denne kanal til Handicap
< Fra nu af lander nye henvendelser om Handicap her. Kirsten Bang valgte kanalen.
> Grethe har som standard Handicap
< Grethe Lund får fra nu af nye sager om Handicap.
> fordeling
< (who has what, and where it lands)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.cases import Colleague
from centre.ports import Channel
from centre.routing import Caretaker, Subject, choose_channel, look_after, stop_looking_after
from centre.states import NotAllowedError
from dialogs.areas import area_named
from dialogs.cards.routing import channel_chosen_card, distribution_card, subject_words
from dialogs.case_words import colleague_named

if TYPE_CHECKING:
    from dialogs.input import Click
    from dialogs.turn import Turn

LONGEST_TOPIC = 40
_USE = re.compile(
    r"(?:brug|use)\s+(?:denne kanal|den her kanal|kanalen|this channel)\s+(?:til|for|om)\s+(?P<subject>.{2,60})",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"(?P<name>\S.{0,60}?)\s+(?:har|får|tager)\s+som\s+standard\s+(?P<subject>\S.{1,60})"
    r"|(?P<name_en>\S.{0,60}?)\s+(?:has|gets|takes|have|get|take)\s+(?P<subject_en>\S.{1,60}?)\s+by\s+default",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(r"(?:alt|alle(?: fag)?(?: ?områder)?|det hele|everything|all(?: areas)?)", re.IGNORECASE)
_NOBODY = frozenset({"ingen", "nobody", "no one"})
_MYSELF = frozenset({"jeg", "i"})
_SHOW = re.compile(
    r"(?:vis )?(?:fordeling(?:en)?|kanaler(?:ne)?|hvem har hvad|distribution|channels|who has what)\??",
    re.IGNORECASE,
)


async def heard(turn: Turn, said: str) -> bool:
    """Do what a sentence says about channels and who looks after what; False for any other sentence."""
    said = said.strip(" .!")
    if use := _USE.fullmatch(said):
        await use_channel(turn, None if _EVERYTHING.fullmatch(use["subject"]) else _subject(use["subject"]))
        return True
    if not turn.person.staff:
        return False
    if _SHOW.fullmatch(said):
        await show_distribution(turn)
        return True
    has = _HAS.fullmatch(said)
    if has is None:
        return False
    name, subject = has["name"] or has["name_en"], _subject(has["subject"] or has["subject_en"])
    if name.casefold() in _NOBODY:
        await _nobody_looks_after(turn, subject)
    else:
        await _looks_after(turn, name, subject)
    return True


async def clicked(turn: Turn, click: Click) -> None:
    """Use a channel for everything, or for the area of the button."""
    area = click.fields.get("area", "")
    await use_channel(turn, Subject(Area(area)) if area in set(Area) else None)


async def use_channel(turn: Turn, subject: Subject | None) -> None:
    """Make the channel this was said in the centre's queue, or a subject's own."""
    place = turn.input.place
    if not place.channel_id:
        turn.whisper("channel-only-in-team")
        return
    channel = Channel(turn.work.tenant, place.team_id, place.channel_id, place.channel_name)
    first = await turn.work.channels.queue() is None
    try:
        await choose_channel(turn.work, turn.person, channel, subject)
    except NotAllowedError:
        turn.whisper("channel-staff-only")
        return
    card = channel_chosen_card(turn.texts, turn.person, None if first else subject)
    turn.retire(card)
    if turn.input.click is None:
        turn.show(card)


async def show_distribution(turn: Turn) -> None:
    """Show where everything lands and who is handed it."""
    channels = turn.work.channels
    turn.show(
        distribution_card(turn.texts, await channels.queue(), await channels.routes(), await channels.caretakers())
    )


async def _looks_after(turn: Turn, name: str, subject: Subject) -> None:
    if name.casefold() in _MYSELF:
        colleague: Colleague | None = Colleague(turn.person.id, turn.person.name)
    else:
        colleague = colleague_named(name, turn.colleagues)
    if colleague is None:
        turn.say("caretaker-unknown", name=name)
        return
    await look_after(turn.work, turn.person, Caretaker(subject, colleague.id, colleague.name))
    turn.say("caretaker-set", name=colleague.name, subject=subject_words(turn.texts, subject))


async def _nobody_looks_after(turn: Turn, subject: Subject) -> None:
    gone = await stop_looking_after(turn.work, turn.person, subject)
    words = subject_words(turn.texts, subject)
    if gone:
        turn.say("caretaker-removed", name=gone.person_name, subject=words)
    else:
        turn.say("caretaker-none", subject=words)


def _subject(words: str) -> Subject:
    area = area_named(words)
    return Subject(area) if area else Subject(topic=" ".join(words.split()).casefold()[:LONGEST_TOPIC])
