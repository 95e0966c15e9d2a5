"""The demo's people: the same as in playground.yml, with what a municipality's list would say of them."""

from __future__ import annotations

from catalogue.offers import Area
from centre.people import Listing, Person, Role

TENANT = "7c0ffee0-0000-4000-8000-000000000001"
BOT_ID = "28:7c0ffee0-0000-4000-8000-000000000010"
BOT_NAME = "Kompetencebot"
TEAM_ID = "19:kompetencecenter-velfaerd@thread.tacv2"
CHANNEL_ID = "19:kompetencekoeen@thread.tacv2"
CHANNEL_NAME = "Kompetencekøen"

_ID = "7c0ffee0-0000-4000-8000-0000000001"
_MAIL = "kommunen.example"

LENE = Person(
    TENANT, f"{_ID}01", "Lene Holm", f"lene.holm@{_MAIL}", Role.LEADER,
    area=Area.SENIOR, department="Plejecenter Solgården", listing=Listing.LISTED,
)  # fmt: skip
MADS = Person(
    TENANT, f"{_ID}02", "Mads Kjær", f"mads.kjaer@{_MAIL}", area=Area.SENIOR, department="Plejecenter Solgården",
    leader_email=LENE.email, listing=Listing.LISTED,
)  # fmt: skip
KIRSTEN = Person(
    TENANT, f"{_ID}03", "Kirsten Bang", f"kirsten.bang@{_MAIL}", department="Kompetencecenter Velfærd"
)
AMINA = Person(
    TENANT, f"{_ID}04", "Amina Yılmaz", f"amina.yilmaz@{_MAIL}", Role.LEADER,
    area=Area.DISABILITY, department="Bostedet Birken", listing=Listing.LISTED,
)  # fmt: skip
SOEREN = Person(
    TENANT, f"{_ID}05", "Søren Østergaard", f"soeren.oestergaard@{_MAIL}", Role.LEADER,
    area=Area.PSYCHIATRY, department="Socialpsykiatrisk Center", listing=Listing.LISTED,
)  # fmt: skip
GRETHE = Person(TENANT, f"{_ID}06", "Grethe Lund", f"grethe.lund@{_MAIL}", department="Kompetencecenter Velfærd")

EVERYBODY = (LENE, MADS, KIRSTEN, AMINA, SOEREN, GRETHE)
STAFF = frozenset({KIRSTEN.id, GRETHE.id})
PARTS = {"leader": LENE, "employee": MADS, "staff": KIRSTEN}
"""Who one becomes by "jeg er leder | medarbejder | konsulent"."""
