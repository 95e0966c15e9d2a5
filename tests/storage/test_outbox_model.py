"""The outbox beside a model of it: whatever happens in whatever order, nothing is lost and every lane keeps order.

Time is the model's. Before each call the database's clock is set to it, and every action takes TICK seconds, so
that the milliseconds which a call really takes decide nothing; the half seconds keep moments apart.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete

from centre.notices import Notice, NoticeKind
from storage import Database
from storage.lanes import LanePace
from storage.models import LaneRow, NoticeRow
from storage.outbox import MAX_ATTEMPTS, WAITING_RECHECK, Claimed, Outbox

if TYPE_CHECKING:
    from collections.abc import Coroutine

TENANT = "tenant-1"
LANES = ("anna", "bo", "queue")
BEGINNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
TICK = 3.0
LEASE = 60.5
SPACING = 10.5
PAUSE = 30.5
LATER = 300.5
RECHECK = WAITING_RECHECK.total_seconds() + 0.5
PACE = LanePace(timedelta(seconds=SPACING), timedelta(), timedelta())
STEPS = (20.0, 62.0, 3601.0)


@dataclass
class Known:
    """A notice as the model knows it; times are seconds since the beginning. `stale` are claims that were lost."""

    key: str
    lane: str
    due: float
    not_before: float
    attempts: int = 0
    parked: bool = False
    finished: bool = False
    claim: Claimed | None = None
    stale: list[Claimed] = field(default_factory=list)


class OutboxMachine(RuleBasedStateMachine):
    """Writes, claims, acknowledges, forgets and lets time pass."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.now = 0.0
        self.notices: list[Known] = []
        self.ready: dict[str, float] = defaultdict(float)
        self.told: dict[str, list[str]] = defaultdict(list)
        self.dead: set[str] = set()
        self.database: Database = self.loop.run_until_complete(Database.open(self.url))
        self.outbox = Outbox(self.database, lease=timedelta(seconds=LEASE), pace=PACE)
        self.do(self.empty())

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        self.now += TICK
        self.database.clock_offset = BEGINNING + timedelta(seconds=self.now) - datetime.now(UTC)
        return self.loop.run_until_complete(work)

    async def empty(self) -> None:
        async with self.database.session() as session:
            await session.execute(delete(NoticeRow))
            await session.execute(delete(LaneRow))
            await session.commit()

    def known(self, claimed: Claimed) -> Known:
        return self.notices[int(claimed.notice.dedup_key)]

    @property
    def held(self) -> list[Known]:
        return [known for known in self.notices if known.claim]

    def head(self, lane: str) -> Known | None:
        waiting = [known for known in self.notices if known.lane == lane and not known.finished]
        return min(waiting, key=lambda known: known.due, default=None)

    def claimable(self, now: float) -> list[Known]:
        heads = [head for lane in LANES if (head := self.head(lane))]
        return [head for head in heads if max(head.not_before, self.ready[head.lane]) <= now]

    @rule(seconds=st.sampled_from(STEPS))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(lane=st.sampled_from(LANES), later=st.sampled_from([0, 0, 0, LATER]))
    def one_is_written(self, lane: str, later: float) -> None:
        key = f"{len(self.notices):03}"
        due = self.now + TICK + later
        moment = BEGINNING + timedelta(seconds=due) if later else None

        async def write() -> None:
            async with self.database.unit_of_work(TENANT) as work:
                await work.notices.add(Notice(NoticeKind.CASE_EVENT, lane, "request", key, moment))
                await work.commit()

        self.do(write())
        self.notices.append(Known(key, lane, due, due))

    @rule(limit=st.integers(1, 4))
    def some_are_claimed(self, limit: int) -> None:
        expected = self.claimable(self.now + TICK)
        claimed = self.do(self.outbox.claim(limit))
        letters = self.loop.run_until_complete(self.outbox.dead_letters(1000))
        died = [self.notices[int(letter.notice.dedup_key)] for letter in letters]
        died = [known for known in died if known.key not in self.dead]
        taken = [self.known(one) for one in claimed]
        assert all(known in expected for known in (*taken, *died))
        assert all(known.attempts == MAX_ATTEMPTS for known in died)
        assert len(taken) + len(died) == min(limit, len(expected))
        for known in died:
            self.bury(known)
        for known, one in zip(taken, claimed, strict=True):
            if known.claim:
                known.stale.append(known.claim)
            known.attempts += 1
            known.not_before = self.now + LEASE
            known.claim = one
            assert (one.attempts, one.waited) == (known.attempts, known.parked)
            known.parked = False

    def bury(self, known: Known) -> None:
        self.dead.add(known.key)
        known.finished, known.claim = True, None

    def charge(self, lane: str) -> None:
        self.ready[lane] = self.now + SPACING

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def one_is_sent(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.held))
        assert known.claim is not None
        self.told[known.lane].append(known.key)
        assert self.do(self.outbox.sent(known.claim))
        self.charge(known.lane)
        known.finished, known.claim = True, None

    @precondition(lambda self: self.held)
    @rule(data=st.data(), pause=st.sampled_from([0.0, PAUSE]), counts=st.booleans())
    def one_is_to_be_tried_again(self, data: st.DataObject, pause: float, counts: bool) -> None:
        known = data.draw(st.sampled_from(self.held))
        assert known.claim is not None
        assert self.do(self.outbox.retry(known.claim, pause, "502", counts_as_attempt=counts))
        self.charge(known.lane)
        known.claim, known.not_before = None, self.now + pause
        known.attempts -= not counts
        if counts and known.attempts == MAX_ATTEMPTS:
            self.bury(known)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def one_is_parked(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.held))
        assert known.claim is not None
        assert self.do(self.outbox.wait(known.claim, "not installed"))
        known.attempts -= 1
        known.claim, known.parked, known.not_before = None, True, self.now + RECHECK

    @rule(lane=st.sampled_from(LANES))
    def a_reader_installs_the_bot(self, lane: str) -> None:
        self.do(self.outbox.wake_lane(TENANT, lane))
        for known in self.notices:
            if known.lane == lane and known.parked:
                known.not_before = self.now

    @precondition(lambda self: self.held)
    @rule(data=st.data(), reached=st.booleans())
    def a_process_is_killed(self, data: st.DataObject, reached: bool) -> None:
        """Its lease is left to run out; the reader may have got it or not."""
        known = data.draw(st.sampled_from(self.held))
        if reached:
            self.told[known.lane].append(known.key)
        known.claim = None

    @precondition(lambda self: any(known.stale for known in self.notices))
    @rule(data=st.data())
    def who_lost_the_lease_is_not_heard(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from([known for known in self.notices if known.stale]))
        assert not self.do(self.outbox.sent(known.stale.pop()))
        self.charge(known.lane)

    @invariant()
    def order_is_kept(self) -> None:
        for lane, keys in self.told.items():
            due = {known.key: known.due for known in self.notices}
            first = list(dict.fromkeys(keys))
            assert first == sorted(first, key=due.__getitem__), lane

    def teardown(self) -> None:
        """Let everything be delivered that still can be; then all were told, but those that died on the way."""
        try:
            for _ in range(len(self.notices) + 2):
                self.now += RECHECK
                for claimed in self.do(self.outbox.claim(len(LANES))):
                    self.told[claimed.notice.audience].append(claimed.notice.dedup_key)
                    assert self.do(self.outbox.sent(claimed))
            depth = self.do(self.outbox.depth())
            letters = self.do(self.outbox.dead_letters(1000))
            told = {key for keys in self.told.values() for key in keys}
            assert (depth.due, depth.later, depth.waiting) == (0, 0, 0)
            assert told | {letter.notice.dedup_key for letter in letters} == {known.key for known in self.notices}
            self.order_is_kept()
        finally:
            self.loop.run_until_complete(self.database.close())
            self.loop.close()


def test_the_outbox_is_what_its_model_is(database_url: str) -> None:
    machine = type("Machine", (OutboxMachine,), {"url": database_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
