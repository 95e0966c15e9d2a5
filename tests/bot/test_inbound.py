"""From an activity to what a person did, whatever its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botbuilder.schema import Activity

from bot.inbound import LONGEST_FIELD, MOST_FIELDS, read_inbound
from catalogue.cpr import MASK
from dialogs.input import Click, Happening, Scope
from tests.bot.town_in_teams import ADDRESSES, CHANNEL, TEAM, PersonInTeams, town_in_teams

if TYPE_CHECKING:
    from bot.inbound import Inbound
    from storage import Database

TENANT = "aaaaaaaa-1111-4222-8333-444444444444"
CPR = "010203-1234"


def read(**changes: Any) -> Inbound | None:
    """Read a message with these changes; None leaves a part out."""
    activity = {
        "type": "message",
        "id": "1",
        "text": "hej",
        "serviceUrl": "https://smba.trafficmanager.net/emea/",
        "from": {"id": "29:lene", "aadObjectId": "lene", "name": "Lene"},
        "conversation": {"id": "a:lene", "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT.upper()}},
        **changes,
    }
    return read_inbound(Activity().deserialize({k: v for k, v in activity.items() if v is not None}))


def said(**changes: Any) -> Inbound:
    inbound = read(**changes)
    assert inbound
    return inbound


def clicked(value: Any, **changes: Any) -> Click:
    click = said(text=None, value=value, **changes).input.click
    assert click
    return click


def test_words_are_read_without_the_mention_of_the_bot() -> None:
    assert said(text="<at>Kompetencebot</at> vis  køen").input.text == "vis  køen"
    assert said(text='hej <at id="0">Kompetence\nbot</at>').input.text == "hej"


def test_a_person_is_their_entra_object_and_a_guest_without_one_their_id_in_teams() -> None:
    assert said().person_id == "lene"
    assert said(**{"from": {"id": "29:guest", "name": "G"}}).person_id == "29:guest"


def test_the_tenant_is_read_where_teams_puts_it_in_either_letter_case() -> None:
    assert said().tenant == TENANT
    assert said(channelData=None).tenant == TENANT


def test_an_activity_without_an_id_is_never_the_same_as_another() -> None:
    assert said(id=None).activity_id != said(id=None).activity_id


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "messageUpdate"},
        {"type": "messageDelete"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "conversationUpdate", "membersAdded": [{"id": "28:bot"}]},
        {"type": "typing"},
        {"type": "endOfConversation"},
        {"type": "event", "name": "application/vnd.microsoft.readReceipt"},
        {"type": "installationUpdate", "action": "remove"},
        {"type": "installationUpdate", "action": "remove-upgrade"},
        {"type": "invoke", "name": "composeExtension/query"},
        {"from": None},
        {"from": {"name": "nobody"}},
    ],
    ids=lambda changes: " ".join(map(str, changes.values()))[:40],
)
def test_what_needs_no_answer_is_not_read(changes: dict[str, Any]) -> None:
    assert read(**changes) is None


@pytest.mark.parametrize("value", [None, "x", {"action": "x"}, {"action": {"verb": 5, "data": [1]}}])
def test_a_press_without_a_button_is_a_click_on_nothing(value: Any) -> None:
    inbound = read(type="invoke", name="adaptiveCard/action", value=value)
    assert inbound
    assert inbound.input.click == Click("", "")


CARD_IN_TEXT = """
<span class="inline-compose-card" itemid="0" itemtype="http://schema.skype.com/InputExtension">
  <span content="0" itemprop="cardId"></span>
