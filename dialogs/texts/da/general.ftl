# Mønstre for datoer (Unicode CLDR) og beløb
pattern-day = EEEE 'den' d. MMMM
pattern-short-day = d. MMM y
kroner = { $amount } kr.
budget = højst { $amount } kr.
people = { $count ->
    [one] 1 person
   *[other] { $count } personer
}

# Velkomst og hjælp
welcome-hello = Hej { $name }!
welcome-hello-nobody = Hej!
welcome-leader = Fortæl mig med dine egne ord, hvad dine medarbejdere skal blive bedre til. Så finder jeg det, der passer bedst, og sender behovet til Kompetencecenter Velfærd, når du siger til.
welcome-employee = Spørg mig om kurser, temadage og andre forløb, og meld dig til her. Skriv bare, hvad du gerne vil lære mere om.
welcome-staff = Her kan du se køen, åbne en sag og tage den. Du kan også finde forløb eller melde et behov på vegne af en afdeling.
welcome-hint = Du kan altid skrive »hjælp«, »annuller«, »tilbage« eller »english«.
welcome-demo = Det her er en prøve. Skriv »jeg er leder«, »jeg er medarbejder« eller »jeg er konsulent« for at prøve alle tre roller. I centrets kanal er du altid konsulent.
starter-leader-1 = Meld et behov
starter-leader-1-says = Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer
starter-leader-2 = Se kurser
starter-leader-2-says = Hvilke kurser er der om konflikthåndtering?
starter-leader-3 = Mine henvendelser
starter-leader-3-says = Mine henvendelser
starter-employee-1 = Kurser om demens
starter-employee-1-says = Hvilke kurser er der om demens i foråret?
starter-employee-2 = E-læring om medicin
starter-employee-2-says = Vis e-læring om medicinhåndtering
starter-employee-3 = Mine kurser
starter-employee-3-says = Mine kurser
starter-staff-1 = Vis køen
starter-staff-1-says = kø
starter-staff-2 = Find forløb
starter-staff-2-says = Hvilke forløb er der om voldsforebyggelse?
starter-staff-3 = Meld et behov
starter-staff-3-says = Nyt behov
help-heading = Det kan jeg hjælpe med
help-leader =
    Skriv et behov, som du ville sige det: »Vi er 8 på Birken, der skal have styr på medicinhåndtering før påske«.
    Spørg om kurser: »Hvilke kurser er der om autisme?«
    Skriv »mine henvendelser« for at se, rette eller trække noget tilbage.
    Meld dine folk til: »tilmeld Mads og Ida til DEM-01-H2«. Skriv »mine medarbejdere« for at se, hvem der skal hvad, og »ansøgninger« for at svare dem, der venter.
    Skriv »indstillinger« for at vælge, hvornår du vil have besked. Er du væk: »jeg er på ferie til 3. januar, Bo Friis passer mine sager«.
help-employee =
    Spørg, som du ville sige det: »Hvilke kurser er der om demens i foråret?«
    Gør listen kortere: »kun online«, »efter påske«, »vis flere«, »nr. 2«.
    Tryk »Tilmeld mig« under det hold, der passer. Skriv »mine kurser« for at se dine, og »meld mig fra«, hvis du ikke kan komme.
    Er du leder, så skriv »jeg er leder«. Så kan du også melde behov for dine medarbejdere.
    Skriv »indstillinger« for at vælge, hvornår du vil have besked, eller fx »pause til mandag«.
help-staff =
    Skriv »kø« for at se de åbne sager, eller et sagsnummer for at åbne en bestemt.
    Find forløb: »Hvilke forløb er der om recovery?«
    Meld et behov for andre: »På vegne af Plejecenter Solgården: 10 medarbejdere skal kunne forflytte«.
    Skriv »fordeling« for at se, hvilken kanal der har hvad, og hvem der får nye sager.
    Skriv »indstillinger« for at vælge, hvornår du vil have besked. Er du væk: »jeg er på ferie til 3. januar, Grethe passer mine sager«.
help-always =
    Overalt: »tilbage«, »annuller«, »forfra«, »fortsæt«, »dansk« og »english«.
    Alt, du kan klikke på, kan du også skrive.
channel-hello = Hej, jeg er Kompetencebot
channel-offer = Skal ledernes behov lande her i kanalen? Så får I et kort for hver henvendelse med alt det, I skal bruge, og kan tage sagen med ét klik.
channel-chosen = Sådan! Fra nu af lander nye henvendelser her. { $name } valgte kanalen.
channel-staff-only = Kun kompetencecentrets medarbejdere kan flytte køen. Bed en kollega i centrets team om at gøre det.
channel-only-in-team = Det gælder kun i en kanal. Tilføj mig til centrets team, og tryk »Brug denne kanal« dér.
channel-help = Skriv et sagsnummer for at åbne en sag, »kø« for at se de åbne, eller »fordeling« for at se, hvem der har hvad. Alt andet klarer vi bedst i en personlig chat med mig.

group-help = Her i gruppechatten hører alle med. Skriv til mig i en personlig chat, så hjælper jeg dig med kurser og behov.

