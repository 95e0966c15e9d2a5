"""The table of runs (sheet Hold): its columns, and how a row becomes a `Run`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.importing.cells import clock_time, danish_day, day, link, one_line, whole_number
from catalogue.importing.codes import CODE, MOST_SEATS, YES_NO, Codes
from catalogue.importing.problems import quoted
from catalogue.importing.tables import Column, TableKind
from catalogue.offers import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from catalogue.importing.checked_row import CheckedRow

RUNS = TableKind(
    sheet="Hold",
    mark="Holdkode",
    columns=(
        Column(
            "code",
            "Holdkode",
            "Jeres egen kode for holdet, fx DEM-101-F27. Den skal være der kun én gang.",
            ("Holdnummer", "Holdnr.", "Hold"),
            required=True,
        ),
        Column(
            "offer_code",
            "Kode",
            "Koden på det forløb, holdet hører til.",
            ("Kursuskode", "Forløbskode", "Kursusnummer", "Forløbsnummer", "Forløb"),
            required=True,
        ),
        Column(
            "starts",
            "Start",
            "Første dag, fx 01-03-2027.",
            ("Startdato", "Dato", "Første dag"),
            required=True,
            is_date=True,
        ),
        Column(
            "ends", "Slut", "Sidste dag. Tom, hvis holdet varer én dag.", ("Slutdato", "Sidste dag"), is_date=True
        ),
        Column("place", "Sted", "Hvor holdet mødes.", ("Adresse", "Lokale", "Lokation")),
        Column("online", "Online", "Tom betyder nej.", ("Fjernundervisning",), choices=YES_NO.words),
        Column("seats", "Pladser", "Antal pladser på holdet.", ("Antal pladser",), required=True),
        Column(
            "taken", "Optaget", "Antal pladser, der er taget. Tom betyder ingen.", ("Tilmeldte", "Optagne pladser")
        ),
        Column(
            "deadline",
            "Tilmeldingsfrist",
            "Sidste dag, man kan melde sig til. Tom betyder til og med startdagen.",
            ("Frist", "Sidste frist"),
            is_date=True,
        ),
        Column("begins_at", "Kl. start", "Hvornår hver dag begynder, fx 9.00.", ("Starttid", "Mødetid")),
        Column("ends_at", "Kl. slut", "Hvornår hver dag slutter, fx 15.30.", ("Sluttid",)),
        Column("link", "Link", "Hvor man er med online, fx et Teams-møde.", ("Mødelink", "Onlinelink")),
    ),
)


class RunsReader:
    """Gathers the runs of a file.

    Args:
        today: What "+30" in a date is counted from.
        offer_named: Gives an offer's code in its right spelling, None when there is no such offer. Without it
            offers are not looked up.
    """

    def __init__(self, today: date, offer_named: Callable[[str], str | None] | None) -> None:
        self.runs: list[Run] = []
        self.codes = Codes()
        self._day = day(today)
        self._offer_named = offer_named

    def add(self, row: CheckedRow) -> None:
        """Read one row; it becomes a run if nothing is wrong with it."""
        code = row.require("code", CODE)
        if code is not None:
            self.codes.add(code, row)
        offer_code = self._offer_code(row)
        starts = row.require("starts", self._day)
        ends = row.read("ends", self._day, starts)
        deadline = row.read("deadline", self._day, None)
        seats = row.require("seats", whole_number(1, MOST_SEATS))
        taken = row.read("taken", whole_number(0, MOST_SEATS), 0)
        place = row.read("place", one_line(200), "")
        online = row.read("online", YES_NO, False)
        begins_at = row.read("begins_at", clock_time, None)
        ends_at = row.read("ends_at", clock_time, None)
        meeting = row.read("link", link, "")
        _check_order(row, starts, ends, deadline)
        if begins_at and ends_at and ends_at <= begins_at:
            row.note("ends_at", "Klokkeslættet for slut skal ligge efter klokkeslættet for start.")
        if seats is not None and taken > seats:
            row.note("taken", f"Der er taget {taken} pladser, men holdet har kun {seats}.")
        if code and offer_code and starts and ends and seats and row.is_sound:
            self.runs.append(
                Run(
                    code,
                    offer_code,
                    starts,
                    ends,
                    place,
                    online,
                    seats,
                    taken,
                    deadline,
                    begins_at,
                    ends_at,
                    meeting,
                )
            )

    def _offer_code(self, row: CheckedRow) -> str | None:
        written = row.require("offer_code", CODE)
        if written is None or self._offer_named is None:
            return written
        found = self._offer_named(written)
        if found is None:
            row.note("offer_code", f"Der er intet forløb med koden {quoted(written)}.")
        return found


def _check_order(row: CheckedRow, starts: date | None, ends: date | None, deadline: date | None) -> None:
    if starts is None:
        return
    if ends is not None and ends < starts:
        row.note("ends", f"Slutdatoen {danish_day(ends)} ligger før startdatoen {danish_day(starts)}.")
    if deadline is not None and deadline > starts:
        row.note(
            "deadline", f"Tilmeldingsfristen {danish_day(deadline)} ligger efter startdatoen {danish_day(starts)}."
        )
