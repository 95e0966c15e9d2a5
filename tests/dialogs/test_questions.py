"""Questions about the assistant itself have an answer, wherever they come up, and swallow nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dialogs.questions import question_in, questions
from dialogs.texts import texts_in

if TYPE_CHECKING:
    from tests.chat import Town

NEEDS = Path(__file__).parents[2] / "benchmarks" / "needs.jsonl"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Hvem kan se mine kurser?", "who-sees-courses"),
        ("hvem kan se mit behov", "who-sees-need"),
        ("Må jeg spørge, hvem kan se mine svar?", "who-sees-purpose"),
        ("hvad er en formålsaftle?", "what-is-purpose"),
        ("Hvad sker der, når jeg tilmelder mig?", "after-sign-up"),
        ("hvem bestemmer, om jeg kommer med?", "who-decides"),
        ("Kan jeg melde afbud?", "leave"),
        ("hvornår får jeg svar??", "answer-time"),
        ("Who can see my courses?", "who-sees-courses"),
    ],
)
def test_a_question_is_known_with_slips_and_manners(said: str, key: str) -> None:
    assert question_in(said) == key


@pytest.mark.parametrize(
    "said",
    [
        *(
            "hvem kan lære os om demens?",
            "hvad koster det?",
            "mine kurser",
            "kan jeg tilmelde mig?",
            "hvem er du?",
        ),
        *("vi skal lære at melde afbud", "hvad er en god samtale?", "hvornår er kurset?", "hvem kan se", ""),
    ],
)
def test_what_is_something_else_is_no_question_about_the_assistant(said: str) -> None:
    assert question_in(said) == ""


def test_no_need_is_taken_for_a_question() -> None:
    needs = [json.loads(line) for line in NEEDS.read_text("utf-8").splitlines()]
    assert len(needs) > 100
    assert [need["need"] for need in needs if question_in(need["need"])] == []


def test_the_same_questions_are_known_in_both_languages() -> None:
    answers = {key: texts_in("da")(f"question-{key}") for key in questions().values()}
    assert len(set(answers.values())) == len(answers) == 12
    assert max(map(len, answers.values())) <= 300


async def test_an_employee_asks_who_sees_their_courses(town: Town) -> None:
    mads = await town.employee()
    await mads.user("hvem kan se mine kurser?")
    mads.bot("Dine kurser kan du selv, din leder og kompetencecentret se")


async def test_a_leader_asks_in_the_midst_of_a_need_and_goes_on(town: Town) -> None:
    lene = await town.leader()
    await lene.user("12 SOSU-assistenter skal blive bedre til demens")
    await lene.user("hvem ser mit behov?")
    lene.bot("Dit behov kan du selv og kompetencecentrets konsulenter se", "fortsæt")
    await lene.user("ingen af dem")
    lene.bot("[Send til centret]")


@pytest.mark.parametrize("said", ["kurser om demens", "Kurser i demens", "forløb om demens"])
async def test_a_leader_who_names_courses_sees_the_list(town: Town, said: str) -> None:
    lene = await town.leader()
    await lene.user(said)
    lene.bot("Du søgte: demens")


@pytest.mark.parametrize("said", ["kurser om demens til 12 SOSU-assistenter", "vi mangler kurser om demens"])
async def test_a_leader_who_tells_for_whom_reports_a_need(town: Town, said: str) -> None:
    lene = await town.leader()
    await lene.user(said)
    lene.bot("Jeg forstod: demens")
