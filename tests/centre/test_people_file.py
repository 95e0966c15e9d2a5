"""The list of people as a municipality keeps it: read whole, everything that is wrong told at once."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalogue.cpr import mask_cpr
from catalogue.importing import UnreadableFileError
from catalogue.offers import Area
from centre.people import Listing, Person, Role
from centre.people_file import AREA, PEOPLE, ROLE, ParsedPeople, read_people, write_people_template
from tests.catalogue.importing_files import write_csv, write_xlsx

TENANT = "tenant-1"
HEADINGS = [column.heading for column in PEOPLE.columns]
NO_EMAIL = "er ikke en e-mailadresse. Skriv den som navn@kommunen.dk."
OWN_LEADER = "Personen står som sin egen leder. Skriv den leder, der er over, eller lad cellen stå tom."
NOWHERE = "En leder skal have fagområde og afdeling, så centret ved, hvor behovene kommer fra."
TWICE = "»lene@kommunen.dk« står også i række 2. Hver person må kun være der én gang."
LENE = ["Lene Holm", "lene@kommunen.dk", "leder", "Senior", "Plejecenter Solgården", ""]


def read(
    tmp_path: Path, *rows: list[str], headings: list[str] = HEADINGS, known: tuple[str, ...] = ()
) -> ParsedPeople:
    return read_people(write_csv(tmp_path / "fil.csv", [headings, *rows]), TENANT, known_leaders=known)


def problems(tmp_path: Path, *rows: list[str]) -> list[str]:
    return list(map(str, read(tmp_path, *rows).problems))


def test_a_row_becomes_a_person_of_the_list(tmp_path: Path) -> None:
    row = ["Mads Kjær", "Mads.Kjaer@Kommunen.dk", "Medarbejder", "", "Plejecenter Solgården", "Lene@kommunen.dk"]
    parsed = read(tmp_path, LENE, row)
    assert parsed.problems == parsed.remarks == []
    assert parsed.people == [
        Person(
            TENANT, "", "Lene Holm", "lene@kommunen.dk", Role.LEADER,
            area=Area.SENIOR, department="Plejecenter Solgården", listing=Listing.LISTED,
        ),
        Person(
            TENANT, "", "Mads Kjær", "mads.kjaer@kommunen.dk", Role.EMPLOYEE,
            department="Plejecenter Solgården", leader_email="lene@kommunen.dk", listing=Listing.LISTED,
        ),
    ]  # fmt: skip


def test_everything_that_is_wrong_is_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    assert problems(
        tmp_path,
        ["", "lene@kommunen.dk", "leder", "Senior", "Solgården", ""],
        ["Mads", "mads", "medarbejder", "", "", ""],
        ["Amina", "amina@kommunen.dk", "lader", "Handikap", "Birken", ""],
        ["Søren", "soeren@kommunen.dk", "leder", "", "", "soeren@kommunen.dk"],
        ["Bo", "bo@kommunen.dk", "leder", "", "", ""],
        ["Lis", "LENE@kommunen.dk", "medarbejder", "", "", ""],
        ["010190-1234", "x@kommunen.dk", "medarbejder", "", "", "ikke en mail"],
    ) == [
        "Række 2, kolonnen Navn: Navn mangler.",
        f"Række 3, kolonnen E-mail: »mads« {NO_EMAIL}",
        "Række 4, kolonnen Rolle: Rollen »lader« kendes ikke. Mente du »leder«?",
        "Række 4, kolonnen Fagområde: Fagområdet »Handikap« kendes ikke. Mente du »Handicap«?",
        f"Række 5, kolonnen Leders e-mail: {OWN_LEADER}",
        f"Række 6, kolonnen Rolle: {NOWHERE}",
        f"Række 7, kolonnen E-mail: {TWICE}",
        "Række 8, kolonnen Navn: Her står noget, der ligner et CPR-nummer. Fjern det.",
        f"Række 8, kolonnen Leders e-mail: »ikke en mail« {NO_EMAIL}",
    ]


@pytest.mark.parametrize(
    "email", ["lene@kommunen", "le ne@kommunen.dk", "a@b@kommunen.dk", "Lene <lene@kommunen.dk>", "a@x.dk;b@x.dk"]
)
def test_what_is_no_single_address_is_refused(tmp_path: Path, email: str) -> None:
    assert "er ikke en e-mailadresse" in problems(tmp_path, ["Lene", email, *LENE[2:]])[0]


def test_headings_are_understood_as_systems_spell_them(tmp_path: Path) -> None:
    headings = ["Fulde navn", "Mailadresse", "Funktion", "Område", "Enhed", "Nærmeste leders e-mail", "Lønnummer"]
    parsed = read(tmp_path, [*LENE, "4711"], headings=headings)
    assert len(parsed.people) == 1
    assert parsed.remarks == ["Kolonnen »Lønnummer« kendes ikke og er sprunget over."]


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    parsed = read(
        tmp_path, ["Lene", "lene@kommunen.dk"], ["Mads", "mads@kommunen.dk"], headings=["Navn", "E-mail"]
    )
    assert list(map(str, parsed.problems)) == ["Række 1: Kolonnen »Rolle« mangler i overskriften."]


def test_leaders_who_lead_somebody_and_are_nowhere_are_remarked_on(tmp_path: Path) -> None:
    row = ["Mads", "mads@kommunen.dk", "medarbejder", "", "", "bo@kommunen.dk"]
    assert read(tmp_path, row).remarks == [
        "Står som nogens leder, men ikke selv på listen som leder: bo@kommunen.dk."
    ]
    assert read(tmp_path, row, known=("bo@kommunen.dk",)).remarks == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["Kode", "Titel", "Form"], ["A-1", "Demens", "Temadag"]], "Personer skal have kolonnerne »Navn«"),
        ([HEADINGS], "ingen rækker under dem"),
    ],
)
def test_a_file_of_something_else_says_what_belongs_in_it(
    tmp_path: Path, rows: list[list[str]], told: str
) -> None:
    with pytest.raises(UnreadableFileError, match=told):
        read_people(write_csv(tmp_path / "fil.csv", rows), TENANT)


def test_the_sheet_that_is_named_for_it_goes_before_copies(tmp_path: Path) -> None:
    old = ["Gamle Lene", *LENE[1:]]
    path = write_xlsx(tmp_path / "fil.xlsx", {"Kopi": [HEADINGS, old], "Personer": [HEADINGS, LENE]})
    assert [person.name for person in read_people(path, TENANT).people] == ["Lene Holm"]


def test_the_template_is_understood_when_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "personer.xlsx"
    write_people_template(path)
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["Personer", "Vejledning"]
    workbook["Personer"].append(LENE)
    workbook.save(path)
    assert len(read_people(path, TENANT).people) == 1
    with pytest.raises(FileExistsError):
        write_people_template(path)


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    rows = [["P", f"p{number}@kommunen.dk", "medarbejder", "", "", ""] for number in range(1200)]
    told: list[int] = []
    read_people(write_csv(tmp_path / "fil.csv", [HEADINGS, *rows]), TENANT, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 100
    assert len(told) >= 3


WORDS = st.text("abcæøåÆØÅé XYZ-&.", max_size=20).map(lambda text: " ".join(text.split()))
EMAILS = st.builds(
    lambda name, host: f"{name}@{host}.dk",
    st.text("abcæø.-1", min_size=1, max_size=8),
    st.text("abc-", min_size=1, max_size=8),
)


@st.composite
def people(draw: st.DrawFn) -> list[Person]:
    emails = draw(st.lists(EMAILS, min_size=1, max_size=6, unique=True))
    listed = []
    for email in emails:
        role = draw(st.sampled_from(Role))
        leads = role is Role.LEADER
        listed.append(
            Person(
                TENANT,
                "",
                draw(WORDS.filter(bool)),
                email,
                role,
                area=draw(st.sampled_from(Area) if leads else st.none() | st.sampled_from(Area)),
                department=draw(WORDS.filter(bool) if leads else WORDS),
                leader_email=draw(st.just("") | EMAILS.filter(lambda other, own=email: other != own)),  # type: ignore[misc]
                listing=Listing.LISTED,
            )
        )
    return listed


def row_of(person: Person) -> list[str]:
    area = dict(zip(Area, AREA.words, strict=True))[person.area] if person.area else ""
    role = dict(zip(Role, ROLE.words, strict=True))[person.role]
    return [person.name, person.email, role, area, person.department, person.leader_email]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listed=people(), form=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "xlsx"]))
def test_a_list_comes_back_as_it_was_written(listed: list[Person], form: str) -> None:
    rows = [HEADINGS, *map(row_of, listed)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil"
        if form == "xlsx":
            write_xlsx(path, {"Personer": rows})
        else:
            write_csv(path, rows, form)
        parsed = read_people(path, TENANT)
    assert parsed.problems == []
    assert parsed.people == listed


@settings(max_examples=80, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=20), max_size=7), max_size=5))
def test_whatever_stands_in_the_cells_is_read_or_explained(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = [[cell.replace("\0", "").encode("utf-8", "replace").decode() for cell in row] for row in rows]
        parsed = read_people(write_csv(Path(folder) / "fil.csv", [HEADINGS, LENE, *written]), TENANT)
    assert all(mask_cpr(str(problem)) == str(problem) for problem in parsed.problems)
    assert parsed.people[:1] == [] or parsed.people[0].name == "Lene Holm"
