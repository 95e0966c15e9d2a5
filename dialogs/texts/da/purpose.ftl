# Formålsaftale
purpose-title = Formålsaftale: { $title }
purpose-title-leader = Formålsaftale med { $name }: { $title }
purpose-question-practice = Hvad skal være anderledes i det daglige bagefter?
purpose-question-whom = For hvilke borgere eller opgaver?
purpose-question-sign = Hvordan kan I se, at det virker?
purpose-answer-needed = Skriv et par ord her.
purpose-no-names = Kort er fint. Skriv ikke borgeres navne.
purpose-you = Du
purpose-intro = Tre korte spørgsmål, før du skal af sted, så kurset kan bruges i hverdagen. Din leder får de samme. Udfyld felterne, eller svar mig på ét spørgsmål ad gangen.
purpose-intro-leader = Tre korte spørgsmål, før kurset begynder, så det kan bruges i hverdagen. Din medarbejder får de samme. Udfyld felterne, eller svar mig på ét spørgsmål ad gangen.
purpose-asks = Næste spørgsmål: { $question } Skriv svaret her, eller brug felterne.
purpose-asks-again = { $question } Skriv det nye svar her, eller ret i felterne. Skriv »behold«, hvis svaret skal blive stående.
purpose-hidden = I svarer hver for sig. I ser hinandens svar, når I begge har svaret, og ellers { $until }.
purpose-other-answered = { $name } har svaret. I ser hinandens svar, når du også har, og ellers { $until }.
purpose-other-silent = { $name } har ikke svaret endnu.
purpose-sees-both = I kan begge se, hvad den anden har svaret.

purpose-status-none = Ingen aftale endnu
purpose-status-yours = Mangler dine svar
purpose-status-unanswered = Du nåede ikke at svare
purpose-status-theirs = Venter på svar fra { $name }
purpose-status-you-confirm = Mangler din bekræftelse
purpose-status-they-confirm = Venter på, at { $name } bekræfter
purpose-status-agreed = Aftalt
purpose-status-closed = Lukket, fordi pladsen er væk

purpose-private = Kompetencecentret kan se, at der er en aftale, men ikke hvad der står i den.
purpose-shared-by-you = Du har sagt ja til, at kompetencecentret læser aftalen. Det kan det først, når { $name } også siger ja.
purpose-shared = Kompetencecentret kan læse aftalen, fordi I begge har sagt ja.

purpose-saved = Tak, dine svar er gemt. Du kan rette dem, til kurset begynder.
purpose-saved-already = Dine svar er gemt, som de står her.
purpose-confirmed = Du har bekræftet. Nu mangler kun { $name }.
purpose-confirmed-already = Du har allerede bekræftet.
purpose-agreed = I er enige om formålet. Aftalen ligger her, når I vil se den igen: skriv »formålsaftaler«.
purpose-now-shared = Du har sagt ja til, at kompetencecentret læser aftalen. { $name } skal også sige ja.
purpose-now-private = Kompetencecentret kan ikke læse aftalen.

purpose-reminder = En venlig påmindelse: De tre spørgsmål om kurset venter på dig.
purpose-opened = I har begge svaret. Læs, hvad { $name } skriver, og bekræft, hvis I er enige. Ellers tal sammen, og ret jeres svar.
purpose-opened-without-them = Fristen er gået, og { $name } har ikke svaret. Nu kan { $name } se dine svar. Tag gerne en snak om det.
purpose-opened-without-you = Fristen er gået, men du kan stadig svare, til kurset begynder.
purpose-changed = { $name } har skrevet sine svar om. Se, om du stadig er enig, og bekræft igen.
purpose-they-confirmed = { $name } har bekræftet. Er du enig, så bekræft du også.

purpose-missing = Der mangler svar på et eller flere af spørgsmålene. Det, du har skrevet, står her stadig.
purpose-too-long = Det bliver for langt. Kort hvert svar ned til højst { $most } tegn, og send det igen.
purpose-too-late = Kurset er begyndt, eller pladsen er væk, så svarene kan ikke rettes mere. Sådan står aftalen:
purpose-moved-on = Der er sket noget, siden du så den. Læs, hvordan aftalen står nu:
purpose-gone = Den aftale kan jeg ikke finde blandt dine. Skriv »formålsaftaler« for at se dem, du er med i.
purpose-cannot-begin = Der er ikke en formålsaftale her. Den laver man, når man har en plads på et hold, der ikke er begyndt. Skriv »mine kurser« for at se dine.
purpose-no-leader = Jeg ved ikke, hvem din leder er, så jeg kan ikke spørge nogen. Bed kompetencecentret om at få det på plads, og skriv »formålsaftale« igen.
purpose-offer = Du kan lave en formålsaftale om kurset: tre korte spørgsmål, som { $name } også får.
purpose-which = Hvilken aftale mener du?
purpose-none-to-confirm = Der er ingen formålsaftale, du kan bekræfte lige nu. Skriv »formålsaftaler« for at se, hvordan det står.
purpose-none-to-change = Der er ingen formålsaftale, du kan rette lige nu. Skriv »formålsaftaler« for at se, hvordan det står.
purpose-none-to-share = Der er ingen formålsaftale at dele eller holde for jer selv. Skriv »formålsaftaler« for at se, hvordan det står.
purposes-none = Du har ingen formålsaftale lige nu. Den kommer af sig selv, når du får plads på et kursus, som din leder siger ja til.
purposes-none-leader = Der er ingen formålsaftaler, der venter på dig. Du får besked her, når en af dine medarbejdere får plads på et kursus.
purposes-heading = { $count ->
    [one] 1 formålsaftale venter på dig
   *[other] { $count } formålsaftaler venter på dig
}
purposes-heading-none = Dine formålsaftaler
purposes-more = { $count } til. Skriv »formål« og et navn eller et kursus for at se en bestemt.

purpose-run-title = Formål på { $code }: { $title }
purpose-run-count = { $count ->
    [0] Ingen på holdet har en formålsaftale endnu.
    [one] 1 deltager har en formålsaftale.
   *[other] { $count } deltagere har en formålsaftale.
}
purpose-run-by-person = Besvaret af deltageren
purpose-run-by-leader = Besvaret af lederen
purpose-run-agreed = Bekræftet af begge
purpose-run-topics = Går igen i svarene
purpose-run-anonymous = Kun ord, som mindst tre personer har brugt, er med. Selve teksten vises kun, når både deltager og leder har delt den.
purpose-run-no-topics = Ord fra svarene vises først, når mindst tre personer har brugt dem. Selve teksten vises kun, når både deltager og leder har delt den.

button-purpose = Formålsaftale
button-purpose-begin = Lav en aftale
button-purpose-save = Gem svar
button-purpose-confirm = Bekræft
button-purpose-answer = Svar
button-purpose-change = Ret mine svar
button-purpose-share = Del med centret
button-purpose-unshare = Del ikke længere
