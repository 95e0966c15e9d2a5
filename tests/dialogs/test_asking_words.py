"""What people say when they look for courses is data: every line of it means what its name says."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from catalogue.course_query import CourseQuery, Filter
from catalogue.learning_forms import Form
from catalogue.lengths import Length
from catalogue.offers import Area
from dialogs.asking_words import TABLES, Lead, Part, Question, Whole, noise, question_in, said_in, whole_meaning
from dialogs.course_words import asks_for_news, read_courses
from dialogs.intents import intent_of
from dialogs.search import asks_for_list
from dialogs.texts import FOLDER, LOCALES

TODAY = date(2026, 11, 22)
NOTHING = CourseQuery()
EVERYTHING = CourseQuery(
    topic="demens",
    text="demens",
    staff_groups=("pædagog",),
    seats=1,
    latest=date(2027, 6, 1),
    time_words="inden sommer",
    online=True,
    forms=(Form.COURSE,),
    excluded=(Form.SUPERVISION,),
    place="Åbro",
    longest=Length(3, 3 * 24 * 60),
    shortest=Length(1, 60),
    dearest=900,
    area=Area.SENIOR,
    new_since=date(2026, 11, 1),
)
KINDS = {
    Part.COURSES: Form.COURSE,
    Part.THEME_DAYS: Form.THEME_DAY,
    Part.E_LEARNING: Form.E_LEARNING,
    Part.SUPERVISION: Form.SUPERVISION,
    Part.PEER_TRAINING: Form.PEER_TRAINING,
    Part.MENTORING: Form.MENTORING,
    Part.TEAM_PROGRAMMES: Form.TEAM_PROGRAMME,
    Part.SPECIALISTS: Form.SPECIALIST,
}


def every(table: str) -> list[tuple[str, str]]:
    return [(name, said) for name, all_said in said_in(table).items() for said in all_said]


def kind_of(part: str) -> Form | None:
    return KINDS.get(Part(part))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_files_hold_what_code_knows_and_nothing_else(locale: str) -> None:
    file = tomllib.loads((FOLDER / locale / "asking.toml").read_text("utf-8"))
    assert file.keys() == {*TABLES, "noise"}
    for table, names in TABLES.items():
        assert set(file[table]) == {str(name) for name in names}, table


@pytest.mark.parametrize("table", [*TABLES, "noise"])
def test_what_is_said_is_lower_case(table: str) -> None:
    assert [words for _, words in every(table) if words != words.lower().strip()] == []


@pytest.mark.parametrize("table", [table for table in TABLES if table != "filter"])
def test_the_same_words_do_not_mean_two_things(table: str) -> None:
    meanings: dict[str, set[str]] = {}
    for name, said in every(table):
        meanings.setdefault(said, set()).add(name)
    assert [said for said, names in meanings.items() if len(names) > 1] == []


@pytest.mark.parametrize(("part", "said"), every("part"))
def test_a_part_of_a_sentence_makes_the_list_another(part: str, said: str) -> None:
    reading = read_courses(f"{said}", TODAY, onto=NOTHING)
    assert reading.query.topic == "", reading
    expected = {
        Part.FREE_SEATS: reading.query.seats == 1,
        Part.FREE: reading.query.dearest == 0,
        Part.SHORT: reading.query.longest is not None,
        Part.ONLINE: reading.query.online is True,
        Part.ON_SITE: reading.query.online is False,
        Part.NEWS: reading.query.new_since is not None,
        Part.NEWS_ALONE: reading.query.new_since is not None,
    }
    kind = kind_of(part)
    if kind:
        assert reading.query.forms == (kind,)
    elif part in {Part.SHORTER, Part.LONGER, Part.CHEAPER}:
        assert reading.relative == (Part(part),)
    else:
        assert expected[Part(part)], reading


@pytest.mark.parametrize(("name", "said"), every("whole"))
def test_a_whole_utterance_asks_of_the_list_what_its_name_says(name: str, said: str) -> None:
    assert whole_meaning(f"{said.capitalize()}!") is Whole(name)


@pytest.mark.parametrize(("name", "said"), every("question"))
def test_a_question_asks_what_its_name_says(name: str, said: str) -> None:
    assert question_in(f"{said.capitalize()}?") is Question(name)


@pytest.mark.parametrize(("name", "said"), every("filter"))
def test_a_filter_is_taken_off_by_its_name(name: str, said: str) -> None:
    reading = read_courses(f"fjern {said}", TODAY, onto=EVERYTHING)
    assert Filter(name) in reading.dropped
    assert reading.query.topic == "demens"


@pytest.mark.parametrize("said", said_in("lead")[Lead.DROP])
def test_a_lead_takes_off_what_follows(said: str) -> None:
    reading = read_courses(f"{said} online", TODAY, onto=CourseQuery(topic="demens", online=True))
    assert reading.query == CourseQuery(topic="demens")


@pytest.mark.parametrize("said", said_in("lead")[Lead.SWITCH])
def test_a_lead_opens_a_new_topic(said: str) -> None:
    assert read_courses(f"{said} palliation", TODAY, onto=CourseQuery(topic="demens")).query.topic == "palliation"


@pytest.mark.parametrize("said", said_in("part")["news"])
def test_asking_what_is_new_asks_for_a_list(said: str) -> None:
    assert asks_for_news(said) or said.startswith(("kun", "only"))
    assert asks_for_list(f"{said.capitalize()}?") or said.startswith(("kun", "only"))


@pytest.mark.parametrize(
    "said", ["nye medarbejdere skal lære om demens", "vi har fået nyt system", "new employees"]
)
def test_new_people_and_things_are_no_news(said: str) -> None:
    assert not asks_for_news(said)
    assert read_courses(said, TODAY).query.new_since is None


def test_what_is_asked_of_a_list_stands_in_the_way_of_no_interruption() -> None:
    from dialogs.conversation import INTERRUPTIONS  # noqa: PLC0415 - beside its only use

    taken = {(said, intent) for _, said in [*every("whole"), *every("question")] if (intent := intent_of(said))}
    assert {said for said, intent in taken if intent in INTERRUPTIONS} == {"forrige", "previous"}


def test_noise_is_single_words() -> None:
    assert all(" " not in word for word in noise())


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("hvilke kurser er der om fysisk aktivitet?", CourseQuery(topic="fysisk aktivitet")),
        ("kurser i sikkerhed på nettet", CourseQuery(topic="sikkerhed på nettet")),
        ("Vis e-læring om medicinhåndtering", CourseQuery(topic="medicinhåndtering", forms=(Form.E_LEARNING,))),
        ("har I supervision?", CourseQuery(forms=(Form.SUPERVISION,))),
        ("kurser for pædagoger", CourseQuery(staff_groups=("pædagog",))),
        ("gratis kurser om demens", CourseQuery(topic="demens", dearest=0)),
        ("hygiejne for 12 SOSU-hjælpere", CourseQuery(topic="hygiejne", staff_groups=("SOSU-hjælper",), seats=12)),
        ("noget i Åbro om palliation", CourseQuery(topic="palliation", place="Åbro")),
        ("online kurser under 2000", CourseQuery(online=True, dearest=2000)),
        ("what is new this month", CourseQuery(new_since=date(2026, 11, 1))),
        ("nyt i år", CourseQuery(new_since=date(2026, 1, 1))),
        ("hvad er nyt siden 1. december?", CourseQuery(new_since=date(2025, 12, 1))),
        ("hvad er nyt denne uge", CourseQuery(new_since=date(2026, 11, 16))),
    ],
)
def test_a_first_question_is_read(said: str, query: CourseQuery) -> None:
    read = read_courses(said, TODAY, {"Åbro"}).query
    assert CourseQuery(**{**{name: getattr(read, name) for name in CourseQuery.__slots__}, "text": ""}) == query
