"""The form of learning that somebody asks for, or says no to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from catalogue.sentence import Found, danish, insists

if TYPE_CHECKING:
    from catalogue.sentence import Sentence


class Form(StrEnum):
    """The form of learning that somebody asks for."""

    COURSE = "course"
    THEME_DAY = "theme_day"
    SUPERVISION = "supervision"
    MENTORING = "mentoring"
    PEER_TRAINING = "peer_training"
    E_LEARNING = "e_learning"
    SPECIALIST = "specialist"
    TEAM_PROGRAMME = "team_programme"
    ONLINE = "online"
    ON_SITE = "on_site"


@dataclass(frozen=True, slots=True)
class Forms:
    """The wanted form, those excluded, and which of the two ("form", "excluded_forms") were insisted on."""

    form: Found[Form] | None = None
    excluded: tuple[Found[Form], ...] = ()
    hard: frozenset[str] = frozenset()


_WORDS = {
    Form.E_LEARNING: r"e-? ?læring(?:en|skurs(?:er|us))?|elearning|e-learning|e-kurs(?:us|er)",
    Form.ONLINE: (
        r"online(?:-? ?(?:kursus|kurser|undervisning|forløb|møde|course|courses|training))?|virtuelt?"
        r"|webinar(?:er|et)?|fjernundervisning"
        r"|digitalt (?:kursus|forløb)|noget digitalt|(?:på|over|via) (?:microsoft )?teams|remote(?:ly)?"
    ),
    Form.ON_SITE: (
        r"(?:ude |her )?hos os(?! (?:mangler|har|er|vil|oplever|skal"
        r"|kan|på|i|for tiden|lige nu|nu)\b)|(?:ude )?på (?:vores "
        r"|selve |egen )?arbejdsplads(?:en)?"
        r"|på stedet|in-?house|i eget hus|fysisk (?:fremmøde|kursus|undervisning|møde|forløb)"
        r"|fysisk(?= ?(?:$|[.,;!?\n]|og ikke|ikke|eller online))|med fremmøde|tilstedeværelse"
        r"|on[- ]site|in person|face to face|at our place|(?:komme|kommer|kom) (?:herud|ud til os|ud hos os)"
    ),
    Form.THEME_DAY: r"tema-?(?:dag|eftermiddag|aften|møde)(?:en|e|er|et)?|(?:halv|hel)dags ?temadag"
        r"|fyraftensmøde[rt]?|workshop(?:s|pen)?|theme day",
    Form.SUPERVISION: r"(?:faglig |sags?-?|gruppe-?|ekstern |team-?)?supervision(?:en|sforløb)?",
    Form.MENTORING: r"mentor-?(?:ordning(?:en)?|forløb(?:et)?)|mentoring|en mentor",
    Form.PEER_TRAINING: r"sidemands-?(?:oplæring|læring|undervisning)(?:en)?|følordning"
    r"|kollegial (?:sparring|læring)"
        r"|peer training",
    Form.SPECIALIST: r"(?:(?:låne|bruge|få besøg af|sparring med) )?"
    r"en (?:intern )?(?:ressourceperson|specialist"
        r"|ekspert)",
    Form.TEAM_PROGRAMME: (
        r"team-?forløb(?:et)?|forløb (?:i|for) (?:hele )?(?:teamet|personalegruppen|gruppen|afdelingen)"
        r"|udviklingsforløb|(?:et )?fælles forløb|team programme"
    ),
    Form.COURSE: (
        r"(?:(?<=som )|(?<=re )|(?<=kun )|(?<=ikke )"
        r"|(?<=stedet for ))(?:et )?(?:egentligt )?kursus(?! online)(?= ?(?:$|[.,;!?\n]|om|i|for|til))"
    ),
}  # fmt: skip

_FORM = danish(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{form}>{words})" for form, words in _WORDS.items()) + r")(?![\w-])"
)
_NO = danish(
    r"(?<!\w)(?P<soft>helst |gerne |preferably )?(?:ikke(?! (?:kun|nødvendigvis|bare)\b)|ingen|uden"
    r"|undgå|(?P<rather>frem ?for|i stedet for|instead of|hellere end)|hverken|not|no|without)"
    r"(?: (?:være|noget|et|en|som|med|gerne|helst|for|mere|på|an|a))*(?: |$)$"
)
_ALSO_NO = danish(r" ?(?:,|eller|og|or|nor|heller ikke) ?(?:som |via |på |noget )?")
_WINDOW = 40


def read_forms(sentence: Sentence) -> Forms:
    """Read the wanted form and the excluded ones, and take their words. The first wanted form counts."""
    wanted: Found[Form] | None = None
    excluded: list[Found[Form]] = []
    hard: set[str] = set()
    spans: list[tuple[int, int]] = []
    no_until = -1
    for match in _FORM.finditer(sentence.rest):
        form = Form(match.lastgroup or "")
        window = max(no_until, match.start() - _WINDOW, 0)
        no = _NO.search(sentence.rest, window, match.start())
        also_no = no_until > 0 and _ALSO_NO.fullmatch(sentence.rest, no_until, match.start())
        start = no.start() if no else no_until if also_no else match.start()
        spans.append((start, match.end()))
        if no or also_no:
            excluded.append(Found(form, sentence.words(start, match.end())))
            hard |= {"excluded_forms"} if no and not (no["soft"] or no["rather"]) else set()
            no_until = match.end()
        elif wanted is None:
            wanted = Found(form, sentence.words(start, match.end()))
            hard |= {"form"} if insists(sentence, start) else set()
    sentence.take(spans)
    return Forms(wanted, tuple(excluded), frozenset(hard))
