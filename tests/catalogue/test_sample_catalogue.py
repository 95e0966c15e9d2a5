"""The sample catalogue as its readers see it: the two files by themselves, without the importer."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from catalogue.offers import Area, OfferKind, PriceUnit

SAMPLE = Path(__file__).parents[2] / "catalogue" / "sample"

OFFER_HEADINGS = [
    "Kode",
    "Titel",
    "Resumé",
    "Udbytte",
    "Emner",
    "Fagområder",
    "Faggrupper",
    "Form",
    "Varighed",
    "Pris",
    "Prisen gælder",
    "Udbyder",
    "Sted",
    "Online",
    "Pladser",
    "Link",
    "Sprog",
    "Tilmelding",
]
RUN_HEADINGS = [
    "Holdkode",
    "Kode",
    "Start",
    "Slut",
    "Sted",
    "Online",
    "Pladser",
    "Optaget",
    "Tilmeldingsfrist",
    "Kl. start",
    "Kl. slut",
    "Link",
]
MAY_BE_EMPTY = {"Faggrupper", "Pris", "Pladser", "Link"}

FORMS = {
    "Eget kursus": OfferKind.OWN_COURSE,
    "Købt kursus": OfferKind.BOUGHT_COURSE,
    "Temadag": OfferKind.THEME_DAY,
    "Supervision": OfferKind.SUPERVISION,
    "Mentoring": OfferKind.MENTORING,
    "Sidemandsoplæring": OfferKind.PEER_TRAINING,
    "E-læring": OfferKind.E_LEARNING,
    "Ressourceperson": OfferKind.SPECIALIST,
    "Forløb i teamet": OfferKind.TEAM_PROGRAMME,
}
AREAS = {"Handicap": Area.DISABILITY, "Senior": Area.SENIOR, "Social & Psykiatri": Area.PSYCHIATRY}
COURSES = {"Eget kursus", "Købt kursus", "Temadag"}
STAFF_GROUPS = {
    "SOSU-hjælper",
    "SOSU-assistent",
    "sygeplejerske",
    "pædagog",
    "pædagogisk assistent",
    "pædagogmedhjælper",
    "omsorgsmedhjælper",
    "ergoterapeut",
    "fysioterapeut",
    "socialrådgiver",
    "socialpædagog",
    "bostøtte",
    "hjemmevejleder",
    "visitator",
    "leder",
    "teamkoordinator",
    "praktikvejleder",
    "elev",
    "nattevagt",
    "køkkenmedarbejder",
    "administrativ medarbejder",
    "støttekontaktperson",
    "misbrugsbehandler",
    "psykolog",
    "ufaglært",
    "afløser",
}
REQUIRED_TOPICS = """
ADHD; alkohol; arbejdsmiljøuddannelse; ASK; autisme; brand; børn som pårørende; dansk for medarbejdere;
delegeret sygepleje; demens; diabetes; dobbeltdiagnoser; dokumentation; dysfagi; epilepsi; ernæring;
forandringsledelse; forebyggelsespakkerne; forflytning; førstehjælp; Fælles Sprog III; GDPR; hjerneskade; hygiejne;
inkontinens; introduktion; KOL; konflikthåndtering; KRAP; ledelse for nye ledere; low arousal; magtanvendelse;
medicinhåndtering; mentor; motiverende samtale; mundpleje; neuropædagogik; Nexus; palliation; patientsikkerhed;
praktikvejledning; psykiatri; pårørende; recovery; rehabilitering; rusmidler; samarbejde; seksualitet;
selvmordsforebyggelse; selvskade; skizofreni; stress; supervision; sygefravær; sår; tavshedspligt; tegn til tale;
tidlig opsporing; tobak; traumer; triage; trivsel; udviklingshæmning; UTH; velfærdsteknologi; VISO;
voldsforebyggelse; VUM 2.0
"""
ASKED_FOR_ALL_YEAR = (
    "demens",
    "konflikthåndtering",
    "medicinhåndtering",
    "low arousal",
    "førstehjælp",
    "forflytning",
    "recovery",
    "neuropædagogik",
    "tidlig opsporing",
    "dokumentation",
)
ONE_WEEK_OF_IMPORTS = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]

Row = dict[str, str]


def rows_of(name: str, headings: list[str]) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter=";", strict=True)
        rows = list(reader)
    assert reader.fieldnames == headings
    assert all(None not in row and None not in row.values() for row in rows), "a row is too long or too short"
    return rows


@pytest.fixture(scope="module")
def offers() -> list[Row]:
    return rows_of("forloeb.csv", OFFER_HEADINGS)


@pytest.fixture(scope="module")
def runs() -> list[Row]:
    return rows_of("hold.csv", RUN_HEADINGS)


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def offset(cell: str) -> int:
    assert cell.startswith("+")
    return int(cell[1:])


def day_of(cell: str, imported: date) -> date:
    day = imported + timedelta(days=offset(cell))
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def test_there_are_enough_offers_runs_and_specialists(offers: list[Row], runs: list[Row]) -> None:
    assert len(offers) >= 175
    assert len(runs) >= 90
    assert sum(offer["Form"] == "Ressourceperson" for offer in offers) >= 15


def test_every_way_of_learning_is_well_represented(offers: list[Row]) -> None:
    assert set(FORMS.values()) == set(OfferKind)
    counted = Counter(offer["Form"] for offer in offers)
    assert set(counted) == set(FORMS)
    assert min(counted.values()) >= 10


@pytest.mark.parametrize("column", ["Kode", "Titel", "Resumé", "Udbytte", "Link"])
def test_nothing_is_said_twice(offers: list[Row], column: str) -> None:
    assert [value for value, times in Counter(offer[column] for offer in offers).items() if times > 1] == []


def test_run_codes_are_unique_and_name_their_offer(offers: list[Row], runs: list[Row]) -> None:
    codes = {offer["Kode"] for offer in offers}
    assert len({run["Holdkode"] for run in runs}) == len(runs)
    for run in runs:
        assert run["Kode"] in codes
        assert run["Holdkode"].startswith(f"{run['Kode']}-H")


def test_what_is_required_is_filled_in_without_stray_spaces(offers: list[Row], runs: list[Row]) -> None:
    for row in [*offers, *runs]:
        for heading, cell in row.items():
            assert cell or heading in MAY_BE_EMPTY, f"{row['Kode']}: {heading}"
            assert cell == " ".join(cell.split()), f"{row['Kode']}: {heading}"


def test_every_choice_is_one_that_exists(offers: list[Row]) -> None:
    assert set(AREAS.values()) == set(Area)
    for offer in offers:
        areas = parts(offer["Fagområder"])
        assert areas == ["Alle"] or (areas and set(areas) < set(AREAS)), offer["Kode"]
        assert set(parts(offer["Faggrupper"])) <= STAFF_GROUPS, offer["Kode"]
        assert offer["Prisen gælder"] in set(PriceUnit), offer["Kode"]
        assert offer["Online"] in {"ja", "nej"}, offer["Kode"]
        assert offer["Sprog"] in {"dansk", "engelsk"}, offer["Kode"]
        assert not offer["Pris"] or int(offer["Pris"]) >= 0, offer["Kode"]
        assert not offer["Pladser"] or int(offer["Pladser"]) > 0, offer["Kode"]
        assert offer["Link"] == f"https://kurser.kommune.example/{offer['Kode']}"


def test_texts_fit_a_card_and_topics_are_few_and_different(offers: list[Row]) -> None:
    for offer in offers:
        topics = [topic.casefold() for topic in parts(offer["Emner"])]
        assert 3 <= len(topics) <= 8, offer["Kode"]
        assert len(set(topics)) == len(topics), offer["Kode"]
        assert len(offer["Resumé"]) <= 220, offer["Kode"]
        assert len(offer["Titel"]) <= 90, offer["Kode"]


def test_the_outcome_says_what_one_can_do_afterwards(offers: list[Row]) -> None:
    for offer in offers:
        beginnings = ("Du kan ", "I kan ") if offer["Sprog"] == "dansk" else ("You can ",)
        assert offer["Udbytte"].startswith(beginnings), offer["Kode"]
        assert offer["Udbytte"].endswith("."), offer["Kode"]


@pytest.mark.parametrize("topic", [topic.strip() for topic in REQUIRED_TOPICS.split(";")])
def test_every_required_topic_is_covered(offers: list[Row], topic: str) -> None:
    assert any(topic in parts(offer["Emner"]) for offer in offers)


def test_specialists_are_free_and_come_out(offers: list[Row]) -> None:
    for offer in offers:
        if offer["Form"] == "Ressourceperson":
            assert offer["Titel"].startswith("Ressourceperson i "), offer["Kode"]
            assert (offer["Pris"], offer["Sted"]) == ("0", "På jeres arbejdsplads"), offer["Kode"]


def test_every_course_and_theme_day_has_a_run(offers: list[Row], runs: list[Row]) -> None:
    planned = {run["Kode"] for run in runs}
    assert [offer["Kode"] for offer in offers if offer["Form"] in COURSES and offer["Kode"] not in planned] == []


def test_seats_range_from_fully_taken_to_empty(runs: list[Row]) -> None:
    free = [int(run["Pladser"]) - int(run["Optaget"]) for run in runs]
    assert min(free) == 0
    assert 5 <= free.count(0) <= len(runs) / 10
    assert sum(1 <= seats <= 3 for seats in free) >= 15
    assert sum(seats > 3 for seats in free) > len(runs) / 2


@pytest.mark.parametrize("topic", ASKED_FOR_ALL_YEAR)
def test_what_is_asked_for_most_runs_soon_and_in_half_a_year(
    offers: list[Row], runs: list[Row], topic: str
) -> None:
    codes = {offer["Kode"] for offer in offers if topic in parts(offer["Emner"])}
    open_starts = [
        offset(run["Start"]) for run in runs if run["Kode"] in codes and int(run["Optaget"]) < int(run["Pladser"])
    ]
    assert any(start <= 60 for start in open_starts)
    assert any(150 <= start <= 240 for start in open_starts)


def test_runs_are_spread_from_ten_days_to_eleven_months(runs: list[Row]) -> None:
    assert min(offset(run["Start"]) for run in runs) == 10
    assert max(offset(run["Slut"]) for run in runs) == 330


@pytest.mark.parametrize("imported", ONE_WEEK_OF_IMPORTS, ids=lambda day: f"{day:%A}")
def test_dates_make_sense_on_whichever_weekday_they_are_imported(
    offers: list[Row], runs: list[Row], imported: date
) -> None:
    lengths = {offer["Kode"]: offer["Varighed"] for offer in offers}
    for run in runs:
        starts, ends = day_of(run["Start"], imported), day_of(run["Slut"], imported)
        assert imported < day_of(run["Tilmeldingsfrist"], imported) < starts <= ends, run["Holdkode"]
        assert (starts == ends) == (run["Start"] == run["Slut"]), run["Holdkode"]
        if lengths[run["Kode"]].startswith("2 dage"):
            assert ends - starts >= timedelta(days=1), run["Holdkode"]
        if lengths[run["Kode"]].startswith("3 dage"):
            assert ends - starts >= timedelta(days=2), run["Holdkode"]
