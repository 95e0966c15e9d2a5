from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.chat import Town

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
    assert [button["title"] for button in card.buttons] == ["Tag sagen"]
