# Kanaler og fordeling
button-use-channel-area = { $area ->
    [disability] Kun Handicap
    [senior] Kun Senior
   *[psychiatry] Kun Social & Psykiatri
}
channel-offer-areas = Har I en kanal for hvert fagområde, så vælg området i den kanal, det hører til. Alt andet lander i den første kanal, I vælger.
channel-chosen-subject = Sådan! Fra nu af lander nye henvendelser om { $subject } her. { $name } valgte kanalen.
channel-unnamed = Generelt
subject-topic = »{ $topic }«
caretaker-set = { $name } får fra nu af alle nye sager om { $subject }. Skriv »ingen har som standard …« for at ændre det.
caretaker-removed = { $name } får ikke længere automatisk nye sager om { $subject }.
caretaker-none = Der er ingen, der automatisk får nye sager om { $subject }.
caretaker-unknown = Jeg kan ikke finde »{ $name }« i centrets team, eller der er flere med det navn. Skriv hele navnet.
distribution-heading = Fordeling af nye sager
distribution-main = Alt lander i kanalen { $channel }, undtagen det, der er nævnt her.
distribution-none = Der er ikke valgt en kanal endnu. Tilføj mig til centrets team, og tryk »Brug denne kanal« dér.
distribution-people = Får automatisk nye sager:
distribution-hint = Skriv »brug denne kanal til Handicap« i en kanal, eller »Kirsten har som standard Senior« her.
card-moved = { $number } ({ $topic }) er flyttet til { $area }. Kortet står nu i kanalen { $channel }.
card-moved-no-area = uden fagområde

# Ledere
button-refuse-leader = Ikke leder
case-leader-left = (lederen er fratrådt)
case-not-leader = (er ikke leder)
case-leader-settled = { $name } er allerede afklaret som leder i { $number }. Kortet viser, hvordan sagen står.
case-missing-area = Hvilket fagområde skal sagen flyttes til? Skriv Handicap, Senior eller Social & Psykiatri.
case-done-moved = { $number } hører nu til { $area }. Kortet flytter med.
case-done-leader-refused = { $name } er noteret som medarbejder og får venlig besked.
event-moved = { $name } flyttede sagen til { $area }
event-leader-refused = { $name } afkræftede, at det er en leder
event-leader-left = { $name }: lederen er fratrådt
news-leader-confirmed = { $name } fra kompetencecentret har bekræftet dig som leder. Du kan melde behov, lige så tit du har brug for det.
news-leader-refused = { $name } fra kompetencecentret har noteret, at du ikke er leder, så du kan ikke melde behov for andre. Tal med din leder om { $number }, eller skriv til centret, hvis det er en fejl. Kurser kan du altid spørge om her.
requests-left = Du står ikke længere på kommunens liste som leder, så dine tidligere henvendelser ligger hos centret og afdelingen. Er det en fejl, så skriv »jeg er leder«.

# Plads i køen
queue-place = { $count ->
    [0] Din er den næste i køen.
    [1000] Der er mindst 1.000 henvendelser foran din.
    [one] Der er 1 henvendelse foran din.
   *[other] Der er { $count } henvendelser foran din.
}
label-queue-place = Plads i køen

# Indstillinger
settings-heading = Indstillinger for beskeder
settings-frequency = Hvor tit vil du have besked?
settings-choice-at-once = Med det samme
settings-choice-daily = Hver arbejdsdag kl. 8
settings-choice-weekly = Hver mandag kl. 8
settings-quiet-label = Hvornår skal der være ro?
settings-quiet-never = Aldrig
settings-quiet-after = Kl. { $hour } til næste morgen
settings-weekends-label = Weekender og helligdage
settings-weekends-told = Jeg vil gerne have besked
settings-weekends-quiet = Ingen beskeder
settings-hint = Det, der venter på dig, kommer altid med det samme, når der ikke er ro. Du kan også skrive fx »pause til mandag« eller »ingen beskeder efter kl. 17«.
settings-is-paused = Der er pause til { $day }.
settings-is-away = Du er meldt væk til og med { $day }. { $name } passer dine sager.
settings-is-away-nobody = Du er meldt væk til og med { $day }. Ingen passer dine sager.
button-unpause = Stop pausen
button-back-again = Jeg er tilbage
settings-saved = Det er gemt.
settings-now-at-once = Du får besked med det samme.
settings-now-daily = Du får én samlet besked hver arbejdsdag kl. 8. Det, der venter på dig, får du stadig med det samme.
settings-now-weekly = Du får én samlet besked hver mandag kl. 8. Det, der venter på dig, får du stadig med det samme.
settings-quiet = Der er ro fra kl. { $begins } til kl. { $ends }. Det, der sker imens, får du om morgenen.
settings-weekends = Der er ro i weekender og på helligdage.
settings-any-hour = Du får besked hele døgnet og alle dage.
settings-paused = Så er der pause. Du hører fra mig igen { $day } kl. { $clock }. Skriv »stop pause«, hvis det skal være før.
settings-pause-over = Pausen er slut. Du får besked igen.
settings-pause-until-when = Hvor længe skal der være pause? Skriv fx »pause til mandag« eller »pause i 3 dage«.
settings-away = Så er du meldt væk til og med { $day }. { $name } får besked om dine sager imens. Skriv »jeg er tilbage«, hvis det bliver før.
settings-away-nobody = Så er du meldt væk til og med { $day }. Ingen passer dine sager imens. Skriv fx »Grethe passer mine sager«, hvis en kollega skal have besked.
settings-away-until-when = Hvor længe er du væk? Skriv fx »jeg er på ferie til 3. januar, Grethe passer mine sager«.
settings-stand-in-unknown = Jeg kan ikke finde »{ $name }« blandt dine kolleger i centrets team. Skriv hele navnet.
settings-back = Velkommen tilbage! Du får selv besked om dine sager igen.
