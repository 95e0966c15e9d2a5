# The queue: the list
queue-heading = The queue
queue-shows = Shows
queue-whole = the whole queue
queue-empty = The queue is empty. New requests arrive in the channel.
queue-nothing = No cases fit. Try fewer words, or write "queue" to see them all.
queue-no-more = Those were all the cases.
queue-no-such-number = There is no number { $number } on the list.
queue-found = { $count ->
    [one] 1 case
   *[other] { $count } cases
}
queue-found-many = At least { $count } cases
queue-mine = mine
queue-nobody = unassigned
queue-colleague = { $name } has them
queue-older = { $days ->
    [one] more than 1 day old
   *[other] more than { $days } days old
}
queue-overdue = overdue
queue-due-within = { $days ->
    [0] due today or before
    [one] due by tomorrow
   *[other] due within { $days } days
}
queue-due-before = due before { $day }
queue-due = due { $day }
queue-due-past = was due { $day }
queue-age = { $days ->
    [0] sent today
    [one] 1 day old
   *[other] { $days } days old
}
queue-priority-high = Urgent
queue-priority-normal = Normal priority
queue-priority-low = Low priority
queue-from = from { $name }
queue-about = about { $words }
queue-nobody-has = Nobody has it
queue-awaiting-leader = Awaiting leader
button-queue-mine = Mine
button-queue-new = New
button-queue-nobody = Unassigned
button-queue-old = Over { $days } days
button-queue-all = The whole queue
button-several = Choose several
button-take-several = Take the cases

# The queue: several cases at once
input-cases = Which cases?
input-cases-needed = Choose at least one case.
input-several-colleague = Who should have them? (when you hand them over)
input-several-reason = Reason (when you reject)
several-done = { $what } { $numbers }
several-nothing-done = Nothing was changed.
several-not-found = { $number } is not in the queue.
several-too-late = That cannot be done to { $number } now. It stands as { $status }.
several-too-many = That is too many at once. Take at most { $most } cases at a time.
several-taken = { $count ->
    [one] One case is yours, and the leader is told:
   *[other] { $count } cases are yours, and the leaders are told:
}
several-handed-over = { $count ->
    [one] One case is handed over to { $name }:
   *[other] { $count } cases are handed over to { $name }:
}
several-released = { $count ->
    [one] One case is released:
   *[other] { $count } cases are released:
}
several-asked = { $count ->
    [one] The question is sent in one case:
   *[other] The question is sent in { $count } cases:
}
several-answered = { $count ->
    [one] The answer is sent in one case:
   *[other] The answer is sent in { $count } cases:
}
several-wrote = { $count ->
    [one] It is written in one case, and the centre is told:
   *[other] It is written in { $count } cases, and the centre is told:
}
several-noted = { $count ->
    [one] The note is kept in one case:
   *[other] The note is kept in { $count } cases:
}
several-sourcing = { $count ->
    [one] Offers are being sought in one case:
   *[other] Offers are being sought in { $count } cases:
}
several-pooled = { $count ->
    [one] One case is in a joint purchase:
   *[other] { $count } cases are in a joint purchase:
}
several-proposed = { $count ->
    [one] "{ $title }" is proposed in one case:
   *[other] "{ $title }" is proposed in { $count } cases:
}
several-planned = { $count ->
    [one] "{ $title }" is planned in one case:
   *[other] "{ $title }" is planned in { $count } cases:
}
several-completed = { $count ->
    [one] One case is reported completed:
   *[other] { $count } cases are reported completed:
}
several-evaluated = { $count ->
    [one] One case is evaluated:
   *[other] { $count } cases are evaluated:
}
several-rejected = { $count ->
    [one] One case is rejected, and the leader gets the reason:
   *[other] { $count } cases are rejected, and the leaders get the reason:
}
several-reopened = { $count ->
    [one] One case is open again:
   *[other] { $count } cases are open again:
}
several-moved = { $count ->
    [one] One case is moved to { $area }:
   *[other] { $count } cases are moved to { $area }:
}
several-prioritised = { $count ->
    [one] The priority is changed in one case:
   *[other] The priority is changed in { $count } cases:
}

# Saved views
views-heading = Your views
views-hint = Write "save as …" while you look at a list, or "delete the view …".
button-view = Show
view-saved = "{ $name }" is saved: { $filters }. Write "show { $name }" when you want to see it again.
view-nothing-to-save = There is no list to save right now. Write "queue" and what you want to see, e.g. "queue my new", and save it then.
view-too-many = You have { $most } views already. Delete one that you do not use with "delete the view …".
view-none = You have no saved views yet. Write e.g. "queue my new" and then "save as my new".
view-unknown = I cannot find a view called "{ $name }". Write "my views" and I show those you have.
view-deleted = "{ $name }" is deleted.

# The queue as a spreadsheet
export-sheet = Requests
export-number = Case number
export-status = Status
export-priority = Priority
export-assignee = Assignee
export-filed = Sent
export-changed = Last changed
export-due = Due
export-topic = Topic
export-need = Need
export-leader = Leader
export-area = Area
export-department = Department
export-behalf = On behalf of
export-headcount = People
export-groups = Staff groups
export-when = When
export-earliest = Earliest
export-latest = Latest
export-form = Form
export-purpose = Purpose
export-budget = Budget (DKK)
export-chosen = The leader's choice
export-offer = Proposed or planned
export-run = Run
export-kle = KLE subject
