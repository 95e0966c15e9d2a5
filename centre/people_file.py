"""The table of people (sheet Personer): its columns, and how a row becomes a `Person`.

A file is read as the catalogue's are: CSV or Excel, Danish headings, and everything that is wrong is told at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catalogue.importing import UnreadableFileError
from catalogue.importing.cells import CellError, Choice, one_line, spoken_list
from catalogue.importing.checked_row import CheckedRow
from catalogue.importing.files import open_sheets
from catalogue.importing.problems import quoted
from catalogue.importing.tables import Column, TableKind, find_table, heading_problems, heading_remarks
from catalogue.importing.template import write_workbook
from catalogue.offers import Area
from centre.people import Listing, Person, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from catalogue.importing.problems import Problem
    from catalogue.importing.sheet import Cell, Sheet
    from catalogue.importing.tables import Table

ROWS_BETWEEN_PROGRESS = 500
MOST_NAMED = 5
"""So many e-mails a remark names; the rest are counted."""
LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""

ROLE = Choice(
    "Rollen",
    {"leder": Role.LEADER, "medarbejder": Role.EMPLOYEE},
    {
        "afdelingsleder": Role.LEADER,
        "teamleder": Role.LEADER,
        "chef": Role.LEADER,
        "leader": Role.LEADER,
        "ansat": Role.EMPLOYEE,
        "konsulent": Role.EMPLOYEE,
        "employee": Role.EMPLOYEE,
    },
)
AREA = Choice(
    "Fagområdet",
    {"Handicap": Area.DISABILITY, "Senior": Area.SENIOR, "Social & Psykiatri": Area.PSYCHIATRY},
    {
        "Social": Area.PSYCHIATRY,
        "Psykiatri": Area.PSYCHIATRY,
        "Socialpsykiatri": Area.PSYCHIATRY,
        "Ældre": Area.SENIOR,
    },
)
EMAIL = re.compile(r"[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]{2,}")

PEOPLE = TableKind(
    sheet="Personer",
    mark="E-mail",
    columns=(
        Column("name", "Navn", "For- og efternavn.", ("Fulde navn", "Medarbejdernavn"), required=True),
        Column(
            "email",
            "E-mail",
            "Den e-mail, personen har i Teams. Den kendes personen på, så den må kun stå der én gang.",
            ("Email", "Mail", "Mailadresse", "E-mailadresse", "E-post"),
            required=True,
        ),
        Column(
            "role",
            "Rolle",
            "»leder« kan melde behov for sine medarbejdere. Alle andre er »medarbejder«.",
            ("Funktion",),
            required=True,
            choices=ROLE.words,
        ),
        Column("area", "Fagområde", "Skal udfyldes for en leder.", ("Område", "Forvaltning"), choices=AREA.words),
        Column(
            "department",
            "Afdeling",
            "Fx Plejecenter Solgården. Skal udfyldes for en leder.",
            ("Enhed", "Arbejdssted", "Tilbud"),
        ),
        Column(
            "leader_email",
            "Leders e-mail",
            "E-mailen på personens nærmeste leder. Må gerne være tom.",
            ("Leder e-mail", "Lederens e-mail", "Nærmeste leders e-mail", "Leders mail"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class ParsedPeople:
    """What a file holds.

    `people` are the rows that nothing is wrong with; take them in only if `problems` is empty. `remarks` are
    Danish sentences on what was left out or looks odd.
    """

    people: list[Person]
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_people(
    path: Path,
    tenant: str,
    *,
    known_leaders: Collection[str] = (),
    progress: Callable[[int], None] | None = None,
) -> ParsedPeople:
    """Read a CSV or XLSX file with people, and check every row of it.

    Args:
        path: The file. What it is, is told by its content, not its name.
        tenant: Whose people they are.
        known_leaders: E-mails of leaders who need not be in the file to be somebody's leader.
        progress: Called now and then with how much is read, 0 to 100 percent.

    Raises:
        UnreadableFileError: The file as a whole cannot be read; nothing of it should be used.
    """
    with open_sheets(path) as sheets:
        table = _table(sheets)
        problems = heading_problems(table)
        reader = _PeopleReader(tenant)
        rows = 0
        for row in table.sheet.rows():
            if row.number <= table.heading_row:
                continue
            reader.add(CheckedRow(table, row, problems))
            rows += 1
            if progress and rows % ROWS_BETWEEN_PROGRESS == 0:
                progress(int(100 * table.sheet.share_read(row)))
        remarks = heading_remarks(table)
    if not rows:
        raise UnreadableFileError("Filen har overskrifter, men ingen rækker under dem.")
    if progress:
        progress(100)
    return ParsedPeople(reader.people, problems, [*remarks, *_unknown_leaders(reader.people, known_leaders)])


def write_people_template(path: Path) -> None:
    """Write an empty workbook to begin a list of people in.

    Raises:
        FileExistsError: There is a file already; it may be somebody's work, so it is left alone.
        OSError: The file cannot be written.
    """
    write_workbook(path, (PEOPLE,))


def email_address(cell: Cell) -> str:
    """An e-mail address in lower case, in which two spellings of one address are the same."""
    text = one_line(LONGEST_EMAIL)(cell).lower().removeprefix("mailto:")
    if not EMAIL.fullmatch(text):
        raise CellError(f"{quoted(text)} er ikke en e-mailadresse. Skriv den som navn@kommunen.dk.")
    return text


class _PeopleReader:
    """Gathers the people of a file."""

    def __init__(self, tenant: str) -> None:
        self.people: list[Person] = []
        self._tenant = tenant
        self._rows: dict[str, int] = {}

    def add(self, row: CheckedRow) -> None:
        """Read one row; it becomes a person if nothing is wrong with it."""
        name = row.require("name", one_line(200))
        email = row.require("email", email_address)
        role = row.require("role", ROLE)
        area = row.read("area", AREA, None)
        department = row.read("department", one_line(120), "")
        leader_email = row.read("leader_email", email_address, "")
        if email:
            self._note_twice(row, email)
        if email and email == leader_email:
            row.note(
                "leader_email",
                "Personen står som sin egen leder. Skriv den leder, der er over, eller lad cellen stå tom.",
            )
        if role is Role.LEADER and row.is_sound:
            _check_leader(row, area, department)
        if name and email and role and row.is_sound:
            self.people.append(
                Person(
                    self._tenant,
                    "",
                    name,
                    email,
                    role,
                    area=area,
                    department=department,
                    leader_email=leader_email,
                    listing=Listing.LISTED,
                )
            )

    def _note_twice(self, row: CheckedRow, email: str) -> None:
        first = self._rows.setdefault(email, row.number)
        if first != row.number:
            row.note("email", f"{quoted(email)} står også i række {first}. Hver person må kun være der én gang.")


def _check_leader(row: CheckedRow, area: Area | None, department: str) -> None:
    """A leader's requests need a place to come from and a channel to go to."""
    missing = [heading for heading, there in (("fagområde", area), ("afdeling", department)) if not there]
    if missing:
        row.note("role", f"En leder skal have {' og '.join(missing)}, så centret ved, hvor behovene kommer fra.")


def _table(sheets: Sequence[Sheet]) -> Table:
    """The table of people: of several, the one on the sheet that is named for it, else the first."""
    found = [table for sheet in sheets if (table := find_table(sheet, (PEOPLE,)))]
    named = [table for table in found if table.sheet.name.strip().casefold() == PEOPLE.sheet.casefold()]
    if not found:
        required = spoken_list(column.heading for column in PEOPLE.columns if column.required)
        raise UnreadableFileError(
            f"Der er ingen tabel i filen, som kan genkendes. Personer skal have kolonnerne {required}."
        )
    return (named or found)[0]


def _unknown_leaders(people: Sequence[Person], known: Collection[str]) -> list[str]:
    """Remark on leaders who lead somebody and are not there as leaders: hardly a reason to refuse a whole list."""
    leaders = {person.email for person in people if person.role is Role.LEADER} | set(known)
    unknown = sorted({person.leader_email for person in people if person.leader_email} - leaders)
    if not unknown:
        return []
    more = f" og {len(unknown) - MOST_NAMED} til" if len(unknown) > MOST_NAMED else ""
    return [f"Står som nogens leder, men ikke selv på listen som leder: {', '.join(unknown[:MOST_NAMED])}{more}."]
