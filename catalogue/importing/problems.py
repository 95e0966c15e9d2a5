"""What can be wrong with a file that somebody wants to import, said in Danish to the staff who made it."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.cpr import mask_cpr

MOST_QUOTED = 60
"""How many characters of a cell a message repeats."""


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the message says in Danish what to do about it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    `sheet` is the sheet's name, empty for a CSV. `row` counts from 1 as Excel shows it (in a CSV a text with
    line breaks is one row, as it is in Excel). `column` is the heading as the file spells it, empty when the
    whole row is meant.
    """

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """The whole line for a terminal or a chat."""
        sheet = f"Arket {self.sheet}, række" if self.sheet else "Række"
        column = f", kolonnen {self.column}" if self.column else ""
        return f"{sheet} {self.row}{column}: {self.message}"


def quoted(text: str) -> str:
    """The text in Danish quotation marks, short, on one line, and never with a CPR number in it."""
    line = mask_cpr(" ".join(text.split()))
    return f"»{line}«" if len(line) <= MOST_QUOTED else f"»{line[: MOST_QUOTED - 1].rstrip()}…«"
