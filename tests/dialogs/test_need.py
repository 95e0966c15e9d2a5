from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.chat import Chat, Town

COMPLETE = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"


async def test_a_complete_sentence_is_filed_in_three_interactions(town: Town) -> None:
    await town.with_queue()
    lene = await town.leader()
    await lene.user(COMPLETE)
    lene.bot(
        "Det her passer godt",
        "Jeg forstod: møde borgere med demens · 12 SOSU-assistenter · inden sommer (senest 30. jun. 2027)",
        "Passer, fordi: demens · SOSU-assistenter · inden sommer · plads til 12",
        "[Vælg | Vælg | Vælg | Vis flere | Ingen af dem passer | Ret]",
    )
    await lene.clicks("Vælg")
    lene.bot("Klar til at sende?", "Plejecenter Solgården · Senior", "[Send til centret | Ret | Tilbage]")
    lene.bot_did_not_say("Hvor mange er det til?", "Udfyld gerne")
    await lene.clicks("Send til centret")
    lene.bot("Tak! KV-2026-0001 er sendt", "senest fredag den 27. november")
    await town.deliver()
    [card] = town.cases
    assert "KV-2026-0001" in card.words
    assert COMPLETE in card.words
    assert next(button["title"] for button in card.buttons) == "Tag sagen"


async def test_the_same_three_interactions_in_english(town: Town) -> None:
    lene = await town.leader()
    await lene.user("english")
    lene.bot("Now we speak English")
    await lene.user("I need training for 5 nurses in demens before summer")
    lene.bot("5 sygeplejersker", "[Choose | Choose | Choose | Show more | None of them fits | Edit]")
    await lene.clicks("Choose")
    lene.bot("Ready to send?", "[Send to the centre | Edit | Back]")
    await lene.clicks("Send to the centre")
    lene.bot("Thank you! KV-2026-0001", "by Friday 27 November")


async def test_a_click_leaves_a_receipt_where_the_question_was(town: Town) -> None:
    lene = await town.leader()
    await lene.user(COMPLETE)
    matches = lene.news[-1]
    await lene.clicks("Vælg")
    assert "Du valgte »" in matches.card["fallbackText"]
    assert matches.buttons == []
    summary = lene.news[-1]
    await lene.clicks("Send til centret")
    assert "KV-2026-0001 er sendt" in summary.words
    assert "Det her passer godt" not in matches.words
    assert [button["title"] for button in summary.buttons] == ["Se sagen"]


async def test_a_vague_need_is_asked_about_once_and_then_matched(town: Town) -> None:
    lene = await town.leader()
    await lene.user("vi har brug for noget")
    lene.bot("Hvad skal dine medarbejdere blive bedre til?")
    await lene.user("konflikthåndtering, vi er 8")
    lene.bot("Jeg forstod: konflikthåndtering · 8 personer", "[Vælg | Vælg | Vælg]")


async def test_a_need_that_stays_vague_is_filed_as_it_is(town: Town) -> None:
    lene = await town.leader()
    await lene.user("vi har brug for noget")
    await lene.user("send det, som det er")
    lene.bot("Klar til at sende?", "Intet valgt, centret finder noget")
    await lene.user("send det, som det er")
    lene.bot("KV-2026-0001 er sendt", "vi har brug for noget")


async def test_an_unmatched_need_is_filed_in_three_interactions_too(town: Town) -> None:
    lene = await town.leader()
    await lene.user("De 12 teknikere skal lære tagdækning inden sommer")
    lene.bot_did_not_say("Det her passer godt")
    titles = {button["title"] for button in lene.news[-1].buttons}
    [none_fits] = titles & {"Send behovet til centret", "Ingen af dem passer"}
    await lene.clicks(none_fits)
    lene.bot("Klar til at sende?", "tagdækning", "12", "inden sommer")
    await lene.clicks("Send til centret")
    lene.bot("Tak! KV-2026-0001 er sendt")


