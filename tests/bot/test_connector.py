"""What leaves the bot: over real HTTP to a fake Teams, with a clock that nobody waits for."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, ConversationReference
from pydantic import SecretStr

from bot.config import Settings
from bot.connector import Connector
from bot.credentials import NoCredentials, credentials_for
from bot.delivery import Backoff, ConnectorError, Outcome, Sent, retry_after_seconds
from bot.service_url import ServiceUrls
from tests.bot.fake_teams import (
    PERSON,
    TENANT,
    Clock,
    FakeTeams,
    connector_to,
    entra_at,
    error,
    fake_teams,
    hang_up,
    running_bot,
    teams_settings,
)

CHANNEL = "19:queue@thread.tacv2;messageid=17"


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with fake_teams() as teams:
        yield teams


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def connector(teams: FakeTeams, clock: Clock) -> AsyncIterator[Connector]:
    async with connector_to(teams, clock) as connector:
        yield connector


def channel(teams: FakeTeams, conversation: str = CHANNEL) -> ConversationReference:
    return ConversationReference(
        service_url=teams.service_url,
        channel_id="msteams",
        bot=ChannelAccount(id="28:bot"),
        conversation=ConversationAccount(id=conversation),
    )


def message(text: str = "Ny henvendelse", **fields: Any) -> Activity:
    return Activity(type="message", text=text, **fields)


async def test_a_card_is_sent_into_a_channel_outside_of_any_turn(teams: FakeTeams, connector: Connector) -> None:
    card = Attachment(content_type="application/vnd.microsoft.card.adaptive", content={"type": "AdaptiveCard"})
    sent = await connector.send(channel(teams), message(attachments=[card]))
    assert sent == Sent(Outcome.DELIVERED, activity_id="sent-1", status=201)
    [received] = teams.received
    assert received.method == "POST"
    assert received.path == "/v3/conversations/19%3Aqueue%40thread.tacv2%3Bmessageid%3D17/activities"
    assert received.body["from"] == {"id": "28:bot"}
    assert received.body["attachments"][0]["content"] == {"type": "AdaptiveCard"}
    assert received.authorization == "Bearer token-1"


async def test_a_card_is_updated_in_place(teams: FakeTeams, connector: Connector) -> None:
    sent = await connector.update(channel(teams), "17/3", message("Taget"))
    assert sent.outcome is Outcome.DELIVERED
    [received] = teams.received
    assert received.method == "PUT"
    assert received.path.endswith("/activities/17%2F3")
    assert received.body["id"] == "17/3"


async def test_an_activity_is_deleted(teams: FakeTeams, connector: Connector) -> None:
    assert (await connector.delete(channel(teams), "17")).outcome is Outcome.DELIVERED
    assert teams.received[0].method == "DELETE"


@pytest.mark.parametrize("status", [412, 429, 502, 503, 504])
async def test_what_passes_is_tried_again_with_growing_pauses(
    teams: FakeTeams, connector: Connector, clock: Clock, status: int
) -> None:
    teams.answers = [error(status), error(status), error(status)]
    sent = await connector.send(channel(teams), message())
    assert (sent.outcome, sent.activity_id) == (Outcome.DELIVERED, "sent-4")
    assert clock.slept == [0.25, 0.5, 1.0]


async def test_a_connection_that_breaks_is_tried_again(
    teams: FakeTeams, connector: Connector, clock: Clock
) -> None:
    teams.answers = [hang_up, hang_up]
    sent = await connector.send(channel(teams), message())
    assert sent.outcome is Outcome.DELIVERED
    assert len(clock.slept) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413])
async def test_what_does_not_pass_is_tried_once(
    teams: FakeTeams, connector: Connector, clock: Clock, status: int
) -> None:
    teams.answers = [error(status)]
    assert (await connector.send(channel(teams), message())).outcome is not Outcome.DELIVERED
    assert len(teams.received) == 1
    assert clock.slept == []


async def test_a_pause_that_teams_asks_for_is_kept(teams: FakeTeams, connector: Connector, clock: Clock) -> None:
    teams.answers = [error(429, "Throttled", Retry_After="7")]
    assert (await connector.send(channel(teams), message())).outcome is Outcome.DELIVERED
    assert clock.slept == [7.0]


async def test_a_pause_longer_than_the_budget_is_left_to_the_caller_at_once(
    teams: FakeTeams, connector: Connector, clock: Clock
) -> None:
    teams.answers = [error(429, "Throttled", Retry_After="600")]
    sent = await connector.send(channel(teams), message())
    assert sent == Sent(Outcome.RETRY_LATER, retry_after=600.0, status=429, code="Throttled")
    assert clock.slept == []


async def test_a_delivery_ends_within_its_attempts_and_its_budget(teams: FakeTeams, clock: Clock) -> None:
    async with connector_to(teams, clock, attempts=9, budget=20.0) as connector:
        teams.answers = [error(503) for _ in range(20)]
        sent = await connector.send(channel(teams), message())
        assert (sent.outcome, sent.status) == (Outcome.RETRY_LATER, 503)
        assert sum(clock.slept) < 20.0
        assert len(teams.received) <= 9


async def test_jitter_keeps_replicas_apart_and_never_shortens_what_teams_asked_for() -> None:
    early, late = Backoff(jitter=lambda: 0.0), Backoff(jitter=lambda: 0.999)
    assert early.pause(3, None) < late.pause(3, None) <= 2.0
    assert early.pause(50, None) <= 8.0
    assert early.pause(1, 7.0) == 7.0
    assert 7.0 < late.pause(1, 7.0) < 7.6


OUTCOMES = [
    (403, "ForbiddenOperationException", Outcome.NOT_INSTALLED),
    (403, "BotNotInConversationRoster", Outcome.NOT_INSTALLED),
    (403, "BotDisabledByAdmin", Outcome.NOT_INSTALLED),
    (403, "ConversationBlockedByUser", Outcome.BLOCKED),
    (403, "NotEnoughPermissions", Outcome.REFUSED),
    (404, "ConversationNotFound", Outcome.GONE),
    (400, "Bad Argument", Outcome.REFUSED),
    (413, "MessageSizeTooBig", Outcome.REFUSED),
    (401, "BotNotRegistered", Outcome.RETRY_LATER),
    (500, "ServiceError", Outcome.RETRY_LATER),
    (302, "", Outcome.REFUSED),
]


@pytest.mark.parametrize(("status", "code", "outcome"), OUTCOMES)
async def test_a_failure_says_what_it_means(
    teams: FakeTeams, connector: Connector, status: int, code: str, outcome: Outcome
) -> None:
    teams.answers = [error(status, code)]
    sent = await connector.send(channel(teams), message())
    assert (sent.outcome, sent.status, sent.code) == (outcome, status, code)
    assert (sent.retry_after > 0) == (outcome is Outcome.RETRY_LATER)


async def test_an_error_page_instead_of_json_is_classified_by_its_status(
    teams: FakeTeams, connector: Connector
) -> None:
    page = error(403)
    page.body = b"<html>Forbidden</html>"
    teams.answers = [page]
    assert await connector.send(channel(teams), message()) == Sent(Outcome.REFUSED, status=403)


async def test_a_redirect_does_not_get_the_token(teams: FakeTeams, connector: Connector) -> None:
    teams.answers = [error(307, Location=f"{teams.url}/emea/elsewhere")]
    await connector.send(channel(teams), message())
    assert len(teams.received) == 1


NOW = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 30 ", 30.0),
        ("999999999999", 3600.0),
        ("Sun, 22 Nov 2026 12:00:45 GMT", 45.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 12:00:45 -0000", 45.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds


@pytest.mark.parametrize(
    "url",
    ["https://evil.trafficmanager.net/", "http://smba.trafficmanager.net/", "", "x", "https://[", "https://a:b/"],
)
async def test_a_stored_service_url_that_is_not_trusted_gets_no_token(connector: Connector, url: str) -> None:
    reference = ConversationReference(service_url=url, conversation=ConversationAccount(id="a:1"))
    sent = await connector.send(reference, message())
    assert (sent.outcome, sent.code) == (Outcome.REFUSED, "service url not trusted")


def test_the_hosts_of_teams_are_trusted_and_their_look_alikes_are_not() -> None:
    urls = ServiceUrls()
    assert urls.trusts("https://smba.trafficmanager.net/emea/")
    assert urls.trusts("https://SMBA.trafficmanager.net:443/emea/11111111-2222-3333-4444-555555555555/")
    assert not urls.trusts("https://smba.trafficmanager.net.evil.example/")
    assert not urls.trusts("https://evil-smba.trafficmanager.net/")
    assert not urls.trusts("https://evil.smba.trafficmanager.net/")
    assert not urls.trusts("https://smba.trafficmanager.net\\@evil.example/")
    assert not urls.trusts("https://user@smba.trafficmanager.net/")
    assert not urls.trusts("https://smba.trafficmanager.net/?x=1")
    assert not urls.trusts("http://127.0.0.1:3978/")
    assert not urls.trusts(None)


async def test_everybody_in_a_team_is_read_page_by_page(teams: FakeTeams, connector: Connector) -> None:
    teams.members = [
        {"id": f"29:{n}", "aadObjectId": f"object-{n}", "name": f"Navn {n}", "email": f"n{n}@kommune.example"}
        for n in range(5)
    ]
    members = await connector.members(teams.service_url, "19:team")
    assert [member.object_id for member in members] == [f"object-{n}" for n in range(5)]
    assert [entry.query.get("continuationToken") for entry in teams.received] == [None, "2", "4"]


async def test_one_member_is_looked_up_and_a_stranger_is_nobody(teams: FakeTeams, connector: Connector) -> None:
    teams.members = [{"id": PERSON, "objectId": "object-1", "userPrincipalName": "lene@kommune.example"}]
    found = await connector.member(teams.service_url, "19:team", PERSON)
    assert found is not None
    assert (found.object_id, found.user_principal_name, found.email) == ("object-1", "lene@kommune.example", "")
    assert await connector.member(teams.service_url, "19:team", "29:stranger") is None


async def test_a_roster_that_the_bot_may_not_read_is_an_error_and_not_an_empty_team(
    teams: FakeTeams, connector: Connector
) -> None:
    teams.answers = [error(403, "BotNotInConversationRoster")]
    with pytest.raises(ConnectorError) as caught:
        await connector.members(teams.service_url, "19:team")
    assert caught.value.sent.outcome is Outcome.NOT_INSTALLED


async def test_a_personal_chat_is_found_and_can_be_sent_to(teams: FakeTeams, connector: Connector) -> None:
    reference = await connector.create_personal_conversation(
        teams.service_url, bot_id="28:bot", tenant_id=TENANT, person_id="object-1"
    )
    await connector.send(reference, message("Din sag er taget"))
    created, sent = teams.received
    assert created.body["channelData"] == {"tenant": {"id": TENANT}}
    assert created.body["members"] == [{"id": "object-1"}]
    assert sent.path == "/v3/conversations/sent-1/activities"


async def test_many_sends_at_once_share_one_token_and_few_connections(
    teams: FakeTeams, connector: Connector
) -> None:
    for _ in range(5):
        await connector.send(channel(teams), message())
    assert len(teams.connections) == 1
    elsewhere = [channel(teams, f"19:{number}") for number in range(60)]
    await asyncio.gather(*(connector.send(place, message()) for place in elsewhere))
    assert len(teams.received) == 65
    assert len(teams.connections) <= 20
    assert teams.tokens_given == 1


async def test_a_token_is_renewed_some_minutes_before_its_end(teams: FakeTeams, clock: Clock) -> None:
    credentials = credentials_for(teams_settings(), http_client=entra_at(teams), clock=clock)
    assert await credentials.token() == "token-1"
    clock.seconds += 3290
    assert await credentials.token() == "token-1"
    clock.seconds += 20
    assert await credentials.token() == "token-2"


async def test_a_managed_identity_gets_its_token_from_the_machine_it_runs_on(teams: FakeTeams) -> None:
    settings = teams_settings(app_type="UserAssignedMSI", app_password=SecretStr(""))
    credentials = credentials_for(settings, http_client=entra_at(teams))
    assert await credentials.token() == "identity-token"


async def test_the_event_loop_runs_on_while_a_token_is_fetched(teams: FakeTeams, connector: Connector) -> None:
    # The fake Entra runs on this very loop: a blocking fetch could never be answered.
    assert (await connector.send(channel(teams), message())).outcome is Outcome.DELIVERED


async def test_without_a_token_nothing_is_sent_and_the_message_is_kept(
    teams: FakeTeams, connector: Connector
) -> None:
    teams.token_answer = {"error": "invalid_client", "error_description": "AADSTS7000222"}
    sent = await connector.send(channel(teams), message())
    assert (sent.outcome, sent.code) == (Outcome.RETRY_LATER, "no access token")
    assert teams.received == []


async def test_an_anonymous_bot_sends_without_a_token(teams: FakeTeams) -> None:
    assert isinstance(credentials_for(Settings(anonymous=True)), NoCredentials)
    async with Connector(NoCredentials(), ServiceUrls(anonymous=True)) as connector:
        await connector.send(channel(teams), message())
    assert teams.received[0].authorization == ""


async def test_turns_reply_through_one_kept_connection(teams: FakeTeams) -> None:
    async def on_turn(context: TurnContext) -> None:
        await context.send_activities([Activity(type="typing"), message("et"), message("to")])
        update = message("tre")
        update.id = "sent-2"
        await context.update_activity(update)
        await context.delete_activity("sent-3")

    async with running_bot(teams, on_turn) as bot:
        for _ in range(10):
            response, _ = await bot.post(teams.message(), teams.token())
            assert response.status == 200
        assert [entry.method for entry in teams.received[:5]] == ["POST", "POST", "POST", "PUT", "DELETE"]
        assert len(teams.received) == 50
        assert len(teams.connections) == 1
        assert teams.tokens_given == 1


async def test_replies_in_a_turn_are_tried_again_too(teams: FakeTeams) -> None:
    async def on_turn(context: TurnContext) -> None:
        await context.send_activity("hej")

    async with running_bot(teams, on_turn) as bot:
        teams.answers = [error(429, Retry_After="2"), error(502)]
        response, _ = await bot.post(teams.message(), teams.token())
        assert response.status == 200
        assert [entry.body["text"] for entry in teams.received] == ["hej"] * 3
        assert bot.clock.slept == [2.0, 0.5]


async def test_connections_are_closed_with_the_application(teams: FakeTeams) -> None:
    async def on_turn(context: TurnContext) -> None:
        await context.send_activity("hej")

    async with running_bot(teams, on_turn) as bot:
        await bot.post(teams.message(), teams.token())
        [transport] = teams.connections
        assert not transport.is_closing()  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError, match="not open"):
        await bot.adapter.connector.send(channel(teams), message())
