"""Saying who one is: a leader whom no list knows yet."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from catalogue.need import read_need
from catalogue.offers import Area
from centre.people import Listing, Role
from dialogs.cards.profile import profile_card
from dialogs.intents import intent_of
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dialogs.memory import Frame
    from dialogs.turn import Turn

LONGEST_DEPARTMENT = 120


class ProfileDialog(Dialog):
    """A leader introduces themselves.

    > jeg er leder
    < Rart at møde dig! Hvor er du leder?  (fagområde, afdeling)  [Gem]
    > Senior, Plejecenter Solgården
    < Tak, det er noteret: leder i Plejecenter Solgården (Senior). Skriv nu, hvad …
    """

    id: ClassVar[str] = "profile"

    @property
    def steps(self) -> Mapping[str, Step]:
        """One form."""
        return {"where": Step(self._ask_where, self._hear_where)}

    async def _ask_where(self, turn: Turn, frame: Frame) -> None:
        turn.show(profile_card(turn.texts, turn.person, frame.nonce))

    async def _hear_where(self, turn: Turn, frame: Frame) -> Next:
        click = turn.input.click
        if click and click.verb != "profile.save":
            return Heard.NOT_FOR_ME
        if click is None and intent_of(turn.input.text):
            return Heard.NOT_FOR_ME
        area, department = _clicked(click.fields) if click else _said(turn)
        area = area or (Area(frame.values["area"]) if frame.values.get("area") in set(Area) else None)
        department = department or str(frame.values.get("department", ""))
        frame.values = {"area": area.value if area else "", "department": department}
        if area is None or not department:
            turn.say("profile-incomplete")
            return Heard.STAY
        person = replace(
            turn.person,
            role=Role.LEADER,
            role_confirmed=False,
            area=area,
            department=department,
            listing=Listing.NEVER,
        )
        await turn.work.people.save(person)
        turn.person = person
        turn.say("profile-saved", department=department, area=turn.texts(f"area-{area.value}"))
        return Heard.DONE


def _clicked(fields: Mapping[str, str]) -> tuple[Area | None, str]:
    area = fields.get("area", "")
    department = fields.get("department", "").strip()[:LONGEST_DEPARTMENT]
    return (Area(area) if area in set(Area) else None, department)


def _said(turn: Turn) -> tuple[Area | None, str]:
    """Read "Senior, Plejecenter Solgården": a part that is an area's name, and the department."""
    parts = [part.strip(" .") for part in re.split(r"[,;:\n]", turn.input.text)]
    read = {part: read_need(part, turn.today).area for part in parts if part}
    named = {part: found.value for part, found in read.items() if found and found.words == part}
    areas = [*named.values(), *(found.value for found in read.values() if found)]
    department = ", ".join(part for part in read if part not in named)
    return (areas[0] if areas else None, department[:LONGEST_DEPARTMENT])
