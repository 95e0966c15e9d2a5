# Køen: listen
queue-heading = Køen
queue-shows = Viser
queue-whole = hele køen
queue-empty = Køen er tom. Nye henvendelser lander i kanalen.
queue-nothing = Der er ingen sager, der passer. Prøv med færre ord, eller skriv »kø« for at se dem alle.
queue-no-more = Det var alle sagerne.
queue-no-such-number = Der er ikke nogen nr. { $number } på listen.
queue-found = { $count ->
    [one] 1 sag
   *[other] { $count } sager
}
queue-found-many = Mindst { $count } sager
queue-mine = mine
queue-nobody = uden ansvarlig
queue-colleague = { $name } har dem
queue-older = { $days ->
    [one] over 1 dag gamle
   *[other] over { $days } dage gamle
}
queue-overdue = overskredet frist
queue-due-within = { $days ->
    [0] frist senest i dag
    [one] frist senest i morgen
   *[other] frist inden for { $days } dage
}
queue-due-before = frist før { $day }
queue-due = frist { $day }
queue-due-past = fristen var { $day }
queue-age = { $days ->
    [0] sendt i dag
    [one] 1 dag gammel
   *[other] { $days } dage gammel
}
queue-priority-high = Haster
queue-priority-normal = Normal prioritet
queue-priority-low = Lav prioritet
queue-from = fra { $name }
queue-about = om { $words }
queue-nobody-has = Ingen har den
queue-awaiting-leader = Afventer leder
button-queue-mine = Mine
button-queue-new = Nye
button-queue-nobody = Uden ansvarlig
button-queue-old = Over { $days } dage
button-queue-all = Hele køen
button-several = Vælg flere
button-take-several = Tag sagerne

# Køen: flere sager på én gang
input-cases = Hvilke sager?
input-cases-needed = Vælg mindst én sag.
input-several-colleague = Hvem skal have dem? (når du giver dem videre)
input-several-reason = Begrundelse (når du afviser)
several-done = { $what } { $numbers }
several-nothing-done = Der er ikke ændret noget.
several-not-found = { $number } findes ikke i køen.
several-too-late = { $number } kan det ikke gøres med nu. Den står som { $status }.
several-too-many = Det er for mange på én gang. Tag højst { $most } sager ad gangen.
several-taken = { $count ->
    [one] Én sag er din, og lederen får besked:
   *[other] { $count } sager er dine, og lederne får besked:
}
several-handed-over = { $count ->
    [one] Én sag er givet videre til { $name }:
   *[other] { $count } sager er givet videre til { $name }:
}
several-released = { $count ->
    [one] Én sag er sluppet:
   *[other] { $count } sager er sluppet:
}
several-asked = { $count ->
    [one] Spørgsmålet er sendt i én sag:
   *[other] Spørgsmålet er sendt i { $count } sager:
}
several-answered = { $count ->
    [one] Svaret er sendt i én sag:
   *[other] Svaret er sendt i { $count } sager:
}
several-wrote = { $count ->
    [one] Det er skrevet i én sag, og centret får besked:
   *[other] Det er skrevet i { $count } sager, og centret får besked:
}
several-noted = { $count ->
    [one] Noten er gemt i én sag:
   *[other] Noten er gemt i { $count } sager:
}
several-sourcing = { $count ->
    [one] Der indhentes tilbud i én sag:
   *[other] Der indhentes tilbud i { $count } sager:
}
several-pooled = { $count ->
    [one] Én sag er i fælles indkøb:
   *[other] { $count } sager er i fælles indkøb:
}
several-proposed = { $count ->
    [one] »{ $title }« er foreslået i én sag:
   *[other] »{ $title }« er foreslået i { $count } sager:
}
several-planned = { $count ->
    [one] »{ $title }« er planlagt i én sag:
   *[other] »{ $title }« er planlagt i { $count } sager:
}
several-completed = { $count ->
    [one] Én sag er meldt gennemført:
   *[other] { $count } sager er meldt gennemført:
}
several-evaluated = { $count ->
    [one] Én sag er evalueret:
   *[other] { $count } sager er evalueret:
}
several-rejected = { $count ->
    [one] Én sag er afvist, og lederen får begrundelsen:
   *[other] { $count } sager er afvist, og lederne får begrundelsen:
}
several-reopened = { $count ->
    [one] Én sag er åben igen:
   *[other] { $count } sager er åbne igen:
}
several-moved = { $count ->
    [one] Én sag er flyttet til { $area }:
   *[other] { $count } sager er flyttet til { $area }:
}
several-prioritised = { $count ->
    [one] Prioriteten er ændret i én sag:
   *[other] Prioriteten er ændret i { $count } sager:
}

# Gemte visninger
views-heading = Dine visninger
views-hint = Skriv »gem som …«, mens du ser en liste, eller »slet visningen …«.
button-view = Vis
view-saved = »{ $name }« er gemt: { $filters }. Skriv »vis { $name }«, når du vil se den igen.
view-nothing-to-save = Der er ingen liste at gemme lige nu. Skriv »kø« og det, du vil se, fx »kø mine nye«, og gem den så.
view-too-many = Du har allerede { $most } visninger. Slet en, du ikke bruger, med »slet visningen …«.
view-none = Du har ingen gemte visninger endnu. Skriv fx »kø mine nye« og så »gem som mine nye«.
view-unknown = Jeg kan ikke finde en visning, der hedder »{ $name }«. Skriv »mine visninger«, så viser jeg dem, du har.
view-deleted = »{ $name }« er slettet.

# Køen som regneark
export-sheet = Henvendelser
export-number = Sagsnummer
export-status = Status
export-priority = Prioritet
export-assignee = Ansvarlig
export-filed = Sendt
export-changed = Senest ændret
export-due = Frist
export-topic = Emne
export-need = Behov
export-leader = Leder
export-area = Fagområde
export-department = Afdeling
export-behalf = På vegne af
export-headcount = Antal personer
export-groups = Faggrupper
export-when = Hvornår
export-earliest = Tidligst
export-latest = Senest
export-form = Form
export-purpose = Formål
export-budget = Budget (kr.)
export-chosen = Lederens valg
export-offer = Foreslået eller planlagt
export-run = Hold
export-kle = KLE-emne
