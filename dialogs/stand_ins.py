"""Who stands in for somebody who is away: a colleague of the centre, or for a leader any other leader.

> jeg er på ferie til 3. januar, Bo passer mine sager
< Hvem mener du?  [Bo Friis | Bo Skov]
> (Bo Friis)
< Så er du meldt væk til og med søndag den 3. januar. Bo Friis får besked om dine sager og kan svare for dig.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from centre.settings import QUIET_UNTIL
from dialogs.cards.settings import which_stand_in_card
from dialogs.case_words import colleague_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from centre.cases import Colleague
    from centre.people import Person
    from centre.requests import Request
    from centre.settings import PersonSettings
    from dialogs.turn import Turn

LOOKED_AT = 50
"""People whose name fits, among whom the leaders are looked for."""


async def colleague_away(turn: Turn, absence: PersonSettings, said: str) -> None:
    """Note that somebody of the centre is away, and which colleague stands in."""
    others = [colleague for colleague in turn.colleagues if colleague.id != turn.person.id]
    stand_in = colleague_named(said, others) if said else None
    if said and stand_in is None:
        turn.say("settings-stand-in-unknown", name=said)
    elif stand_in:
        await _keep(turn, replace(absence, stand_in_id=stand_in.id, stand_in_name=stand_in.name), "settings-away")
    else:
        await _keep(turn, absence, "settings-away-nobody")


async def leader_away(turn: Turn, absence: PersonSettings, said: str) -> None:
    """Note that a leader is away and has peace until they are back; another leader may stand in."""
    absence = _in_peace(turn, absence)
    if not said:
        begun = absence.is_away(turn.today)
        await _keep(turn, absence, "settings-leader-away-nobody" if begun else "settings-leader-away-ahead")
        return
    found = await turn.work.people.find(said, LOOKED_AT)
    leaders = [person for person in found if person.leads and person.id != turn.person.id]
    reachable = [person for person in leaders if person.id]
    if len(reachable) == 1:
        await _stand_in(turn, absence, reachable[0])
        return
    await turn.work.settings.save(absence)
    if reachable:
        turn.show(which_stand_in_card(turn.texts, reachable))
    else:
        _say_nobody(turn, absence, leaders, said)


async def chosen(turn: Turn, absence: PersonSettings, person_id: str) -> None:
    """Let the leader of a pressed button stand in, while there still is an absence to do so in."""
    person = await turn.work.people.get(person_id)
    if person is None or not person.leads or person.id == turn.person.id or not turn.person.leads:
        turn.say("settings-stand-in-gone")
    elif absence.away_until is None or absence.away_until < turn.today:
        turn.say("settings-away-until-when")
    else:
        await _stand_in(turn, absence, person)


async def absence_of(turn: Turn, colleague: Colleague, requests: Sequence[Request]) -> list[str]:
    """Word that whoever was handed cases is away: until when, and who looks after them meanwhile."""
    settings = (await turn.work.settings.of({colleague.id})).get(colleague.id)
    if settings is None or settings.away_until is None or not settings.is_away(turn.today):
        return []
    key = "handed-to-absent" if settings.stand_in_id else "handed-to-absent-alone"
    return [
        turn.texts(
            "handed-to-absent-yours" if settings.stand_in_id == turn.person.id else key,
            name=colleague.name,
            day=turn.texts.day(settings.away_until),
            stand_in=settings.stand_in_name,
            numbers=", ".join(str(request.number) for request in requests),
            count=len(requests),
        )
    ]


async def _stand_in(turn: Turn, absence: PersonSettings, person: Person) -> None:
    await _keep(turn, replace(absence, stand_in_id=person.id, stand_in_name=person.name), "settings-leader-away")


def _in_peace(turn: Turn, absence: PersonSettings) -> PersonSettings:
    """Pause a leader's own notices for an absence that has begun."""
    if absence.away_until is None or not absence.is_away(turn.today):
        return absence
    back = datetime.combine(
        absence.away_until + timedelta(days=1), absence.quiet_until or QUIET_UNTIL, turn.now.tzinfo
    )
    return replace(absence, paused_until=back)


def _say_nobody(turn: Turn, absence: PersonSettings, leaders: Sequence[Person], said: str) -> None:
    """Say that nobody fits, or that who fits cannot be told anything yet."""
    day = turn.texts.day(absence.away_until) if absence.away_until else ""
    if leaders:
        turn.say("settings-stand-in-not-here", name=leaders[0].name, day=day)
    else:
        turn.say("settings-stand-in-no-leader", name=said, day=day)


async def _keep(turn: Turn, absence: PersonSettings, key: str) -> None:
    await turn.work.settings.save(absence)
    day = turn.texts.day(absence.away_until) if absence.away_until else ""
    turn.say(key, day=day, name=absence.stand_in_name)
