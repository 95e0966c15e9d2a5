"""Which needs ask for the same, in the words that leaders use."""

from __future__ import annotations

import pytest

from centre.requests import Wish
from centre.similar import MOST_ROOTS, likeness, topic_keys, topic_roots


def wish(topic: str, offer: str = "") -> Wish:
    return Wish(need=topic, topic=topic, offer_code=offer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("demens", "mødet med borgere med demens"),
        ("demens", "Demens!"),
        ("medicinhåndtering", "håndtering af medicin"),
        ("konflikthåndtering", "at håndtere konflikter"),
        ("dokumentation", "bedre til at dokumentere"),
        ("forflytning af borgere", "forflytninger"),
        ("demens og magtanvendelse", "magtanvendelse hos borgere med demens"),
        ("haandtering af medicin", "medicinhåndtering"),
    ],
)
def test_near_same_wordings_are_the_same(one: str, other: str) -> None:
    assert likeness(wish(one), wish(other)) > 0
    assert likeness(wish(one), wish(other)) == likeness(wish(other), wish(one))
    assert topic_keys(wish(one)) & topic_keys(wish(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("demens", "medicinhåndtering"),
        ("mødet med borgere med demens", "mødet med borgere i sorg"),
        ("kommunikation med pårørende", "kommunikation med tolk"),
        ("12 medarbejdere", "12 borgere"),
        ("", ""),
        ("kursus til personalet", "kursus til personalet"),
    ],
)
def test_what_only_shares_a_frame_is_something_else(one: str, other: str) -> None:
    assert likeness(wish(one), wish(other)) == 0


def test_the_same_offer_is_the_same_whatever_was_written() -> None:
    assert likeness(wish("noget om uro", "DEM-01"), wish("demens", "DEM-01")) > 0
    assert likeness(wish("noget om uro", "DEM-01"), wish("demens", "DEM-02")) == 0


def test_the_same_words_and_offer_are_closer_than_either() -> None:
    asked = wish("demens og uro", "DEM-01")
    ranked = [wish("demens og uro", "DEM-01"), wish("sorg", "DEM-01"), wish("demens og uro"), wish("demens")]
    found = [likeness(asked, other) for other in ranked]
    assert found == sorted(found, reverse=True)
    assert found[-1] > 0


def test_a_need_without_a_topic_is_read_whole() -> None:
    assert topic_roots(Wish(need="Vi skal lære noget om demens")) == {"demens"}


def test_a_page_of_words_has_few_keys() -> None:
    page = wish(" ".join(f"emne{chr(97 + number)}{chr(97 + number)}" for number in range(20)))
    assert len(topic_roots(page)) == MOST_ROOTS
    assert len(topic_keys(page)) == MOST_ROOTS + 1
