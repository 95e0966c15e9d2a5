"""What of the queue is asked for, in words."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.offers import Area
from centre.cases import Colleague
from centre.queue_query import QueueQuery, Whose
from centre.requests import CLOSED_STATUSES, CaseNumber, Priority, Status
from dialogs.export_words import ExportAsked, export_asked_in
from dialogs.queue_words import queue_words_in, read_query
from dialogs.several_cases import read_cases_command

TODAY = date(2026, 11, 22)
COLLEAGUES = [Colleague("g", "Grethe Lund"), Colleague("k", "Kirsten Bang"), Colleague("b", "Bente Lund")]
GRETHES = QueueQuery(whose=Whose.COLLEAGUE, colleague_id="g", colleague_name="Grethe Lund")
NEW = QueueQuery(statuses=(Status.NEW,))


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("mine", QueueQuery(whose=Whose.MINE)),
        ("kun mine", QueueQuery(whose=Whose.MINE)),
        ("my own", QueueQuery(whose=Whose.MINE)),
        ("uden ansvarlig", QueueQuery(whose=Whose.NOBODY)),
        ("sager som ingen har", QueueQuery(whose=Whose.NOBODY)),
        ("nye", NEW),
        ("New cases", NEW),
        ("dem der afventer leder", QueueQuery(statuses=(Status.AWAITING_LEADER,))),
        ("nye og afventer leder", QueueQuery(statuses=(Status.NEW, Status.AWAITING_LEADER))),
        ("i fælles indkøb", QueueQuery(statuses=(Status.POOLED,))),
        ("planlagte", QueueQuery(statuses=(Status.PLANNED,))),
        ("lukkede", QueueQuery(statuses=tuple(sorted(CLOSED_STATUSES)))),
        ("Handicap", QueueQuery(area=Area.DISABILITY)),
        ("handicapområdet", QueueQuery(area=Area.DISABILITY)),
        ("Social & Psykiatri", QueueQuery(area=Area.PSYCHIATRY)),
        ("aeldreomraadet", QueueQuery(area=Area.SENIOR)),
        ("over 14 dage", QueueQuery(older_than=14)),
        ("ældre end to uger", QueueQuery(older_than=14)),
        ("over en måned gamle", QueueQuery(older_than=30)),
        ("older than 3 weeks", QueueQuery(older_than=21)),
        ("gamle sager", QueueQuery(older_than=14)),
        ("haster", QueueQuery(priority=Priority.HIGH)),
        ("høj prioritet", QueueQuery(priority=Priority.HIGH)),
        ("lav prioritet", QueueQuery(priority=Priority.LOW)),
        ("overskredet", QueueQuery(due_within=-1)),
        ("frist i dag", QueueQuery(due_within=0)),
        ("frist i morgen", QueueQuery(due_within=1)),
        ("frist inden for 2 uger", QueueQuery(due_within=14)),
        ("frist før 1. december", QueueQuery(due_before=date(2026, 12, 1))),
        ("frist senest 1. december", QueueQuery(due_before=date(2026, 12, 2))),
        ("Grethes", GRETHES),
        ("Grethe Lunds sager", GRETHES),
        ("sager hos grethe", GRETHES),
        ("fra Lene Holm", QueueQuery(requester="Lene Holm")),
        ("demens", QueueQuery(text="demens")),
        ("om konflikthåndtering i nattevagten", QueueQuery(text="konflikthåndtering nattevagten")),
        ("KV-2026-0042", QueueQuery(text="KV-2026-0042")),
        ("", QueueQuery()),
        ("alle sager", QueueQuery()),
        (
            "nye Handicap over 14 dage haster uden ansvarlig demens",
            QueueQuery(
                whose=Whose.NOBODY,
                statuses=(Status.NEW,),
                area=Area.DISABILITY,
                older_than=14,
                priority=Priority.HIGH,
                text="demens",
            ),
        ),
    ],
)
def test_words_say_which_cases_are_wanted(said: str, query: QueueQuery) -> None:
    assert read_query(said, TODAY, COLLEAGUES).query == query


def test_a_name_that_two_share_is_nobody_s() -> None:
    assert read_query("Lunds", TODAY, COLLEAGUES).query == QueueQuery(text="Lunds")


def test_what_is_not_said_stays_and_alle_begins_anew() -> None:
    onto = QueueQuery(statuses=(Status.NEW,), text="demens")
    assert read_query("Handicap", TODAY, COLLEAGUES, onto).query == QueueQuery(
        statuses=(Status.NEW,), area=Area.DISABILITY, text="demens"
    )
    assert read_query("sårpleje", TODAY, COLLEAGUES, onto).query.text == "sårpleje"
    assert read_query("alle Handicap", TODAY, COLLEAGUES, onto).query == QueueQuery(area=Area.DISABILITY)


def test_no_number_is_too_large() -> None:
    assert read_query("over 9999999 måneder", TODAY, COLLEAGUES).query.older_than == 3650


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("kø", ""),
        ("Køen", ""),
        ("kø mine", "mine"),
        ("kø: nye, Handicap", "nye, Handicap"),
        ("vis mig køen over 14 dage", "over 14 dage"),
        ("mine sager i køen", "mine sager"),
        ("the queue new", "new"),
        ("my cases in the queue", "my cases"),
        ("koe mine", "mine"),
        ("køreteknik til chauffører", None),
        ("Køkultur", None),
        ("vi vil gerne lære om køn", None),
        ("demens", None),
        ("kø " + "demens " * 60, None),
    ],
)
def test_a_sentence_asks_for_the_queue_when_it_begins_or_ends_with_it(said: str, words: str | None) -> None:
    found = queue_words_in(said)
    assert found is words if words is None else found is not None and found.strip(" :") == words


@pytest.mark.parametrize(
    ("said", "serials"),
    [
        ("tag sag 3, 5 og 9", [3, 5, 9]),
        ("tag sagerne 3 og 5", [3, 5]),
        ("tag sag 3 og sag 5", [3, 5]),
        ("tag KV-2026-0003 og KV-2026-0005", [3, 5]),
        ("take cases 3 and 5", [3, 5]),
        ("giv sag 3 og 5 til Grethe", [3, 5]),
        ("afvis sag 3, 5: vi har ingen penge til 2 hold", [3, 5]),
        ("sag 3 og 5 haster", [3, 5]),
        ("tag sag 3, 3 og 5", [3, 5]),
    ],
)
def test_one_thing_is_said_of_several_cases(said: str, serials: list[int]) -> None:
    read = read_cases_command(said, 2026)
    assert read is not None
    assert list(read[1]) == [CaseNumber(2026, serial) for serial in serials]


@pytest.mark.parametrize(
    "said",
    ["tag sag 3", "afvis sag 3: 2 og 3 er nok", "sag 3", "vi er 3 og 5 medarbejdere", "sag 3 og 5 er fine", ""],
)
def test_a_single_case_or_none_is_left_to_others(said: str) -> None:
    assert read_cases_command(said, 2026) is None


@pytest.mark.parametrize(
    ("said", "words", "file"),
    [
        ("eksport", "", ""),
        ("Eksporter køen", "", ""),
        ("eksport af sagerne!", "", ""),
        ("export the queue", "", ""),
        ("lav et regneark", "", "xlsx"),
        ("Excel", "", "xlsx"),
        ("kan jeg få en csv-fil?", "", "csv"),
        ("send mig et udtræk af køen som CSV", "", "csv"),
        ("eksport mine demens xlsx", "mine demens", "xlsx"),
        ("eksporter nye Handicap til Excel", "nye Handicap", "xlsx"),
        ("eksport: lukkede", "lukkede", ""),
        ("eksport hele køen", "hele køen", ""),
        ("regneark over mine sager", "over mine sager", "xlsx"),
        ("lav en csv med sager uden ansvarlig", "med sager uden ansvarlig", "csv"),
        ("export unassigned cases as csv", "unassigned cases", "csv"),
    ],
)
def test_a_file_is_asked_for(said: str, words: str, file: str) -> None:
    assert export_asked_in(said) == ExportAsked(words, file)


@pytest.mark.parametrize(
    "said",
    [
        "excel kursus for begyndere",
        "Excel for 12 pædagoger",
        "vi vil lære regneark",
        "eksportmarkeder",
        "mine sager",
        "csv xlsx",
        "",
        f"eksport {'demens ' * 30}",
    ],
)
def test_what_is_about_something_else_asks_for_no_file(said: str) -> None:
    assert export_asked_in(said) is None
