# Svar på spørgsmål om selve assistenten (questions.toml siger, hvordan der spørges).
question-who-sees-need = Dit behov kan du selv og kompetencecentrets konsulenter se. Andre ledere og medarbejdere kan ikke. Skriv »mine henvendelser«, hvis du vil se, hvad centret har fået.
question-who-sees-courses = Dine kurser kan du selv, din leder og kompetencecentret se. Dine kolleger kan ikke.
question-who-sees-purpose = Kun du og din leder, og først når I begge har svaret, eller fristen er gået. Centret ser, at aftalen findes, men ikke hvad der står, medmindre I begge vælger at dele den.
question-what-is-purpose = I formålsaftalen siger du og din leder hver for sig kort, hvad kurset skal ændre i det daglige, for hvem, og hvordan I kan se det. Så er I enige om, hvad kurset er for, og kan følge op bagefter. Skriv »formålsaftaler« for at se dine.
question-after-sign-up = Find kurset, og tryk »Tilmeld mig«. Skal nogen sige ja først, spørger jeg dem, og du får svaret her. Jeg minder dig om kurset syv dage og én dag før. Skriv »mine kurser« for at se, hvor langt det er.
question-who-decides = Det står på kurset: Nogle er der fri tilmelding til, andre skal din leder eller kompetencecentret godkende. Jeg spørger den, der skal svare, og du får besked her.
question-leave = Ja. Skriv »mine kurser«, find kurset, og tryk »Meld fra«. Er fristen gået, spørger jeg centret for dig. Din plads går videre til den næste.
question-waiting-list = Er holdet fuldt, kan du komme på ventelisten. Bliver en plads ledig, får den, der har ventet længst, den tilbudt her med en svarfrist. Siger de nej, går den videre til den næste.
question-interest = Er der intet hold, kan jeg skrive dig op. Så ved centret, at der er brug for kurset, og du får besked her, når der kommer et hold. Du er ikke tilmeldt, og dine kolleger kan ikke se det.
question-answer-time = Centret svarer inden for fem hverdage, og datoen står på din kvittering. Skriv »mine henvendelser« for at se, hvor langt de er. Din leder bliver mindet om en tilmelding efter tre hverdage.
question-centre-cost = Det koster ikke noget at melde et behov eller spørge. Prisen for et kursus står på kurset. Er du i tvivl om, hvem der betaler, så spørg din leder eller centret.
question-my-data = Jeg gemmer dit navn, din e-mail, din afdeling, det du sender til centret, og dine tilmeldinger med det, der hører til. CPR-numre gemmer jeg ikke. Skriv »vis mine data« for at se, hvad der er, eller »slet mine data«.
