"""ESCO's list of skills: read as the EU publishes it, and taken over only where it leads to the catalogue."""

from __future__ import annotations

import io

import pytest

from catalogue.esco import EscoFileError, EscoSkill, esco_synonyms, read_esco
from catalogue.offers import Offer, OfferKind, PriceUnit
from catalogue.synonyms import Synonym, SynonymKind

HEADINGS = (
    "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,"
    "scopeNote,definition,inScheme,description"
)
ROW = (
    "KnowledgeSkillCompetence,http://example.org/{number},skill/competence,cross-sector,{label},{others},,{status},"
    '2024-05-14T00:00:00Z,,,http://example.org/scheme,"Én linje,\r\nog en til"'
)


def lines(*rows: str, headings: str = HEADINGS) -> io.StringIO:
    return io.StringIO("\r\n".join((headings, *rows)), newline="")


def row(label: str, others: str, status: str = "released") -> str:
    return ROW.format(number=len(label), label=label, others=others, status=status)


def offer(code: str, title: str, *topics: str) -> Offer:
    return Offer(
        code, title, "", "", topics, (), (), OfferKind.OWN_COURSE, "", None, PriceUnit.PERSON, "", "", False, None,
        "", "da",
    )  # fmt: skip


OFFERS = [
    offer("MED-01", "Sikker medicin", "medicinhåndtering"),
    offer("REH-01", "Rehabilitering i hverdagen", "rehabilitering", "hjælpemidler"),
]


def test_labels_are_read_and_withdrawn_skills_left_out() -> None:
    skills = read_esco(
        lines(
            row("føre motorsav", '"bruge motorsav\nsave, med motorsav\n"'),
            row("gammel færdighed", "noget andet", status="obsolete"),
            row("uden andre navne", ""),
        )
    )
    assert skills == [
        EscoSkill("føre motorsav", ("bruge motorsav", "save, med motorsav")),
        EscoSkill("uden andre navne", ()),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "preferredLabel, altLabels"),
        ("conceptUri,preferredLabel\n", "mangler: altLabels"),
        ("Ord;Betyder;Type\n", "ligner ikke"),
        (f'{HEADINGS}\n,,,,"aldrig lukket,x\n', "Hent den igen"),
    ],
)
def test_another_file_is_said_to_be_one(text: str, said: str) -> None:
    with pytest.raises(EscoFileError, match=said):
        read_esco(io.StringIO(text, newline=""))


def test_labels_lead_to_what_the_catalogue_speaks_of() -> None:
    skills = [EscoSkill("lægemidler", ("medicin", "farmaka")), EscoSkill("genoptræning", ("rehabilitering",))]
    assert esco_synonyms(skills, OFFERS) == [
        Synonym("lægemidler", ("medicin",), SynonymKind.PHRASE),
        Synonym("farmaka", ("medicin",), SynonymKind.PHRASE),
        Synonym("genoptræning", ("rehabilitering",), SynonymKind.PHRASE),
    ]


@pytest.mark.parametrize(
    "labels",
    [
        ("føre motorsav", "bruge motorsav"),  # the catalogue has neither
        ("medicin", "sikker medicin"),  # it has both
        ("medicin i rehabilitering", "farmaka i genoptræning"),  # its words are those of two different offers
        ("lære", "undervise"),  # what every need says
    ],
)
def test_labels_that_lead_nowhere_are_left_out(labels: tuple[str, ...]) -> None:
    assert esco_synonyms([EscoSkill(labels[0], labels[1:])], OFFERS) == []


def test_a_label_of_two_skills_means_what_both_mean() -> None:
    skills = [EscoSkill("medicin", ("førerhund",)), EscoSkill("hjælpemidler", ("Førerhund",))]
    assert esco_synonyms(skills, OFFERS) == [Synonym("førerhund", ("medicin", "hjælpemidler"), SynonymKind.PHRASE)]
