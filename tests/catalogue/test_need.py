from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.cpr import MASK
from catalogue.need import Form, Found, Need, read_need, revise_need
from catalogue.staff_groups import plural

TODAY = date(2026, 11, 22)
_UTTERANCES = Path(__file__).parent / "utterances"
_NEEDS: list[dict[str, Any]] = tomllib.loads((_UTTERANCES / "needs.toml").read_text(encoding="utf-8"))["need"]
_CORRECTIONS: list[dict[str, Any]] = tomllib.loads((_UTTERANCES / "corrections.toml").read_text(encoding="utf-8"))[
    "correction"
]
_MANY = ("staff_groups", "excluded_forms")
_ONE = (
    "headcount", "earliest", "latest", "form", "area", "place", "budget_dkk", "urgency", "on_behalf_of",
    "rhythm", "length",
)  # fmt: skip


def _plain(need: Need) -> dict[str, Any]:
    """What was read, as the utterance files write it: absent values are left out."""
    read: dict[str, Any] = {"topic": need.topic, "hard": sorted(need.hard)}
    read |= {field: [found.value for found in getattr(need, field)] for field in _MANY}
    read |= {field: found.value for field in _ONE if (found := getattr(need, field)) is not None}
    return {field: value for field, value in read.items() if value not in ("", [])}


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    expected = {field: value for field, value in row.items() if field not in ("says", "first", "then")}
    return expected | ({"hard": sorted(expected["hard"])} if "hard" in expected else {})


@pytest.mark.parametrize("row", _NEEDS, ids=lambda row: row["says"][:60] or "nothing")
def test_a_sentence_is_read_as_the_utterance_file_says(row: dict[str, Any]) -> None:
    assert _plain(read_need(row["says"], TODAY)) == _expected(row)


@pytest.mark.parametrize("row", _CORRECTIONS, ids=lambda row: row["then"][:60])
def test_a_correction_changes_only_what_it_speaks_of(row: dict[str, Any]) -> None:
    first = read_need(row["first"], TODAY)
    assert _plain(revise_need(first, row["then"], TODAY)) == _expected(row)


# --- Sentences made of parts ---------------------------------------------------------------------------------

_TOPICS = [
    "demens", "konflikthåndtering", "Fælles Sprog III", "VUM 2.0", "§ 83", "Nexus 2", "Office 365",
    "magtanvendelse", "diabetes type 2",
    "pårørende i sorg", "low arousal", "medicinhåndtering og UTH",
]  # fmt: skip
_COUNTS = [
    ("12", 12), ("tolv", 12), ("ca. 20", 20), ("10-12", 12), ("en håndfuld", 5), ("mindst fem", 5),
    ("enogtyve", 21), ("2", 2), ("140", 140),
]  # fmt: skip
_GROUPS = [
    "SOSU-assistent",
    "SOSU-hjælper",
    "sygeplejerske",
    "pædagog",
    "socialrådgiver",
    "visitator",
    "ergoterapeut",
    "nattevagt",
]
_TIMES = [
    ("inden sommer", None, date(2027, 6, 30)),
    ("efter påske", date(2027, 3, 30), None),
    ("i uge 12", date(2027, 3, 22), date(2027, 3, 28)),
    ("senest 1. marts", None, date(2027, 3, 1)),
    ("i andet kvartal", date(2027, 4, 1), date(2027, 6, 30)),
    ("i foråret 2027", date(2027, 3, 1), date(2027, 5, 31)),
    ("", None, None),
]
_FORMS = [("online", Form.ONLINE), ("som e-læring", Form.E_LEARNING), ("som temadag", Form.THEME_DAY), ("", None)]
_FRAMES = [
    "Jeg har {people}, der skal lære om {topic} {time} {form}",
    "Vi har brug for et kursus i {topic} til {people} {time} {form}",
    "Kan I hjælpe {people} med {topic} {form} {time}?",
    "{people} mangler viden om {topic} {time}, gerne {form}",
    "Hej! Vi søger noget om {topic} for {people} {form}. Det skal være {time}. Mvh. Lone",
]


