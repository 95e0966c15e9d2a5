"""What leaders write, in the words they use, against the sample catalogue: the right offer is near the top.

The sentences are the project's own. What the catalogue does not have is never promised.
"""

from __future__ import annotations

from datetime import date

import pytest

from bot.demo.sample import read_sample
from catalogue.fit import has_form
from catalogue.matching import Answer, MatchIndex, Verdict
from catalogue.need import Form, read_need

TODAY = date(2026, 11, 22)
NEAR_THE_TOP = 3


@pytest.fixture(scope="module")
def sample() -> MatchIndex:
    return MatchIndex.build(*read_sample(TODAY))


def ask(index: MatchIndex, sentence: str) -> Answer:
    return index.match(read_need(sentence, TODAY), TODAY)


def first(answer: Answer, count: int = NEAR_THE_TOP) -> list[str]:
    return [match.offer.code for match in answer.matches[:count]]


WITH_A_FORM = [
    ("online kursus om diabetes til aftenvagterne", "DIA-02"),
    ("har I noget online om diabetes?", "DIA-02"),
    ("e-læring om vold og trusler", "VOL-04"),
    ("e-læring i magtanvendelse til hele huset", "MAG-03"),
    ("supervision til et team, der arbejder med borgere med misbrug", "RUS-03"),
    ("vi ønsker supervision efter en periode med trusler", "VOL-05"),
    ("temadag om autisme", "AUT-03"),
    ("temadag om alkohol til hjemmeplejen", "ALK-02"),
    ("sidemandsoplæring i medicin", "MED-06"),
    ("en mentor til nye ledere", "MEN-06"),
    ("ressourceperson i forflytning", "RES-10"),
    ("en ressourceperson der kan komme ud og snakke om demens", "RES-01"),
    ("online supervision", "SUP-02 SUP-05"),
    ("supervision på botilbud for udviklingshæmmede", "UDV-05 SUP-01"),
    ("temadag for ledere om low arousal", "LOW-03"),
    ("webinar om rygestop", "TOB-01 TOB-02"),
    ("e-læring om GDPR", "GDP-01"),
    ("forløb for hele teamet om faldforebyggelse", "FAL-01"),
    ("teamforløb om recovery", "REC-02"),
    ("mentor på demensområdet", "DEM-11"),
    ("supervision i palliation", "PAL-05"),
    ("noget på skærmen om ergonomi og løft", "ARB-03"),
    ("kursus i forflytning, ikke online", "FOR-01"),
]

