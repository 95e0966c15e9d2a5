# Siden, der vises i browseren, når et link ikke giver en fil
link-expired-heading = Linket er udløbet
link-expired = Skriv til Kompetencebot i Teams igen, fx »eksport«, så får du et nyt link med det samme.
link-wrong-heading = Linket virker ikke
link-wrong = Skriv til Kompetencebot i Teams, hvad du vil hente, fx »eksport«, så får du et nyt link med det samme.
link-failed-heading = Filen kan ikke hentes lige nu
link-failed = Prøv linket igen om et par minutter. Virker det stadig ikke, så skriv til Kompetencebot i Teams, og bed om et nyt.
link-reference = Hvis du spørger dem, der driver Kompetencebot, så oplys { $reference }.

# Køen som fil
button-export = Eksport
button-export-xlsx = Hent til Excel
button-export-csv = Hent som CSV
export-heading = Hent sagerne som fil
export-care = Knapperne virker i { $minutes } minutter, så tit du vil. Filen har navne i sig: Giv kun den og linket til dem, der må se sagerne.
export-nothing = Der er ingen sager at hente. Skriv »kø«, så viser jeg dem alle, eller »eksport lukkede« for dem, der er afsluttet.
export-in-channel = I kanalen ville alle få linket. Skriv »eksport« til mig i vores egen chat, så får du filen der.
export-file = Sager { $day }
export-too-many-heading = Der er for mange sager til ét regneark
export-too-many = Skriv »eksport« til Kompetencebot i Teams, og vælg CSV, eller bed om færre sager, fx »eksport Handicap«.
