# Kalender: knappen, filen og det, den siger
button-calendar = Læg i kalender
button-calendar-remove = Fjern fra kalender
button-other-runs = Se andre hold
calendar-file = Kalender { $code }
calendar-cancelled = Aflyst: { $title }
calendar-remove = Du skal ikke af sted. Du kan slette aftalen i din kalender.
calendar-period = Holdet går fra { $begins } til { $ends }. Kalenderen har den første og den sidste dag. Mødes I også på andre dage, får du dem fra kompetencecentret.
calendar-link = Deltag online: { $link }
calendar-run = Hold { $code }
calendar-leave = Kan du ikke komme? Skriv »meld mig fra« til Kompetencebot i Teams.
calendar-changed = Holdet er ændret, siden du meldte dig til. Kan du ikke komme, så skriv »meld mig fra« til Kompetencebot i Teams.
calendar-not-yet-heading = Der er ikke noget at lægge i kalenderen endnu
calendar-not-yet = Du har ikke fået en plads på holdet. Skriv »mine kurser« til Kompetencebot i Teams for at se, hvordan det står.
calendar-heading = Læg dine kurser i kalenderen
calendar-hint = Åbn filen, så ligger kurset i din kalender. Bliver holdet ændret, får du besked og en ny fil her.
calendar-none = Du har ingen kurser på vej, der kan lægges i kalenderen. Skriv »mine kurser« for at se, hvordan det står.

run-was = Før: { $days }.
run-was-at = Stedet var før: { $place }.
run-link-new = Linket er nyt. Det gamle virker måske ikke mere.
run-cancelled-next = Det er ikke noget, du har gjort. Se, om et andet hold passer dig.
enrolment-reminder-today = Husk: Du skal af sted i dag.