IN_EVERYDAY_WORDS = [
    ("følgedag hos hygiejnesygeplejersken", "HYG-05"),
    ("mine medarbejdere er bange, når borgerne bliver voldelige", "VOL-01 VOL-02 VOL-03 VOL-04 KON-02"),
    ("vi har en borger, der skærer i sig selv", "SEL-02"),
    ("en ung beboer truer med at tage livet af sig", "SEL-01"),
    ("beboerne falder hele tiden", "FAL-01"),
    ("vi får flere og flere tryksår", "SAR-02"),
    ("nogle af de ældre fejlsynker når de spiser", "ERN-02"),
    ("vi laver for mange fejl, når vi doserer medicin", "MED-01 MED-02 MED-06 MED-07"),
    ("de nye kan ikke finde ud af Nexus", "DOK-03 DOK-04"),
    ("vi skriver ikke ordentligt i journalen", "DOK-01 DOK-05 DOK-06"),
    ("personalet bagtaler hinanden og samarbejdet er skidt", "KON-03 TEA-01 TEA-02 ARB-04"),
    ("tonen er blevet hård, vi taler grimt om borgerne", "ARB-04"),
    ("mange langtidssygemeldinger i afdelingen", "TRV-02 TRV-01"),
    ("medarbejderne er stressede og udbrændte", "TRV-01 TRV-03 TRA-03"),
    ("de pårørende klager og er svære at samarbejde med", "PAA-01 KON-04"),
    ("borger med borderline splitter personalegruppen", "PSY-03"),
    ("stemmehøring og paranoia hos en borger", "PSY-02"),
    ("hoardere", "PSY-06"),
    ("hjertestopper og førstehjælp til 12 mand", "FHJ-01 FHJ-02"),
    ("vi skal have fornyet vores førstehjælpsbeviser", "FHJ-02 FHJ-01"),
    ("brandøvelse på plejehjemmet", "BRA-02 BRA-01"),
    ("ny arbejdsmiljørepræsentant skal på den lovpligtige uddannelse", "ARB-01"),
    ("borgere uden sprog, vi vil gerne bruge tegn", "ASK-01 ASK-02 ASK-03"),
    ("mange af vores medarbejdere har svært ved at læse og skrive dansk", "DAN-01 DAN-02"),
    ("praktikvejleder", "PRA-01 PRA-04 PRA-02"),
    ("bedre team", "TEA-01 TEA-05"),
    ("nyansatte skal have introduktion", "MEN-03 MEN-01"),
    ("vikarer til sommer skal klædes på", "MEN-04"),
    ("sex og grænser hos vores beboere", "SEX-01"),
    ("borgeren vil ikke i bad og siger nej til hjælp", "MOT-03"),
    ("vi vil gerne motivere borgerne til at ændre livsstil", "MOT-01 MOT-02"),
    ("demens", "DEM-01 DEM-02 DEM-05"),
    ("demente beboere som råber og slår", "DEM-02 DEM-03"),
    ("KOL", "KOL-01 KOL-02"),
    ("sår", "SAR-01"),
    ("uth", "UTH-01"),
    ("magtanvendelsesregler for plejecenter", "MAG-02"),
    ("palliativ pleje af døende borgere", "PAL-01"),
    ("når en beboer dør", "PAL-03"),
    ("kateterpleje og stomi for SOSU-assistenter", "DEL-02"),
    ("epilepsianfald", "EPI-01 EPI-02"),
    ("parkinson", "PAK-01"),
    ("afasi efter blodprop i hjernen", "HJS-02 HJS-03"),
    ("unge der ryger hash på værelset", "RUS-01"),
    ("overdosis med naloxon", "RUS-04"),
    ("kunstig intelligens", "VEL-03"),
    ("skærmbesøg", "VEL-02"),
    ("den nye ældrelov", "AEL-01"),
    ("bedre møder", "TEA-03"),
    ("feedback til hinanden", "TEA-02"),
    ("svære samtaler med medarbejdere", "LED-04"),
    ("jeg skal på lederuddannelse som ny leder", "LED-01"),
    ("budget og vagtplanlægning", "LED-07"),
    ("VUM", "DOK-02 DOK-08"),
    ("tværfagligt samarbejde", "TEA-05"),
    ("ensomme ældre", "ENS-01"),
    ("elever med særlige behov", "PRA-03"),
    ("angste og deprimerede ældre", "PSY-04"),
    ("vores borgere drikker for meget", "ALK-01 ALK-02"),
    ("medicinhaandtering", "MED-01 MED-04"),
    ("konflikhåndtering", "KON-01"),
    ("forflyting af tunge borgere", "FOR-03 FOR-01"),
    ("hygjejne", "HYG-01 HYG-03 HYG-05"),
    ("neuropædagogik til 8 pædagoger inden sommer", "NEU-01 NEU-02"),
    ("demens og medicinhåndtering til 12 assistenter", "DEM-01 MED-02 MED-01"),
    ("kursus i insulin og måling af blodsukker", "DIA-02 DIA-01"),
    ("der er lus og fnat på afdelingen, vi skal kende smittevejene", "HYG-01 HYG-02"),
]

BY_FORM_ALONE = [
    ("supervision til sygeplejersker om ridning", Form("supervision")),
    ("noget online om tagdækning", Form("online")),
    ("temadag om krydderurter", Form("theme_day")),
    ("e-læring om bogføring", Form("e_learning")),
    ("vi ønsker supervision", Form("supervision")),
    ("et onlinekursus", Form("online")),
    ("en temadag til personalet", Form("theme_day")),
    ("vi vil gerne have en mentorordning", Form("mentoring")),
    ("sidemandsoplæring", Form("peer_training")),
]

FOREIGN = """
tagdækning
regnskabsføring
kursus i fransk
spansk for begyndere
hvordan bager man surdejsbrød
fodbold i weekenden
truckcertifikat
svejsekursus
hej med dig
tak for hjælpen
god weekend
hvem er du
hvad kan du
asdf qwer zxcv
blablabla
lorem ipsum dolor sit amet
det er helt fint
vi vil gerne blive rigtig meget bedre
noget om det hele
vi vil gerne lære noget nyt
kan I hjælpe os
kørekort til bus
kørekort til lastbil
moms og skat
billetter til koncerten
hvornår åbner kantinen
min printer virker ikke
jeg kan ikke logge på min computer
har nogen set mine nøgler
salg og markedsføring
programmering i Python
anlægsgartner
murerarbejde
frisørkursus
guitarundervisning
vinsmagning
maling af facader
lyskryds og vejskilte
pasning af heste
husk at slukke lyset
hvad er klokken
vejret i morgen
🙂🙂
1234567890
aktiehandel
kinesisk kalligrafi
juridisk rådgivning om skilsmisse
installation af solceller
gaffeltruck
drage fordel af det
meget ofte hurtigt altid
gøre være blive have
håndtere
arbejde
styrke og udvikle
vi skal
hurtigst muligt
praktisk
god
blive bedre til det
""".strip().splitlines()

