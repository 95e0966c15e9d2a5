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


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one tenant.

    `id` is the Entra object id. `staff` is read from the roster of the team that holds the queue channel on
    every turn and never stored. `role_confirmed` is false while the role is the person's own word.
    `locale` is the language the person chose, "" while none was chosen.
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

    @property
    def may_file(self) -> bool:
        """Leaders file for their people; staff file on behalf of a department."""
        return self.staff or self.role is Role.LEADER
