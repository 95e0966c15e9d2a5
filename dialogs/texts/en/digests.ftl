# Reminders
reminder-answer = A friendly reminder: { $name } is waiting for your answer in { $number }. Do you have a moment?
reminder-overdue = { $name } has not answered in { $number } for five working days. I have just sent a reminder. A call may be easier.
reminder-due = { $number } is due { $day }.
reminder-due-today = { $number } is due today, { $day }.

# The morning in the channel
morning-heading = Good morning! It is { $day }.
morning-new = { $count ->
    [1000] At least 1,000 new cases that nobody has taken
    [one] 1 new case that nobody has taken
   *[other] { $count } new cases that nobody has taken
}
morning-overdue = { $count ->
    [1000] At least 1,000 cases have waited too long
    [one] 1 case has waited too long
   *[other] { $count } cases have waited too long
}
morning-due-today = { $count ->
    [1000] At least 1,000 cases are due today
    [one] 1 case is due today
   *[other] { $count } cases are due today
}
morning-unanswered = { $count ->
    [1000] At least 1,000 leaders have not answered in five working days
    [one] 1 leader has not answered in five working days
   *[other] { $count } leaders have not answered in five working days
}
morning-undelivered = Not delivered: { $count ->
    [one] 1 message
   *[other] { $count } messages
}
morning-more = … and { $count ->
    [995] at least 995 more
   *[other] { $count } more
}
morning-nobody = nobody assigned
undelivered-waits = { $number } · { $name } does not have the app yet. The message waits and arrives once it is installed.
undelivered-failed = { $number } · { $name } could not be sent the message. Please call or write directly.

# Not delivered, on the case's card
label-undelivered = Not delivered
undelivered-short-waits = { $name } (does not have the app yet)
undelivered-short-failed = { $name } (the message did not arrive)

# A person's own digest
own-digest-heading = { $count ->
    [one] News in 1 case since last time
   *[other] News in { $count } cases since last time
}
own-digest-more = … and news in { $count } more cases. Write "my requests" or "my cases" to see them.
