"""Write the rows of this release down, so that later releases prove that they can read them.

Run once per release, before it is tagged: `python -m tests.storage.write_release 0.2.0`. What was written is never
changed afterwards. (The name has no ".sqlite", because such files are ignored by git.)
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from catalogue.matching import Verdict
from catalogue.need import Form
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, Run, SignUp
from catalogue.synonyms import Synonym, SynonymKind
from centre.enrolments import Enrolment, EnrolmentEvent, EnrolmentEventKind, EnrolmentStatus, enrolment_id
from centre.interest import Interest, Want, interest_id
from centre.learning import Suggestion, learn_choice
from centre.notices import QUEUE, Notice, NoticeKind
from centre.people import Person, Role
from centre.ports import Channel
from centre.purpose import Answers, Half, Purpose
from centre.queue_query import QueueQuery, Whose
from centre.requests import Event, EventKind, Kle, Request, Status, Wish
from centre.routing import Caretaker, Route, Subject
from centre.saved_views import SavedView
from centre.settings import Frequency, PersonSettings
from centre.synonyms import add_synonym, remove_synonym
from storage import Database
from storage.cards import ChannelCard
from storage.conversations import Conversation
from storage.models import ConversationKind
from storage.outbox import Outbox
from storage.schema import migrate
from storage.states import StateKey

RELEASES = Path(__file__).parent / "releases"
TENANT = "11111111-2222-3333-4444-555555555555"
FILED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEADER = Person(
    tenant=TENANT,
    id="lene",
    name="Lene Leder",
    email="lene@kommune.example",
    role=Role.LEADER,
    area=Area.SENIOR,
    department="Ældrecenter Øst",
    locale="da",
)
WISH = Wish(
    need="12 SOSU-assistenter skal blive bedre til at møde borgere med demens inden sommer",
    topic="demens",
    headcount=12,
    staff_groups=("SOSU-assistent",),
    time_words="inden sommer",
    latest=date(2026, 6, 1),
    form=Form.THEME_DAY,
    purpose="Færre magtanvendelser",
    area=Area.SENIOR,
    department="Ældrecenter Øst",
    offer_code="DEM-01",
    offer_title="Demens i hverdagen",
    run_code="DEM-01-F26",
    verdict=Verdict.SURE,
)
OFFER = Offer(
    code="DEM-01",
    title="Demens i hverdagen",
    summary="En temadag om at møde mennesker med demens.",
    outcome="Du kan se adfærd som kommunikation.",
    topics=("demens", "adfærd"),
    areas=(Area.SENIOR,),
    staff_groups=("SOSU-assistent",),
    kind=OfferKind.THEME_DAY,
    length="1 dag",
    price_dkk=None,
    price_unit=PriceUnit.TEAM,
    provider="Kompetencecentret",
    place="Vejen",
    online=False,
    seats=20,
    link="",
    language="da",
)
SYNONYM = Synonym("kører i ring", ("demens",), SynonymKind.PHRASE)
SUGGESTION = Suggestion("vandre", "demens")
VIEW = SavedView("Mine nye", QueueQuery(whose=Whose.MINE, statuses=(Status.NEW,)))
RUN = Run("DEM-01-F26", "DEM-01", date(2026, 4, 8), date(2026, 4, 8), "Vejen", False, 20, 3, None)
ENROLMENT = Enrolment(
    id=enrolment_id(RUN.code, LEADER.id),
    tenant=TENANT,
    run_code=RUN.code,
    offer_code=OFFER.code,
    title=OFFER.title,
    person_id=LEADER.id,
    person_name=LEADER.name,
    sign_up=SignUp.CENTRE,
    status=EnrolmentStatus.APPLIED,
    applied_at=FILED,
    changed_at=FILED,
    area=LEADER.area,
    department=LEADER.department,
    signed_up_by=LEADER.id,
    holds_seat=True,
)
ENROLMENT_EVENT = EnrolmentEvent(
    ENROLMENT.id, FILED, LEADER.id, LEADER.name, EnrolmentEventKind.SIGNED_UP, None, EnrolmentStatus.APPLIED
)
INTEREST = Interest(
    interest_id(LEADER.id, Want(OFFER.code)), TENANT, LEADER.id, FILED, Area.SENIOR, OFFER.code, OFFER.title
)

PURPOSE = Purpose(
    ENROLMENT.id,
    TENANT,
    FILED,
    FILED + timedelta(days=14),
    person=Half(
        Answers("Mere ro", "Beboerne om natten", "Færre alarmer"), FILED, None, True, LEADER.id, LEADER.name
    ),
    edition=1,
)
ROUTE = Route(Subject(Area.DISABILITY), Channel(TENANT, "19:team", "19:handicap", "Handicap"))
CARETAKER = Caretaker(Subject(topic="demens"), "kirsten", "Kirsten Bang")
SETTINGS = PersonSettings(LEADER.id, Frequency.DAILY, time(17), time(7), quiet_weekends=True, paused_until=FILED)


async def fill(database: Database) -> None:
    """Write a few rows into every table, the way the product does on 2 March 2026."""
    database.clock_offset = FILED - datetime.now(UTC)
    async with database.unit_of_work(TENANT) as uow:
        await uow.people.save(LEADER)
        await uow.people.save(Person(tenant=TENANT, id="", name="Kun importeret", email="import@kommune.example"))
        await uow.channels.choose_queue(Channel(TENANT, "19:team", "19:channel", "Kompetencecentret"))
        await uow.channels.open_route(ROUTE)
        await uow.channels.set_caretaker(CARETAKER)
        await uow.settings.save(SETTINGS)
        await uow.catalogue.import_offers(
            [OFFER, replace(OFFER, code="DEM-00")], [RUN], replace_offers=False, replace_runs=False
        )
        await uow.catalogue.import_offers([OFFER], [], replace_offers=True, replace_runs=False)
        await uow.enrolments.add(ENROLMENT)
        await uow.enrolments.record(ENROLMENT_EVENT)
        await uow.interests.put(INTEREST)
        await uow.purposes.add(PURPOSE)
        for request_id, status in (("draft-1", Status.NEW), ("draft-2", Status.WITHDRAWN)):
            number = await uow.requests.next_number(2026)
            await uow.requests.add(
                Request(
                    id=request_id,
                    tenant=TENANT,
                    number=number,
                    status=status,
                    wish=WISH,
                    kle=Kle.INTERNAL,
                    requester_id=LEADER.id,
                    requester_name=LEADER.name,
                    requester_confirmed=True,
                    filed_at=FILED,
                    changed_at=FILED,
                    answer_due=date(2026, 3, 9),
                )
            )
            await uow.requests.record(
                Event(
                    request_id, FILED, LEADER.id, LEADER.name, EventKind.FILED, None, Status.NEW, {"from": "chat"}
                )
            )
            await uow.notices.add(Notice(NoticeKind.REQUEST_CARD, QUEUE, request_id, f"card:{request_id}"))
            await learn_choice(uow, WISH)
        await add_synonym(uow, SYNONYM)
        await remove_synonym(uow, "bider")
        await uow.choices.suggest([SUGGESTION])
        await uow.saved_views.put(LEADER.id, VIEW)
        await uow.states.save(StateKey("a:1", LEADER.id), {"stack": [{"dialog": "need", "step": "summary"}]}, None)
        await uow.inbox.close("a:1", "activity-1", [{"type": "message", "text": "Sendt"}])
        await uow.conversations.remember(
            Conversation("a:1", ConversationKind.PERSONAL, "https://smba.example/", {"locale": "da-DK"}, LEADER.id)
        )
        await uow.channel_cards.put("draft-1", ChannelCard("19:channel", "card-1"))
        await uow.channel_cards.left_behind("draft-1", ChannelCard("19:handicap", "card-0"))
        await uow.commit()
    outbox = Outbox(database)
    [first] = await outbox.claim(1)
    await outbox.sent(first)


async def write(release: str) -> Path:
    """Fill a database of this release and write it down as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "release.db")
        url = f"sqlite:///{file}"
        await migrate(url)
        database = await Database.open(url)
        await fill(database)
        await database.close()
        connection = sqlite3.connect(file)
        dump = RELEASES / f"{release}.sql"
        dump.write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")
        connection.close()
    return dump


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
