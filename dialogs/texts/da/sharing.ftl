# Del et forløb i en chat
sharing-from = Fra kompetencecentrets katalog
sharing-often = Ofte valgt
sharing-near = Ligner det, du søger
sharing-nothing = Det har vi ikke i kataloget lige nu. Prøv et andet ord, eller skriv til Kompetencebot i en personlig chat, hvad du mangler. Så finder vi en vej.
sharing-address = Del med andre: { $address }
button-want-this = Det vil jeg gerne
want-says = Det vil jeg gerne: { $title } ({ $code })
show-says = Vis { $title } ({ $code })
not-here = Det kan jeg ikke her. Skriv til mig i en personlig chat, så hjælper jeg dig.

# Siden, som et delt link åbner
page-how = Knappen åbner en chat med Kompetencebot i Teams. Beskeden står klar, så du skal bare trykke send.
page-by-words = Du kan også selv skrive »{ $code }« til Kompetencebot.
page-find-bot = Kan du ikke se Kompetencebot? Søg efter den under Apps i Teams.
page-gone = Det forløb kan jeg ikke finde
page-gone-next = Måske er det taget ud af kataloget, eller også mangler der et tegn i linket. Spørg Kompetencebot i Teams, så finder den det, der er i stedet.
page-gone-says = Find kurser
page-open-bot = Åbn Kompetencebot i Teams
page-trouble = Siden kan ikke vises lige nu
page-trouble-next = Prøv igen om et øjeblik, eller spørg Kompetencebot i Teams.
