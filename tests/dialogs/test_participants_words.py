"""What the centre says about a run's people, and what only sounds like it."""

from __future__ import annotations

import pytest

from dialogs.participants_words import Asked, Asks, looks_like_a_code, read_asked

RUN = "DEM-01-H1"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("hold", Asked(Asks.RUNS)),
        ("Vis alle hold", Asked(Asks.RUNS)),
        ("coming runs", Asked(Asks.RUNS)),
        ("deltagere", Asked(Asks.LIST)),
        (f"deltagere {RUN}", Asked(Asks.LIST, RUN)),
        (f"Deltagerliste på hold {RUN}.", Asked(Asks.LIST, RUN)),
        (f"vis deltagerne for {RUN}", Asked(Asks.LIST, RUN)),
        (f"participants of {RUN}", Asked(Asks.LIST, RUN)),
        ("deltagere på yngre med demens", Asked(Asks.LIST, "yngre med demens")),
        (f"fremmøde {RUN}", Asked(Asks.ATTENDANCE, RUN)),
        ("registrer fremmøde", Asked(Asks.ATTENDANCE)),
        (f"ret fremmødet på {RUN}", Asked(Asks.ATTENDANCE, RUN)),
        (f"attendance for {RUN}", Asked(Asks.ATTENDANCE, RUN)),
        (f"eksport deltagere {RUN}", Asked(Asks.EXPORT, RUN)),
        (f"eksportér deltagerlisten på {RUN} som csv", Asked(Asks.EXPORT, RUN, file="csv")),
        (f"export participants {RUN} to excel", Asked(Asks.EXPORT, RUN, file="xlsx")),
        ("alle mødte", Asked(Asks.ALL_CAME)),
        (f"Alle mødte op på {RUN}!", Asked(Asks.ALL_CAME, RUN)),
        (f"everyone came to {RUN}", Asked(Asks.ALL_CAME, RUN)),
        (f"alle undtagen Mads og Lene mødte på {RUN}", Asked(Asks.ALL_BUT_CAME, RUN, ("Mads", "Lene"))),
        ("alle mødte undtagen Mads Kjær, Lene og Bo", Asked(Asks.ALL_BUT_CAME, "", ("Mads Kjær", "Lene", "Bo"))),
        (f"alle mødte på {RUN}, på nær Mads", Asked(Asks.ALL_BUT_CAME, RUN, ("Mads",))),
        ("everyone but Mads and Lene came", Asked(Asks.ALL_BUT_CAME, "", ("Mads", "Lene"))),
        ("ingen mødte op", Asked(Asks.NONE_CAME)),
        ("Mads og Lene mødte ikke", Asked(Asks.THESE_STAYED_AWAY, "", ("Mads", "Lene"))),
        (f"Mads mødte alligevel på {RUN}", Asked(Asks.THESE_CAME, RUN, ("Mads",))),
        ("fjern Mads", Asked(Asks.REMOVE, "", ("Mads",))),
        ("fjern Mads Kjær, fordi han er flyttet", Asked(Asks.REMOVE, "", ("Mads Kjær",), "han er flyttet")),
        (f"fjern Mads fra {RUN}: kun for Senior", Asked(Asks.REMOVE, RUN, ("Mads",), "kun for Senior")),
        ("remove Mads from the run because he moved", Asked(Asks.REMOVE, "", ("Mads",), "he moved")),
    ],
)
def test_what_is_said_is_read(said: str, asked: Asked) -> None:
    assert read_asked(said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "holdet er for stort",
        "hvilke hold er der om demens?",
        "vi har brug for et hold til 12",
        "alle skal lære om demens",
        "kurser for alle",
        "mine kurser",
        "eksport",
        "kø",
        "alle mødte " + "meget " * 100,
    ],
)
def test_other_sentences_are_left_to_others(said: str) -> None:
    assert read_asked(said) is None


@pytest.mark.parametrize(
    ("words", "is_one"), [(RUN, True), ("H7", True), ("demens", False), ("12 pædagoger", False)]
)
def test_a_code_is_one_word_with_a_digit(words: str, is_one: bool) -> None:
    assert looks_like_a_code(words) is is_one
