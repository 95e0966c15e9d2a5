"""What is written as a file comes back as it was."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.cpr import mask_cpr
from catalogue.importing import Part, read_file
from catalogue.importing.cells import cleaned
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run, SignUp
from catalogue.staff_groups import STAFF_GROUPS
from tests.catalogue.importing_files import (
    OFFER_HEADINGS,
    RUN_HEADINGS,
    TODAY,
    offer_row,
    run_row,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    import random

DANISH = "abcdefghijklmnopqrstuvwxyzæøåABCÆØÅéüÖß 0123456789.,-–»«\"';:/()&+=@!?%€…"


def texts(most: int, alphabet: str = DANISH) -> st.SearchStrategy[str]:
    """Texts on one line that staff may write: no space around, none doubled, no CPR number."""
    joined = st.text(alphabet, max_size=most).map(lambda text: " ".join(text.split()))
    return joined.filter(lambda text: mask_cpr(text) == text)


def lines() -> st.SearchStrategy[str]:
    joined = st.lists(texts(30).filter(bool), max_size=3).map("\n".join)
    return joined.filter(lambda text: mask_cpr(text) == text)


def words() -> st.SearchStrategy[tuple[str, ...]]:
    word = texts(20, "abcdefæøåé &/-").filter(bool)
    return st.lists(word, max_size=4, unique_by=str.casefold).map(tuple)


def areas() -> st.SearchStrategy[tuple[Area, ...]]:
    chosen = st.sets(st.sampled_from(Area), min_size=1)
    return chosen.map(lambda some: tuple(area for area in Area if area in some))


def codes() -> st.SearchStrategy[str]:
    return texts(20, "ABCDEFÆØÅ0123-").filter(bool)


OFFERS = st.builds(
    Offer,
    code=codes(),
    title=texts(60).filter(bool),
    summary=lines(),
    outcome=lines(),
    topics=words(),
    areas=areas(),
    staff_groups=st.lists(st.sampled_from(STAFF_GROUPS), max_size=4, unique=True).map(tuple),
    kind=st.sampled_from(OfferKind),
    length=texts(20),
    price_dkk=st.none() | st.integers(0, 1_000_000),
    price_unit=st.sampled_from(PriceUnit),
    provider=texts(20),
    place=texts(20),
    online=st.booleans(),
    seats=st.none() | st.integers(1, 2_000),
    link=st.just("") | texts(20, "abcæø0-/?=").map(lambda path: "https://kursus.example/" + path.replace(" ", "")),
    language=st.sampled_from(["da", "en"]),
    sign_up=st.sampled_from(SignUp),
)
CATALOGUES = st.lists(OFFERS, min_size=1, max_size=5, unique_by=lambda offer: offer.code.casefold())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(offers=CATALOGUES)
def test_offers_come_back_from_a_csv_in_every_encoding(encoding: str, offers: list[Offer]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "fil.csv", [OFFER_HEADINGS, *map(offer_row, offers)], encoding)
        parsed = read_file(path, TODAY)
    assert parsed.problems == []
    assert parsed.offers == offers


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(offers=CATALOGUES, numbers=st.randoms(use_true_random=False))
def test_offers_and_their_runs_come_back_from_a_workbook(offers: list[Offer], numbers: random.Random) -> None:
    runs = [made_up_run(index, offer, numbers) for index, offer in enumerate(offers)]
    with tempfile.TemporaryDirectory() as folder:
        sheets = {"Hold": [RUN_HEADINGS, *map(run_row, runs)], "Forløb": [OFFER_HEADINGS, *map(offer_row, offers)]}
        path = write_xlsx(Path(folder) / "fil.xlsx", sheets)
        parsed = read_file(path, TODAY, known_offer_codes=())
    assert parsed.problems == []
    assert parsed.offers == offers
    assert parsed.runs == runs
    assert parsed.parts == {Part.OFFERS, Part.RUNS}


@given(st.text(max_size=200))
def test_cleaning_a_text_twice_changes_nothing_more(text: str) -> None:
    try:
        once = cleaned(text)
    except ValueError:
        return
    assert cleaned(once) == once


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), max_size=len(OFFER_HEADINGS)), max_size=5))
def test_whatever_stands_in_the_cells_is_read_or_explained(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(
        [OFFER_HEADINGS, ["A-1", *[""] * (len(OFFER_HEADINGS) - 1)], *rows]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.csv"
        path.write_bytes(written.getvalue().replace("\0", "").encode("utf-8", "replace"))
        parsed = read_file(path, TODAY)
    assert [problem.row for problem in parsed.problems][:2] == [2, 2]


def test_a_file_of_thousands_of_rows_is_read_whole(tmp_path: Path) -> None:
    rows = [["Kode", "Titel", "Form", "Resumé"]]
    rows += [[f"K-{number}", f"Forløb nr. {number}", "Temadag", "Linje et\nlinje to"] for number in range(5_000)]
    rows[4_000][2] = "Temdag"
    parsed = read_file(write_csv(tmp_path / "fil.csv", rows), TODAY)
    assert len(parsed.offers) == 4_999
    assert [(problem.row, problem.column) for problem in parsed.problems] == [(4_001, "Form")]


def made_up_run(index: int, offer: Offer, numbers: random.Random) -> Run:
    starts = date(2027, 1, 4) + timedelta(days=numbers.randrange(300))
    begins = time(numbers.randrange(12), numbers.randrange(60)) if index % 3 else None
    seats = numbers.randrange(1, 40)
    return Run(
        code=f"H-{index}",
        offer_code=offer.code,
        starts=starts,
        ends=starts + timedelta(days=numbers.randrange(3)),
        place=offer.place,
        online=offer.online,
        seats=seats,
        taken=numbers.randrange(seats + 1),
        deadline=starts - timedelta(days=numbers.randrange(30)) if index % 2 else None,
        begins_at=begins,
        ends_at=time(begins.hour + 6, begins.minute) if begins else None,
        link="https://teams.example/m/1" if offer.online else "",
    )
