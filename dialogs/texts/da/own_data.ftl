# Hvad der gemmes om den, der spørger
data-heading = Det gemmer jeg om dig
data-label-who = Hvem du er
data-label-requests = Henvendelser
data-label-courses = Kurser
data-label-rest = Andet
data-requests = { $count ->
    [0] ingen
   *[other] { $count }, heraf { $open ->
        [one] 1 åben
       *[other] { $open } åbne
    }
}
data-courses = { $count ->
    [0] ingen
   *[other] { $count }, heraf { $coming } kommende
}
data-rest = { $purposes ->
    [one] 1 afsluttet formålsaftale
   *[other] { $purposes } afsluttede formålsaftaler
}, { $interests ->
    [one] 1 interesse eller ønske
   *[other] { $interests } interesser og ønsker
}
data-where = Skriv »mine henvendelser«, »mine kurser«, »tidligere kurser«, »formålsaftaler« eller »indstillinger« for at læse det. Jeg gemmer også kladder, til du sender dem, og aldrig CPR-numre.
data-how-long = Det, der er afsluttet, mister dit navn efter en tid, kommunen har bestemt. Vil du have det hele samlet eller noget rettet, så skriv til kompetencecentret.
data-delete-heading = Slet mine data?
data-delete-goes = Det her slettes nu: dine kladder, indstillinger, visninger, interesser og ønsker, formålsaftaler om overståede kurser, og det, du har skrevet i afsluttede henvendelser (emnet bliver, uden dit navn).
data-delete-stays = Det her bliver: åbne henvendelser og kommende kurser, hvilke kurser du har været på, og din plads på kommunens personliste. Spørg kompetencecentret, hvis det også skal væk.
data-stays = Du har { $requests ->
    [one] 1 åben henvendelse
   *[other] { $requests } åbne henvendelser
} og { $courses ->
    [one] 1 kommende kursus
   *[other] { $courses } kommende kurser
}. Skal det også væk, så træk tilbage eller meld fra først.
data-deleted = Dine data er slettet. Skriv »vis mine data« for at se, hvad der er tilbage.
data-nothing-to-delete = Der var ikke noget at slette ud over kladder og indstillinger, og de er væk nu. Skriv »vis mine data« for at se, hvad der er tilbage.
button-data-delete = Slet mine data
button-data-delete-now = Ja, slet
