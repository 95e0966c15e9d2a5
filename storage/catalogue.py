"""The catalogue of one tenant: read as a whole into the matcher, replaced as a whole by an import."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import and_, func, select, update

from catalogue.offers import Area, Offer, Run
from centre.run_changes import CatalogueChanges
from storage.models import EnrolmentRow, OfferRow, RunRow
from storage.upsert import insert_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Row, Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.catalogue_version import CatalogueVersion

    Progress = Callable[[int, int], None]

# Rows per statement: large enough that round trips do not count, small enough for a progress bar that moves.
CHUNK = 2_000

_OFFER_FIELDS = [field.name for field in fields(Offer) if field.compare]
_RUN_FIELDS = [field.name for field in fields(Run) if field.compare]
_ARRIVAL = "added_on"
"""Set when a row is inserted and never again."""

# Seats that are gone: those the catalogue says, and those kept for who signed up here.
_HELD = (
    select(func.count())
    .where(EnrolmentRow.tenant == RunRow.tenant, EnrolmentRow.run_code == RunRow.code, EnrolmentRow.holds_seat)
    .correlate(RunRow)
    .scalar_subquery()
)
_TAKEN = (RunRow.taken + _HELD).label("taken")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did to the rows of one table. One that was retired and is back counts as updated."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything is different now."""
        return bool(self.created or self.updated or self.retired)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, in numbers and run by run."""

    offers: Counts
    runs: Counts
    changes: CatalogueChanges = field(default_factory=CatalogueChanges)


@dataclass(frozen=True, slots=True)
class _Done:
    """What an import did to one table: `old` are the rows as they were, columns in order and then `retired`."""

    counts: Counts
    old: Mapping[str, tuple[Any, ...]]
    changed: Sequence[str]
    gone: Collection[str]


class StoredCatalogue:
    """The offers and runs of one tenant, and the version by which replicas notice a change."""

    def __init__(self, session: AsyncSession, tenant: str, version: CatalogueVersion) -> None:
        self._session = session
        self._tenant = tenant
        self._version = version

    async def version(self) -> int:
        """Return the number of changes so far; 0 before the first import."""
        return await self._version.read()

    async def load(self) -> tuple[int, list[Offer], list[Run]]:
        """Return the version, the offers that are not retired, and their runs, in the order of their codes.

        The version is read first: an import in between is found by the next look at the version.
        """
        version = await self.version()
        offers = (
            select(*(getattr(OfferRow, name) for name in (*_OFFER_FIELDS, _ARRIVAL)))
            .where(OfferRow.tenant == self._tenant, OfferRow.retired.is_(False))
            .order_by(OfferRow.code)
        )
        runs = (
            select(*(_TAKEN if name == "taken" else getattr(RunRow, name) for name in (*_RUN_FIELDS, _ARRIVAL)))
            .join(OfferRow, and_(OfferRow.tenant == RunRow.tenant, OfferRow.code == RunRow.offer_code))
            .where(RunRow.tenant == self._tenant, RunRow.retired.is_(False), OfferRow.retired.is_(False))
            .order_by(RunRow.code)
        )
        found_offers = [_offer(row._mapping) async for row in self._stream(offers)]  # noqa: SLF001 - public in spite of its name
        found_runs = [Run(*row) async for row in self._stream(runs)]
        return version, found_offers, found_runs

    async def known_offer_codes(self) -> frozenset[str]:
        """Return the codes of all offers that are not retired."""
        query = select(OfferRow.code).where(OfferRow.tenant == self._tenant, OfferRow.retired.is_(False))
        return frozenset(await self._session.scalars(query))

    async def import_offers(
        self,
        offers: Sequence[Offer],
        runs: Sequence[Run],
        *,
        replace_offers: bool,
        replace_runs: bool,
        today: date | None = None,
        progress: Progress | None = None,
    ) -> ImportResult:
        """Insert and update by code; with `replace_…`, retire what is not given. A dry run does not commit.

        Each code is given once. `progress` is called with the rows done and the rows in all. What is inserted
        came `today`, unless it says itself when; of what first fills a table, nothing is new.

        Runs are locked before the version is counted up, as by everybody who signs up: the other way round, an
        import and a sign-up would wait for each other.

        Raises:
            ConflictError: another import got in between.
            sqlalchemy.exc.IntegrityError: a run names an offer that is neither given nor stored.
        """
        await self._version.hold_imports()
        steps = _Steps(progress, len(offers) + len(runs))
        new_offers = {offer.code: _values(offer, _OFFER_FIELDS) for offer in offers}
        new_runs = {run.code: _values(run, _RUN_FIELDS) for run in runs}
        offers_in = _Table(OfferRow, _OFFER_FIELDS, {offer.code: offer.added_on for offer in offers}, today)
        runs_in = _Table(RunRow, _RUN_FIELDS, {run.code: run.added_on for run in runs}, today)
        offers_done = await self._import(offers_in, new_offers, replace=replace_offers, steps=steps)
        runs_done = await self._import(runs_in, new_runs, replace=replace_runs, steps=steps)
        result = ImportResult(offers_done.counts, runs_done.counts, _changes(offers_done, runs_done))
        if result.offers.changed or result.runs.changed:
            await self._version.count_up()
        return result

    async def _import(
        self,
        into: _Table,
        new: dict[str, tuple[Any, ...]],
        *,
        replace: bool,
        steps: _Steps,
    ) -> _Done:
        table, columns = into.rows, into.columns
        old = await self._stored(table, columns)
        came = into.today if old else None
        changed = [code for code, values in new.items() if old.get(code) != (*values, False)]
        steps.done(len(new) - len(changed))
        for codes in _chunks(changed):
            rows = [
                dict(zip(columns, new[code], strict=True)) | {_ARRIVAL: into.arrivals[code] or came} | self._fixed
                for code in codes
            ]
            await self._upsert(table, columns, rows)
            steps.done(len(codes))
        gone = [code for code, values in old.items() if code not in new and not values[-1]] if replace else []
        for codes in _chunks(gone):
            await self._session.execute(
                update(table).where(table.tenant == self._tenant, table.code.in_(codes)).values(retired=True),
                execution_options={"synchronize_session": False},
            )
        created = sum(code not in old for code in changed)
        counts = Counts(created, len(changed) - created, len(new) - len(changed), len(gone))
        return _Done(counts, old, changed, frozenset(gone))

    async def _stream(self, query: Select[*tuple[Any, ...]]) -> AsyncIterator[Row[*tuple[Any, ...]]]:
        """Fetch in chunks: between two of them the event loop serves those who chat meanwhile."""
        rows = await self._session.stream(query, execution_options={"yield_per": CHUNK})
        async for chunk in rows.partitions():
            for row in chunk:
                yield row

    @property
    def _fixed(self) -> dict[str, Any]:
        return {"tenant": self._tenant, "retired": False}

    async def _stored(self, table: type[OfferRow | RunRow], columns: Sequence[str]) -> dict[str, tuple[Any, ...]]:
        """All rows of the tenant by code, retired ones too: the columns in order, then `retired`."""
        query: Select[Any] = select(*(getattr(table, name) for name in columns), table.retired)
        rows = await self._session.execute(query.where(table.tenant == self._tenant))
        return {row.code: tuple(row) for row in rows}

    async def _upsert(
        self, table: type[OfferRow | RunRow], columns: Sequence[str], rows: list[dict[str, Any]]
    ) -> None:
        insert = insert_for(self._session, table)
        given = {name: insert.excluded[name] for name in (*columns, "retired") if name != "code"}
        connection = await self._session.connection()
        await connection.execute(
            insert.on_conflict_do_update(index_elements=[table.tenant, table.code], set_=given), rows
        )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table to import into: its columns, when each given code says it came, and the day of the import."""

    rows: type[OfferRow | RunRow]
    columns: Sequence[str]
    arrivals: dict[str, date | None]
    today: date | None


class _Steps:
    """Counts rows for a progress bar."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def done(self, rows: int) -> None:
        self._done += rows
        if self._progress is not None:
            self._progress(self._done, self._total)


def _changes(offers: _Done, runs: _Done) -> CatalogueChanges:
    """Say what became of runs; those of an offer that is taken off go with it."""
    offer_column = _RUN_FIELDS.index("offer_code")
    off_before = {code for code, values in offers.old.items() if values[-1]}
    on_offer = {
        code: values
        for code, values in runs.old.items()
        if not values[-1] and values[offer_column] not in off_before
    }
    retired = {
        code for code, values in on_offer.items() if code in runs.gone or values[offer_column] in offers.gone
    }
    return CatalogueChanges(
        new=frozenset(code for code in runs.changed if code not in on_offer),
        changed={
            code: Run(*on_offer[code][:-1]) for code in runs.changed if code in on_offer and code not in retired
        },
        retired=frozenset(retired),
    )


def _values(item: Offer | Run, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(item, name) for name in columns)


def _offer(columns: Any) -> Offer:
    return Offer(**{**columns, "areas": tuple(Area(code) for code in columns["areas"])})


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
