from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.cpr import MASK, mask_cpr

_SEPARATORS = ["", "-", " ", "–", "—", " - ", "/", ".", "_", "\u00a0", "\u2011"]
_DIGIT_ZEROS = [ord("0"), 0xFF10, 0x0660, 0x06F0]


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234", "0101901234", "010190 1234", "010190–1234", "010190 - 1234", "01 01 90 1234",
        "01.01.90-1234",
        "01/01/90/1234", "01-01-90-1234", "01-01-1990-1234", "01011990-1234", "010190 12 34", "290200-1234",
        "610190-1234", "01\u200b0190-1234",
    ],
)  # fmt: skip
def test_a_cpr_number_is_masked_however_it_is_written(number: str) -> None:
    assert mask_cpr(f"Borgeren {number}, har demens") == f"Borgeren {MASK}, har demens"


@pytest.mark.parametrize(
    "harmless",
    [
        "76810000", "76 81 00 00", "+45 76 81 00 00", "+4576810000", "20 10 30 40 og 20 10 30 41",
        "KV-2026-0001", "5798000010101",
        "3202901234", "0113901234", "3102901234", "22-11-2026", "22.11.2026 kl. 14.30", "CVR 29189838",
        "uge 12-14 2027",
        "20121122 10 personer", "2026-11-22 1430", "§ 83 og 86", "12.000 kr.",
    ],
)  # fmt: skip
def test_other_numbers_survive(harmless: str) -> None:
    assert mask_cpr(harmless) == harmless


def test_every_number_of_a_text_is_masked_and_the_rest_is_untouched() -> None:
    assert mask_cpr("Både 010190-1234 og ２３１１８０ ４３２１ (søn)") == f"Både {MASK} og {MASK} (søn)"


@given(
    born=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    serial=st.integers(0, 9999),
    separator=st.sampled_from(_SEPARATORS),
    zero=st.sampled_from(_DIGIT_ZEROS),
    before=st.text(alphabet="abcæøå ,.:(\n", max_size=12),
    after=st.text(alphabet="abcæøå ,.:)\n", max_size=12),
)
def test_no_digit_of_any_cpr_number_is_left(
    born: date, serial: int, separator: str, zero: int, before: str, after: str
) -> None:
    number = f"{born:%d%m%y}{separator}{serial:04}".translate(
        {ord("0") + value: zero + value for value in range(10)}
    )
    masked = mask_cpr(before + number + after)
    assert masked == before + MASK + after


@given(st.text(alphabet="0123456789 -–./abc０１\n", max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask_cpr(text)
    assert mask_cpr(once) == once


@given(st.text(alphabet="abcdefghij 12345-", max_size=40))
def test_a_text_with_too_few_digits_is_returned_as_it_is(text: str) -> None:
    few = "".join(char for index, char in enumerate(text) if not char.isdigit() or index < 9)
    assert mask_cpr(few) == few


def test_a_long_text_of_digits_is_read_in_one_go() -> None:
    text = "01 " * 20_000
    assert mask_cpr(text) == text
