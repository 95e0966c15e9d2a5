# Hold og deltagere, som kompetencecentret ser dem
run-list-heading = Hold med deltagere
run-list-of-heading = Hvilket hold af »{ $title }«?
run-list-none = Der er ingen kommende hold med deltagere. Skriv fx »deltagere DEM-01-H1« for at se et bestemt hold.
run-list-no-more = Det var alle holdene.
run-list-no-such-number = Der er ikke noget hold nr. { $number } på listen.
participants-unknown = Jeg kender ikke et hold eller forløb, der hedder »{ $code }«. Skriv »hold«, så viser jeg dem, der er på vej.
participants-run = Hold { $code }
participants-free = { $free ->
    [0] fyldt ({ $seats } pladser)
    [one] 1 fri plads af { $seats }
   *[other] { $free } frie pladser af { $seats }
}
participants-attending = { $count ->
    [one] 1 deltager
   *[other] { $count } deltagere
}
participants-waiting = { $count } på venteliste
participants-applied = { $count } venter på svar
participants-to-decide = { $count } venter på jer
participants-none = Der er ingen på holdet endnu.
participants-no-more = Det var alle på holdet.
participants-kept = Plads holdt
participants-line = Venteliste
participant-place = nr. { $place }
participant-awaits-centre = venter på jer
participant-awaits-leader = venter på { $name }
participant-offered = tilbudt en plads til { $until }
participant-leave-asked = vil meldes fra
participant-was-there = mødte
participant-was-not = mødte ikke
button-remove-participant = Fjern
button-do-remove = Fjern fra holdet
button-attendance = Fremmøde
button-all-runs = Alle hold
button-participants = Se deltagere
input-participant = Hvem skal af holdet?
input-participant-needed = Vælg en person.
input-removal = Hvorfor? Personen får det at vide.
input-removal-needed = Skriv en kort begrundelse.
removed-done = { $name } er taget af »{ $title }« og får din begrundelse.
removed-words-missing = Skriv hvorfor, så { $name } kan forstå det. Fx: »fjern { $name }, fordi holdet er kun for Senior«.
participant-unknown = Jeg kan ikke finde »{ $name }« på holdet. Skriv »deltagere { $code }« for at se, hvem der er med.
participant-several = Der er flere på holdet, som »{ $name }« kan være. Skriv hele navnet.
participants-which-run = Hvilket hold mener du? Skriv koden med, fx »alle mødte på DEM-01-H1«, eller vælg et her:

# Fremmøde
attendance-heading = Hvem var der?
attendance-hint = Alle har et flueben. Fjern det ved dem, der ikke kom, og gem. Du kan altid rette det igen.
attendance-part = Side { $page } af { $pages }: nr. { $first } til { $last } af { $count }
input-attendance = Mødte
button-save-attendance = Gem fremmøde
button-next-people = De næste
attendance-saved = Fremmødet på hold { $code } er gemt: { $came } mødte, { $away } mødte ikke.
attendance-not-begun = Hold { $code } begynder først { $day }. Fremmødet kan gemmes, når det er i gang.
attendance-nobody = Der er ingen deltagere på hold { $code }, så der er ikke noget fremmøde at gemme.

# Listen som fil
people-export-heading = Hent deltagerlisten som fil
people-export-care = Knapperne virker i { $minutes } minutter, så tit du vil. Filen har navne og e-mails i sig: Giv kun den og linket til dem, der må se dem.
people-export-in-channel = I kanalen ville alle få linket. Skriv »eksport deltagere { $code }« til mig i vores egen chat, så får du filen der.
people-export-file = Deltagere { $code } { $day }
people-export-sheet = Deltagere
people-export-name = Navn
people-export-email = E-mail
people-export-department = Afdeling
people-export-area = Fagområde
people-export-status = Status
people-export-when = Tilmeldt den
people-export-by = Tilmeldt af
people-export-leader = Leder
people-export-attended = Mødte
attended-yes = ja
attended-no = nej
