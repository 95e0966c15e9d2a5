"""A leader's draft: the need as it was read, and what was added on the way to the centre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from catalogue.matching import Verdict
from catalogue.need import Form, Found, Need, Urgency
from catalogue.offers import Area
from centre.requests import Wish
from dialogs.names import fresh_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from centre.people import Person

_READERS: dict[str, Callable[[Any], Any]] = {
    "headcount": int,
    "earliest": date.fromisoformat,
    "latest": date.fromisoformat,
    "form": Form,
    "area": Area,
    "place": str,
    "budget_dkk": int,
    "urgency": Urgency,
    "on_behalf_of": str,
    "rhythm": str,
    "length": str,
}
"""How the single values of a Need are read back from JSON."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What will become a request. `id` is the request's id, so that sending twice files once.

    `page` is how many matches were shown before these; `chosen` is an offer's code, "" for none.
    `settled` says that the leader has chosen, an offer or none of them.
    `time_note` is when, in words that no date could be read out of ("når de nye er faldet til").
    """

    id: str
    need: Need
    verdict: Verdict = Verdict.NONE
    page: int = 0
    chosen: str = ""
    chosen_title: str = ""
    run_code: str = ""
    settled: bool = False
    time_note: str = ""
    purpose: str = ""
    area: Area | None = None
    department: str = ""

    @classmethod
    def begin(cls, need: Need, person: Person) -> Draft:
        """Start a draft of a need, for the person's own department until they say otherwise."""
        return cls(fresh_name(24), need, area=person.area, department=person.department)

    def wish(self) -> Wish:
        """Return what is asked for."""
        need = self.need
        return Wish(
            need=need.text,
            topic=need.topic,
            headcount=need.headcount.value if need.headcount else None,
            staff_groups=tuple(group.value for group in need.staff_groups),
            time_words=self.time_words,
            earliest=need.earliest.value if need.earliest else None,
            latest=need.latest.value if need.latest else None,
            form=need.form.value if need.form else None,
            purpose=self.purpose,
            budget_dkk=need.budget_dkk.value if need.budget_dkk else None,
            on_behalf_of=need.on_behalf_of.value if need.on_behalf_of else "",
            area=need.area.value if need.area else self.area,
            department=self.department,
            offer_code=self.chosen,
            offer_title=self.chosen_title,
            run_code=self.run_code,
            verdict=self.verdict,
        )

    def unsettled(self) -> Draft:
        """Return the draft with its choice open again, for matches that are new."""
        return replace(self, page=0, chosen="", chosen_title="", run_code="", settled=False)

    @property
    def time_words(self) -> str:
        """When, in the leader's words: a note of their own, else each phrase that was read, once, in order."""
        if self.time_note:
            return self.time_note
        found = (self.need.earliest, self.need.latest, self.need.urgency)
        return ", ".join(dict.fromkeys(part.words for part in found if part))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the centre would have to ask about: "headcount" and "time"."""
        return tuple(
            name for name, there in (("headcount", self.need.headcount), ("time", self.time_words)) if not there
        )

    def json(self) -> dict[str, Any]:
        """Return the draft as plain JSON."""
        return {
            "id": self.id,
            "need": need_json(self.need),
            "verdict": self.verdict.value,
            "page": self.page,
            "chosen": self.chosen,
            "chosen_title": self.chosen_title,
            "run_code": self.run_code,
            "settled": self.settled,
            "time_note": self.time_note,
            "purpose": self.purpose,
            "area": self.area.value if self.area else "",
            "department": self.department,
        }

    @classmethod
    def read(cls, data: dict[str, Any]) -> Draft:
        """Read a stored draft; what an older release did not store has its default.

        Raises:
            KeyError, TypeError, ValueError: it cannot be read.
        """
        return cls(
            id=str(data["id"]),
            need=need_from_json(data["need"]),
            verdict=Verdict(data.get("verdict", Verdict.NONE)),
            page=int(data.get("page", 0)),
            chosen=str(data.get("chosen", "")),
            chosen_title=str(data.get("chosen_title", "")),
            run_code=str(data.get("run_code", "")),
            settled=bool(data.get("settled", False)),
            time_note=str(data.get("time_note", "")),
            purpose=str(data.get("purpose", "")),
            area=Area(data["area"]) if data.get("area") else None,
            department=str(data.get("department", "")),
        )


def need_json(need: Need) -> dict[str, Any]:
    """Return a need as plain JSON."""
    return {
        "text": need.text,
        "topic": need.topic,
        "staff_groups": [[group.value, group.words] for group in need.staff_groups],
        "excluded_forms": [[form.value.value, form.words] for form in need.excluded_forms],
        "hard": sorted(need.hard),
        **{name: _pair(getattr(need, name)) for name in _READERS if getattr(need, name)},
    }


def _pair(found: Found[Any]) -> list[Any]:
    value = found.value
    return [value.isoformat() if isinstance(value, date) else getattr(value, "value", value), found.words]


def need_from_json(data: dict[str, Any]) -> Need:
    """Read a need that `need_json` wrote; see `Draft.read` for what is raised."""
    values = {
        name: Found(read(data[name][0]), str(data[name][1])) for name, read in _READERS.items() if name in data
    }
    return Need(
        text=str(data["text"]),
        topic=str(data["topic"]),
        staff_groups=tuple(Found(str(value), str(words)) for value, words in data.get("staff_groups", [])),
        excluded_forms=tuple(Found(Form(value), str(words)) for value, words in data.get("excluded_forms", [])),
        hard=frozenset(data.get("hard", [])),
        **values,
    )
