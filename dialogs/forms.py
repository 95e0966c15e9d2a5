"""Reading the inputs of the need's cards into a draft."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from catalogue.need import Form, Found, read_need
from catalogue.offers import Area
from catalogue.staff_groups import find_staff_groups

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dialogs.drafts import Draft

MOST_PEOPLE = 5000
"""More heads than the three areas have is a slip of the finger."""


_WHOLE_NUMBER = re.compile(r"(-?[0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+)(?:[.,]0+)?", re.ASCII)
"""How a number field arrives: "12", "12.0" or Danish "1.200"; half a person is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """An input that cannot be taken: the text's key, and what was written."""

    key: str
    value: str


def fill_in(draft: Draft, fields: Mapping[str, str], today: date) -> tuple[Draft, list[FormProblem]]:
    """Take every input that is on the card; an emptied one is emptied in the draft, one not there is left.

    Returns:
        The draft with all that could be read, and the inputs that could not.
    """
    said = {name: value.strip() for name, value in fields.items()}
    problems: list[FormProblem] = []
    if "headcount" in said:
        draft, problem = _headcount(draft, said["headcount"])
        problems += problem
    if "time" in said and said["time"] != draft.time_words:
        draft = _time(draft, said["time"], today)
    if "purpose" in said:
        draft = replace(draft, purpose=said["purpose"])
    if "form" in said:
        draft = _form(draft, said["form"])
    if said.get("topic"):
        draft = replace(draft, need=replace(draft.need, topic=said["topic"]))
    if "staff_groups" in said:
        draft = _staff_groups(draft, said["staff_groups"])
    if "on_behalf_of" in said:
        behalf = said["on_behalf_of"]
        draft = replace(draft, need=replace(draft.need, on_behalf_of=Found(behalf, behalf) if behalf else None))
    if "department" in said:
        draft = replace(draft, department=said["department"])
    if said.get("area") in set(Area):
        area = Area(said["area"])
        draft = replace(draft, area=area, need=replace(draft.need, area=None))
    return draft, problems


def _headcount(draft: Draft, said: str) -> tuple[Draft, list[FormProblem]]:
    if not said:
        return replace(draft, need=replace(draft.need, headcount=None)), []
    before = draft.need.headcount
    if before and said == str(before.value):
        return draft, []
    whole = _WHOLE_NUMBER.fullmatch(said)
    if not whole:
        return draft, [FormProblem("form-headcount-unread", said)]
    count = int(whole[1].replace(".", ""))
    if not 1 <= count <= MOST_PEOPLE:
        return draft, [FormProblem("form-headcount-range", said)]
    return replace(draft, need=replace(draft.need, headcount=Found(count, said))), []


def _time(draft: Draft, said: str, today: date) -> Draft:
    """Read dates out of the words where that goes; otherwise keep the words."""
    read = read_need(said, today)
    need = replace(draft.need, earliest=read.earliest, latest=read.latest, urgency=read.urgency)
    understood = read.earliest or read.latest or read.urgency
    return replace(draft, need=need, time_note="" if understood else said)


def _form(draft: Draft, said: str) -> Draft:
    form = Form(said) if said in set(Form) else None
    before = draft.need.form
    if form is (before.value if before else None):
        return draft
    return replace(draft, need=replace(draft.need, form=Found(form, said) if form else None))


def _staff_groups(draft: Draft, said: str) -> Draft:
    groups = find_staff_groups(said)
    if said and not groups:
        groups = tuple(Found(part.strip(), part.strip()) for part in said.split(",") if part.strip())
    return replace(draft, need=replace(draft.need, staff_groups=groups))
