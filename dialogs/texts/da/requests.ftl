# Henvendelser
filed = Tak! { $number } er sendt til kompetencecentret. Du hører fra os senest { $day }.
already-sent = { $number } er allerede sendt, så der skete ikke noget nyt. Du hører fra centret senest { $day }.
receipt-heading = { $number } er sendt
receipt-next = En konsulent læser den, finder det bedste tilbud og skriver til dig her. Du hører fra os senest { $day }.
receipt-your-words = Dine egne ord
request-heading = Henvendelse { $number }
requests-heading = Dine henvendelser
requests-hint = Skriv et sagsnummer for at åbne en bestemt, fx »sag 1«.
requests-none = Du har ikke sendt noget endnu. Skriv, hvad dine medarbejdere skal blive bedre til, så begynder vi.
requests-none-employee = Du har ingen henvendelser. Spørg endelig om kurser, fx »hvilke kurser er der om demens?«
request-not-found = Den henvendelse kan jeg ikke finde blandt dine. Skriv »mine henvendelser«, så viser jeg dem, du har.
case-not-yours = { $number } kan jeg ikke finde blandt dine henvendelser. Skriv »mine henvendelser«, så viser jeg dem, du har.
request-too-late-to-edit = { $number } er centret allerede i gang med, så den kan ikke rettes her. Skriv til konsulenten, der har sagen, eller send et nyt behov.
request-too-late-to-withdraw = { $number } er allerede planlagt eller afsluttet og kan ikke trækkes tilbage her. Kontakt kompetencecentret, så finder I ud af det.
edited = { $number } er rettet. Centret ser ændringen med det samme.
withdrawn = { $number } er trukket tilbage
withdrawn-next = Centret gør ikke mere ved den. Fortryder du, så er den tilbage med ét klik.
withdrawn-said = { $number } er trukket tilbage. Skriv »fortryd«, hvis det var en fejl.
withdraw-which = Hvilken vil du trække tilbage? Åbn den på listen, eller skriv fx »træk sag 1 tilbage«.
restored = { $number } står igen, som den stod før.

status-new = Ny
status-clarifying = Under afklaring
status-awaiting-leader = Afventer dig
status-sourcing = Tilbud indhentes
status-pooled = I fælles indkøb
status-planned = Planlagt
status-completed = Gennemført
status-evaluated = Evalueret
status-rejected = Afvist
status-withdrawn = Trukket tilbage
assigned-to = { $name } har sagen
kle-external = Ekstern kompetenceudvikling
kle-internal = Intern kompetenceudvikling

# Centret
case-title = Sag { $number }
case-heading = { $number }: { $topic }
case-unconfirmed = (har selv oplyst at være leder)
case-leaders-words = Lederens egne ord
case-already-yours = { $number } er allerede din.
case-taken-already = { $name } har allerede taget { $number }.
notice-for = Til { $name }:
staff-only = Det er kun kompetencecentrets medarbejdere, der kan det. Har du et spørgsmål til en sag, så skriv »mine henvendelser«.
staff-only-demo = Det er kun konsulenter, der kan det. Skriv »jeg er konsulent« for at prøve deres side.
