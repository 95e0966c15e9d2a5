"""Finding people by what one remembers of a name or an e-mail, on both databases."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from centre.people import Listing, Person, Role
from storage.people_search import Likeness, Word, likeness, may_be, words_of

if TYPE_CHECKING:
    from storage import Database

TENANT = "tenant-1"
NAMES = (
    "Lene Holm",
    "Lene Holmgaard",
    "Anna Sø",
    "Anne-Marie Kjær",
    "Åge Østergård",
    "Bo Ibsen",
    "Hans Jensen",
    "Jens Hansen",
)


def address(name: str) -> str:
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "."})
    return f"{name.lower().translate(letters)}@kommune.dk"


@pytest.fixture
async def town(database: Database) -> Database:
    people = [Person(TENANT, "", name, address(name), Role.LEADER, listing=Listing.LISTED) for name in NAMES]
    async with database.unit_of_work(TENANT) as work:
        await work.people.take_list(people, replace_all=True)
        await work.commit()
    return database


async def found(database: Database, words: str, limit: int = 5) -> list[str]:
    async with database.read_only(TENANT) as work:
        return [person.name for person in await work.people.find(words, limit)]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("lene holm", ["Lene Holm", "Lene Holmgaard"]),
        ("HOLM, Lene", ["Lene Holm", "Lene Holmgaard"]),
        ("Lene Holmgård", ["Lene Holmgaard"]),
        ("Lnee Holm", ["Lene Holm", "Lene Holmgaard"]),
        ("anne marie", ["Anne-Marie Kjær"]),
        ("anna", ["Anna Sø"]),
        ("kjær", ["Anne-Marie Kjær"]),
        ("KJÆR", ["Anne-Marie Kjær"]),
        ("kjaer", ["Anne-Marie Kjær"]),
        ("kjer", ["Anne-Marie Kjær"]),
        ("åge østergård", ["Åge Østergård"]),
        ("AAGE OSTERGÅRD", ["Åge Østergård"]),
        ("Østergaard", ["Åge Østergård"]),
        ("Hans Jensen", ["Hans Jensen"]),
        ("hans jensn", ["Hans Jensen", "Jens Hansen"]),
        ("bo", ["Bo Ibsen"]),
        ("bi", []),
        ("lene.holm@kommune.dk", ["Lene Holm"]),
        ("Lene.Hlom@Kommune.DK", ["Lene Holm"]),
        ("anne-marie.kjaer@kommune.dk", ["Anne-Marie Kjær"]),
        ("lene.holm", ["Lene Holm", "Lene Holmgaard"]),
        ("Grethe", []),
        ("lene ibsen", []),
        ("%", []),
        ("_ene", ["Lene Holm", "Lene Holmgaard"]),
        ("", []),
        ("x" * 5000, []),
    ],
)
async def test_people_are_found_by_what_one_remembers(town: Database, words: str, names: list[str]) -> None:
    assert await found(town, words) == names


async def test_no_more_are_returned_than_were_asked_for(town: Database) -> None:
    assert await found(town, "lene", 1) == ["Lene Holm"]
    assert await found(town, "lene", 0) == []


async def test_who_left_and_who_is_another_municipality_s_is_not_found(town: Database) -> None:
    bo = Person(TENANT, "bo", "Bo Ibsen", address("Bo Ibsen"), Role.LEADER, listing=Listing.LEFT)
    async with town.unit_of_work(TENANT) as work:
        await work.people.save(bo)
        await work.commit()
    async with town.unit_of_work("tenant-2") as work:
        await work.people.save(replace(bo, tenant="tenant-2", name="Kai Ibsen", listing=Listing.LISTED))
        await work.commit()
    assert await found(town, "ibsen") == []


async def test_one_who_was_never_in_teams_has_no_id_and_one_who_was_has(town: Database) -> None:
    async with town.unit_of_work(TENANT) as work:
        await work.people.save(Person(TENANT, "lene", "Lene Holm", address("Lene Holm"), Role.LEADER))
        await work.people.save(Person(TENANT, "mads", "Mads Uden Mail"))
        await work.commit()
    async with town.read_only(TENANT) as work:
        assert [person.id for person in await work.people.find("lene", 5)] == ["lene", ""]
        assert [person.id for person in await work.people.find("uden mail", 5)] == ["mads"]


async def test_among_ten_thousand_only_the_rows_that_may_fit_are_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ("Lene", "Mette", "Søren", "Åge", "Kirsten", "Bo", "Amina", "Jens", "Grethe", "Ulla")
    last = ("Holm", "Bang", "Kjær", "Østergård", "Lund", "Jensen", "Nielsen", "Friis", "Møller", "Skov")
    names = [" ".join(parts) for parts in itertools.product(first, last, last, map(str, range(10)))]
    people = [Person(TENANT, "", name, address(name), listing=Listing.LISTED) for name in names]
    async with database.unit_of_work(TENANT) as work:
        await work.people.take_list(people, replace_all=True)
        await work.commit()
    looked_at = []

    def counted(words: list[Word], name: str, email: str, *, forgiving: bool) -> Likeness | None:
        looked_at.append(name)
        return likeness(words, name, email, forgiving=forgiving)

    monkeypatch.setattr("storage.people.likeness", counted)
    assert await found(database, "kirsten ØSTERGÅRD møler 7") == [
        "Kirsten Møller Østergård 7",
        "Kirsten Østergård Møller 7",
    ]
    assert len(looked_at) < len(names) / 10


letters = st.text(alphabet="abdefghijklmnoprstuvyæøå", min_size=4, max_size=12)


def is_looked_at(said: str, name: str) -> bool:
    """Ask SQLite's own LIKE whether the row would be read."""
    condition = may_be(words_of(said), forgiving=True).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with closing(sqlite3.connect(":memory:")) as connection:
        query = f"SELECT {condition} FROM (SELECT ? AS name, NULL AS email) AS people"  # noqa: S608 - the test's own words
        return bool(connection.execute(query, (name,)).fetchone()[0])


@given(word=letters, place=st.integers(0, 11), letter=st.sampled_from("xzqåc"))
@example(word="kjær", place=0, letter="c")
def test_any_single_error_is_forgiven_and_its_row_is_read(word: str, place: int, letter: str) -> None:
    place %= len(word)
    wrong = word[:place] + letter + word[place + 1 :]
    added = word[:place] + letter + word[place:]
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    for said in (wrong, added, swapped):
        assert is_looked_at(said, word.upper())
        assert likeness(words_of(said), word.upper(), "", forgiving=True)
