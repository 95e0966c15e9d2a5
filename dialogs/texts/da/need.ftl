# Behovet
need-describe = Hvad skal dine medarbejdere blive bedre til? Skriv det med dine egne ord, gerne med hvor mange og hvornår.
need-from-offer = Fundet i kataloget: { $title }
need-only-leaders = Det er ledere, der sender behov til centret. Er du leder, så skriv »jeg er leder«. Ellers kan du vise din leder, hvad du har fundet.
need-no-such-number = { $most ->
    [0] Der er ikke noget at vælge imellem. Skriv »send« for at sende behovet, som det er, eller »ret«.
   *[other] Det nummer har jeg ikke. Vælg et fra 1 til { $most }, eller skriv »ingen af dem«.
}
need-no-more = Det var alle, jeg fandt. Passer ingen af dem, så tryk »Ingen af dem passer«, og centret finder noget til jer.
need-noted-purpose = Tak, det har jeg skrevet som formålet.
matches-sure = Det her passer godt
matches-likely = Er det noget i denne retning?
matches-none = Jeg fandt ikke noget, der passer sikkert
matches-nothing = Det har vi ikke i kataloget endnu
matches-nothing-next = Send behovet alligevel. Så finder centret et forløb til jer, eller køber det udefra.
matches-nothing-hint = Du kan også skrive det med andre ord, så leder jeg igen.
matches-hint = Du kan også skrive: et nummer, »vis flere«, eller det, der skal være anderledes, fx »vi er 14« eller »kun online«.
reason-seats = plads til { $people }
match-why = Passer, fordi: { $reasons }
chosen = Du valgte »{ $title }«
chosen-nothing = Ingen af forslagene, centret finder noget
label-your-choice = Dit valg
label-understood = Jeg forstod
label-searched = Du søgte
summary-heading = Klar til at sende?
summary-missing = Udfyld gerne det, der mangler, eller send det, som det er:
edit-heading = Ret det, der ikke passer
nothing-chosen = Intet valgt, centret finder noget
no-topic = Uden emne
for-everyone = Alle
on-behalf-of = på vegne af { $whom }

label-topic = Emne
label-chosen = Valgt
label-people = Hvem
label-time = Hvornår
label-form = Form
label-budget = Budget
label-department = Afdeling
label-area = Fagområde
label-purpose = Formål
label-staff-groups = Faggrupper
label-on-behalf-of = På vegne af
label-kle = KLE
label-status = Status
label-filed = Sendt
label-answer-due = Svar senest
label-requester = Leder
label-outcome = Det kan du bagefter
label-for = For
label-provider = Udbyder
label-language = Sprog
label-code = Kode

input-headcount = Hvor mange er det til?
input-headcount-hint = Fx 12
input-time = Hvornår?
input-time-hint = Fx inden sommer eller uge 12
input-purpose = Hvad skal være anderledes i praksis bagefter? (valgfrit)
input-purpose-hint = Fx: Vi skaber ro om borgeren uden magt
input-headcount-wrong = Skriv et helt tal fra 1 til { $most }
input-topic-needed = Skriv, hvad de skal blive bedre til
input-area-needed = Vælg et fagområde
input-department-needed = Skriv, hvilken afdeling du leder
input-form = Ønsket form (valgfrit)
input-form-hint = Lige meget
input-groups-hint = Fx SOSU-assistenter, sygeplejersker
input-behalf-hint = Kun for en anden afdeling
form-any = Lige meget
form-headcount-unread = »{ $value }« kan jeg ikke læse som et antal. Skriv et tal, fx 12. Resten er gemt.
form-headcount-range = »{ $value }« kan ikke være rigtigt. Skriv et antal mellem 1 og 5000. Resten er gemt.

time-before = senest { $last }
time-after = tidligst { $first }
time-between = { $first } til { $last }

button-choose = Vælg
button-more = Vis flere
button-none-fits = Ingen af dem passer
button-send-as-is = Send behovet til centret
button-correct = Ret
button-send = Send til centret
button-back = Tilbage
button-save = Gem
button-undo = Fortryd
button-resume = Fortsæt kladden
button-drop-draft = Slet kladden
button-see-request = Se sagen
button-my-requests = Mine henvendelser
button-withdraw = Træk tilbage
button-restore = Send igen
button-details = Læs mere
button-read-more = Åbn i kursuskataloget
button-need-this = Det har vi brug for
button-take = Tag sagen
button-open-case = Åbn sagen
button-use-channel = Brug denne kanal

# Forløb
offer-show-leader = Er det noget for dig, men passer dagene ikke? Så vis det til din leder, som kan melde et behov til centret.
offer-runs = Kommende hold
offer-by-agreement = Tiden aftales, så den passer
offer-any-time = Kan tages når som helst
offer-no-run = Intet hold planlagt endnu
offer-next-run = { $seats ->
    [0] Næste hold { $day }, men det er fyldt
    [one] Næste hold { $day } · 1 ledig plads
   *[other] Næste hold { $day } · { $seats } ledige pladser
}
offer-too-few-seats = (I er { $people })
offer-more-runs = { $count ->
    [one] · og 1 hold mere
   *[other] · og { $count } hold mere
}
offer-gone = Det forløb findes ikke længere i kataloget. Skriv emnet, så finder jeg det, der er i stedet.
run-seats = { $seats ->
    [0] fyldt
    [one] 1 ledig plads
   *[other] { $seats } ledige pladser
}
run-deadline = tilmelding senest { $day }
price-unknown = Pris oplyses
price-free = Gratis
price-per-person = { $amount } kr. pr. person
price-per-team = { $amount } kr. pr. hold
place-online = Online

kind-own-course = Eget kursus
kind-bought-course = Købt kursus
kind-theme-day = Temadag
kind-supervision = Supervision
kind-mentoring = Mentoring
kind-peer-training = Sidemandsoplæring
kind-e-learning = E-læring
kind-specialist = Ressourceperson
kind-team-programme = Forløb i teamet
form-course = Kursus
form-theme-day = Temadag
form-supervision = Supervision
form-mentoring = Mentoring
form-peer-training = Sidemandsoplæring
form-e-learning = E-læring
form-specialist = Ressourceperson
form-team-programme = Forløb i teamet
form-online = Online
form-on-site = På arbejdspladsen
area-disability = Handicap
area-senior = Senior
area-psychiatry = Social & Psykiatri
language-da = dansk
language-en = engelsk

# Søgning
search-found = Det fandt jeg
search-coming = Det kan du vælge imellem
search-nearest = Ikke helt, men det nærmeste er
search-nothing = Det har vi ikke i kataloget lige nu
search-nothing-next = Prøv et andet ord eller et bredere emne. Mangler det i kataloget, kan en leder melde behovet til centret.
search-hint = Skriv for at gøre listen kortere: »kun online«, »efter påske«, »højst én dag«, »med ledige pladser«. »Nr. 2« åbner et forløb.
search-no-more = Det var hele listen. Skriv et andet emne, eller et nummer for at åbne et forløb.
