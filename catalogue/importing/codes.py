"""What the tables of offers and runs have in common: codes that are there once, yes and no, seats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalogue.importing.cells import Choice, one_line
from catalogue.importing.problems import quoted

if TYPE_CHECKING:
    from catalogue.importing.checked_row import CheckedRow

CODE: Final = one_line(40)
MOST_SEATS: Final = 100_000
YES_NO: Final = Choice(
    "Svaret",
    {"ja": True, "nej": False},
    {
        "j": True,
        "x": True,
        "sand": True,
        "true": True,
        "1": True,
        "n": False,
        "falsk": False,
        "false": False,
        "0": False,
    },
)


class Codes:
    """The codes of one kind of table in a file. DEM-1 and dem-1 are the same code to a person, so here too."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, str, int]] = {}

    def add(self, code: str, row: CheckedRow) -> None:
        """Remember a row's code; noted as a problem of the row when another row has it already."""
        spelling, sheet, number = self._places.setdefault(code.casefold(), (code, row.sheet, row.number))
        if (sheet, number) != (row.sheet, row.number):
            where = f"række {number}" if sheet == row.sheet else f"arket {sheet}, række {number}"
            row.note("code", f"Koden {quoted(spelling)} står også i {where}. Hver kode må kun være der én gang.")

    def spelling(self, code: str) -> str | None:
        """The code as its own row spells it; None when no row has it."""
        place = self._places.get(code.casefold())
        return place[0] if place else None
