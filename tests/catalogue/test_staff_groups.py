from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.staff_groups import STAFF_GROUPS, find_staff_groups, plural


def _names(text: str) -> list[str]:
    return [found.value for found in find_staff_groups(text)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("SOSU-assistenter", "SOSU-assistent"), ("sosu assistent", "SOSU-assistent"),
        ("SSA", "SOSU-assistent"),
        ("ssa'erne", "SOSU-assistent"), ("sosu-ass.", "SOSU-assistent"),
        ("social- og sundhedsassistenterne", "SOSU-assistent"),
        ("Social og sundhedsassistenternes", "SOSU-assistent"), ("assistenter", "SOSU-assistent"),
        ("ssh'er", "SOSU-hjælper"), ("sosuhjaelpere", "SOSU-hjælper"),
        ("social- og sundhedshjælpere", "SOSU-hjælper"),
        ("sygeplejerskernes", "sygeplejerske"), ("sygeplejesker", "sygeplejerske"), ("spl.", "sygeplejerske"),
        ("hjemmesygeplejersker", "sygeplejerske"), ("nurses", "sygeplejerske"),
        ("pædagogerne", "pædagog"), ("paedagoger", "pædagog"), ("pædagogers", "pædagog"),
        ("pædagogiske assistenter", "pædagogisk assistent"), ("pæd.ass.", "pædagogisk assistent"),
        ("PAU'er", "pædagogisk assistent"),
        ("pædagogmedhjælpere", "pædagogmedhjælper"), ("medhjælperne", "pædagogmedhjælper"),
        ("omsorgsmedhjælpere", "omsorgsmedhjælper"), ("ergoterapeuterne", "ergoterapeut"),
        ("ergo'er", "ergoterapeut"),
        ("fysser", "fysioterapeut"), ("fysioterapeutens", "fysioterapeut"),
        ("socialrådgivere", "socialrådgiver"),
        ("socialraadgiver", "socialrådgiver"), ("socialpædagogerne", "socialpædagog"),
        ("bostøtterne", "bostøtte"),
        ("bostøttemedarbejdere", "bostøtte"), ("hjemmevejledere", "hjemmevejleder"),
        ("visitatorer", "visitator"),
        ("lederne", "leder"), ("afdelingsledere", "leder"), ("teamledere", "leder"),
        ("teamkoordinatorer", "teamkoordinator"),
        ("praktikvejledere", "praktikvejleder"), ("praktikvejldere", "praktikvejleder"),
        ("elever", "elev"), ("SOSU-elever", "elev"),
        ("nattevagterne", "nattevagt"), ("natvagter", "nattevagt"),
        ("køkkenmedarbejdere", "køkkenmedarbejder"),
        ("administrative medarbejdere", "administrativ medarbejder"),
        ("støtte-kontaktpersoner", "støttekontaktperson"),
        ("SKP'er", "støttekontaktperson"), ("misbrugsbehandlere", "misbrugsbehandler"),
        ("psykologer", "psykolog"),
        ("ufaglærte", "ufaglært"), ("afløserne", "afløser"), ("vikarer", "afløser"),
    ],
)  # fmt: skip
def test_a_title_is_found_in_all_its_forms(words: str, name: str) -> None:
    assert _names(f"Vi har {words} her") == [name]


@pytest.mark.parametrize(
    "topic",
    [
        "ledelse", "lederskab", "elevvejledning", "psykologi", "psykologisk", "praktikvejledning",
        "pædagogik", "pædagogisk",
        "socialpædagogik", "sygepleje", "sygeplejefaglig", "ergoterapi", "fysioterapi",
        "socialrådgivning", "visitation",
        "misbrugsbehandling", "afløsning", "vi leder efter et kursus", "nattevagtsordning", "elevplaner",
        "assistance",
    ],
)  # fmt: skip
def test_a_subject_is_no_staff_group(topic: str) -> None:
    assert _names(topic) == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("sosu'er", ["SOSU-assistent", "SOSU-hjælper"]),
        ("SOSU-personalet", ["SOSU-assistent", "SOSU-hjælper"]),
        ("social- og sundhedshjælpere og -assistenter", ["SOSU-hjælper", "SOSU-assistent"]),
        ("terapeuterne", ["ergoterapeut", "fysioterapeut"]),
        ("ergo- og fysioterapeuter", ["ergoterapeut", "fysioterapeut"]),
        ("ssa, ssh og sygeplejersker", ["SOSU-assistent", "SOSU-hjælper", "sygeplejerske"]),
    ],
)
def test_one_word_can_mean_several_groups(words: str, names: list[str]) -> None:
    assert _names(words) == names


def test_a_group_is_named_once_with_the_words_that_said_it_first() -> None:
    (found,) = find_staff_groups("Vores SSA'er og de nye SOSU-assistenter")
    assert (found.value, found.words) == ("SOSU-assistent", "SSA'er")


def test_the_plural_is_for_display() -> None:
    assert plural("SOSU-assistent") == "SOSU-assistenter"
    assert plural("administrativ medarbejder") == "administrative medarbejdere"
    with pytest.raises(KeyError):
        plural("astronaut")


@pytest.mark.parametrize("name", STAFF_GROUPS)
def test_every_canonical_name_and_its_plural_are_found_as_themselves(name: str) -> None:
    assert _names(name) == [name]
    assert _names(plural(name)) == [name]
    assert _names(plural(name).upper()) == [name]


@given(name=st.sampled_from([name for name in STAFF_GROUPS if len(name) >= 11]), data=st.data())
def test_one_swap_of_letters_in_a_long_title_is_forgiven(name: str, data: st.DataObject) -> None:
    word = plural(name)
    place = data.draw(st.integers(2, len(word) - 2))
    swapped = word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    if " " not in word and "-" not in word:
        assert _names(swapped) == [name]
