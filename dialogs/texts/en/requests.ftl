# Requests
filed = Thank you! { $number } is with the competence centre. You hear from us by { $day }.
already-sent = { $number } is sent already, so nothing new happened. You hear from the centre by { $day }.
receipt-heading = { $number } is sent
receipt-next = A consultant reads it, finds the best offer and writes to you here. You hear from us by { $day }.
receipt-your-words = Your own words
request-heading = Request { $number }
requests-heading = Your requests
requests-hint = Write a case number to open one, e.g. "case 1".
requests-none = You have not sent anything yet. Write what your people should get better at, and we begin.
requests-none-employee = You have no requests. Do ask about courses, e.g. "which courses are there about demens?"
request-not-found = I cannot find that request among yours. Write "my requests" to see those you have.
case-not-yours = I cannot find { $number } among your requests. Write "my requests" to see those you have.
request-too-late-to-edit = The centre has begun on { $number }, so it cannot be changed here. Write to the consultant who has the case, or send a new need.
request-too-late-to-withdraw = { $number } is planned or finished and cannot be withdrawn here. Please contact the competence centre.
edited = { $number } is changed. The centre sees it at once.
withdrawn = { $number } is withdrawn
withdrawn-next = The centre does nothing more about it. If you change your mind, it is back with one click.
withdrawn-said = { $number } is withdrawn. Write "undo" if that was a mistake.
withdraw-which = Which one do you want to withdraw? Open it on the list, or write e.g. "withdraw case 1".
restored = { $number } stands again as it did before.

status-new = New
status-clarifying = Being clarified
status-awaiting-leader = Awaits you
status-sourcing = Offers being sought
status-pooled = In a joint purchase
status-planned = Planned
status-completed = Completed
status-evaluated = Evaluated
status-rejected = Rejected
status-withdrawn = Withdrawn
assigned-to = { $name } has the case
kle-external = External competence development
kle-internal = Internal competence development

# The centre
case-title = Case { $number }
case-heading = { $number }: { $topic }
case-unconfirmed = (leader by own statement)
case-leaders-words = The leader's own words
case-already-yours = { $number } is yours already.
case-taken-already = { $name } has taken { $number } already.
notice-for = To { $name }:
staff-only = Only the competence centre's staff can do that. If you have a question about a case, write "my requests".
staff-only-demo = Only consultants can do that. Write "I am a consultant" to try their side.
