"""Working on cases, in its whole width: every button, every sentence, and whoever presses what is not theirs."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Any

import pytest

from centre.requests import INTERNAL_EVENTS, EventKind, Status
from dialogs.case_words import read_case_command, words_to_the_case
from tests.chat import CHANNEL, TENANT
from tests.dialogs.test_casework import filed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from centre.requests import Event, Request
    from tests.chat import Chat, Message, Town

ANOTHER_NEED = "Jeg har 8 pædagoger der skal lære om low arousal efter påske"
OUTSIDE_OFFER = "VIA, 2 dage i marts"


async def pressed(person: Chat, card: Message, verb: str, **typed: str) -> None:
    """Press a button of a case's card in the channel, having filled in the small form that it stands in."""
    form = form_with(card, verb)
    assert set(typed) <= form.keys(), (verb, sorted(form))
    shown = {} if form_is_passed_over(card, verb) else form
    await person.clicks_in_channel(verb, card, **{name: text for name, text in {**shown, **typed}.items() if text})
    await person.town.deliver()


def form_with(card: Message, verb: str) -> dict[str, str]:
    """Return the inputs that go with a button, with what stands in them."""
    for button in card.buttons:
        inside = button.get("card", {})
        if button.get("verb") == verb:
            return {}
        if any(action.get("verb") == verb for action in inside.get("actions", [])):
            return {item["id"]: str(item.get("value") or "") for item in inside["body"]}
    raise AssertionError(f"{verb} is not on the card: {titles(card)}")


def form_is_passed_over(card: Message, verb: str) -> bool:
    return any(b.get("verb") == verb and b.get("associatedInputs") == "none" for b in card.all_buttons)


def choices(card: Message, verb: str, name: str) -> dict[str, str]:
    """Return what can be chosen in a list of a button's form: words by value."""
    for button in card.buttons:
        inside = button.get("card", {})
        if any(action.get("verb") == verb for action in inside.get("actions", [])):
            [found] = [item for item in inside["body"] if item["id"] == name]
            return {choice["value"]: choice["title"] for choice in found["choices"]}
    raise AssertionError(f"{verb} is not on the card")


def titles(card: Message) -> list[str]:
    return [button["title"] for button in card.all_buttons]


async def case(town: Town, serial: int = 1) -> tuple[Request, Sequence[Event]]:
    async with town.database.read_only(TENANT) as work:
        [found] = [one for one in await _everything(work) if one.number.serial == serial]
        return found, await work.requests.events(found.id)


async def _everything(work: Any) -> list[Request]:
    own: list[Request] = []
    for leader in ("lene.holm", "amina.yilmaz"):
        own += await work.requests.of_requester(leader, 20)
    return own


async def status(town: Town, serial: int = 1) -> Status:
    request, _ = await case(town, serial)
    return request.status


def in_thread(town: Town, card: Message) -> str:
    posts = town.teams.messages.get(f"{CHANNEL};messageid={card.id}", [])
    return "\n".join(post.words for post in posts)


# Buttons of the case's card


