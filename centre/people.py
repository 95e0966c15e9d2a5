"""Who somebody is to the centre."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalogue.offers import Area


class Role(StrEnum):
    """What a person is in the municipality. Membership of the centre's staff is `Person.staff`."""

    LEADER = "leader"
    EMPLOYEE = "employee"


class Listing(StrEnum):
    """Where a person stands on the municipality's list of people."""

    NEVER = "never"  # known from Teams only
    LISTED = "listed"
    LEFT = "left"  # was on the list and is no more


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one tenant.

    `id` is the Entra object id. `staff` is read from the rosters of the teams that hold the queue's channels on
    every turn and never stored. `role_confirmed` is false while the role is the person's own word.
    `locale` is the language the person chose, "" while none was chosen. `leader_email` says who leads them.
    `stands_in_for` are the ids of those who are away and chose this person to act for them; like `staff`, it is
    read on every turn.
    """

    tenant: str
    id: str
    name: str
    email: str = ""
    role: Role = Role.EMPLOYEE
    role_confirmed: bool = True
    area: Area | None = None
    department: str = ""
    locale: str = ""
    staff: bool = False
    leader_email: str = ""
    listing: Listing = Listing.NEVER
    stands_in_for: frozenset[str] = frozenset()

    @property
    def left(self) -> bool:
        """Whether they left the municipality's list; what they filed stays with their department."""
        return self.listing is Listing.LEFT

    @property
    def leads(self) -> bool:
        """Whether they are a leader here, by the list or by their own word."""
        return self.role is Role.LEADER and not self.left

    @property
    def may_file(self) -> bool:
        """Leaders file for their people; staff file on behalf of a department."""
        return self.staff or self.leads

    def speaks_for(self, person_id: str) -> bool:
        """Whether what is this person's to see and do is theirs too: their own, or as a stand-in."""
        return not self.left and person_id in {self.id, *self.stands_in_for}
