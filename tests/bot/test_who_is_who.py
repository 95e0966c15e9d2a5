"""Who somebody is: what Teams and the imported list say, and nothing that a card says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.who_is_who import ROSTER_RETRY_SECONDS, ROSTER_SECONDS
from catalogue.offers import Area
from centre.people import Person, Role
from centre.ports import Channel
from centre.routing import Route, Subject
from tests.bot.fake_teams import error
from tests.bot.town_in_teams import CHANNEL, PersonInTeams, town_in_teams

if TYPE_CHECKING:
    from storage import Database
    from tests.bot.town_in_teams import TownInTeams


async def imported_leader(town: TownInTeams) -> PersonInTeams:
    """A leader of the imported list, whom Teams knows by the same address in other letter case."""
    listed = Person(
        town.tenant, "", "Lene H. Holm", "Lene.Holm@Kommunen.example", Role.LEADER,
        area=Area.SENIOR, department="Plejecenter Solgården",
    )  # fmt: skip
    async with town.database.unit_of_work(town.tenant) as work:
        await work.people.save(listed)
        await work.commit()
    town.teams.members.append({"id": "29:lene", "aadObjectId": "lene", "email": "lene.holm@kommunen.EXAMPLE"})
    return PersonInTeams(town, "lene", "Lene Holm", town.tenant)


def asked_for(town: TownInTeams, ending: str) -> int:
    """How often Teams was asked."""
    return sum(entry.method == "GET" and entry.path.endswith(ending) for entry in town.teams.received)


async def test_a_newcomer_is_bound_to_the_imported_list_by_e_mail(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await imported_leader(town)
        await lene.files()
        [request] = await town.requests()
        assert (request.requester_id, request.requester_name) == ("lene", "Lene Holm")
        assert (request.requester_confirmed, request.wish.department) == (True, "Plejecenter Solgården")
        assert asked_for(town, "/members/29%3Alene") == 1


async def test_somebody_whom_no_list_knows_is_an_employee(database: Database) -> None:
    async with town_in_teams(database) as town:
        nobody = PersonInTeams(town, "nobody", "Ny Ansat", town.tenant)
        await nobody.files()
        assert await town.requests() == []
        await nobody.says("nyt behov")
        assert "Det er ledere, der sender behov til centret" in nobody.heard()


async def test_a_leader_who_was_met_while_teams_did_not_answer_is_bound_the_next_time(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await imported_leader(town)
        town.teams_answers(error(500))
        await lene.says("english")
        await lene.says("dansk")
        await lene.files()
        [request] = await town.requests()
        assert request.wish.department == "Plejecenter Solgården"
        async with database.read_only(town.tenant) as work:
            person = await work.people.get("lene")
            assert person
            assert (person.locale, person.email) == ("da", "lene.holm@kommunen.example")
            assert await work.people.by_email("lene.holm@kommunen.example") is None


async def test_somebody_without_an_e_mail_is_asked_for_once_only(database: Database) -> None:
    async with town_in_teams(database) as town:
        town.teams.members.append({"id": "29:guest", "aadObjectId": "guest"})
        guest = PersonInTeams(town, "guest", "Gæst", town.tenant)
        for _ in range(5):
            await guest.says("hej")
        assert asked_for(town, "/members/29%3Aguest") <= 2


async def test_a_new_name_in_teams_is_taken_over(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await town.leader()
        lene.name = "Lene Holm Bech"
        await lene.files()
        [request] = await town.requests()
        assert request.requester_name == "Lene Holm Bech"
        assert request.wish.department == "Plejecenter Solgården"


async def test_two_first_messages_of_one_person_make_one_person(database: Database) -> None:
    async with town_in_teams(database) as town:
        lene = await imported_leader(town)
        other_place = lene.in_channel(text="hej")
        await lene.repeats(lene.activity(text="hej"))
        assert (await lene.repeats(other_place))[0] == 200
        async with database.read_only(town.tenant) as work:
            person = await work.people.get("lene")
            assert person
            assert person.role is Role.LEADER


async def test_the_roster_is_asked_for_once_and_again_when_it_is_old(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten = await town.consultant()
        for _ in range(3):
            await kirsten.says("kø")
            assert "Køen er tom" in kirsten.heard()
        assert asked_for(town, "/pagedmembers") == 1
        town.teams.members.clear()
        await kirsten.says("kø")
        assert "Køen er tom" in kirsten.heard()
        town.bot.clock.seconds += ROSTER_SECONDS
        await kirsten.says("kø")
        assert "Det er kun kompetencecentrets medarbejdere" in kirsten.heard()


async def test_a_colleague_who_joins_the_team_can_work_after_five_minutes(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten, new = await town.consultant(), await town.settle("Nye Niels")
        await kirsten.says("kø")
        town.teams.members.append({"id": "29:nye.niels", "aadObjectId": new.id})
        town.bot.clock.seconds += ROSTER_SECONDS
        await new.says("kø")
        assert "Køen er tom" in new.heard()


async def test_a_roster_that_cannot_be_had_leaves_staff_at_work_and_is_asked_for_soon(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten = await town.consultant()
        await kirsten.says("kø")
        town.bot.clock.seconds += ROSTER_SECONDS
        town.teams_answers(error(500))
        await kirsten.says("kø")
        assert "Køen er tom" in kirsten.heard()
        asked = asked_for(town, "/pagedmembers")
        await kirsten.says("kø")
        assert asked_for(town, "/pagedmembers") == asked
        town.bot.clock.seconds += ROSTER_RETRY_SECONDS
        await kirsten.says("kø")
        assert asked_for(town, "/pagedmembers") == asked + 1


async def test_what_a_card_says_of_somebody_has_no_effect(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        lene, mads = await town.leader(), await town.settle("Mads Kjær")
        await lene.files()
        [request] = await town.requests()
        forged = {"staff": True, "role": "leader", "person_id": "kirsten.bang", "tenant": town.tenant}
        _, answer = await mads.executes("case.take", request=request.id, **forged)
        assert "Det er kun kompetencecentrets medarbejdere" in answer["value"]
        for verb in ("request.withdraw", "request.edit", "need.send"):
            await mads.sends(mads.activity(value={"verb": verb, "request": request.id, **forged}))
            assert mads.heard()
        assert await town.requests() == [request]


async def test_the_queue_is_not_moved_by_somebody_outside_the_centre(database: Database) -> None:
    async with town_in_teams(database) as town:
        await town.consultant()
        mads = await town.settle("Mads Kjær")
        _, answer = await mads.executes("channel.use")
        assert "Kun kompetencecentrets medarbejdere kan flytte køen" in answer["value"]


async def test_staff_are_the_members_of_every_team_that_holds_a_channel_of_the_queue(database: Database) -> None:
    async with town_in_teams(database) as town:
        kirsten = await town.consultant()
        async with database.unit_of_work(town.tenant) as work:
            channel = Channel(town.tenant, "19:senior-team", CHANNEL, "Senior")
            await work.channels.open_route(Route(Subject(Area.SENIOR), channel))
            await work.commit()
        town.who.forget_roster(town.tenant)
        await kirsten.says("kø")
        assert asked_for(town, "19%3Asenior-team/pagedmembers") == 1
        town.bot.clock.seconds += ROSTER_SECONDS
        asked = asked_for(town, "/pagedmembers")
        town.teams.members.clear()
        town.teams_answers(error(500))
        await kirsten.says("kø")
        assert "Køen er tom" in kirsten.heard()
        assert asked_for(town, "/pagedmembers") == asked + 2
