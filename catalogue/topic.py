"""The topic of a need: what is left when everything else was read and the polite frame is taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from catalogue.sentence import TAKEN, danish

if TYPE_CHECKING:
    from catalogue.sentence import Sentence

_PHRASES = """
    tak for sidst|for sidst|ved ikke|plads på|pladser på|ledige pladser|skal bruge|at bruge|arbejde med
    blive skarpere|skarpere på|hvad koster|genopfriske|blive opdateret på|venlig hilsen|med venlig hilsen
    de bedste hilsner|på forhånd tak|tak for hjælpen|god morgen|god dag|god aften|god weekend|kan i hjælpe
    kan du hjælpe|kan I hjælpe os|har brug for hjælp|brug for hjælp|hjælp til|hjælp med|have hjælp|få hjælp
    brug for|behov for|har svært ved|svært ved at|svært ved|er usikre på|usikre på|har udfordringer med
    udfordringer med|klædes på|klædes bedre på|klædt på|klædt bedre på|blive klogere|bliver klogere
    blive bedre|bliver bedre|blive dygtigere|have styr på|få styr på|styr på|være bedre|vide mere|vide noget
    lære mere|lære noget|lære os noget|lære os|høre mere|høre om|tænke mig|tænke os|findes der|er der|har i
    hvad findes der|jeg vil høre|det handler om|handler om|det drejer sig om|drejer sig om|er interesseret
    interesseret i|på udkig efter|leder efter|ude efter|i forhold til|vedrørende|omkring|med fokus på
    opkvalificering i|opkvalificeres i|opkvalificeres|kompetenceløft|kompetenceudvikling|efteruddannelse
    videreuddannelse|står og mangler|trænger til|ønsker os|ønsker mig|have fokus på|det er om|på kursus
    et kursus|noget undervisning|mig og min|og jeg|jeg er|vi er|passer bedst|hele huset|som et|uddannelse i
    kursus i|temadag om|temadag i|bare lige|could you|can you|do you have|is there|are there|would like
    want to|need to|learn about|learn more about|learn how to|get better at|be better at|looking for
    interested in|help with|training in|training on|a course|course on|course in|courses on|courses about
    workshop on|holde oplæg|tusind tak|mange tak|tag hul på|tage hul på|tager hul på
    komme og fortælle|kan komme og fortælle
"""
_WORDS = """
    starter krav lille
    hva sker oplæg oplægsholder hold holdet teach folk igennem gennem koster pris prisen næste tage ligge
    ligger holdes foregå starte ingen bruge anything something skarpere genopfrisket opdateret hej hejsa
    hallo goddag davs kære mvh vh hilsen tak dear hello hi thanks please jeg vi i du de os mig jer man mit
    min mine vores dem det den der som sin sine deres har havde have haft er var bliver blive blevet bør
    skal skulle vil ville kan kunne må måtte vær gerne lige godt bare også jo nok måske egentlig helst meget
    lidt mere bedre virkelig snart igen nu så altså hele at og eller men samt for til om på med af ved hos
    fra ift vedr over under en et nogen noget nogle alle flere mange andre hvad hvem hvor hvilke hvilket
    hvilken hvordan hvornår hvis brug behov mangler mangle søger søge ønsker ønske tilbyder tilbyde findes
    finde find finder få får fået give giver lære læres lært vide kende kender forstå tilmelde bestille
    booke hjælp hjælpe viden kompetencer kompetence færdigheder kursus kurser kurset kursusforløb
    undervisning undervises undervist forløb uddannelse uddannelser uddannes efteruddannelse
    videreuddannelse oplæring opkvalificering opkvalificeres tilbud muligheder mulighed emne emnet
    ordentligt grundigt nyt medarbejder medarbejdere medarbejderne medarbejderen ansat ansatte kollega
    kolleger kollegaer kollegerne kollegaerne personale personalet personalegruppe personalegruppen team
    teamet afdeling afdelingen afdelingens deltagere nye ny nyansatte huset dage dag gang gange stykker
    antal leder kun heraf deraf hvoraf handle aftenholdet dagholdet natholdet aftenhold daghold nathold ja
    nej ok okay forskellige interesseret inden the a an we our my us to about on in of who that need needs
    want would like has should some any and with course courses training staff employees people learn know
    more better become how what which is are there it godmorgen fint
"""
_EDGE_WORDS = """
    holdet ingen blandt dem ligge foregå i om til at der som med for på den det et en er skal kan vil og
    eller men samt gerne tak mine vores alle vi jeg har min af ved hos fra så de os mig deres sine blive
    bliver bedre lære kursus hvis kunne ville må noget også have hele huset please thanks and the to in on
    of who need with we our my a an nu lige helst mit mvh hilsen få passer være were is be kun kender
    handler handle vide mangler ønsker lidt mere afdeling tiden
