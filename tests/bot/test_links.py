"""The keys and addresses that settings give to links, and how long links become."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.links import LONGEST_TOKEN, Links, WrongLinkError, links_for
from catalogue.offers import Area
from centre.people import Person
from centre.queue_query import LONGEST_WORDS, MOST_DAYS, QueueQuery, Whose, query_json
from centre.requests import Priority, Status
from tests.bot.fake_teams import teams_settings
from tests.chat import TENANT, StoppedClock

KIRSTEN = Person(TENANT, "00000000-0000-4000-8000-00000000000b", "Kirsten Bang")
HOST = "bot.kommunen.example"


def links(**settings: str) -> Links:
    secrets = {name: SecretStr(value) for name, value in settings.items()}
    return links_for(teams_settings(public_host=HOST, **secrets), StoppedClock())


def made_by(maker: Links, **subject: object) -> str:
    return maker.to("letter", subject, KIRSTEN, "da", timedelta(minutes=15))


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def opens(reader: Links, link: str) -> bool:
    try:
        reader.read(token_of(link))
    except WrongLinkError:
        return False
    return True


def test_a_link_says_what_it_is_for() -> None:
    link = made_by(links(), words="sår på æøå")
    claims = links().read(token_of(link))
    assert (claims.kind, claims.subject, claims.locale) == ("letter", {"words": "sår på æøå"}, "da")
    assert (claims.tenant, claims.person_id) == (KIRSTEN.tenant, KIRSTEN.id)
    assert claims.expires == StoppedClock().time + timedelta(minutes=15)


def test_links_lead_to_the_public_host() -> None:
    assert made_by(links()).startswith(f"https://{HOST}/hent/gAAAAA")


def test_links_of_a_demo_lead_to_this_machine() -> None:
    settings = Settings(demo=True, anonymous=True, port=4000)
    assert made_by(links_for(settings, StoppedClock())).startswith("http://localhost:4000/hent/")


def test_every_replica_has_the_same_key_without_being_given_one() -> None:
    link = made_by(links(app_password="hemmelig"))
    assert opens(links(app_password="hemmelig"), link)
    assert not opens(links(app_password="en anden"), link)


def test_a_key_of_its_own_counts_more_than_the_secret_of_the_app() -> None:
    link = made_by(links(app_password="hemmelig", link_key="nøglen"))
    assert opens(links(app_password="fornyet", link_key="nøglen"), link)
    assert not opens(links(app_password="hemmelig"), link)


@pytest.mark.parametrize("before", [{"link_key": "den gamle"}, {"app_password": "den gamle"}])
def test_the_key_or_secret_before_opens_links_and_makes_none(before: dict[str, str]) -> None:
    now = links(link_key="den nye", link_key_previous="den gamle")
    assert opens(now, made_by(links(**before)))
    assert not opens(links(**before), made_by(now))


@pytest.mark.parametrize("subject", ["query", ["query"], None, 5])
def test_what_a_later_release_may_have_sealed_is_no_link_of_this_one(subject: object) -> None:
    maker = links()
    link = maker.to("letter", subject, KIRSTEN, "da", timedelta(minutes=15))  # type: ignore[arg-type]
    assert not opens(maker, link)


@pytest.mark.parametrize(("letter", "longest"), [("å", 1500), ("🙂", 2300)])
def test_the_longest_query_makes_a_link_that_every_browser_takes(letter: str, longest: int) -> None:
    query = QueueQuery(
        whose=Whose.COLLEAGUE,
        colleague_id=KIRSTEN.id,
        colleague_name=letter * LONGEST_WORDS,
        statuses=tuple(Status),
        area=Area.DISABILITY,
        older_than=MOST_DAYS,
        due_within=MOST_DAYS,
        priority=Priority.NORMAL,
        text=letter * LONGEST_WORDS,
        requester=letter * LONGEST_WORDS,
    )
    link = made_by(links(), query=query_json(query))
    assert opens(links(), link)
    assert len(link) < longest < LONGEST_TOKEN
