"""Matching a need to offers: what is found, how surely, why, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from catalogue.matching import Answer, MatchIndex, ReasonKind, Verdict
from catalogue.need import Form, Found, Need
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run
from catalogue.synonyms import Synonym, SynonymKind

TODAY = date(2026, 3, 2)


def offer(code: str, title: str, topics: str, summary: str = "", outcome: str = "") -> Offer:
    return Offer(
        code=code,
        title=title,
        summary=summary,
        outcome=outcome,
        topics=tuple(topics.split(", ")),
        areas=(),
        staff_groups=(),
        kind=OfferKind.OWN_COURSE,
        length="1 dag",
        price_dkk=800,
        price_unit=PriceUnit.PERSON,
        provider="Kompetencecentret",
        place="Rådhuset",
        online=False,
        seats=16,
        link="",
        language="da",
    )


def run(code: str, offer_code: str, starts: date, seats: int = 16, taken: int = 0) -> Run:
    return Run(code, offer_code, starts, starts, "Rådhuset", online=False, seats=seats, taken=taken, deadline=None)


OFFERS = (
    offer("DEM", "Hverdagen med demens", "demens, hukommelse", "Ro og tryghed i plejen.", "Du kan læse adfærd."),
    offer("MED", "Sikker medicinhåndtering", "medicinhåndtering, dispensering", "Fra ordination til kontrol."),
    offer("KON", "Konflikthåndtering i plejen", "konflikthåndtering, nedtrapning", "Svære samtaler med borgere."),
    offer("UDA", "Når adfærden er voldsom", "udadreagerende adfærd, vold", "Low arousal i praksis."),
    offer("ERN", "Mad til små appetitter", "ernæring, vægttab", "Måltidet som behandling."),
    offer("UTH", "Lær af utilsigtede hændelser", "utilsigtede hændelser, patientsikkerhed", "Om at lære af fejl."),
    offer("TRI", "Trivsel i en travl tid", "trivsel, sygefravær, stress", "Teamet finder fælles greb."),
    offer("DAN", "Dansk på jobbet", "dansk for medarbejdere", "Sprog i hverdagen."),
    offer("FOR", "Forflytning trin for trin", "forflytning, ergonomi", "Skån ryggen."),
    replace(
        offer("SUP", "Supervision for personalegrupper", "supervision, refleksion"), kind=OfferKind.SUPERVISION
    ),
    replace(offer("RES", "Demenssygeplejerske Rikke", "demens, sparring"), kind=OfferKind.SPECIALIST),
)


@pytest.fixture(scope="module")
def index() -> MatchIndex:
    return MatchIndex.build(OFFERS, ())


def ask(index: MatchIndex, topic: str, limit: int = 20) -> Answer:
    return index.match(Need(text=topic, topic=topic), TODAY, limit)


def codes(answer: Answer) -> list[str]:
    return [match.offer.code for match in answer.matches]


@pytest.mark.parametrize(
    ("topic", "code"),
    [
        ("demens", "DEM"),
        ("medicinhåndtring", "MED"),
        ("MEDICINHÅNDTERING", "MED"),
        ("haandtering af medicin", "MED"),
        ("håndtere konflikter", "KON"),
        ("UTH", "UTH"),
        ("borgeren bider og niver", "UDA"),
        ("flere af de gamle spiser næsten ikke", "ERN"),
        ("alle er trætte og melder sig syge", "TRI"),
        ("forflytte borgere", "FOR"),
        ("kursus om forflytninger", "FOR"),
    ],
)
def test_a_topic_in_the_catalogue_is_surely_found(index: MatchIndex, topic: str, code: str) -> None:
    answer = ask(index, topic)
    assert answer.verdict is Verdict.SURE
    assert codes(answer)[0] == code


@pytest.mark.parametrize(
    "topic",
    [
        "tagdækning",
        "regnskabsføring",
        "fransk",
        "kursus i fransk",
        "hej med dig",
        "tak for hjælpen",
        "asdf qwer zxcv",
        "noget om ting",
        "🙂",
        "",
    ],
)
def test_foreign_topics_nonsense_and_small_talk_are_not_promised(index: MatchIndex, topic: str) -> None:
    assert ask(index, topic).verdict is Verdict.NONE


def test_a_short_need_that_is_only_half_understood_is_likely_not_sure(index: MatchIndex) -> None:
    answer = ask(index, "kinesisk forflytning og origami")
    assert codes(answer)[0] == "FOR"
    assert answer.verdict is Verdict.LIKELY


def test_a_compound_of_known_words_is_not_mistaken_for_a_misspelling() -> None:
    rows = (
        *OFFERS,
        offer("BRA", "Brand og evakuering", "brand, evakuering"),
        offer("GRU", "Grundkursus", "grundkursus"),
    )
    assert codes(ask(MatchIndex.build(rows, ()), "brandkursus"))[0] == "BRA"


def test_two_needs_in_one_sentence_both_come_first(index: MatchIndex) -> None:
    assert set(codes(ask(index, "demens og medicinhåndtering"))[:2]) == {"DEM", "MED"}
    three = ask(index, "ernæring, forflytning og konflikthåndtering")
    assert set(codes(three)[:3]) == {"ERN", "FOR", "KON"}
    assert three.verdict is Verdict.SURE


def test_reasons_are_the_catalogues_own_words_and_few(index: MatchIndex) -> None:
    best = ask(index, "vi har konflikter og skal lære at haandtere dem").matches[0]
    assert ("konflikthåndtering", ReasonKind.TOPIC) in {(reason.words, reason.kind) for reason in best.reasons}
    assert 1 <= len(best.reasons) <= 4


def test_a_reason_is_never_a_word_that_every_need_holds(index: MatchIndex) -> None:
    for match in ask(index, "de nye medarbejdere skal lære mere om demens i hverdagen").matches:
        assert not {"hverdagen", "medarbejdere", "lære"} & {reason.words.lower() for reason in match.reasons}


def test_scores_lie_between_none_and_all_and_fall(index: MatchIndex) -> None:
    scores = [match.score for match in ask(index, "demens").matches]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_the_limit_is_kept_and_the_same_question_gets_the_same_answer(index: MatchIndex) -> None:
    assert len(ask(index, "demens", limit=1).matches) == 1
    assert ask(index, "demens i plejen") == ask(index, "demens i plejen")


@pytest.mark.parametrize(
    "text", ["demens " * 150_000, "d" * 1_000_000, "æ" * 1_000 + " demens", "<b>demens</b>\u202e"]
)
def test_endless_or_odd_text_is_read_as_far_as_a_person_would(index: MatchIndex, text: str) -> None:
    answer = ask(index, text)
    assert len(answer.matches) <= 20
    assert answer.verdict is (Verdict.SURE if "demens" in text else Verdict.NONE)


def test_an_empty_catalogue_answers_nothing() -> None:
    answer = ask(MatchIndex.build((), ()), "demens")
    assert answer == Answer(Verdict.NONE, ())


def test_a_new_synonym_finds_what_shares_no_word_with_the_need() -> None:
    assert ask(MatchIndex.build(OFFERS, (), synonyms=()), "zumba").verdict is Verdict.NONE
    rows = (Synonym("zumba", ("trivsel",), SynonymKind.PHRASE),)
    answer = ask(MatchIndex.build(OFFERS, (), synonyms=rows), "zumba")
    assert codes(answer)[0] == "TRI"
    assert answer.verdict is not Verdict.NONE


def test_runs_are_those_one_can_still_join_in_time_soonest_first() -> None:
    runs = (
        run("late", "DEM", TODAY + timedelta(days=90)),
        run("second", "DEM", TODAY + timedelta(days=30)),
        run("first", "DEM", TODAY + timedelta(days=10)),
        run("full", "DEM", TODAY + timedelta(days=12), seats=8, taken=8),
        run("past", "DEM", TODAY - timedelta(days=1)),
        run("other", "MED", TODAY + timedelta(days=10)),
    )
    index = MatchIndex.build(OFFERS, runs)
    latest = Found(TODAY + timedelta(days=60), "inden maj")
    need = Need("demens inden maj", "demens", latest=latest, headcount=Found(12, "12"))
    best = index.match(need, TODAY).matches[0]
    assert [found.code for found in best.runs] == ["first", "second"]
    assert {ReasonKind.TIME, ReasonKind.SEATS} <= {reason.kind for reason in best.reasons}
    assert [found.code for found in index.runs_of("DEM")] == ["past", "first", "full", "second", "late"]


def test_soft_wishes_move_an_offer_up_but_hide_nothing(index: MatchIndex) -> None:
    wish = Need("demens", "demens", form=Found(Form.SPECIALIST, "en ressourceperson"))
    answer = index.match(wish, TODAY)
    assert codes(answer)[0] == "RES"
    assert "DEM" in codes(answer)
    assert ReasonKind.FORM in {reason.kind for reason in answer.matches[0].reasons}


def test_what_the_person_insists_on_hides_the_rest(index: MatchIndex) -> None:
    wish = Need(
        "kun en ressourceperson i demens",
        "demens",
        form=Found(Form.SPECIALIST, "en ressourceperson"),
        hard=frozenset({"form"}),
    )
    assert codes(index.match(wish, TODAY)) == ["RES"]


def test_a_form_the_person_said_no_to_is_not_shown(index: MatchIndex) -> None:
    need = Need("demens, ikke kursus", "demens", excluded_forms=(Found(Form.COURSE, "ikke kursus"),))
    assert codes(index.match(need, TODAY)) == ["RES"]


def test_area_and_staff_group_are_soft_signals_with_reasons() -> None:
    senior = replace(OFFERS[0], code="SEN", areas=(Area.SENIOR,), staff_groups=("SOSU-assistent",))
    disability = replace(OFFERS[0], code="HAN", areas=(Area.DISABILITY,), staff_groups=("pædagog",))
    index = MatchIndex.build((disability, senior), ())
    need = Need(
        "demens",
        "demens",
        area=Found(Area.SENIOR, "ældreområdet"),
        staff_groups=(Found("SOSU-assistent", "assistenter"),),
    )
    answer = index.match(need, TODAY)
    assert codes(answer) == ["SEN", "HAN"]
    assert {"ældreområdet", "SOSU-assistent"} <= {reason.words for reason in answer.matches[0].reasons}


def test_a_need_without_a_topic_is_answered_by_its_form(index: MatchIndex) -> None:
    answer = index.match(Need("supervision", "", form=Found(Form.SUPERVISION, "supervision")), TODAY)
    assert codes(answer)[0] == "SUP"
    assert answer.verdict is Verdict.LIKELY


def test_a_need_that_only_says_for_whom_is_answered_but_not_promised() -> None:
    rows = (*OFFERS, offer("VEJ", "Praktikvejleder for elever", "praktikvejleder, elever"))
    answer = ask(MatchIndex.build(rows, ()), "")
    assert answer.matches == ()
    need = Need("praktikvejleder", "", staff_groups=(Found("praktikvejleder", "praktikvejleder"),))
    answer = MatchIndex.build(rows, ()).match(need, TODAY)
    assert codes(answer)[0] == "VEJ"
    assert answer.verdict is Verdict.LIKELY


def test_a_way_of_speaking_counts_even_where_the_topic_lost_some_of_its_words(index: MatchIndex) -> None:
    need = Need("alle er trætte og melder sig syge", "trætte syge")
    assert codes(index.match(need, TODAY))[0] == "TRI"


def test_a_budget_one_insists_on_counts_every_participant() -> None:
    index = MatchIndex.build((replace(OFFERS[0], price_dkk=1000),), ())
    need = Need("demens", "demens", headcount=Found(12, "12"), budget_dkk=Found(10_000, "højst 10.000 kr."))
    assert codes(index.match(need, TODAY)) == ["DEM"]
    assert codes(index.match(replace(need, hard=frozenset({"budget_dkk"})), TODAY)) == []


def test_offers_are_found_again_by_their_code(index: MatchIndex) -> None:
    assert index.offer("MED") is OFFERS[1]
    assert index.offer("none") is None
    assert index.runs_of("none") == ()