GENERIC = frozenset(
    {
        "klart",
        "hurtigt",
        "virkelig",
        "roligt",
        "alligevel",
        "sammen",
        "pludselig",
        "ofte",
        "altid",
        "måske",
        "styrke",
        "udvikle",
        "håndtere",
        "forbedre",
        "sikre",
        "vurdere",
        "planlægge",
        "koordinere",
        "følge",
        "lære",
        "ændre",
        "mestre",
        "forebygge",
        "klare",
        "støtte",
        "arbejde",
        "god",
        "bedre",
        "ny",
        "vigtig",
        "svær",
        "dag",
        "uge",
        "time",
        "møde",
        "opgave",
        "metode",
        "medarbejder",
        "borger",
    }
)


@pytest.mark.parametrize(("sentence", "right"), [*WITH_A_FORM, *IN_EVERYDAY_WORDS])
def test_the_right_offer_is_among_the_first_three(sample: MatchIndex, sentence: str, right: str) -> None:
    answer = ask(sample, sentence)
    assert set(right.split()) & set(first(answer))
    assert answer.verdict is not Verdict.NONE


def test_the_right_offer_comes_first_nearly_always(sample: MatchIndex) -> None:
    asked = [*WITH_A_FORM, *IN_EVERYDAY_WORDS]
    found = [first(ask(sample, sentence), 1)[0] in right.split() for sentence, right in asked]
    assert sum(found) / len(found) >= 0.88


@pytest.mark.parametrize(
    ("sentence", "right"),
    [(sentence, right) for sentence, right in WITH_A_FORM if "ikke" not in sentence],
)
def test_the_form_that_was_asked_for_comes_first(sample: MatchIndex, sentence: str, right: str) -> None:
    assert first(ask(sample, sentence), 1)[0] in right.split()


def test_without_the_wish_the_course_comes_before_what_is_online(sample: MatchIndex) -> None:
    assert first(ask(sample, "kursus om diabetes"), 1) == ["DIA-01"]
    assert first(ask(sample, "online kursus om diabetes"), 1) == ["DIA-02"]


@pytest.mark.parametrize(("sentence", "form"), BY_FORM_ALONE)
def test_where_the_topic_is_unknown_the_form_still_counts(sample: MatchIndex, sentence: str, form: Form) -> None:
    answer = ask(sample, sentence)
    assert all(has_form(match.offer, (), form) for match in answer.matches[:NEAR_THE_TOP])
    assert len(answer.worth_showing().matches) >= NEAR_THE_TOP


def test_an_unknown_topic_is_not_promised_because_its_form_is_known(sample: MatchIndex) -> None:
    assert ask(sample, "temadag om krydderurter").verdict is Verdict.NONE


def test_among_offers_of_one_form_those_for_the_staff_group_come_first(sample: MatchIndex) -> None:
    answer = ask(sample, "supervision til sygeplejersker om ridning")
    assert all("sygeplejerske" in match.offer.staff_groups for match in answer.matches[:NEAR_THE_TOP])


@pytest.mark.parametrize("sentence", FOREIGN)
def test_what_the_catalogue_does_not_have_is_not_promised(sample: MatchIndex, sentence: str) -> None:
    assert ask(sample, sentence).verdict is Verdict.NONE


@pytest.mark.parametrize("word", sorted(GENERIC))
def test_a_word_that_says_nothing_makes_nobody_sure(sample: MatchIndex, word: str) -> None:
    assert ask(sample, word).verdict is not Verdict.SURE


def test_meeting_a_citizen_is_not_about_meetings(sample: MatchIndex) -> None:
    # "bedre til at møde borgere" was once read as "bedre møder".
    said = "Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer"
    matches = ask(sample, said).matches[:NEAR_THE_TOP]
    assert all(any("demens" in topic for topic in match.offer.topics) for match in matches)