"""


def _phrases(lines: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.lower().split()) for phrase in re.split(r"[|\n]", lines) if phrase.strip())


_FRAME_PHRASES = _phrases(_PHRASES)
_FRAME_WORDS = frozenset(_WORDS.split())
_EDGES = frozenset(_EDGE_WORDS.split())
_SUBJECTS = _phrases("nye ledere|ny leder|nye teamledere|nye mellemledere|new managers|new leaders")
_LONGEST = max(map(len, _FRAME_PHRASES))
_CONJUNCTIONS = {"og", "eller", "samt", "and", "or"}

_SIGN_OFF = danish(
    r"(?<!\w)(?:(?:med )?venlig hilsen|mvh|vh|de bedste hilsner|bedste hilsner|hilsen|kind regards"
    r"|best regards|regards)(?:\.|,)?(?: [^\n]{0,80})?$"
)
_GREETING = danish(
    r"(?:hej(?:sa)?|hallo|goddag|davs|kære|god (?:morgen|dag|aften|eftermiddag)|hello|hi"
    r"|dear)(?: (?:alle|allesammen|derude|igen|med jer|i|kompetencecenter(?:et)?"
    r"|kompetencecentret))?(?=[ ,.!]|$)"
)
_CLAUSE_END = re.compile(
    r"(?<!f\.eks)(?<!bl\.a)(?<!ca)(?<!kl)(?<![0-9])(?<!evt)(?<!inkl)(?<!pga)(?<!ift)(?<!vedr)[.!?;]+(?=\s|$|"
    + TAKEN
    + r")|\n|,(?= |$|"
    + TAKEN
    + r")|:(?= |$)| - "
)
_TOKEN = re.compile(r"[^\s" + TAKEN + r"]+")
_MARKS = " .,;:!?-\"'()/&+…*"


def topic_of(sentence: Sentence, also_frame: frozenset[str] = frozenset()) -> str:
    """What nobody has read, without its frame ("jeg har brug for", "kan I hjælpe med"), in the writer's words.

    `also_frame` are further words that count as frame, such as those of a correction.
    """
    frame = _FRAME_WORDS | also_frame
    plain = sentence.rest
    if sign_off := _SIGN_OFF.search(plain, max(0, len(plain) - 160)):
        plain = plain[: sign_off.start()]
    greeting = _GREETING.match(plain)
    begins = greeting.end() if greeting else 0
    clauses: list[str] = []
    for start, end in _clauses(plain, begins):
        if clause := _clause(sentence.text, plain, (start, end), frame):
            clauses.append(clause)
    return ", ".join(clauses)


def _clauses(plain: str, begins: int) -> list[tuple[int, int]]:
    spans = []
    for mark in _CLAUSE_END.finditer(plain, begins):
        spans.append((begins, mark.start()))
        begins = mark.end()
    return [*spans, (begins, len(plain))]


def _clause(text: str, plain: str, span: tuple[int, int], frame: frozenset[str]) -> str:
    """The topic words of one clause; what was read divides it into pieces that are stripped one by one."""
    pieces: list[str] = []
    for piece in re.compile(f"[^{TAKEN}]+").finditer(plain, *span):
        tokens = [(token.start(), token.end()) for token in _TOKEN.finditer(plain, *piece.span())]
        words = [plain[first:last].strip(_MARKS) for first, last in tokens]
        begin, finish = _stripped(words, frame)
        if begin >= finish:
            continue
        said = text[tokens[begin][0] : tokens[finish - 1][1]].strip(" .,;:!?-\"'…*/&+")
        joined = next((word for word in words[:begin] if word in _CONJUNCTIONS), "") if pieces else ""
        if said:
            pieces.append(f"{joined} {said}".strip())
    return " ".join(pieces)


def _stripped(words: list[str], frame: frozenset[str]) -> tuple[int, int]:
    """Where the content begins and ends in a list of words."""
    begin, finish = 0, len(words)
    while begin < finish and (step := _frame_at(words, begin, finish, frame)):
        begin += step
    while finish > begin and (
        not words[finish - 1] or words[finish - 1] in _EDGES or words[finish - 1] in frame - _FRAME_WORDS
    ):
        finish -= 1
    return begin, finish


def _frame_at(words: list[str], begin: int, finish: int, frame: frozenset[str]) -> int:
    """How many words of the frame stand at a position."""
    for length in range(min(_LONGEST, finish - begin), 1, -1):
        if tuple(words[begin : begin + length]) in _FRAME_PHRASES:
            return length
    if tuple(words[begin : begin + 2]) in _SUBJECTS:
        return 0
    return 1 if not words[begin] or words[begin] in frame else 0
