"""Saying who one is: a leader whom no list knows yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from catalogue.need import read_need
from catalogue.offers import Area
from centre.people import Role
from dialogs.cards.profile import profile_card
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

    async def _hear_where(self, turn: Turn, frame: Frame) -> Next:  # noqa: ARG002 - a step's shape
        click = turn.input.click
        if click and click.verb != "profile.save":
            return Heard.NOT_FOR_ME
        area, department = _clicked(click.fields) if click else _said(turn)
        if area is None or not department:
            turn.say("profile-incomplete")
            return Heard.STAY
        person = replace(turn.person, role=Role.LEADER, role_confirmed=False, area=area, department=department)
        await turn.work.people.save(person)
        turn.person = person
        turn.say("profile-saved", department=department, area=turn.texts(f"area-{area.value}"))
        return Heard.DONE


def _clicked(fields: Mapping[str, str]) -> tuple[Area | None, str]:
    area = fields.get("area", "")
    department = fields.get("department", "").strip()[:LONGEST_DEPARTMENT]
    return (Area(area) if area in set(Area) else None, department)


def _said(turn: Turn) -> tuple[Area | None, str]:
    """Read "Senior, Plejecenter Solgården": the area by its words, the department from what is left."""
    said = turn.input.text
    found = read_need(said, turn.today).area
    rest = said.replace(found.words, "", 1) if found else said
    return (found.value if found else None, rest.strip(" ,.;:-–")[:LONGEST_DEPARTMENT])
