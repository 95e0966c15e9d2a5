"""Files behind links, over real HTTP: who gets one, who does not, and what is read instead."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import IO, TYPE_CHECKING

import pytest
from yarl import URL

from bot.downloads import Downloads, File, NoFileError
from bot.links import LONGEST_TOKEN, Links
from bot.pages import attachment
from centre.states import NotAllowedError
from storage.errors import DatabaseUnavailableError
from tests.bot.fake_teams import FOREIGN_TENANT, TENANT
from tests.bot.test_server import lines, log
from tests.bot.town_in_teams import town_in_teams
from tests.chat import LINK_KEY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from io import StringIO

    from aiohttp import ClientResponse

    from bot.links import Claims
    from centre.people import Person
    from centre.ports import UnitOfWork
    from storage import Database
    from tests.bot.town_in_teams import PersonInTeams, TownInTeams

__all__ = ["log"]

FIFTEEN_MINUTES = timedelta(minutes=15)


class LetterBox:
    """A kind of file for the centre's staff, which counts how often it was written."""

    def __init__(self) -> None:
        self.written = 0
        self.trouble: Exception | None = None

    async def __call__(self, claims: Claims, person: Person, work: UnitOfWork) -> File:
        if not person.staff:
            raise NotAllowedError

        async def write(stream: IO[bytes]) -> None:
            self.written += 1
            stream.write(f"Til {person.name} i {work.tenant}: {claims.subject['words']}".encode())
            if self.trouble:
                raise self.trouble

        return File("Brev på Øen.txt", "text/plain; charset=utf-8", write)


@pytest.fixture
async def town(database: Database) -> AsyncIterator[TownInTeams]:
    async with town_in_teams(database) as town:
        yield town


@pytest.fixture
def letters(town: TownInTeams) -> LetterBox:
    letters = LetterBox()
    town.downloads = downloads(town, letters)
    return letters


def downloads(town: TownInTeams, letters: LetterBox, *keys: str) -> Downloads:
    links = Links(town.bot.url, keys or [LINK_KEY], town.clock)
    return Downloads(town.database, links, {"letter": letters}, town.who.is_staff, {TENANT})


async def link_for(
    person: PersonInTeams, words: str = "hej", kind: str = "letter", key: str = LINK_KEY, locale: str = "da"
) -> str:
    town = person.town
    async with town.database.read_only(person.tenant) as work:
        known = await work.people.get(person.id)
    assert known
    links = Links(town.bot.url, [key], town.clock)
    return links.to(kind, {"words": words}, known, locale, FIFTEEN_MINUTES)


async def fetch(town: TownInTeams, url: str, method: str = "GET") -> tuple[ClientResponse, str]:
    async with town.bot.http.request(method, URL(url, encoded=True)) as response:
        return response, await response.text()


def is_page(answer: ClientResponse, body: str, status: int, words: str) -> bool:
    return (
        (answer.status, answer.content_type) == (status, "text/html")
        and words in body
        and answer.headers["Cache-Control"] == "no-store"
        and answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    )


async def test_a_link_gives_its_file_as_often_as_it_is_opened(town: TownInTeams, letters: LetterBox) -> None:
    link = await link_for(await town.consultant())
    for _ in range(2):
        answer, body = await fetch(town, link)
        assert (answer.status, body) == (200, f"Til Kirsten Bang i {TENANT}: hej")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Content-Length"] == str(len(body))
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename=\"Brev paa Oeen.txt\"; filename*=UTF-8''Brev%20p%C3%A5%20%C3%98en.txt"
        )
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Reference"]
    assert letters.written == 2


async def test_a_head_tells_of_the_file_and_has_none_made(town: TownInTeams, letters: LetterBox) -> None:
    answer, body = await fetch(town, await link_for(await town.consultant()), "HEAD")
    assert (answer.status, body, letters.written) == (200, "", 0)
    assert "Brev%20p%C3%A5" in answer.headers["Content-Disposition"]
    assert "Content-Length" not in answer.headers


async def test_a_link_opens_until_its_last_second(town: TownInTeams, letters: LetterBox) -> None:
    link = await link_for(await town.consultant())
    town.clock.time += FIFTEEN_MINUTES - timedelta(seconds=1)
    assert (await fetch(town, link))[0].status == 200
    town.clock.time += timedelta(seconds=1)
    for method in ("GET", "HEAD"):
        assert (await fetch(town, link, method))[0].status == 410
    assert is_page(*await fetch(town, link), 410, "Linket er udløbet")
    assert letters.written == 1


async def test_the_page_is_in_the_language_of_the_chat(town: TownInTeams, letters: LetterBox) -> None:
    link = await link_for(await town.consultant(), locale="en")
    town.clock.time += FIFTEEN_MINUTES
    answer, body = await fetch(town, link)
    assert is_page(answer, body, 410, "The link has expired")
    assert '<html lang="en">' in body
    assert letters.written == 0


async def test_no_letter_of_a_link_can_be_changed(town: TownInTeams, letters: LetterBox) -> None:
    link = await link_for(await town.consultant())
    start = link.rindex("/") + 1
    for place in range(start, len(link) - 1, 7):  # the last letter has bits that no byte is made of
        other = "A" if link[place] != "A" else "B"
        assert (await fetch(town, f"{link[:place]}{other}{link[place + 1 :]}"))[0].status == 404
    assert letters.written == 0


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "a.b.c",
        "%00",
        "%F0%9F%99%82",
        "=",
        "gAAAAA",
        "%2F%2E%2E",
        "A" * LONGEST_TOKEN,
        "A" * (LONGEST_TOKEN + 1),
    ],
)
async def test_what_is_no_token_is_answered_with_a_page(town: TownInTeams, token: str) -> None:
    assert is_page(*await fetch(town, f"{town.bot.url}/hent/{token}"), 404, "Linket virker ikke")


