from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dialogs.test_need import COMPLETE

if TYPE_CHECKING:
    from tests.chat import Chat, Town


async def filed(town: Town) -> Chat:
    await town.with_queue()
    lene = await town.leader()
    await lene.user(COMPLETE)
    await lene.clicks("Vælg")
    await lene.clicks("Send til centret")
    await town.deliver()
    return lene


async def test_a_case_goes_from_need_to_planned_with_a_question_in_between(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await kirsten.clicks_in_channel("case.asked", card, words="Er nattevagterne med?")
    assert "Spørgsmålet er sendt til Lene Holm" in kirsten.whispered
    await town.deliver()
    assert "Afventer leder" in card.words
    assert "Kirsten Bang spurgte" in card.words
    assert "Er nattevagterne med?" in lene.messages[-1].words
    await lene.clicks("Send svar", words="Ja, to af dem")
    lene.bot("Tak! Dit svar er sendt til centret")
    await town.deliver()
    assert "Ja, to af dem" in card.words
    assert "Lene Holm svarede" in town.teams.messages["19:queue@thread.tacv2;messageid=" + card.id][-1].words
    await kirsten.clicks_in_channel("case.planned", card, planned_other="DEM-01")
    await town.deliver()
    assert "er planlagt: »Mødet med borgere" in lene.messages[-1].words


async def test_two_who_press_take_at_once_are_told_who_has_it(town: Town) -> None:
    await filed(town)
    kirsten, bente = await town.consultant(), await town.consultant("Bente Juul")
    [card] = town.cases
    await kirsten.clicks_in_channel("case.take", card)
    await bente.clicks_in_channel("case.take", card)
    assert "Kirsten Bang har allerede taget KV-2026-0001" in bente.whispered


async def test_a_rejection_needs_a_reason_and_leaves_a_way_on(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("hej")
    [card] = town.cases
    await kirsten.clicks_in_channel("case.rejected", card, reason="  ")
    assert "Skriv en begrundelse" in kirsten.whispered
    await kirsten.clicks_in_channel("case.rejected", card, reason="Budgettet er brugt i år.")
    await town.deliver()
    assert "Budgettet er brugt i år." in lene.messages[-1].words
    await lene.clicks("Ring til mig")
    lene.bot("Centret får besked om at ringe til dig")
    await town.deliver()
    assert "Lene Holm vil gerne ringes op" in kirsten.messages[-1].words


async def test_a_leader_writes_to_the_case_in_words(town: Town) -> None:
    lene = await filed(town)
    await lene.user("til sag 1: vi er nu 14")
    lene.bot("Det er skrevet i KV-2026-0001")
    await town.deliver()
    assert "vi er nu 14" in town.cases[0].words


async def test_a_sentence_while_a_question_waits_is_an_answer_or_a_new_need(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 1: hvor mange er I?")
    await lene.user("vi er 14")
    lene.bot("Hvad hører det til?", "[Et nyt behov]")
    await lene.user("ja")
    lene.bot("Tak! Dit svar er sendt")
    await kirsten.user("spørg i sag 1: og hvornår?")
    await lene.user("Vi mangler også noget om sårpleje til 5")
    await lene.clicks("Et nyt behov")
    lene.bot("Jeg forstod: sårpleje")


async def test_a_colleague_is_handed_a_case_by_name(town: Town) -> None:
    await filed(town)
    kirsten = await town.consultant()
    grethe = await town.consultant("Grethe Lund")
    await kirsten.user("giv sag 1 til Grethe")
    kirsten.bot("givet videre til Grethe Lund")
    await grethe.user("hej")
    await town.deliver()
    assert "Kirsten Bang gav sagen til Grethe Lund" in grethe.messages[-1].words


async def test_who_is_not_staff_does_nothing_to_a_case(town: Town) -> None:
    lene = await filed(town)
    mads = await town.employee()
    for person in (lene, mads):
        await person.clicks_in_channel("case.rejected", town.cases[0], reason="nej")
        assert "Det er kun kompetencecentrets medarbejdere" in person.whispered
    await town.deliver()
    assert "Ny" in town.cases[0].words