# Småsnak
talk-thanks = Det var så lidt. Skriv endelig igen.
talk-goodbye = Hav en god dag! Jeg er her, når du får brug for mig.
talk-how-are-you = Tak, jeg er her og er klar til at hjælpe. Hvad skal I blive bedre til?
talk-who-are-you = Jeg er Kompetencebot, kompetencecentrets digitale assistent. Jeg er et program, og bag mig sidder centrets konsulenter. Skriv »hjælp«, så viser jeg, hvad jeg kan.
talk-want-human = Det forstår jeg godt. Skriv, hvad det drejer sig om, og send det til centret, så kontakter en konsulent dig. Haster det, så ring til kompetencecentret.
sent-file = Tak for filen. Jeg kan desværre ikke læse filer endnu. Skriv kort, hvad I har brug for, så hjælper jeg med det samme.
sent-picture = Fint billede! Jeg kan kun læse tekst. Skriv gerne, hvad jeg skal hjælpe med.
sent-voice = Tak for beskeden. Jeg kan ikke lytte til lyd endnu. Skriv det med et par ord, så går jeg i gang.
empty = Jeg er her. Skriv med et par ord, hvad I skal blive bedre til, eller skriv »hjælp«.
too-long = Det var mange ord på én gang. Skriv det gerne kortere (højst { $most } tegn), så finder jeg det, der passer. Resten kan du fortælle centret bagefter.

# Undervejs
language-changed = Så taler vi dansk.
cancelled = Det er afbrudt. Der er ikke sendt eller ændret noget.
cancelled-kept = Det er afbrudt, og intet er sendt. Jeg har gemt en kladde, hvis du fortryder.
nothing-to-cancel = Der er ikke noget i gang. Skriv, hvad jeg skal hjælpe med, eller »hjælp«.
nothing-to-go-back-to = Der er ikke noget at gå tilbage til. Skriv, hvad jeg skal hjælpe med, eller »hjælp«.
at-the-beginning = Vi er ved begyndelsen. Skriv »annuller«, hvis du vil noget helt andet.
nothing-to-answer = Der er ikke noget, der venter på svar lige nu. Skriv, hvad jeg skal hjælpe med, eller »hjælp«.
nothing-to-send = Der er ikke noget at sende lige nu. Skriv, hvad dine medarbejdere skal blive bedre til, så begynder vi.
dead-click = Det kort er allerede besvaret, så der skete ikke noget. Skriv, hvad jeg skal hjælpe med, eller »mine henvendelser«.
dead-click-topic = Det kort er allerede besvaret, så der skete ikke noget. Brug det nyeste kort, eller skriv »fortsæt«, så viser jeg det igen.
lost-thread = Jeg er blevet opdateret og har mistet tråden i det, vi var i gang med. Undskyld. Skriv det igen, så tager vi den derfra.
unknown-in-topic = Jeg er ikke sikker på, hvad du mener med »{ $said }«. Vælg på kortet, skriv et nummer, »vis flere« eller »ret«. Er det et helt nyt emne, så skriv »forfra«.
topic-goes-on = Vi er stadig i gang med »{ $title }«. Skriv »fortsæt«, så viser jeg kortet igen.
draft-offer = Du har en kladde, der ikke er sendt: »{ $title }«.
drafts-which = Dine kladder. De er ikke sendt.
drafts-hint = Du kan også skrive »fortsæt« og et nummer.
no-such-draft = { $most ->
    [0] Du har ingen kladder. Skriv, hvad dine medarbejdere skal blive bedre til, så begynder vi.
   *[other] Den kladde har du ikke. Vælg et nummer fra 1 til { $most }, eller skriv »kladder«, så viser jeg dem.
}
draft-dropped = Kladden er slettet.
no-draft = Du har ingen kladder. Skriv, hvad dine medarbejdere skal blive bedre til, så begynder vi.

# Hvem er du
introduced-known = Du står allerede som leder hos mig. Skriv, hvad dine medarbejdere skal blive bedre til.
introduced-other = Det er noteret. Spørg endelig om kurser, eller skriv »hjælp«.
introduced-listed-leader = På kommunens liste står du som leder, så du kan både melde behov og spørge om kurser. Er det forkert, så sig det til kompetencecentret.
introduced-staff = Ja, du er med i centrets team. Skriv »kø« for at se de åbne sager.
introduced-not-staff = Jeg kan ikke se dig i kompetencecentrets team i Teams. Bliver du føjet til det, kan du se køen her. Indtil da kan du spørge om kurser.
profile-heading = Rart at møde dig! Hvor er du leder?
profile-why = Så ved centret, hvem der spørger. En konsulent bekræfter det, når du sender dit første behov.
profile-department-hint = Fx Plejecenter Solgården
profile-incomplete = Jeg mangler både fagområde og afdeling. Vælg på kortet, eller skriv fx »Senior, Plejecenter Solgården«.
profile-saved = Tak, det er noteret: leder i { $department } ({ $area }). Skriv nu, hvad dine medarbejdere skal blive bedre til.
demo-now-leader = Nu er du { $name }, leder. Skriv, hvad dine medarbejdere skal blive bedre til.
demo-now-employee = Nu er du { $name }, medarbejder. Spørg om kurser, fx »hvilke kurser er der om demens?«
demo-now-staff = Nu er du { $name }, konsulent i kompetencecentret. Skriv »kø« for at se sagerne.

# Søgning
search-no-such-number = { $most ->
    [0] Listen er tom. Skriv et andet emne, så leder jeg igen.
   *[other] Det nummer har jeg ikke. Skriv et fra 1 til { $most }, eller et andet emne.
}

# Fejl
error = Noget gik galt hos mig, og jeg fik ikke gjort det, du bad om. Prøv igen om lidt. Sker det igen, så giv centret denne kode: { $reference }
too-fast = Nu gik det lidt stærkt for mig, så jeg har ikke gjort noget ved det sidste. Vent et øjeblik, og send det så igen.
busy = Jeg har meget travlt lige nu. Prøv igen om et øjeblik. Kode: { $reference }
