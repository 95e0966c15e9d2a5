# Når nogen er væk
news-as-stand-in = { $name } er væk, og du passer sagen imens.

# En leder er væk
settings-leader-away = Så er du meldt væk til og med { $day }. { $name } får besked om dine sager og kan svare for dig imens. Skriv »jeg er tilbage«, hvis det bliver før.
settings-leader-away-nobody = Så er du meldt væk til og med { $day }, og du hører først fra mig bagefter. Skal en anden leder svare for dig imens? Skriv fx »Bo Friis passer mine sager«.
settings-leader-away-ahead = Jeg har noteret, at du er væk til og med { $day }. Skal en anden leder svare for dig imens? Skriv fx »Bo Friis passer mine sager«.
settings-which-stand-in = Hvem mener du? Tryk ud for navnet, eller skriv fx »Bo Friis passer mine sager«.
settings-more-stand-ins = … og { $count } mere. Skriv hele navnet eller e-mailen, hvis det er en af dem.
settings-stand-in-no-leader = Jeg har noteret, at du er væk til og med { $day }, men jeg kan ikke finde en leder, der hedder »{ $name }«. Prøv med hele navnet eller e-mailen, fx »bo.friis@kommunen.dk passer mine sager«.
settings-stand-in-not-here = Jeg har noteret, at du er væk til og med { $day }. { $name } har ikke talt med mig endnu, så jeg kan ikke sende noget. Bed { $name } om at skrive »hej« til mig, og skriv så igen til mig – eller vælg en anden.
settings-stand-in-gone = Det navn kan ikke vælges længere. Skriv fx »Bo Friis passer mine sager«.
settings-pause-when-it-begins = Det er først fra { $day }. Skriv »pause«, når det begynder.

# En sag gives til nogen, der er væk
handed-to-absent = { $name } er væk til og med { $day }. { $stand_in } har også fået besked og passer { $count ->
    [one] sagen
   *[other] sagerne
} imens.
handed-to-absent-yours = { $name } er væk til og med { $day }, og det er dig, der passer { $count ->
    [one] sagen
   *[other] sagerne
} imens.
handed-to-absent-alone = { $name } er væk til og med { $day }, og ingen står klar imens. Skal en anden have { $count ->
    [one] den
   *[other] dem
}? Skriv »giv { $numbers } til …« med navnet.
