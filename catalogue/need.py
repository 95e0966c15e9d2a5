"""Reading a need: what a leader's or an employee's Danish sentence says beside its topic.

Every value keeps the words that it came from, so that the chat can show them and a person can correct them.
Readers (`learning_forms`, `danish_dates`, `headcount`, `circumstances`, `workplace`) go over the sentence one
after another and take the words that they understood; what nobody took is the topic (`topic`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from catalogue.circumstances import (
    Urgency,
    read_length,
    read_money,
    read_rhythm,
    read_urgency,
)
from catalogue.cpr import mask_cpr
from catalogue.danish_dates import read_when
from catalogue.danish_numbers import NUMBER
from catalogue.headcount import PEOPLE, count_people
from catalogue.learning_forms import Form, read_forms
from catalogue.sentence import Found, Sentence, danish
from catalogue.staff_groups import staff_group_spans
from catalogue.topic import topic_of
from catalogue.workplace import read_area, read_on_behalf_of, read_place, take_house_of_people

if TYPE_CHECKING:
    from datetime import date

    from catalogue.offers import Area

__all__ = ["Form", "Found", "Need", "Urgency", "read_need", "revise_need"]


@dataclass(frozen=True, slots=True)
class Need:
    """A sentence, read.

    `text` is the whole sentence as written (CPR numbers masked). `topic` is what is left for matching when
    the other values' words and the polite frame ("jeg har brug for", "kan I hjælpe med") are taken out;
    it keeps the writer's own words and order. `excluded_forms` are forms the person said no to ("ikke online").
    `rhythm` ("hver 6. uge i et år") and `length` ("2 dage") are kept as words only.
    `hard` names the fields that the person insisted on ("kun", "skal være", "senest"); the rest are soft signals.
    """

    text: str
    topic: str
    headcount: Found[int] | None = None
    staff_groups: tuple[Found[str], ...] = ()
    earliest: Found[date] | None = None
    latest: Found[date] | None = None
    form: Found[Form] | None = None
    excluded_forms: tuple[Found[Form], ...] = ()
    area: Found[Area] | None = None
    place: Found[str] | None = None
    budget_dkk: Found[int] | None = None
    urgency: Found[Urgency] | None = None
    on_behalf_of: Found[str] | None = None
    rhythm: Found[str] | None = None
    length: Found[str] | None = None
    hard: frozenset[str] = frozenset()


def read_need(text: str, today: date) -> Need:
    """Read one need out of a Danish (or simple English) sentence.

    Dates are counted from `today` and never in the past. A sentence that only names a form or a group to be
    taught ("vi ønsker supervision", "kursus for praktikvejledere") has that as its topic.
    """
    need, sentence = _read(text, today)
    group = _group_as_topic(need, sentence)
    everything = topic_of(sentence)
    take_house_of_people(sentence, counted=need.headcount is not None)
    topic = topic_of(sentence) or _form_as_topic(need) or group or everything
    return replace(need, topic=topic)


def _read(text: str, today: date) -> tuple[Need, Sentence]:
    """Everything but the topic, and the sentence with the words of all that taken."""
    masked = mask_cpr(text)
    sentence = Sentence(masked)
    on_behalf_of = read_on_behalf_of(sentence)
    area = read_area(sentence)
    rhythm = read_rhythm(sentence)
    money = read_money(sentence)
    when = read_when(sentence, today)
    length = read_length(sentence)
    forms = read_forms(sentence)
    place = read_place(sentence)
    urgency = read_urgency(sentence)
    groups = _people(sentence)
    headcount = count_people(sentence, [(group.start, group.end) for group in groups])
    sentence.take((group.start - group.lead, group.end) for group in groups if group.taken)
    sentence.take(colleagues.span() for colleagues in _COLLEAGUES.finditer(sentence.rest))
    hard = forms.hard | when.hard
    hard |= {"budget_dkk"} if money.hard else set()
    hard |= {"place"} if place.hard else set()
    by_name = {
        name: Found(name, sentence.words(group.start, group.end))
        for group in reversed(groups)
        for name in group.names
    }
    here = forms.form if forms.form and _HERE.match(forms.form.words.lower()) else None
    need = Need(
        text=masked,
        topic="",
        headcount=headcount,
        staff_groups=tuple(
            by_name[name] for name in dict.fromkeys(name for group in groups for name in group.names)
        ),
        earliest=when.earliest,
        latest=when.latest,
        form=forms.form,
        excluded_forms=forms.excluded,
        area=area,
        place=place.name or (Found(here.words, here.words) if here else None),
        budget_dkk=money.budget,
        urgency=urgency,
        on_behalf_of=on_behalf_of,
        rhythm=rhythm,
        length=length,
        hard=hard,
    )
    return need, sentence


_HERE = danish(r"(?:ude |her )?(?:hos os|på (?:vores |selve |egen )?arbejdsplads)")


# --- Staff groups: those who learn, and those who are talked about -------------------------------------------


@dataclass(frozen=True, slots=True)
class _People:
    """A staff group that is to learn. `lead` characters in front belong to it ("for mine erfarne ")."""

    start: int
    end: int
    names: tuple[str, ...]
    lead: int
    taken: bool


_TALKED_ABOUT = danish(
    r"(?<!\w)(?:om|af|med|ved|hos|mellem|over|under|about|of|with|between"
    r"|(?<=\w )(?<!arbejder )(?<!ansat )som)(?: (?:de|den|en|et"
    r"|vores|andre|the|our))? $"
)
_A_GROUP_OF = danish(
    r"(?:\w+ af (?:mine|vores)|(?:gruppe|hold|hold|team|nogle|flere|del|par|række)(?:en)? (?:af|med)"
    r"|[0-9] af|tilbud med|kursus med) $"
)
_SPEAKER = danish(r"(?<!\w)(?:jeg er|som|i am|i'm|jeg sidder som)(?: (?:en|daglig|a|the))* $")
_WHAT_ONE_LEADS = danish(
    r" (?:af|på|for|i|hos|ved|of|at|in)(?: (?:et|en|vores|det|den|a|the|our))?"
    r"(?: (?:bosted|botilbud|plejecenter|plejehjem|afdeling|team|hus|enhed|værested|dagtilbud"
    r"|hjemmepleje)\w*)?(?!\w)"
)
_WHOSE = danish(
    rf"(?<!\w)(?:(?:heraf|deraf|hvoraf|including) )?(?:(?:for|til|to) )?(?:{NUMBER} )?(?:(?:mine|vores"
    rf"|alle|de|nogle af|flere af|nogle|flere|en|et|our|my|the|all)(?: (?:mine|vores|de))? ?)?"
    r"(?:(?!for |til )[^\W\d_]+(?:e|ende) ){0,2}$"
)
_COLLEAGUES = danish(
    rf"(?<!\w)(?:for|til|to) (?:(?:alle|hele|mine|vores|de|nye|vore|our|my|all) ){{0,3}}{PEOPLE}(?!\w)"
)
_NEW = danish(r"(?<!\w)nye? $")
_LIST = danish(r" ?(?:,|og|samt|/|&|and|eller) ?(?:[0-9]+ |vores |mine |de )?")
_WINDOW = 40


def _people(sentence: Sentence) -> list[_People]:
    """The staff groups that are to learn; "samarbejde med sygeplejersker" and "jeg er leder" name none."""
    people: list[_People] = []
    last_end, last_learns = -1, True
    for start, end, names in staff_group_spans(sentence):
        speaker = _SPEAKER.search(sentence.plain, max(0, start - _WINDOW), start)
        if names == ("leder",) and speaker:
            leads = _WHAT_ONE_LEADS.match(sentence.plain, end)
            sentence.take([(speaker.start(), leads.end() if leads else end)])
            continue
        if last_end > 0 and _LIST.fullmatch(sentence.plain, last_end, start):
            learns = last_learns
        else:
            learns = _learns(sentence.plain, start, names)
        last_end, last_learns = end, learns
        if learns:
            window = max(0, start - _WINDOW)
            new_leaders = names == ("leder",) and _NEW.search(sentence.plain, window, start) is not None
            whose = _WHOSE.search(sentence.rest, window, start)
            lead = start - whose.start() if whose and not new_leaders else 0
            people.append(_People(start, end, names, lead, taken=not new_leaders))
    return people


def _learns(plain: str, start: int, names: tuple[str, ...]) -> bool:
    window = max(0, start - _WINDOW)
    if names == ("leder",) and plain.endswith("min ", 0, start):
        return False
    return not _TALKED_ABOUT.search(plain, window, start) or _A_GROUP_OF.search(plain, window, start) is not None


# --- When nothing else is left -------------------------------------------------------------------------------

_FORMS_WITH_A_SUBJECT = {Form.SUPERVISION, Form.MENTORING, Form.PEER_TRAINING}
_COURSE = danish(
    r"(?<!\w)(?:kursus|kurser|uddannelse|uddannelser|undervisning|forløb|tilbud|noget|courses?|training)(?!\w)"
)


def _form_as_topic(need: Need) -> str:
    return need.form.words if need.form and need.form.value in _FORMS_WITH_A_SUBJECT else ""


def _group_as_topic(need: Need, sentence: Sentence) -> str:
    """The group in "kursus for praktikvejledere" or "praktikvejleder", which is about what they do."""
    if not need.staff_groups or need.headcount:
        return ""
    words = need.staff_groups[0].words
    return words if words == sentence.text or _COURSE.search(sentence.plain) else ""


# --- Corrections ---------------------------------------------------------------------------------------------

_CORRECTING_WORDS = """
    ser ud godt ligner passer
    nej jo ja ok okay fint tak super perfekt undskyld sorry no yes rettelse ret rette ændr ændre ændret
    skift skiftes lav mente mener menes faktisk alligevel egentlig stadig stadigvæk fortsat hellere
    snarere tværtimod derimod forkert rigtigt rigtig korrekt ikke kun i stedet for antal antallet emne
    emnet tid tiden tidspunkt tidspunktet form formen sted budget budgettet faggruppe faggruppen
    målgruppe målgruppen deltagere personer være glemte glem sagde skrev skrive actually rather instead
    topic number still sent står stå sæt sættes bliv lyder hedder holdes foregå ligge afholdes gerne
    helst nok tidligere senere