</span>
"""


def card_with(url: object) -> dict[str, Any]:
    actions = [{"type": "Action.OpenUrl", "title": "x", "url": url}]
    return {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"actions": actions}}


def test_a_card_shared_with_the_bot_is_read_as_the_sentence_of_its_button() -> None:
    url = ADDRESSES.chat(TENANT, "Det vil jeg gerne: Ro på (DEM-1)")
    assert said(text=CARD_IN_TEXT, attachments=[card_with(url)]).input.text == "Det vil jeg gerne: Ro på (DEM-1)"
    words = said(text=f"Hvad med den her? {CARD_IN_TEXT}", attachments=[card_with(url)]).input
    assert words.text == "Hvad med den her?"


@pytest.mark.parametrize(
    "url", [None, 5, "", "https://evil.example/?message=hej", "https://teams.microsoft.com/l/chat/0/0?"]
)
def test_any_other_card_is_a_file_that_cannot_be_read(url: object) -> None:
    shared = said(text="", attachments=[card_with(url)]).input
    assert (shared.text, shared.happening) == ("", Happening.SENT_FILE)


def test_a_card_without_a_readable_body_is_a_file_too() -> None:
    for content in (None, "x", {"actions": "x"}, {"actions": ["x"]}, {"actions": {"a": 1}}, {}):
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": content}
        assert said(text="", attachments=[attachment]).input.happening is Happening.SENT_FILE


def test_an_installation_is_read_with_the_channel_that_was_picked() -> None:
    data = {
        "tenant": {"id": TENANT},
        "team": {"id": TEAM},
        "settings": {"selectedChannel": {"id": CHANNEL, "name": "Kø"}},
    }  # fmt: skip
    channel = {"id": TEAM, "conversationType": "channel", "isGroup": True}
    installed = said(type="installationUpdate", action="add", conversation=channel, channelData=data).input
    assert (installed.happening, installed.scope) == (Happening.INSTALLED, Scope.CHANNEL)
    assert (installed.place.team_id, installed.place.channel_id, installed.place.channel_name) == (
        TEAM,
        CHANNEL,
        "Kø",
    )


@pytest.mark.parametrize(
    ("content_type", "content", "happening"),
    [
        ("image/png", None, Happening.SENT_PICTURE),
        ("text/html", '<p><img alt="👍" src="x"></p>', Happening.SENT_PICTURE),
        ("text/html", "<p></p>", Happening.SAID),
        ("audio/mp4", None, Happening.SENT_VOICE),
        ("application/vnd.microsoft.teams.file.download.info", {}, Happening.SENT_FILE),
    ],
)
def test_what_came_instead_of_words_is_told_apart(content_type: str, content: Any, happening: Happening) -> None:
    attachment = {"contentType": content_type, "content": content}
    assert said(text="", attachments=[attachment]).input.happening is happening


def test_a_message_with_text_and_a_value_is_words() -> None:
    assert said(text="hej", value={"verb": "need.send"}).input.click is None


def test_a_click_has_its_verb_its_nonce_and_its_fields_as_words() -> None:
    click = clicked({"verb": "need.send", "nonce": "n", "headcount": 12, "time": "snart"}, replyToId="card")
    assert click == Click("need.send", "n", {"headcount": "12", "time": "snart"}, "card")


@pytest.mark.parametrize("value", [["a"], {"a": "b"}, None])
def test_fields_that_are_no_words_are_left_out(value: Any) -> None:
    assert clicked({"verb": "x", "purpose": value}).fields == {}


@pytest.mark.parametrize("value", [["need.send"], {"verb": "x"}, 7, True, None])
def test_a_verb_or_nonce_that_is_no_word_is_none(value: Any) -> None:
    click = clicked({"verb": value, "nonce": value})
    assert (click.verb, click.nonce) == ("", "")


@pytest.mark.parametrize("value", ["need.send", ["need.send"], 7])
def test_a_value_that_is_no_object_is_an_empty_message(value: Any) -> None:
    heard = said(text=None, value=value).input
    assert (heard.text, heard.click) == ("", None)


def test_a_click_is_cut_to_a_size_that_can_be_kept() -> None:
    click = clicked({"verb": "v" * 1000, **{f"f{number}": "å" * 9000 for number in range(200)}})
    assert len(click.verb) == 100
    assert len(click.fields) <= MOST_FIELDS
    assert {len(value) for value in click.fields.values()} == {LONGEST_FIELD}


def test_cpr_numbers_are_masked_wherever_somebody_wrote_them() -> None:
    assert said(text=f"om {CPR} og <at>Bot</at>").input.text == f"om {MASK} og"
    assert clicked({"verb": "x", "purpose": CPR, "count": 102031234}).fields["purpose"] == MASK
    assert clicked({"verb": "x", "purpose": 3112991234}).fields["purpose"] == MASK
    assert said(**{"from": {"id": "29:x", "name": f"Lene {CPR}"}}).person_name == f"Lene {MASK}"
    at_the_cut = "x" * (LONGEST_FIELD - 8) + CPR
    assert "010203" not in clicked({"verb": "x", "purpose": at_the_cut}).fields["purpose"]


async def test_an_unknown_button_is_answered_and_does_nothing(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.files()
        [before] = await town.requests()
        for value in HOSTILE_CLICKS:
            assert await lene.sends(lene.activity(value=value, replyToId="card")) == (200, None)
            assert lene.heard(), value
            assert "gik galt" not in lene.heard(), value
        assert await town.requests() == [before]


HOSTILE_CLICKS: list[Any] = [
    {},
    {"verb": "no.such.verb"},
    {"verb": "__class__"},
    {"verb": ["request.withdraw"], "request": "x"},
    {"verb": "request.withdraw", "request": ["x"]},
    {"verb": "request.withdraw", "request": {"$ne": ""}},
    {"verb": "request.show", "request": "' OR 1=1 --"},
    {"verb": "request.edit"},
    {"verb": "request.restore", "request": 7},
    {"verb": "requests.list", "page": "99999999999999999999999999"},
    {"verb": "requests.list", "page": "-1"},
    {"verb": "requests.list", "page": "²"},
    {"verb": "requests.list", "page": "1e9"},
    {"verb": "queue.list", "page": "99999999999999999999"},
    {"verb": "offer.show", "code": "<script>"},
    {"verb": "offer.need", "code": ""},
    {"verb": "draft.resume", "draft": "x"},
    {"verb": "draft.drop", "draft": "x"},
    {"verb": "need.send", "nonce": "0000000000000000", "draft": "x"},
    {"verb": "need.choose", "nonce": "", "code": "DEM-1"},
    {"verb": "say", "text": ["hej"]},
    {"verb": "say"},
    {"verb": "case.take"},
    {"verb": "channel.use"},
    {"verb": "profile.save", "area": "senior", "department": "x"},
]


async def test_a_click_on_the_question_under_way_with_malformed_fields_is_answered(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.says("Mine folk skal lære om demens")
        await lene.presses("Vælg")
        for fields in ({"headcount": "mange"}, {"headcount": "1e400"}, {"headcount": "-3"}, {"headcount": "٣"},
                       {"time": "å" * 4000}, {"form": "<b>"}, {"headcount": "nan"}):  # fmt: skip
            press = lene.press("Send til centret")
            press["value"].update(fields)
            assert await lene.sends(press) == (200, None)
            assert lene.heard()
            assert "gik galt" not in lene.heard(), fields
            if "er sendt" in lene.heard():
                await lene.says("Mine folk skal lære om demens")
                await lene.presses("Vælg")


async def test_messages_that_were_edited_deleted_or_reacted_to_are_not_answered(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        for kind in ("messageUpdate", "messageDelete", "messageReaction", "typing", "endOfConversation"):
            assert await lene.sends(lene.activity(type=kind, text="nyt behov")) == (200, None)
        assert lene.messages == []


async def test_an_invoke_of_another_kind_is_answered_in_a_sentence(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        for name in ("composeExtension/fetchTask", "task/fetch", "signin/verifyState", "", None, "å" * 900):
            status, answer = await lene.sends(lene.activity(type="invoke", name=name, value={}))
            assert status == 501
            assert answer["error"].startswith("Det kan jeg ikke her.")
            assert answer["reference"]


async def test_who_installs_the_bot_is_greeted_once(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        await lene.repeats(lene.activity(type="installationUpdate", action="add"))
        await lene.repeats(
            lene.activity(type="conversationUpdate", membersAdded=[{"id": "28:bot"}, {"id": "29:x"}])
        )
        assert len(lene.messages) == 1
        assert "Hej Lene" in lene.messages[0].words
        assert len(lene.messages[0].buttons) == 3


async def test_activities_without_ids_or_a_sender_are_taken_calmly(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        assert (await lene.repeats(lene.activity(text="hej", id=None)))[0] == 200
        assert (await lene.repeats(lene.activity(text="hjælp", id=None)))[0] == 200
        assert len(lene.messages) == 2
        nobody: dict[str, Any]
        for nobody in (
            {"from": None},
            {"from": {}},
            {"recipient": None},
            {"recipient": {}},
            {"channelData": None},
        ):
            status, _ = await lene.repeats(lene.activity(text="hej", **nobody))
            assert status == 200, nobody


async def test_a_guest_without_an_object_id_is_answered(database: Database) -> None:
    async with town_in_teams(database) as town:
        guest = PersonInTeams(town, "guest", "Gæst", town.tenant)
        await guest.says("hej", **{"from": {"id": "29:guest"}})
        assert "Hej!" in guest.heard()
