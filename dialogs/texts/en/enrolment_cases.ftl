# Enrolments that the competence centre decides on
enrolment-case-applies = { $name } would like to take part.
enrolment-case-leaves = { $name } wants to leave, but the deadline has passed.
enrolment-case-why-leave = The last day to leave without asking was { $day }.
enrolment-case-why-centre = For this course it is the centre that says yes.
enrolment-case-why-nobody = I don't know who leads { $name }, so it is for you to answer.
enrolment-case-seat = The seat is kept until you answer.
enrolment-case-no-seat = The run is full. If you say yes, { $name } goes on the waiting list.
enrolment-case-next-in-line = If you say yes, the seat goes to the first on the waiting list.
enrolment-case-seats = Seats
enrolment-case-line = Waiting list
enrolment-case-why = Why you
enrolment-case-waiting = { $count ->
    [0] nobody
    [one] 1 waits
   *[other] { $count } wait
}
button-grant-leave = Let them leave
button-refuse-leave = Refuse
button-send-leave-refusal = Send the refusal
input-leave-refusal = Why is it not possible?
enrolment-case-by-approved = { $name } said yes.
enrolment-case-by-refused = { $name } said no.
enrolment-case-by-asked = { $name } asked and waits for an answer.
enrolment-case-by-answered = { $name } answered.
enrolment-case-by-left = { $name } left.
enrolment-case-by-leave-granted = { $name } let them leave.
enrolment-case-by-leave-refused = { $name } refused to let them leave.
enrolment-case-by-removed = { $name } took the person off the run.
enrolment-case-done-approved = You said yes. { $name } is in and will be told.
enrolment-case-done-waitlisted = You said yes. The run is full, so { $name } is on the waiting list and will be told.
enrolment-case-done-refused = You said no. { $name } will get your reason.
enrolment-case-done-asked = Your question is sent to { $name }. The answer will come on the card.
enrolment-case-done-leave-granted = { $name } has left, and the seat goes on to the next.
enrolment-case-done-leave-refused = { $name } keeps the seat and will get your reason.
enrolment-case-already = { $by } was first. { $name } is now: { $status }.
enrolment-case-moved-on = It has been settled meanwhile. { $name } is now: { $status }.
enrolment-case-gone = That enrolment is not there any more.
enrolment-case-words-missing = Please say why. { $name } will be told.
