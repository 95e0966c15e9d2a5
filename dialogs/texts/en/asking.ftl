# Looking for courses
asking-count = { $count ->
    [0] No offers
    [one] 1 offer
   *[other] { $count } offers
}
asking-narrowed = { $count ->
    [0] None of the { $before } offers fit: { $added }
    [one] 1 of { $before } offers fits: { $added }
   *[other] { $count } of { $before } offers fit: { $added }
}
asking-widened = { $count ->
    [0] Still no offers without: { $dropped }
    [one] Now 1 offer, without: { $dropped }
   *[other] Now { $count } offers ({ $before } before), without: { $dropped }
}
asking-changed = { $count ->
    [0] Now no offers ({ $before } before)
   *[other] Now { $count } ({ $before } before)
}
asking-unsure = { $count ->
    [one] 1 more comes last, because it does not tell its { $what }
   *[other] { $count } more come last, because they do not tell their { $what }
}
asking-unsure-length = length
asking-unsure-price = price
asking-unsure-both = length or price
asking-new-offer = New in the catalogue
asking-new-run = New date
asking-near-heading = The nearest
asking-near-one-less = Without "{ $filter }" there are { $count }.
asking-nothing-filtered = No offer fits all of it
asking-nothing-next = "Back" leads to the list as it was.
asking-filtered-next = Take a filter off, or put it another way, for example "remove online" or "at most 2 days".
asking-nothing-next-leader = You can also report it as a need. Then the centre finds something for you.
asking-not-understood = I could not use that on the list. Write for example "only online", "after easter", "at most one day", "remove the price" or a new topic.
asking-nothing-shorter = { $shortest ->
    [none] None of them tell how long they are.
   *[other] Nothing is shorter than { $shortest }.
}
asking-nothing-longer = { $longest ->
    [none] None of them tell how long they are.
   *[other] Nothing is longer than { $longest }.
}
asking-nothing-cheaper = { $cheapest ->
    [none] None of them tell a price.
   *[other] Nothing is cheaper: { $cheapest }.
}
asking-first-page = You are on the first page of the list.
asking-which = Which one? Write for example "no. 2".
asking-which-of = There are several: { $numbers }. Write the number of the one you want to see.
asking-no-more-runs = Those were all the dates. Write "back" to return to the list.

filter-name-groups = staff group
filter-name-time = time
filter-name-place = place
filter-name-new = new only
filter-seats = { $count ->
    [one] with free seats
   *[other] room for { $count }
}
filter-place = place: { $place }
filter-on-site = in person
filter-longest = at most { $length }
filter-shortest = at least { $length }
filter-dearest = at most DKK { $amount }
filter-free = free of charge
filter-new = new since { $day }
filter-excluded = not { $form }
length-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
length-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
length-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
length-times = { $count ->
    [one] once
   *[other] { $count } times
}

button-remove-filter = ✕ { $filter }
button-remove-filters = Remove all filters
tooltip-remove-filter = Remove "{ $filter }" from the search
button-previous = Previous
button-more-runs = More dates
button-as-need = Report it as a need

offer-runs-page = Coming dates ({ $first }–{ $last } of { $total })
run-closed = sign-up is closed
offer-hint = Just ask: "when is the next one?", "what does it cost?", "who is it for?"

# Answers about one offer
about-next = The next date of "{ $title }" is { $day }{ $place }.
about-at = , { $place }
about-online = , online
about-no-run = "{ $title }" has no date planned right now.
about-any-time = "{ $title }" can be taken whenever it suits you.
about-by-agreement = "{ $title }" is arranged with you, whenever it suits.
about-seats = { $seats ->
    [0] It is full.
    [one] There is 1 free seat.
   *[other] There are { $seats } free seats.
}
about-room-yes = { $seats ->
    [one] Yes, there is 1 free seat { $day }.
   *[other] Yes, there are { $seats } free seats { $day }.
}
about-room-later = { $seats ->
    [one] The next date { $full } is full or closed, but there is 1 free seat { $day }.
   *[other] The next date { $full } is full or closed, but there are { $seats } free seats { $day }.
}
about-room-no = No, there are no free seats on the dates that are planned.
about-deadline = Sign up by { $day }.
about-no-deadline = No deadline for signing up is set.
about-price = "{ $title }": { $price }.
about-audience = "{ $title }" is for { $groups }.
about-everyone = "{ $title }" is for everyone.
about-area = Area: { $areas }.
about-place = "{ $title }" is held here: { $places }.
about-place-online = "{ $title }" is online.
about-length = "{ $title }" takes: { $length }.
about-length-unknown = How long "{ $title }" takes is not told.
about-outcome = "{ $title }": { $outcome }
about-provider = "{ $title }" is held by { $provider }.
about-provider-unknown = Who holds "{ $title }" is not told.
