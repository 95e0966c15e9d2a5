# Siden, der vises i browseren, når et link ikke giver en fil
link-expired-heading = Linket er udløbet
link-expired = Skriv til Kompetencebot i Teams igen, fx »eksport«, så får du et nyt link med det samme.
link-wrong-heading = Linket virker ikke
link-wrong = Skriv til Kompetencebot i Teams, hvad du vil hente, fx »eksport«, så får du et nyt link med det samme.
link-failed-heading = Filen kan ikke hentes lige nu
link-failed = Prøv linket igen om et par minutter. Virker det stadig ikke, så skriv til Kompetencebot i Teams, og bed om et nyt.
link-reference = Hvis du spørger dem, der driver Kompetencebot, så oplys { $reference }.
