"""Writing the files that the import tests read, as staff's Excel would."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook

from catalogue.importing import Parsed, read_file
from catalogue.importing.offers_table import AREA, EVERY_AREA, FORM, OFFERS, SIGN_UP
from catalogue.importing.runs_table import RUNS
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run, SignUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

TODAY = date(2026, 11, 22)  # a Sunday
OFFER_HEADINGS = [column.heading for column in OFFERS.columns]
RUN_HEADINGS = [column.heading for column in RUNS.columns]

FORM_WORDS: dict[OfferKind, str] = dict(zip(OfferKind, FORM.words, strict=True))
AREA_WORDS: dict[Area, str] = dict(zip(Area, AREA.words, strict=False))
SIGN_UP_WORDS: dict[SignUp, str] = dict(zip(SignUp, SIGN_UP.words, strict=True))
UNIT_WORDS = {PriceUnit.PERSON: "pr. person", PriceUnit.TEAM: "pr. hold"}


def write_csv(path: Path, rows: Iterable[Sequence[object]], encoding: str = "utf-8", separator: str = ";") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def write_xlsx(path: Path, sheets: dict[str, Iterable[Sequence[object]]], *, formulas: bool = False) -> Path:
    """Write a workbook; a text that begins with "=" stays text unless `formulas` is set, as with an apostrophe."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" and not formulas):
            cell.data_type = "s"
    workbook.save(path)
    return path


def read_text(tmp_path: Path, text: str, known: Iterable[str] | None = None) -> Parsed:
    path = tmp_path / "fil.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(path, TODAY, known_offer_codes=None if known is None else set(known))


def offer_row(offer: Offer) -> list[str]:
    """An offer as staff write it, under `OFFER_HEADINGS`."""
    return [
        offer.code,
        offer.title,
        offer.summary,
        offer.outcome,
        ", ".join(offer.topics),
        "Alle" if offer.areas == EVERY_AREA else ", ".join(AREA_WORDS[area] for area in offer.areas),
        ", ".join(offer.staff_groups),
        FORM_WORDS[offer.kind],
        offer.length,
        "" if offer.price_dkk is None else f"{offer.price_dkk:,} kr.".replace(",", "."),
        UNIT_WORDS[offer.price_unit],
        offer.provider,
        offer.place,
        "ja" if offer.online else "nej",
        "" if offer.seats is None else str(offer.seats),
        offer.link,
        SIGN_UP_WORDS[offer.sign_up],
        {"da": "dansk", "en": "engelsk"}[offer.language],
    ]


def run_row(run: Run) -> list[object]:
    """A run as staff write it, under `RUN_HEADINGS`, with real dates and clock times."""
    return [
        run.code,
        run.offer_code,
        run.starts,
        run.ends,
        run.place,
        "ja" if run.online else "nej",
        run.seats,
        run.taken,
        run.deadline,
        run.begins_at,
        run.ends_at,
        run.link,
    ]