@given(
    topic=st.sampled_from(_TOPICS),
    count=st.sampled_from(_COUNTS),
    group=st.sampled_from(_GROUPS),
    time=st.sampled_from(_TIMES),
    form=st.sampled_from(_FORMS),
    frame=st.sampled_from(_FRAMES),
    loud=st.booleans(),
)
def test_a_sentence_made_of_parts_gives_the_parts_back(
    topic: str,
    count: tuple[str, int],
    group: str,
    time: tuple[str, date | None, date | None],
    form: tuple[str, Form | None],
    frame: str,
    loud: bool,
) -> None:
    said = frame.format(people=f"{count[0]} {plural(group)}", topic=topic, time=time[0], form=form[0])
    need = read_need(said.upper() if loud else said, TODAY)
    assert need.topic.lower() == topic.lower()
    assert need.headcount is not None
    assert need.headcount.value == count[1]
    assert [found.value for found in need.staff_groups] == [group]
    assert (need.earliest.value if need.earliest else None) == time[1]
    assert (need.latest.value if need.latest else None) == time[2]
    assert (need.form.value if need.form else None) == form[1]


@given(
    name=st.sampled_from(
        ["Office 365", "§ 83", "afdeling 4", "24/7", "Nexus 2", "VUM 2.0", "uge 12", "kl. 14", "2 dage",
        "20.000 kr.", "KV-2026-0001",
         "den 15/3", "type 2", "Windows 11", "2027", "hver 6. uge", "5 borgere", "COVID-19", "ISO 9001",
         "65 år"]
    ),
    frame=st.sampled_from(["Vi skal lære om {}", "Kursus i {} for mine pædagoger", "{} og demens",
    "Noget til {}, tak", "Vi har {}"]),
)  # fmt: skip
def test_a_number_in_a_name_is_never_a_headcount(name: str, frame: str) -> None:
    assert read_need(frame.format(name), TODAY).headcount is None


@given(text=st.text(max_size=300))
@example("\u0130 12 medarbejdere")
@example("\ue000\ue001 12 \ue001")
@example("９９ medarbejdere i uge ５")
def test_any_text_can_be_read_and_every_value_keeps_words_of_it(text: str) -> None:
    need = read_need(text, TODAY)
    assert read_need(text, TODAY) == need
    written = " ".join("".join(char if char.isprintable() else " " for char in need.text).split())
    for field in _ONE:
        found: Found[Any] | None = getattr(need, field)
        assert found is None or found.words
        if written.isascii() and found is not None:
            assert found.words in written


@pytest.mark.parametrize(
    "repeated",
    [
        "inden sommer ", "12 ", "a", "1.", "10-", "en og ", "mine erfarne ", "på vegne af ", "ikke ", "i ",
        "sosu-",
        "12 nye erfarne ", "uge 1-", "social- og ", "1 og ", "højst ", " ", "\n", "(", "tyve", "mellem 1 og ",
        "fra marts til ", "01 ", "æøå", "hele teamet (", "2 hold ", "fra Aa, ", "5 kr ", "fem og ",
    ],
)  # fmt: skip
def test_a_long_text_is_read_to_its_end(repeated: str) -> None:
    long_text = (repeated * (20_000 // len(repeated) + 1))[:20_000]
    assert read_need(f"{long_text}\nVi er 14 pædagoger.", TODAY).staff_groups[-1].value == "pædagog"


def test_a_cpr_number_is_nowhere_in_a_need() -> None:
    need = read_need("Borgeren 010190-1234 har demens, og vi er 12 pædagoger", TODAY)
    assert need.text == f"Borgeren {MASK} har demens, og vi er 12 pædagoger"
    assert "1234" not in repr(need)


def test_every_value_keeps_the_words_that_said_it() -> None:
    need = read_need(
        "Jeg har Tolv SSA'er, der skal lære om sår Senest 1. Marts, højst 20.000 kr., kun ONLINE", TODAY
    )
    assert need.headcount == Found(12, "Tolv")
    assert need.staff_groups == (Found("SOSU-assistent", "SSA'er"),)
    assert need.latest == Found(date(2027, 3, 1), "Senest 1. Marts")
    assert need.budget_dkk == Found(20_000, "højst 20.000 kr")
    assert need.form == Found(Form.ONLINE, "ONLINE")


def test_a_correction_is_added_to_the_text() -> None:
    need = revise_need(read_need("noget om demens", TODAY), "vi er 14, ring til 010190-1234", TODAY)
    assert need.text == f"noget om demens\nvi er 14, ring til {MASK}"