"""
_CORRECTING = frozenset(_CORRECTING_WORDS.split())
_NEVER_MIND = {
    "earliest latest": r"(?:hvornår|tidspunktet|tiden|datoen)",
    "form": r"(?:formen|om det er online|online eller fysisk|hvilken form)",
    "place": r"(?:stedet|hvor)(?! mange| meget)",
    "headcount": r"(?:antallet|hvor mange)",
    "budget_dkk": r"(?:prisen|budgettet|hvad det koster)",
}
_DOES_NOT_MATTER = r"(?:er|det er)? ?(?:helt )?(?:lige ?meget|ligegyldigt?|underordnet|uden betydning)"
_CLEARED = {
    fields: danish(
        rf"(?<!\w)(?:det er )?(?:(?:lige ?meget|ligegyldigt|underordnet),? {what}"
        rf"|{what} {_DOES_NOT_MATTER})(?!\w)"
    )
    for fields, what in _NEVER_MIND.items()
}
_ALSO = danish(r"(?<!\w)(?:også|desuden|plus|samt|as well|also)(?!\w)")
_ONE_VALUE = ("headcount", "area", "place", "budget_dkk", "urgency", "on_behalf_of", "rhythm", "length")


def revise_need(need: Need, text: str, today: date) -> Need:
    """Read a correction ("vi er 14", "nej, efter påske", "hellere konflikthåndtering") into a need.

    Only what the sentence speaks of changes. A new time replaces the whole old one, new staff groups replace
    the old ones, a form that is now wanted is no longer excluded and the other way round, and "tidspunktet er
    lige meget" clears a value. A sentence with a topic of its own replaces the topic. After "også" topic and
    staff groups are added to the old ones instead. The correction is added to `text` on a line of its own.
    """
    said, sentence = _read(text, today)
    also = _ALSO.search(sentence.plain) is not None
    changes: dict[str, Any] = {field: value for field in _ONE_VALUE if (value := getattr(said, field))}
    if said.earliest or said.latest:
        changes |= {"earliest": said.earliest, "latest": said.latest}
    if said.staff_groups:
        kept = need.staff_groups if also else ()
        groups = {group.value: group for group in (*kept, *said.staff_groups)}
        changes["staff_groups"] = tuple(groups.values())
    changes |= _revised_forms(need, said)
    for fields, pattern in _CLEARED.items():
        if spoken := pattern.search(sentence.plain):
            sentence.take([spoken.span()])
            changes |= dict.fromkeys(fields.split())
    if topic := topic_of(sentence, _CORRECTING):
        changes["topic"] = f"{need.topic}, {topic}" if also and need.topic else topic
    changes["hard"] = (need.hard - changes.keys()) | (said.hard & changes.keys())
    changes["text"] = "\n".join(part for part in (need.text, said.text.strip()) if part)
    return replace(need, **changes)


def _revised_forms(need: Need, said: Need) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if said.form:
        wanted = said.form.value
        changes["form"] = said.form
        changes["excluded_forms"] = tuple(form for form in need.excluded_forms if form.value != wanted)
    if said.excluded_forms:
        unwanted = {form.value for form in said.excluded_forms}
        kept = tuple(
            form for form in changes.get("excluded_forms", need.excluded_forms) if form.value not in unwanted
        )
        changes["excluded_forms"] = kept + said.excluded_forms
        if need.form and need.form.value in unwanted and "form" not in changes:
            changes["form"] = None
    return changes
