# Tilmeldinger, som kompetencecentret afgør
enrolment-case-applies = { $name } vil gerne med på holdet.
enrolment-case-leaves = { $name } vil meldes fra, men fristen er gået.
enrolment-case-why-leave = Sidste dag for at melde fra selv var { $day }.
enrolment-case-why-centre = På det her forløb er det centret, der siger ja.
enrolment-case-why-nobody = Jeg ved ikke, hvem der er leder for { $name }, så det er jer, der svarer.
enrolment-case-seat = Pladsen er holdt, til I svarer.
enrolment-case-no-seat = Holdet er fyldt. Siger I ja, kommer { $name } på ventelisten.
enrolment-case-next-in-line = Siger I ja, går pladsen til den første på ventelisten.
enrolment-case-seats = Pladser
enrolment-case-line = Venteliste
enrolment-case-why = Hvorfor jer
enrolment-case-waiting = { $count ->
    [0] ingen
    [one] 1 venter
   *[other] { $count } venter
}
button-grant-leave = Godkend afmelding
button-refuse-leave = Afvis
button-send-leave-refusal = Send afvisningen
input-leave-refusal = Hvorfor kan det ikke lade sig gøre?
enrolment-case-by-approved = { $name } har sagt ja.
enrolment-case-by-refused = { $name } har sagt nej.
enrolment-case-by-asked = { $name } har spurgt og venter på svar.
enrolment-case-by-answered = { $name } har svaret.
enrolment-case-by-left = { $name } har meldt fra.
enrolment-case-by-leave-granted = { $name } har godkendt afmeldingen.
enrolment-case-by-leave-refused = { $name } har afvist afmeldingen.
enrolment-case-by-removed = { $name } har taget personen af holdet.
enrolment-case-done-approved = Du har sagt ja. { $name } er med og får besked.
enrolment-case-done-waitlisted = Du har sagt ja. Holdet er fyldt, så { $name } er på ventelisten og får besked.
enrolment-case-done-refused = Du har sagt nej. { $name } får din begrundelse.
enrolment-case-done-asked = Dit spørgsmål er sendt til { $name }. Svaret kommer på kortet.
enrolment-case-done-leave-granted = { $name } er meldt fra, og pladsen går videre.
enrolment-case-done-leave-refused = { $name } beholder pladsen og får din begrundelse.
enrolment-case-already = { $by } var der først. { $name } står nu som { $status }.
enrolment-case-moved-on = Det er afgjort i mellemtiden. { $name } står nu som { $status }.
enrolment-case-gone = Den tilmelding findes ikke længere.
enrolment-case-words-missing = Skriv lige hvorfor. { $name } får det at vide.
