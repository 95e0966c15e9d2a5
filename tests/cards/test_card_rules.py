"""What holds for every card, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match
from microsoft_teams.cards import Spacing

from dialogs.texts import LOCALES
from tests.cards.reading import Json, elements, of_type
from tests.cards.samples import NONCE, all_cards

MOST_ACTIONS = 6
"""Teams shows six buttons and puts the rest behind three dots."""
MOST_BYTES = 25_000
LONGEST_BUTTON = 24
"""More letters are cut off on a phone, where a card is 280 pixels wide."""
LONGEST_SUMMARY = 1000
"""Notifications show a line or two of it."""
ANSWERS = {"need.choose", "need.more", "need.none", "need.correct", "need.send", "need.back", "need.save"} | {
    "request.save",
    "request.back",
    "search.need",
    "profile.save",
    "answer.case",
    "answer.new",
    "enrol.anyway",
    "enrol.rather_not",
    "enrol.leader",
    "enrol.leader_unknown",
    "team.enrol",
}
"""The verbs that answer the question on their card; all others are good for ever."""
TEXT_AND_FORMS = {
    "Action.Execute",
    "Action.OpenUrl",
    "Action.ShowCard",
    "Action.Submit",
    "ActionSet",
    "Container",
} | {
    "AdaptiveCard",
    "Input.Date",
    "Input.ChoiceSet",
    "Input.Number",
    "Input.Text",
    "RichTextBlock",
    "TextBlock",
    "TextRun",
}
"""No columns, tables or fact sets: they break at the width of a phone, and fact sets read Markdown."""
THAT_COMES_WITH_1_6 = {"ExtraSmall"}
LENGTHS = {"need": 4000, "topic": 4000, "title": 200, "summary": 2000, "outcome": 2000, "name": 120}
LONGEST_FIELD = 500

SCHEMA = Draft6Validator(
    json.loads(Path(__file__).with_name("schemas").joinpath("adaptive-card-1.5.schema.json").read_text("utf-8"))
)
CARDS = {f"{name}.{locale}": card for locale in LOCALES for name, card in all_cards(locale).items()}

every_card = pytest.mark.parametrize("card", [card.json() for card in CARDS.values()], ids=list(CARDS))


def longest(letter: str) -> dict[str, Json]:
    def words(field: str, example: str) -> str:  # noqa: ARG001 - the shape of Words
        return letter * LENGTHS.get(field, LONGEST_FIELD)

    groups = tuple(f"{letter * 30} {number}" for number in range(60))
    return {
        f"{name}.{locale}": card.json() | {"summary of the message": card.summary}
        for locale in LOCALES
        for name, card in all_cards(locale, words, groups).items()
    }


LONGEST = longest("å")


@every_card
def test_a_card_follows_the_schema_of_version_1_5(card: Json) -> None:
    without_teams_own = {name: value for name, value in card.items() if name != "msteams"}
    error = best_match(SCHEMA.iter_errors(without_teams_own))
    assert error is None, error
    assert card["version"] in {"1.3", "1.5"}


def test_a_card_that_a_link_is_shown_as_has_nothing_newer_than_version_1_3() -> None:
    shared = [CARDS[name].json() for name in CARDS if name.startswith("offer_shared")]
    assert len(shared) == 2 * len(LOCALES)
    for card in shared:
        assert card["version"] == "1.3"
        assert {element["type"] for element in elements(card)} <= {
            *("Container", "RichTextBlock", "TextRun", "Action.OpenUrl"),
        }
        newer = {"tooltip", "isEnabled", "mode", "associatedInputs"}
        assert all(newer.isdisjoint(element) for element in elements(card))


def test_the_schema_refuses_what_is_not_in_it() -> None:
    card = CARDS["matches.da"].json()
    card["body"][0]["colour"] = "red"
    assert not SCHEMA.is_valid({name: value for name, value in card.items() if name != "msteams"})


@every_card
def test_a_card_is_made_of_text_and_forms_only(card: Json) -> None:
    assert {element["type"] for element in elements(card) if "type" in element} <= TEXT_AND_FORMS


@every_card
def test_spacing_is_spelt_as_version_1_5_has_it(card: Json) -> None:
    allowed = set(get_args(Spacing)) - THAT_COMES_WITH_1_6
    assert {element["spacing"] for element in elements(card) if "spacing" in element} <= allowed


@every_card
def test_all_text_wraps(card: Json) -> None:
    assert all(block["wrap"] for block in of_type(card, "TextBlock"))


@every_card
def test_a_card_has_at_most_six_buttons_in_a_row_with_short_titles(card: Json) -> None:
    titles = [action["title"] for action in of_type(card, "Action.")]
    rows = [card.get("actions", []), *(row["actions"] for row in of_type(card, "ActionSet"))]
    assert all(len(row) <= MOST_ACTIONS for row in rows)
    assert all(0 < len(title) <= LONGEST_BUTTON for title in titles), titles


@every_card
def test_a_card_has_at_most_one_main_button(card: Json) -> None:
    assert len([action for action in of_type(card, "Action.") if action.get("style") == "positive"]) <= 1


@every_card
def test_buttons_with_the_same_title_are_told_apart_for_those_who_hear_them(card: Json) -> None:
    said = [(action["title"], action.get("tooltip")) for action in of_type(card, "Action.")]
    assert len(set(said)) == len(said)


def test_the_numbered_buttons_say_what_they_choose() -> None:
    card = CARDS["matches_second_page.da"].json()
    [choose] = [action for action in of_type(card, "Action.") if action["title"] == "Vælg"]
    assert choose["tooltip"] == "Vælg 4: Demens og adfærd: hverdagen på plejecentret, når sproget forsvinder"


@every_card
def test_every_input_has_a_label_and_says_what_is_wrong_with_it(card: Json) -> None:
    for field in of_type(card, "Input."):
        assert field["label"], field
        checked = field.get("isRequired") or "min" in field or "max" in field
        assert not checked or field["errorMessage"], field


@every_card
def test_no_choice_is_without_a_value_because_clients_leave_it_out(card: Json) -> None:
    assert all(choice["value"] for field in of_type(card, "Input.ChoiceSet") for choice in field["choices"])


@every_card
def test_a_required_input_never_bars_the_way_back(card: Json) -> None:
    needed = any(field.get("isRequired") for field in of_type(card, "Input."))
    for action in of_type(card, "Action.Submit"):
        if needed and not action["data"]["verb"].endswith((".save", ".answered")):
            assert action["associatedInputs"] == "none", action


@every_card
def test_the_language_is_said(card: Json) -> None:
    assert card["lang"] in LOCALES


@every_card
def test_a_card_can_be_heard_and_read_where_it_cannot_be_shown(card: Json) -> None:
    assert card["speak"] == card["fallbackText"]
    assert card["speak"].strip().endswith((".", "!", "?")), card["speak"]
    assert "  " not in card["speak"]
    assert ".." not in card["speak"]


@pytest.mark.parametrize("name", LONGEST)
def test_the_longest_texts_fit(name: str) -> None:
    size = len(json.dumps(LONGEST[name], ensure_ascii=False).encode())
    assert size <= MOST_BYTES
    assert len(LONGEST[name]["summary of the message"]) <= LONGEST_SUMMARY


@every_card
def test_a_button_that_answers_a_question_names_it_and_no_other_does(card: Json) -> None:
    for action in of_type(card, "Action.Submit"):
        verb, nonce = action["data"]["verb"], action["data"]["nonce"]
        assert nonce == (NONCE if verb in ANSWERS else ""), verb
    assert all("nonce" not in action["data"] for action in of_type(card, "Action.Execute"))


def test_every_verb_that_answers_is_on_some_card() -> None:
    verbs = {action["data"]["verb"] for card in CARDS.values() for action in of_type(card.json(), "Action.Submit")}
    assert ANSWERS - {"request.save", "request.back"} <= verbs


@pytest.mark.parametrize("locale", LOCALES)
def test_the_same_goes_in_and_the_same_comes_out(locale: str) -> None:
    first, second = all_cards(locale), all_cards(locale)
    assert {name: card.json() for name, card in first.items()} == {
        name: card.json() for name, card in second.items()
    }
    assert all(card.json() == card.json() for card in first.values())
