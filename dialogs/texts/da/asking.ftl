# At lede efter forløb
asking-count = { $count ->
    [0] Ingen forløb
    [one] 1 forløb
   *[other] { $count } forløb
}
asking-narrowed = { $count ->
    [0] Ingen af de { $before } forløb passer: { $added }
    [one] 1 af { $before } forløb passer: { $added }
   *[other] { $count } af { $before } forløb passer: { $added }
}
asking-widened = { $count ->
    [0] Stadig ingen forløb uden: { $dropped }
    [one] Nu 1 forløb, uden: { $dropped }
   *[other] Nu { $count } forløb (før { $before }), uden: { $dropped }
}
asking-changed = { $count ->
    [0] Nu ingen forløb (før { $before })
   *[other] Nu { $count } forløb (før { $before })
}
asking-unsure = { $count ->
    [one] 1 til står sidst, fordi det ikke oplyser { $what }
   *[other] { $count } til står sidst, fordi de ikke oplyser { $what }
}
asking-unsure-length = længden
asking-unsure-price = prisen
asking-unsure-both = længde eller pris
asking-new-offer = Nyt i kataloget
asking-new-run = Nyt hold
asking-near-heading = Det nærmeste
asking-near-one-less = Uden »{ $filter }« er der { $count }.
asking-nothing-filtered = Ingen forløb passer på det hele
asking-nothing-next = »Tilbage« fører til listen, som den var.
asking-filtered-next = Fjern et filter, eller skriv det på en anden måde, fx »fjern online« eller »højst 2 dage«.
asking-nothing-next-leader = Du kan også melde det som et behov. Så finder centret et forløb til jer.
asking-not-understood = Det kunne jeg ikke bruge på listen. Skriv fx »kun online«, »efter påske«, »højst én dag«, »fjern prisen« eller et nyt emne.
asking-nothing-shorter = { $shortest ->
    [none] Ingen af dem oplyser, hvor længe de varer.
   *[other] Det bliver ikke kortere end { $shortest }.
}
asking-nothing-longer = { $longest ->
    [none] Ingen af dem oplyser, hvor længe de varer.
   *[other] Det bliver ikke længere end { $longest }.
}
asking-nothing-cheaper = { $cheapest ->
    [none] Ingen af dem oplyser en pris.
   *[other] Det bliver ikke billigere: { $cheapest }.
}
asking-first-page = Du er på den første side af listen.
asking-which = Hvilket forløb? Skriv fx »nr. 2«.
asking-which-of = Der er flere: { $numbers }. Skriv nummeret på det, du vil se.
asking-no-more-runs = Det var alle hold. Skriv »tilbage« for at komme tilbage til listen.

filter-name-groups = faggruppe
filter-name-time = tidspunkt
filter-name-place = sted
filter-name-new = kun det nye
filter-seats = { $count ->
    [one] med ledige pladser
   *[other] plads til { $count }
}
filter-place = sted: { $place }
filter-on-site = med fremmøde
filter-longest = højst { $length }
filter-shortest = mindst { $length }
filter-dearest = højst { $amount } kr.
filter-free = gratis
filter-new = nyt siden { $day }
filter-excluded = ikke { $form }
length-minutes = { $count ->
    [one] 1 minut
   *[other] { $count } minutter
}
length-hours = { $count ->
    [one] 1 time
   *[other] { $count } timer
}
length-days = { $count ->
    [one] 1 dag
   *[other] { $count } dage
}
length-times = { $count ->
    [one] 1 gang
   *[other] { $count } gange
}

button-remove-filter = ✕ { $filter }
button-remove-filters = Fjern alle filtre
tooltip-remove-filter = Fjern »{ $filter }« fra søgningen
button-previous = Forrige
button-more-runs = Flere hold
button-as-need = Meld det som behov

offer-runs-page = Kommende hold ({ $first }–{ $last } af { $total })
run-closed = tilmeldingen er lukket
offer-hint = Spørg løs: »hvornår er den næste?«, »hvad koster det?«, »hvem er det for?«

# Svar om ét forløb
about-next = Næste hold af »{ $title }« er { $day }{ $place }.
about-at = , { $place }
about-online = , online
about-no-run = »{ $title }« har ikke noget hold på kalenderen lige nu.
about-any-time = »{ $title }« kan tages, når det passer dig.
about-by-agreement = »{ $title }« aftales med jer, når det passer.
about-seats = { $seats ->
    [0] Det er fyldt.
    [one] Der er 1 ledig plads.
   *[other] Der er { $seats } ledige pladser.
}
about-room-yes = { $seats ->
    [one] Ja, der er 1 ledig plads { $day }.
   *[other] Ja, der er { $seats } ledige pladser { $day }.
}
about-room-later = { $seats ->
    [one] Næste hold { $full } er fyldt eller lukket, men der er 1 ledig plads { $day }.
   *[other] Næste hold { $full } er fyldt eller lukket, men der er { $seats } ledige pladser { $day }.
}
about-room-no = Nej, der er ikke ledige pladser på de hold, der er planlagt.
about-deadline = Tilmelding senest { $day }.
about-no-deadline = Der er ikke sat en tilmeldingsfrist.
about-price = »{ $title }«: { $price }.
about-audience = »{ $title }« er for { $groups }.
about-everyone = »{ $title }« er for alle.
about-area = Fagområde: { $areas }.
about-place = »{ $title }« holdes her: { $places }.
about-place-online = »{ $title }« er online.
about-length = »{ $title }« varer: { $length }.
about-length-unknown = Hvor længe »{ $title }« varer, står der ikke noget om.
about-outcome = »{ $title }«: { $outcome }
about-provider = »{ $title }« holdes af { $provider }.
about-provider-unknown = Hvem der holder »{ $title }«, står der ikke noget om.
