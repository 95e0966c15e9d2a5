"""Everything that is neither a need nor a question: kind, useful, and never the end of the road."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botbuilder.schema import Attachment

from tests.dialogs.standing import choosing

if TYPE_CHECKING:
    from tests.chat import Town


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("hej", "Hej Lene!"),
        ("God morgen!", "Hej Lene!"),
        ("tak", "Det var så lidt"),
        ("Tusind tak 😊", "Det var så lidt"),
        ("farvel", "Hav en god dag"),
        ("hvordan går det?", "klar til at hjælpe"),
        ("hvem er du?", "Jeg er Kompetencebot"),
        ("er du en robot?", "Jeg er et program, og bag mig sidder centrets konsulenter"),
        ("jeg vil tale med et menneske", "så kontakter en konsulent dig"),
        ("ja", "Skriv, hvad jeg skal hjælpe med"),
        ("nej", "Skriv, hvad jeg skal hjælpe med"),
        ("annuller", "Skriv, hvad jeg skal hjælpe med"),
        ("tilbage", "Skriv, hvad jeg skal hjælpe med"),
        ("vis flere", "Skriv, hvad jeg skal hjælpe med"),
        ("ret", "Skriv, hvad jeg skal hjælpe med"),
        ("fortryd", "Skriv, hvad jeg skal hjælpe med"),
        ("send", "Skriv, hvad dine medarbejdere skal blive bedre til"),
        ("fortsæt", "Skriv, hvad dine medarbejdere skal blive bedre til"),
        ("forfra", "Hej Lene!"),
        ("træk tilbage", "Du har ikke sendt noget endnu"),
        ("hello", "Hej Lene!"),
        ("thank you", "Det var så lidt"),
    ],
)
async def test_what_people_say_is_answered_with_a_way_on(town: Town, said: str, answer: str) -> None:
    lene = await town.leader()
    await lene.user(said)
    lene.bot(answer)


@pytest.mark.parametrize("said", ["", "   ", "👍", "😀😀😀", "...", "!!!", "\n", "❤️", "\u200b", "-", "🇩🇰"])
async def test_nothing_to_read_is_answered(town: Town, said: str) -> None:
    lene = await town.leader()
    await lene.user(said)
    lene.bot("Jeg er her. Skriv med et par ord", "»hjælp«")


@pytest.mark.parametrize(
    ("content_type", "content", "answer"),
    [
        ("image/png", None, "Fint billede! Jeg kan kun læse tekst"),
        ("image/gif", None, "Fint billede!"),
        ("text/html", '<p><img itemtype="http://schema.skype.com/Sticker" src="x"></p>', "Fint billede!"),
        ("application/vnd.microsoft.teams.file.download.info", {"uniqueId": "1"}, "Tak for filen"),
        ("application/pdf", None, "Tak for filen"),
        ("audio/mp4", None, "Jeg kan ikke lytte til lyd endnu"),
        ("video/mp4", None, "Jeg kan ikke lytte til lyd endnu"),
        ("text/html", "<p></p>", "Jeg er her"),
    ],
)
async def test_what_is_no_words_is_answered(town: Town, content_type: str, content: object, answer: str) -> None:
    lene = await town.leader()
    await lene.sends(content_type, content)
    lene.bot(answer)


async def test_words_beside_a_picture_are_heard(town: Town) -> None:
    lene = await choosing(town)
    await lene.sends("image/png")
    lene.bot("Fint billede!", "Vi er stadig i gang med")
    await lene.user("vi er 14", attachments=[Attachment(content_type="image/png")])
    lene.bot("14 SOSU-assistenter")


@pytest.mark.parametrize("length", [4001, 30_000, 200_000])
async def test_a_text_that_is_too_long_is_told_how_long_it_may_be(town: Town, length: int) -> None:
    lene = await town.leader()
    await lene.user("Vi vil blive bedre til demens. " + "x" * length)
    lene.bot("højst 4.000 tegn")


async def test_a_long_text_is_read_and_its_card_stays_small(town: Town) -> None:
    lene = await town.leader()
    await lene.user(("Vi er 8 der vil blive bedre til demens, og det har vi talt om længe. " * 60)[:4000])
    lene.bot("Jeg forstod")
    await lene.user("ingen af dem")
    await lene.user("send")
    lene.bot("KV-2026-0001 er sendt")


@pytest.mark.parametrize(
    "said",
    [
        "שלום אני צריך קורס",
        "نحتاج إلى تدريب",
        "\u202eesrever\u202c",
        "<script>alert(1)</script>",
        "{{ $name }} {name} %s",
        "' OR 1=1; --",
        "Robert'); DROP TABLE people;--",
        "\x00\x07demens",
        "𝕯𝖊𝖒𝖊𝖓𝖘",
        "demens " * 300,
    ],
)
async def test_any_text_is_answered_and_can_be_sent(town: Town, said: str) -> None:
    await town.with_queue()
    lene = await town.leader()
    await lene.user(said)
    assert lene.news
    await lene.user("ingen af dem")
    await lene.user("send")
    lene.bot("KV-2026-0001 er sendt")
    await town.deliver()
    assert len(town.cases) == 1


@pytest.mark.parametrize("said", ["asdf qwer", "hvad?", "hmm", "12345"])
@pytest.mark.parametrize("role", ["leader", "employee"])
async def test_unknown_text_has_a_way_on(town: Town, role: str, said: str) -> None:
    chat = await getattr(town, role)()
    await chat.user(said)
    assert chat.news
    assert (
        chat.news[-1].buttons
        or "Skriv" in chat.news[-1].words
        or "Hvad skal" in chat.news[-1].words
        or ("Prøv" in chat.news[-1].words)
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("hello", "Hello Lene!"),
        ("thanks", "You are welcome"),
        ("who are you", "I am Kompetencebot"),
        ("👍", "I am here"),
        ("help", "This is what I can do"),
        ("cancel", "Nothing is under way"),
        ("back", "nothing to go back to"),
        ("send it", "nothing to send"),
        ("continue", "You have no drafts"),
        ("my requests", "You have not sent anything yet"),
        ("queue", "Only the competence centre's staff"),
    ],
)
async def test_the_same_in_english(town: Town, said: str, answer: str) -> None:
    lene = await town.leader()
    await lene.user("english")
    await lene.user(said)
    lene.bot(answer)


async def test_the_chosen_language_stays_after_a_restart(town: Town) -> None:
    lene = await town.leader()
    await lene.user("english")
    await town.restart()
    await lene.user("hej")
    lene.bot("Hello Lene!")
    await lene.user("tal dansk")
    await lene.user("hello")
    lene.bot("Hej Lene!")


@pytest.mark.parametrize(
    ("locale", "hello"), [("en-GB", "Hello"), ("da-DK", "Hej"), ("de-DE", "Hej"), ("", "Hej")]
)
async def test_teams_language_counts_until_one_is_chosen(town: Town, locale: str, hello: str) -> None:
    lene = await town.leader()
    activity = lene.activity(type="message", text="hej")
    activity.locale = locale
    await town.receive(activity)
    assert lene.messages[-1].words.startswith(f"{hello} Lene!")