async def test_a_link_sealed_with_another_key_is_no_link(town: TownInTeams, letters: LetterBox) -> None:
    link = await link_for(await town.consultant(), key="a key that was guessed")
    assert is_page(*await fetch(town, link), 404, "Linket virker ikke")
    assert letters.written == 0


async def test_links_outlive_a_change_of_the_key_and_not_the_next_one(
    town: TownInTeams, letters: LetterBox
) -> None:
    link = await link_for(await town.consultant())
    town.downloads = downloads(town, letters, "the second key", LINK_KEY)
    assert (await fetch(town, link))[0].status == 200
    town.downloads = downloads(town, letters, "the third key", "the second key")
    assert (await fetch(town, link))[0].status == 404


async def test_whoever_is_no_longer_of_the_staff_gets_nothing(town: TownInTeams, letters: LetterBox) -> None:
    link = await link_for(await town.consultant())
    town.teams.members.clear()
    town.who.forget_roster(TENANT)
    assert is_page(*await fetch(town, link), 404, "Linket virker ikke")
    assert letters.written == 0


async def test_a_link_that_was_made_for_a_leader_gives_a_leader_nothing(
    town: TownInTeams, letters: LetterBox
) -> None:
    await town.consultant()
    assert (await fetch(town, await link_for(await town.leader())))[0].status == 404
    assert letters.written == 0


async def test_a_tenant_that_is_not_answered_any_more_gets_nothing(town: TownInTeams, letters: LetterBox) -> None:
    stranger = await town.settle("Kirsten Bang", tenant=FOREIGN_TENANT)
    await town.consultant()
    assert (await fetch(town, await link_for(stranger)))[0].status == 404
    assert letters.written == 0


async def test_a_person_of_another_tenant_is_not_of_the_staff_here(town: TownInTeams, letters: LetterBox) -> None:
    stranger = await town.settle("Kirsten Bang", tenant=FOREIGN_TENANT)
    await town.consultant()
    links = Links(town.bot.url, [LINK_KEY], town.clock)
    town.downloads = Downloads(town.database, links, {"letter": letters}, town.who.is_staff)
    assert (await fetch(town, await link_for(stranger)))[0].status == 404


async def test_a_kind_of_file_that_is_not_made_any_more_is_answered_with_a_page(
    town: TownInTeams, letters: LetterBox
) -> None:
    link = await link_for(await town.consultant(), kind="postcard")
    assert is_page(*await fetch(town, link), 404, "Linket virker ikke")
    assert letters.written == 0


@pytest.mark.parametrize(
    ("trouble", "status", "words"),
    [
        (NoFileError("For mange", "Vælg <færre> & prøv igen"), 404, "Vælg &lt;færre&gt; &amp; prøv igen"),
        (DatabaseUnavailableError("gone"), 503, "Filen kan ikke hentes lige nu"),
        (ValueError("Borger 010203-1234"), 500, "Filen kan ikke hentes lige nu"),
    ],
)
async def test_a_file_that_cannot_be_finished_is_not_begun(
    town: TownInTeams, letters: LetterBox, trouble: Exception, status: int, words: str
) -> None:
    letters.trouble = trouble
    answer, body = await fetch(town, await link_for(await town.consultant()))
    assert is_page(answer, body, status, words)
    assert "Til Kirsten" not in body
    assert "010203" not in body
    assert ("oplys" in body) is (status >= 500)
    assert (answer.headers["X-Reference"] in body) is (status >= 500)


async def test_neither_a_link_nor_what_is_in_it_is_logged(
    town: TownInTeams, letters: LetterBox, log: StringIO
) -> None:
    link = await link_for(await town.consultant(), words="demens hos Åse")
    letters.trouble = ValueError("Åse")
    await fetch(town, link)
    letters.trouble = None
    await fetch(town, link)
    await fetch(town, f"{link}AA")
    await fetch(town, f"{link}/more?than={link}")
    for part in (link[-40:], "gAAAA", "Åse", "Kirsten", "Bang"):
        assert part not in log.getvalue()
    fetched = [line["status"] for line in lines(log) if line.get("path") == "/hent/{token}"]
    assert fetched == [500, 200, 404]


async def test_a_link_tells_nothing_to_who_cannot_open_it(town: TownInTeams) -> None:
    link = await link_for(await town.consultant(), words="demens")
    token = link.rpartition("/")[2]
    for readable in (token.encode(), urlsafe_b64decode(token + "==")):
        for part in (b"demens", b"kirsten", b"letter", TENANT.encode()):
            assert part not in readable


async def test_a_demo_answers_only_its_own_machine(database: Database) -> None:
    async with town_in_teams(database, signed=False) as town:
        link = await link_for(await town.settle("Lene Holm"))
        async with town.bot.http.get(link, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.csv", "attachment; filename=\"a.csv\"; filename*=UTF-8''a.csv"),
        ('a"b\\c;.csv', "attachment; filename=\"a_b_c;.csv\"; filename*=UTF-8''a%22b%5Cc%3B.csv"),
        ("a\r\nX: 1🙂", "attachment; filename=\"a__X: 1_\"; filename*=UTF-8''a%0D%0AX%3A%201%F0%9F%99%82"),
    ],
)
def test_a_name_stays_inside_its_header(name: str, header: str) -> None:
    assert attachment(name) == header
