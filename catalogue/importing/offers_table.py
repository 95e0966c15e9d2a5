"""The table of offers (sheet Forløb): its columns, and how a row becomes an `Offer`."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from catalogue.importing.cells import (
    Choice,
    folded,
    kroner,
    link,
    one_line,
    several_lines,
    several_words,
    whole_number,
)
from catalogue.importing.codes import CODE, MOST_SEATS, YES_NO, Codes
from catalogue.importing.tables import Column, TableKind
from catalogue.offers import Area, Offer, OfferKind, PriceUnit, SignUp
from catalogue.staff_groups import find_staff_groups

if TYPE_CHECKING:
    from catalogue.importing.checked_row import CheckedRow
    from catalogue.importing.sheet import Cell

FORM = Choice(
    "Form",
    {
        "Eget kursus": OfferKind.OWN_COURSE,
        "Købt kursus": OfferKind.BOUGHT_COURSE,
        "Temadag": OfferKind.THEME_DAY,
        "Supervision": OfferKind.SUPERVISION,
        "Mentoring": OfferKind.MENTORING,
        "Sidemandsoplæring": OfferKind.PEER_TRAINING,
        "E-læring": OfferKind.E_LEARNING,
        "Ressourceperson": OfferKind.SPECIALIST,
        "Forløb i teamet": OfferKind.TEAM_PROGRAMME,
    },
    {
        "Internt kursus": OfferKind.OWN_COURSE,
        "Eksternt kursus": OfferKind.BOUGHT_COURSE,
        "Mentor": OfferKind.MENTORING,
        "E-learning": OfferKind.E_LEARNING,
        "Specialist": OfferKind.SPECIALIST,
        "Teamforløb": OfferKind.TEAM_PROGRAMME,
    },
)
EVERY_AREA = tuple(Area)
EVERYONE = frozenset({"alle", "allefaggrupper", "allemedarbejdere", "allemedarbejdergrupper"})
JOINING = re.compile("(?:og|samt|eller)*")
"""What may stand between two staff groups without a comma."""

AREA = Choice[tuple[Area, ...]](
    "Fagområdet",
    {
        "Handicap": (Area.DISABILITY,),
        "Senior": (Area.SENIOR,),
        "Social & Psykiatri": (Area.PSYCHIATRY,),
        "Alle": EVERY_AREA,
    },
    {"Social": (Area.PSYCHIATRY,), "Psykiatri": (Area.PSYCHIATRY,), "Socialpsykiatri": (Area.PSYCHIATRY,)},
)
PRICE_UNIT = Choice(
    "Enheden",
    {"pr. person": PriceUnit.PERSON, "pr. hold": PriceUnit.TEAM},
    {
        "person": PriceUnit.PERSON,
        "pr. deltager": PriceUnit.PERSON,
        "hold": PriceUnit.TEAM,
        "team": PriceUnit.TEAM,
        "pr. team": PriceUnit.TEAM,
        "hele holdet": PriceUnit.TEAM,
        "hele teamet": PriceUnit.TEAM,
    },
)
SIGN_UP = Choice(
    "Tilmeldingen",
    {"fri": SignUp.FREE, "leder": SignUp.LEADER, "kompetencecentret": SignUp.CENTRE},
    {
        "åben": SignUp.FREE,
        "lederen": SignUp.LEADER,
        "leder godkender": SignUp.LEADER,
        "centret": SignUp.CENTRE,
        "center": SignUp.CENTRE,
        "kompetencecenter": SignUp.CENTRE,
    },
)
LANGUAGE = Choice("Sproget", {"dansk": "da", "engelsk": "en"}, {"da": "da", "en": "en", "english": "en"})

OFFERS = TableKind(
    sheet="Forløb",
    mark="Titel",
    columns=(
        Column(
            "code",
            "Kode",
            "Jeres egen kode for forløbet, fx DEM-101. Den skal være der kun én gang og må ikke genbruges.",
            ("Kursuskode", "Forløbskode", "Kursusnummer", "Forløbsnummer"),
            required=True,
        ),
        Column("title", "Titel", "Højst 200 tegn.", ("Navn", "Kursustitel", "Kursus"), required=True),
        Column(
            "summary",
            "Resumé",
            "Hvad forløbet handler om. Højst 2.000 tegn.",
            ("Beskrivelse", "Kort beskrivelse", "Indhold"),
        ),
        Column(
            "outcome",
            "Udbytte",
            "Hvad man kan bagefter. Højst 2.000 tegn.",
            ("Udbytte for deltagerne", "Læringsmål", "Mål"),
        ),
        Column(
            "topics",
            "Emner",
            "Emneord med komma imellem, det vigtigste først.",
            ("Emne", "Emneord", "Nøgleord"),
        ),
        Column(
            "areas",
            "Fagområder",
            "Ét eller flere med komma imellem. Tom betyder alle.",
            ("Fagområde", "Område", "Områder"),
            choices=AREA.words,
            only_choices=False,
        ),
        Column(
            "staff_groups",
            "Faggrupper",
            "Med komma imellem, fx SOSU-assistenter, pædagoger. Tom betyder alle.",
            ("Faggruppe", "Målgruppe", "Målgrupper"),
        ),
        Column("kind", "Form", "Vælg fra listen.", ("Type", "Læringsform"), required=True, choices=FORM.words),
        Column("length", "Varighed", "Fx »2 dage« eller »3 timer«.", ("Længde",)),
        Column(
            "price_dkk",
            "Pris",
            "Hele kroner, fx 1.250, eller »gratis«. Tom betyder, at prisen ikke er kendt.",
            ("Pris i kr.", "Pris kr."),
        ),
        Column(
            "price_unit",
            "Prisen gælder",
            "Pr. person, hvis intet andet er valgt.",
            ("Pris pr.", "Prisenhed"),
            choices=PRICE_UNIT.words,
        ),
        Column("provider", "Udbyder", "Hvem der holder forløbet.", ("Leverandør", "Arrangør")),
        Column("place", "Sted", "Hvor det foregår.", ("Adresse", "Lokale", "Lokation")),
        Column("online", "Online", "Tom betyder nej.", ("Fjernundervisning",), choices=YES_NO.words),
        Column(
            "seats",
            "Pladser",
            "Antal pladser på et hold. Tom, hvis der ikke er en grænse.",
            ("Antal pladser", "Pladser pr. hold"),
        ),
        Column("link", "Link", "Webadresse, der begynder med https://.", ("Webadresse", "URL", "Hjemmeside")),
        Column(
            "sign_up",
            "Tilmelding",
            "Hvem der siger ja til en tilmelding. Tom betyder deltagerens egen leder.",
            ("Godkendes af", "Tilmeldingsform"),
            choices=SIGN_UP.words,
        ),
        Column("language", "Sprog", "Tom betyder dansk.", ("Undervisningssprog",), choices=LANGUAGE.words),
    ),
)


def areas(cell: Cell) -> tuple[Area, ...]:
    """Areas with commas between, in the order of `Area`; a cell with none in it means all."""
    chosen = {area for word in several_words(10, 100)(cell) for area in AREA(word)}
    return tuple(area for area in EVERY_AREA if area in chosen) or EVERY_AREA


def staff_groups(cell: Cell) -> tuple[str, ...]:
    """Staff groups with commas between, under their canonical names; "alle" means everyone, so none is named.

    A group that nobody knows, or that is narrower than a known one ("ledere i hjemmeplejen"), stays as written.
    """
    written = several_words(40, 80)(cell)
    if any(folded(word) in EVERYONE for word in written):
        return ()
    return tuple(dict.fromkeys(name for word in written for name in _canonical(word)))


@functools.lru_cache(maxsize=4096)
def _canonical(word: str) -> tuple[str, ...]:
    found = find_staff_groups(word)
    left = word
    for group in found:
        left = left.replace(group.words, "")
    return tuple(group.value for group in found) if JOINING.fullmatch(folded(left)) else (word,)


class OffersReader:
    """Gathers the offers of a file, of one table or several."""

    def __init__(self) -> None:
        self.offers: list[Offer] = []
        self.codes = Codes()

    def add(self, row: CheckedRow) -> None:
        """Read one row; it becomes an offer if nothing is wrong with it."""
        code = row.require("code", CODE)
        if code is not None:
            self.codes.add(code, row)
        title = row.require("title", one_line(200))
        kind = row.require("kind", FORM)
        offer = Offer(
            code=code or "",
            title=title or "",
            summary=row.read("summary", several_lines(2000), ""),
            outcome=row.read("outcome", several_lines(2000), ""),
            topics=row.read("topics", several_words(40, 80), ()),
            areas=row.read("areas", areas, EVERY_AREA),
            staff_groups=row.read("staff_groups", staff_groups, ()),
            kind=kind or OfferKind.OWN_COURSE,
            length=row.read("length", one_line(80), ""),
            price_dkk=row.read("price_dkk", kroner, None),
            price_unit=row.read("price_unit", PRICE_UNIT, PriceUnit.PERSON),
            provider=row.read("provider", one_line(200), ""),
            place=row.read("place", one_line(200), ""),
            online=row.read("online", YES_NO, False),
            seats=row.read("seats", whole_number(1, MOST_SEATS), None),
            link=row.read("link", link, ""),
            language=row.read("language", LANGUAGE, "da"),
            sign_up=row.read("sign_up", SIGN_UP, SignUp.LEADER),
        )
        if code and title and kind and row.is_sound:
            self.offers.append(offer)
