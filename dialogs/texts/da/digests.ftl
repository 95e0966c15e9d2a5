# Påmindelser
reminder-answer = En venlig påmindelse: { $name } venter på dit svar i { $number }. Har du et øjeblik?
reminder-overdue = { $name } har ikke svaret i { $number } i fem arbejdsdage. Jeg har lige mindet om det. Måske er en opringning nemmere.
reminder-due = { $number } har frist { $day }.
reminder-due-today = { $number } har frist i dag, { $day }.

# Morgenoverblik i kanalen
morning-heading = Godmorgen! Det er { $day }.
morning-new = { $count ->
    [1000] Mindst 1.000 nye sager, som ingen har taget
    [one] 1 ny sag, som ingen har taget
   *[other] { $count } nye sager, som ingen har taget
}
morning-overdue = { $count ->
    [1000] Mindst 1.000 sager har ventet for længe
    [one] 1 sag har ventet for længe
   *[other] { $count } sager har ventet for længe
}
morning-due-today = { $count ->
    [1000] Mindst 1.000 sager har frist i dag
    [one] 1 sag har frist i dag
   *[other] { $count } sager har frist i dag
}
morning-unanswered = { $count ->
    [1000] Mindst 1.000 ledere har ikke svaret i fem arbejdsdage
    [one] 1 leder har ikke svaret i fem arbejdsdage
   *[other] { $count } ledere har ikke svaret i fem arbejdsdage
}
morning-undelivered = Ikke leveret: { $count ->
    [one] 1 besked
   *[other] { $count } beskeder
}
morning-more = … og { $count ->
    [995] mindst 995 mere
   *[other] { $count } mere
}
morning-nobody = ingen ansvarlig
undelivered-waits = { $number } · { $name } har ikke appen endnu. Beskeden venter og kommer frem, når den bliver installeret.
undelivered-failed = { $number } · { $name } kunne ikke få beskeden. Ring eller skriv direkte.

# Ikke leveret, på sagens kort
label-undelivered = Ikke leveret
undelivered-short-waits = { $name } (har ikke appen endnu)
undelivered-short-failed = { $name } (beskeden kom ikke frem)

# Personligt overblik
own-digest-heading = { $count ->
    [one] Nyt i 1 sag siden sidst
   *[other] Nyt i { $count } sager siden sidst
}
own-digest-more = … og nyt i { $count } sager mere. Skriv »mine henvendelser« eller »mine sager« for at se dem.