async def test_a_proposal_from_the_list_is_accepted(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    offered = choices(card, "case.proposed", "proposed_option")
    chosen = list(offered)[1]
    await pressed(
        kirsten, card, "case.proposed", proposed_option=chosen, proposed_words="Der er plads den 14. januar."
    )
    assert "er foreslået for Lene Holm" in kirsten.whispered
    assert offered[chosen] in lene.messages[-1].words
    assert "Der er plads den 14. januar." in lene.messages[-1].words
    await lene.clicks("Tag imod")
    lene.bot("Centret får besked om, at I tager imod")
    await town.deliver()
    assert await status(town) is Status.SOURCING
    assert "Lene Holm tog imod" in in_thread(town, card)


async def test_a_proposal_by_code_is_declined(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await pressed(kirsten, card, "case.proposed", proposed_other="dem-01")
    request, _ = await case(town)
    assert request.option
    assert request.option.offer_code == "DEM-01"
    await lene.clicks("Nej tak")
    lene.bot("Centret får besked og leder videre")
    assert await status(town) is Status.CLARIFYING


async def test_a_proposal_outside_the_catalogue_ends_in_a_call(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("hej")
    [card] = town.cases
    await pressed(kirsten, card, "case.proposed", proposed_other=OUTSIDE_OFFER)
    assert f"»{OUTSIDE_OFFER}«" in lene.messages[-1].words
    await lene.clicks("Ring til mig")
    lene.bot("Centret får besked om at ringe til dig")
    await town.deliver()
    assert "Lene Holm vil gerne ringes op" in kirsten.messages[-1].words
    assert await status(town) is Status.CLARIFYING


async def test_a_proposal_without_an_offer_is_asked_for_one(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    said = len(lene.messages)
    await pressed(kirsten, town.cases[0], "case.proposed", proposed_words="Det her er godt.")
    assert "Vælg et forløb" in kirsten.whispered
    assert await status(town) is Status.NEW
    assert len(lene.messages) == said


async def test_from_planned_to_completed_evaluated_and_opened_again(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await pressed(kirsten, card, "case.planned", planned_other=OUTSIDE_OFFER, planned_words="Vi ses den 4. marts.")
    assert f"er planlagt: »{OUTSIDE_OFFER}«" in lene.messages[-1].words
    assert "Vi ses den 4. marts." in lene.messages[-1].words
    assert titles(card)[0] == "Gennemført"
    await pressed(kirsten, card, "case.completed")
    assert "er gennemført" in lene.messages[-1].words
    await pressed(kirsten, card, "case.evaluated")
    assert "er evalueret" in kirsten.whispered
    assert await status(town) is Status.EVALUATED
    await pressed(kirsten, card, "case.reopened", words=" ")
    assert "Skriv en begrundelse" in kirsten.whispered
    await pressed(kirsten, card, "case.reopened", words="Et hold mangler")
    assert await status(town) is Status.CLARIFYING
    assert "er åbnet igen" in lene.messages[-1].words
    assert "Et hold mangler" in lene.messages[-1].words


async def test_offers_are_sought_and_a_need_is_pooled(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await pressed(kirsten, card, "case.sourcing")
    assert "tilbud indhentes" in kirsten.whispered
    assert "Indhent tilbud" not in titles(card)
    await pressed(kirsten, card, "case.pooled")
    assert await status(town) is Status.POOLED
    assert "fælles indkøb" in lene.messages[-1].words
    assert "Læg i fælles indkøb" not in titles(card)


async def test_the_form_behind_more_saves_what_is_new_only(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("hej")
    [card] = town.cases
    assert form_with(card, "case.more")["due"] == "2026-11-27"
    await pressed(kirsten, card, "case.more")
    assert "Der var ikke noget at gemme" in kirsten.whispered
    await pressed(
        kirsten,
        card,
        "case.more",
        note="Ring efter kl. 14",
        priority="high",
        due="2026-12-01",
        colleague="grethe.lund",
    )
    request, events = await case(town)
    assert [event.kind for event in events[1:]] == [
        EventKind.NOTED,
        EventKind.PRIORITISED,
        EventKind.DUE_SET,
        EventKind.HANDED_OVER,
    ]
    assert (request.priority.value, str(request.due), request.assignee_name) == (
        "high",
        "2026-12-01",
        "Grethe Lund",
    )
    assert "Note fra Kirsten Bang" in card.words
    assert "Prioritet: Høj" in card.words
    assert "1. december" in card.words
    assert "Kirsten Bang gav sagen til Grethe Lund" in grethe.messages[-1].words


async def test_a_case_is_handed_over_and_released_from_its_card(town: Town) -> None:
    await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("hej")
    [card] = town.cases
    await pressed(kirsten, card, "case.take")
    assert "kirsten.bang" not in choices(card, "case.handed_over", "colleague")
    await pressed(kirsten, card, "case.handed_over", colleague="grethe.lund")
    assert "givet videre til Grethe Lund" in kirsten.whispered
    await pressed(kirsten, card, "case.handed_over", colleague="mads.kjær")
    assert "Jeg kender ikke den kollega" in kirsten.whispered
    await pressed(grethe, card, "case.released")
    assert "står uden ansvarlig" in grethe.whispered
    request, _ = await case(town)
    assert request.assignee_id == ""
    assert "Tag sagen" in titles(card)


# What the leader may see


async def test_the_leader_reads_what_happened_without_what_is_internal(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    [card] = town.cases
    await pressed(kirsten, card, "case.more", note="Hun plejer at aflyse", priority="low")
    await pressed(kirsten, card, "case.asked", words="Er nattevagterne med?")
    await lene.clicks("Send svar", words="Ja, to")
    await town.deliver()
    await lene.user("mine henvendelser")
    await lene.clicks("Se sagen")
    await lene.clicks("Se forløbet")
    lene.bot("Lene Holm sendte behovet", "Kirsten Bang spurgte lederen", "Er nattevagterne med?", "Ja, to")
    lene.bot_did_not_say("Hun plejer at aflyse", "Note fra", "prioriteten")
    assert "aflyse" not in str([message.activity.serialize() for message in lene.messages])
    await kirsten.user("forløbet i sag 1")
    kirsten.bot("Hun plejer at aflyse", "satte prioriteten til Lav")


async def test_what_happened_is_nobody_elses_to_read(town: Town) -> None:
    await filed(town)
    amina = await town.leader("Amina Yilmaz")
    request, _ = await case(town)
    await amina.user("hej")
    await says_by_button(amina, "request.history", request.id)
    amina.bot("kan jeg ikke finde blandt dine")


async def says_by_button(person: Chat, verb: str, request_id: str, **typed: str) -> None:
    """Press a made-up button in the personal chat."""
    await person.user("", value={"verb": verb, "nonce": "", "request": request_id, **typed})


async def test_two_leaders_cases_are_never_mixed(town: Town) -> None:
    lene = await filed(town)
    amina = await town.leader("Amina Yilmaz", department="Bostedet Birken")
    await amina.user(ANOTHER_NEED)
    await amina.clicks("Vælg")
    await amina.clicks("Send til centret")
    await town.deliver()
    kirsten = await town.consultant()
    await kirsten.user("spørg i sag 2: hvor mange nattevagter?")
    await town.deliver()
    assert "hvor mange nattevagter?" in amina.messages[-1].words
    assert not any("nattevagter" in message.words for message in lene.messages)
    await lene.user("til sag 2: vi er 14")
    lene.bot("KV-2026-0002 kan jeg ikke finde blandt dine")
    second, _ = await case(town, 2)
    for verb in ("case.answered", "case.accepted", "case.declined", "case.call_wanted"):
        await says_by_button(lene, verb, second.id, words="vi er 14")
        lene.bot("kan jeg ikke finde blandt dine")
    _, events = await case(town, 2)
    assert events[-1].kind is EventKind.ASKED


async def test_words_to_the_case_ask_which_when_there_are_several(town: Town) -> None:
    lene = await filed(town)
    await lene.user("til sagen: vi er nu 14")
    lene.bot("Det er skrevet i KV-2026-0001")
    await lene.user(ANOTHER_NEED)
    await lene.clicks("Vælg")
    await lene.clicks("Send til centret")
    await lene.user("til sagen: og vi har kun mandage")
    lene.bot("Hvad hører det til?", "og vi har kun mandage")
    await lene.user("sag 1")
    lene.bot("Det er skrevet i KV-2026-0001")
    _, events = await case(town)
    assert [event.detail.get("words") for event in events[1:]] == ["vi er nu 14", "og vi har kun mandage"]
    await lene.user("til sagen: også om torsdagen")
    await lene.clicks(next(b["title"] for b in lene.news[-1].buttons if "KV-2026-0002" in b["title"]))
    lene.bot("Det er skrevet i KV-2026-0002")


async def test_words_to_the_case_without_a_case_ask_for_its_number(town: Town) -> None:
    kirsten = await town.consultant()
    await kirsten.user("til sagen: husk projektor")
    kirsten.bot("Hvilken sag er det til?")


async def test_the_main_flow_in_english(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    for person in (lene, kirsten):
        await person.user("english")
    await kirsten.user("take case 1")
    kirsten.bot("KV-2026-0001 is yours")
    await kirsten.user("ask in case 1: Do the night shifts join?")
    kirsten.bot("The question is sent to Lene Holm")
    await town.deliver()
    assert "Do the night shifts join?" in lene.messages[-1].words
    await lene.clicks("Send answer", words="Two of them")
    lene.bot("Your answer is with the centre")
    await kirsten.user("propose in case 1 DEM-01")
    await town.deliver()
    await lene.clicks("Accept")
    lene.bot("The centre hears that you accept")
    await kirsten.user("plan case 1 with DEM-01")
    await town.deliver()
    assert "is planned" in lene.messages[-1].words
    await kirsten.user("case 1 is completed")
    kirsten.bot("KV-2026-0001 is completed")


# Words


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("tag sag 42", EventKind.TAKEN, ""),
        ("Take case 42", EventKind.TAKEN, ""),
        ("tag KV-2026-0042", EventKind.TAKEN, ""),
        ("giv sag 42 til Grethe", EventKind.HANDED_OVER, "Grethe"),
        ("giv sagen nr. 42 videre til Grethe Lund", EventKind.HANDED_OVER, "Grethe Lund"),
        ("overdrag kv 2026 42 til Grethe", EventKind.HANDED_OVER, "Grethe"),
        ("hand over case 42 to Grethe", EventKind.HANDED_OVER, "Grethe"),
        ("give case 42 to Grethe", EventKind.HANDED_OVER, "Grethe"),
        ("slip sag 42", EventKind.RELEASED, ""),
        ("frigiv sag 42", EventKind.RELEASED, ""),
        ("release case 42", EventKind.RELEASED, ""),
        ("spørg i sag 42: hvor mange er I?", EventKind.ASKED, "hvor mange er I?"),
        ("spørg lederen om sag 42, hvornår det skal være", EventKind.ASKED, "hvornår det skal være"),
        ("ask the leader about case 42: how many?", EventKind.ASKED, "how many?"),
        ("ask in case 42: how many?", EventKind.ASKED, "how many?"),
        ("foreslå DEM-01", None, ""),
        ("foreslå i sag 42: DEM-01", EventKind.PROPOSED, "DEM-01"),
        ("foreslå til sag 42 VIA, 2 dage i marts", EventKind.PROPOSED, "VIA, 2 dage i marts"),
        ("propose for case 42: DEM-01", EventKind.PROPOSED, "DEM-01"),
        ("planlæg sag 42 med DEM-01", EventKind.PLANNED, "DEM-01"),
        ("plan case 42 with DEM-01", EventKind.PLANNED, "DEM-01"),
        ("afvis sag 42 fordi budgettet er brugt", EventKind.REJECTED, "budgettet er brugt"),
        ("afvis sag 42 medarbejderne er rejst", EventKind.REJECTED, "medarbejderne er rejst"),
        ("reject case 42 because the budget is spent", EventKind.REJECTED, "the budget is spent"),
        ("reject case 42 without budget", EventKind.REJECTED, "without budget"),
        ("afvis sag 42", EventKind.REJECTED, ""),
        ("genåbn sag 42: et hold mangler", EventKind.REOPENED, "et hold mangler"),
        ("reopen case 42: one group is missing", EventKind.REOPENED, "one group is missing"),
        ("sag 42 er gennemført", EventKind.COMPLETED, ""),
        ("case 42 is completed", EventKind.COMPLETED, ""),
        ("sag 42 er evalueret", EventKind.EVALUATED, ""),
        ("case 42 is evaluated: they use it daily", EventKind.EVALUATED, "they use it daily"),
        ("indhent tilbud til sag 42", EventKind.SOURCING, ""),
        ("seek offers for case 42", EventKind.SOURCING, ""),
        ("læg sag 42 i fælles indkøb", EventKind.POOLED, ""),
        ("put case 42 in a joint purchase", EventKind.POOLED, ""),
        ("note til sag 42: hun er på ferie", EventKind.NOTED, "hun er på ferie"),
        ("notat på sag 42 hun er på ferie", EventKind.NOTED, "hun er på ferie"),
        ("note to case 42: on leave", EventKind.NOTED, "on leave"),
        ("sag 42 haster", EventKind.PRIORITISED, "haster"),
        ("case 42 is urgent", EventKind.PRIORITISED, "is urgent"),
        ("til sag 42: vi er nu 14", EventKind.WROTE, "vi er nu 14"),
        ("vedr. sag 42 - vi er nu 14", EventKind.WROTE, "vi er nu 14"),
        ("angående KV-2026-0042: to\nlinjer", EventKind.WROTE, "to\nlinjer"),
        ("to case 42: we are 14 now", EventKind.WROTE, "we are 14 now"),
        ("about case 42: we are 14 now", EventKind.WROTE, "we are 14 now"),
        ("tag 2", None, ""),
        ("take 2", None, ""),
        ("planlæg 12 medarbejdere til demens", None, ""),
        ("giv 5 til Grethe", None, ""),
        ("til 14: juni", None, ""),
        ("note til 3 medarbejdere", None, ""),
        ("vi skal tage sag 42 op i morgen", None, ""),
    ],
)
def test_a_sentence_about_a_case_is_read(said: str, kind: EventKind | None, words: str) -> None:
    command = read_case_command(said, 2026)
    if kind is None:
        assert command is None
        return
    assert command
    assert (command.kind, str(command.number), command.words) == (kind, "KV-2026-0042", words)


def test_a_case_of_another_year_is_that_years() -> None:
    command = read_case_command("tag KV 2025 42", 2026)
    assert command
    assert str(command.number) == "KV-2025-0042"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("til sagen: vi er nu 14", "vi er nu 14"),
        ("Til min sag, vi er nu 14", "vi er nu 14"),
        ("to the case: we are 14", "we are 14"),
        ("til sag 42: vi er nu 14", ""),
        ("sagen er den, at vi mangler kurser", ""),
    ],
)
def test_words_to_a_case_that_is_not_named_are_read(said: str, words: str) -> None:
    assert words_to_the_case(said) == words


async def test_every_sentence_does_what_its_button_does(town: Town) -> None:
    lene = await filed(town)
    kirsten, grethe = await town.consultant(), await town.consultant("Grethe Lund")
    await grethe.user("hej")
    for said, answered in (
        ("tag sag 1", "KV-2026-0001 er din"),
        ("tag sag 1", "er allerede din"),
        ("sag 1 haster", "Prioriteten på KV-2026-0001 er ændret"),
        ("note til sag 1: ring efter kl. 14", "Kun centret ser den"),
        ("til sag 1: hun er på ferie", "Kun centret ser den"),
        ("giv sag 1 til Grethe", "givet videre til Grethe Lund"),
        ("giv sag 1 til Poul", "Jeg kender ikke den kollega"),
        ("slip sag 1", "står uden ansvarlig"),
        ("spørg i sag 1:", "Skriv, hvad der skal stå"),
        ("indhent tilbud til sag 1", "tilbud indhentes"),
        ("læg sag 1 i fælles indkøb", "lagt i fælles indkøb"),
        ("foreslå i sag 1", "Vælg et forløb"),
        ("sag 1 er gennemført", "er kommet videre"),
        ("planlæg sag 1 med DEM-01", "er planlagt"),
        ("sag 1 er gennemført", "er gennemført"),
        ("sag 1 er evalueret: de bruger det dagligt", "er evalueret"),
        ("genåbn sag 1: et hold mangler", "er åbnet igen"),
        ("afvis sag 1", "Skriv en begrundelse"),
        ("afvis sag 1: budgettet er brugt", "er afvist"),
    ):
        await kirsten.user(said)
        kirsten.bot(answered)
    await town.deliver()
    assert not any("på ferie" in message.words or "kl. 14" in message.words for message in lene.messages)
    assert await status(town) is Status.REJECTED


# Dead and foreign clicks


async def test_a_leader_who_presses_staffs_buttons_changes_nothing(town: Town) -> None:
    lene = await filed(town)
    request, before = await case(town)
    verbs = {b["verb"] for b in town.cases[0].all_buttons if b.get("verb", "").startswith("case.")}
    assert len(verbs) > 8
    for verb in verbs:
        await says_by_button(lene, verb, request.id, words="x", reason="x", note="x", planned_other="DEM-01")
        lene.bot("Det er kun kompetencecentrets medarbejdere")
    assert (await case(town))[1] == before


async def test_staff_do_not_answer_for_the_leader(town: Town) -> None:
    await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("foreslå i sag 1: DEM-01")
    request, before = await case(town)
    for verb in ("case.accepted", "case.declined", "case.answered", "case.call_wanted"):
        await says_by_button(kirsten, verb, request.id, words="ja")
        kirsten.bot("Det er kun lederen selv")
    assert (await case(town))[1] == before


async def test_an_answer_that_comes_too_late_is_told_so(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("foreslå i sag 1: DEM-01")
    await town.deliver()
    proposal = lene.messages[-1]
    await kirsten.user("afvis sag 1: holdet er aflyst")
    await lene.presses(proposal, "Tag imod")
    lene.bot("KV-2026-0001 er kommet videre")
    assert "Tag imod" not in titles(proposal)
    assert await status(town) is Status.REJECTED


async def test_accepting_twice_changes_nothing_the_second_time(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("foreslå i sag 1: DEM-01")
    await town.deliver()
    accept = lene.click(lene.messages[-1], "Tag imod")
    await town.receive(accept)
    _, before = await case(town)
    accept.id = town.new_id()
    await town.receive(accept)
    assert (await case(town))[1] == before


async def test_another_tenant_finds_nothing(town: Town) -> None:
    await filed(town)
    kirsten = await town.consultant()
    request, before = await case(town)
    activity = kirsten.activity(
        type="message", value={"verb": "case.rejected", "nonce": "", "request": request.id, "reason": "nej"}
    )
    activity.channel_data = {"tenant": {"id": "22222222-2222-4222-8222-222222222222"}}
    kirsten._read = len(kirsten.messages)
    await town.receive(activity)
    kirsten.bot_did_not_say("er afvist")
    assert (await case(town))[1] == before


@pytest.mark.parametrize("verb", ["case.take", "case.more", "case.history", "case.show", "case.planned"])
async def test_a_button_of_a_case_that_is_gone_is_answered(town: Town, verb: str) -> None:
    await filed(town)
    kirsten = await town.consultant()
    await says_by_button(kirsten, verb, "no-such-case", planned_other="DEM-01")
    kirsten.bot("kan jeg ikke finde")


# Both at once


async def test_of_two_who_take_a_case_at_the_same_moment_one_has_it(town: Town) -> None:
    await filed(town)
    kirsten, bente = await town.consultant(), await town.consultant("Bente Juul")
    await asyncio.gather(kirsten.user("tag sag 1"), bente.user("tag sag 1"))
    request, events = await case(town)
    first, second = (kirsten, bente) if request.assignee_id == kirsten.person_id else (bente, kirsten)
    first.bot("KV-2026-0001 er din")
    second.bot(f"{first.name} har allerede taget KV-2026-0001")
    assert [event.kind for event in events].count(EventKind.TAKEN) == 1


async def test_an_acceptance_and_a_rejection_at_the_same_moment_are_told_apart(town: Town) -> None:
    lene = await filed(town)
    kirsten = await town.consultant()
    await kirsten.user("foreslå i sag 1: DEM-01")
    await town.deliver()
    await asyncio.gather(lene.clicks("Tag imod"), kirsten.user("afvis sag 1: holdet er aflyst"))
    _, events = await case(town)
    kinds = [event.kind for event in events[-2:]]
    assert kinds[-1] is EventKind.REJECTED
    lene.bot("I tager imod" if kinds[0] is EventKind.ACCEPTED else "er kommet videre")
    assert all(before.after is after.before for before, after in itertools.pairwise(events))


def test_what_is_internal_is_worded_for_staff_only() -> None:
    told = {EventKind.ASKED, EventKind.PROPOSED, EventKind.PLANNED, EventKind.REJECTED, EventKind.ANSWERED}
    assert INTERNAL_EVENTS.isdisjoint(told)