async def test_what_is_missing_is_asked_in_one_card(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Vi vil blive bedre til demens")
    await lene.clicks("Vælg")
    lene.bot("Udfyld gerne det, der mangler")
    assert len(lene.news) == 1
    assert list(lene.news[-1].inputs) == ["headcount", "time", "purpose", "form"]


async def test_only_what_is_missing_is_asked(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Vi er 9 der vil blive bedre til demens")
    await lene.clicks("Vælg")
    assert "time" in lene.news[-1].inputs
    assert "headcount" not in lene.news[-1].inputs


async def test_everything_can_be_filled_in_on_the_way_out(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks(
        "Send til centret", headcount="12", time="inden sommer", purpose="Ro ved måltiderne", form="online"
    )
    await lene.clicks("Se sagen")
    lene.bot("12 personer", "inden sommer (senest 30. jun. 2027)", "Ro ved måltiderne", "Form: Online")


async def test_a_time_that_is_no_date_is_kept_in_its_words(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks("Send til centret", headcount="12", time="når de nye er faldet til")
    await lene.clicks("Se sagen")
    lene.bot("Hvornår: når de nye er faldet til")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("abc", "»abc« kan jeg ikke læse som et antal"),
        ("12,5", "»12,5« kan jeg ikke læse som et antal"),
        ("tolv", "»tolv« kan jeg ikke læse som et antal"),
        ("nan", "»nan« kan jeg ikke læse"),
        ("0", "»0« kan ikke være rigtigt. Skriv et antal mellem 1 og 5000"),
        ("-3", "»-3« kan ikke være rigtigt"),
        ("99999", "»99999« kan ikke være rigtigt"),
        ("9" * 60, "kan jeg ikke læse som et antal"),
    ],
)
async def test_a_wrong_head_count_is_told_and_the_rest_is_kept(town: Town, typed: str, answer: str) -> None:
    lene = await at_summary(town)
    await lene.clicks("Send til centret", headcount=typed, time="uge 12", purpose="Ro ved måltiderne")
    lene.bot(answer, "Resten er gemt")
    await lene.user("vi er 12")
    lene.bot("12 personer", "uge 12", "[Send til centret]")
    assert lene.news[-1].inputs["purpose"] == "Ro ved måltiderne"
    await lene.user("send")
    lene.bot("KV-2026-0001 er sendt")


async def test_the_same_card_takes_the_corrected_number(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks("Send til centret", headcount="0", time="uge 12")
    await lene.clicks("Send til centret", headcount="1.200", time="uge 12")
    lene.bot("KV-2026-0001 er sendt")
    await lene.clicks("Se sagen")
    lene.bot("1.200 personer")


async def test_ret_keeps_what_was_typed_on_the_card(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks("Ret", headcount="7", purpose="Ro ved måltiderne")
    lene.bot("Ret det, der ikke passer", "[Gem | Tilbage]")
    form = lene.news[-1].inputs
    assert form["headcount"].removesuffix(".0") == "7"
    assert form["purpose"] == "Ro ved måltiderne"


async def test_the_form_corrects_every_field(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks("Ret")
    await lene.clicks(
        "Gem",
        headcount="14",
        staff_groups="pædagoger, sygeplejersker",
        time="efter påske",
        form="theme_day",
        purpose="Færre magtanvendelser",
        department="Botilbuddet Åkanden",
        area="disability",
        on_behalf_of="Plejecenter Birken",
    )
    lene.bot(
        "14 personer (pædagoger, sygeplejersker)",
        "efter påske (tidligst 30. mar. 2027)",
        "Form: Temadag",
        "på vegne af Plejecenter Birken · Handicap",
    )
    assert lene.news[-1].inputs["purpose"] == "Færre magtanvendelser"
    await lene.clicks("Ret")
    await lene.clicks("Gem", on_behalf_of="", purpose="")
    lene.bot("Botilbuddet Åkanden · Handicap")
    lene.bot_did_not_say("på vegne af")
    assert lene.news[-1].inputs["purpose"] == ""


async def test_a_new_topic_in_the_form_brings_new_matches(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks("Ret")
    await lene.clicks("Gem", topic="konflikthåndtering", headcount="8")
    lene.bot("Jeg forstod: konflikthåndtering · 8 personer", "[Vælg | Vælg | Vælg]")


async def test_a_wrong_number_in_the_form_keeps_the_rest(town: Town) -> None:
    lene = await at_summary(town)
    await lene.clicks("Ret")
    await lene.clicks("Gem", headcount="12,5", time="uge 12")
    lene.bot("»12,5« kan jeg ikke læse som et antal", "Resten er gemt")
    await lene.clicks("Gem", headcount="12", time="uge 12")
    lene.bot("Klar til at sende?", "12 personer", "uge 12")


async def test_the_form_leads_back_to_none_fits_without_asking_again(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Vi vil blive bedre til demens")
    await lene.clicks("Ingen af dem passer")
    await lene.clicks("Ret")
    await lene.clicks("Gem", headcount="6")
    lene.bot("Klar til at sende?", "6 personer", "Intet valgt, centret finder noget")


async def test_vis_flere_pages_to_the_end_and_the_last_page_has_no_such_button(town: Town) -> None:
    lene = await town.leader()
    await lene.user("Vi vil blive bedre til demens")
    seen = 0
    while any(button["title"] == "Vis flere" for button in lene.news[-1].buttons):
        seen += 1
        assert seen < 10, "there is no end"
        lene.bot(f"{3 * seen - 2}. ")
        await lene.clicks("Vis flere")
    assert seen > 1
    lene.bot("[Ingen af dem passer | Ret]")


async def test_an_employee_who_tries_to_file_is_told_who_can(town: Town) -> None:
    mads = await town.employee()
    await mads.user("nyt behov")
    mads.bot("Det er ledere, der sender behov til centret", "»jeg er leder«")


async def test_a_leader_who_became_an_employee_meanwhile_keeps_the_draft(town: Town) -> None:
    mads = await town.employee()
    await mads.user("jeg er leder")
    await mads.user("Senior, Plejecenter Birken")
    await mads.user("Vi er 8 der vil blive bedre til demens inden sommer")
    await mads.clicks("Vælg")
    await mads.user("jeg er medarbejder")
    await mads.clicks("Send til centret")
    mads.bot("Det er ledere, der sender behov til centret")
    mads.bot_did_not_say("KV-")
    await mads.user("jeg er leder")
    await mads.user("Senior, Plejecenter Birken")
    await mads.user("fortsæt")
    await mads.user("send")
    mads.bot("KV-2026-0001 er sendt")


async def test_the_centre_files_on_behalf_of_a_department(town: Town) -> None:
    await town.with_queue()
    kirsten = await town.consultant()
    await kirsten.user("På vegne af Plejecenter Birken: 10 medarbejdere skal blive bedre til demens inden sommer")
    kirsten.bot("på vegne af Plejecenter Birken", "10 personer")
    await kirsten.clicks("Vælg")
    await kirsten.clicks("Send til centret")
    await town.deliver()
    [card] = town.cases
    assert "på vegne af Plejecenter Birken" in card.words
    assert "Leder: Kirsten Bang" in card.words


async def test_sending_twice_is_answered_with_the_number(town: Town) -> None:
    lene = await at_summary(town)
    press = lene.click(lene.news[-1], "Send til centret")
    again = lene.click(lene.news[-1], "Send til centret")
    await town.receive(press)
    await town.receive(again)
    assert "KV-2026-0001 er allerede sendt, så der skete ikke noget nyt" in lene.messages[-1].words
    assert "senest fredag den 27. november" in lene.messages[-1].words
    await lene.user("send")
    lene.bot("KV-2026-0001 er allerede sendt")
    await lene.user("mine henvendelser")
    lene.bot("[Se sagen]")
    lene.bot_did_not_say("KV-2026-0002")


async def test_the_same_activity_twice_is_one_turn(town: Town) -> None:
    lene = await at_summary(town)
    press = lene.click(lene.news[-1], "Send til centret")
    await town.receive(press)
    said = len(lene.messages)
    await town.receive(press)
    assert "KV-2026-0002" not in "".join(message.words for message in lene.messages)
    assert len(lene.messages) == said


async def test_two_leaders_number_on_without_gaps(town: Town) -> None:
    lene, bo = await town.leader(), await town.leader("Bo Vang")
    for number, leader in enumerate((lene, bo, lene), start=1):
        await leader.user(COMPLETE)
        await leader.clicks("Vælg")
        await leader.clicks("Send til centret")
        leader.bot(f"KV-2026-{number:04d} er sendt")


async def test_numbers_begin_again_in_the_new_year(town: Town) -> None:
    lene = await at_summary(town)
    await lene.user("send")
    lene.bot("KV-2026-0001")
    await lene.waits(days=50)
    await lene.user(COMPLETE)
    await lene.user("ingen af dem")
    await lene.user("send")
    lene.bot("KV-2027-0001 er sendt")


async def test_nobody_is_promised_an_answer_in_the_christmas_holidays(town: Town) -> None:
    lene = await at_summary(town)
    await lene.waits(days=25)
    await lene.user("fortsæt")
    await lene.user("send")
    lene.bot("Du hører fra os senest mandag den 28. december")


async def at_summary(town: Town) -> Chat:
    lene = await town.leader()
    await lene.user("Vi vil blive bedre til demens")
    await lene.clicks("Vælg")
    return lene
