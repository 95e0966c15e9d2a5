# Calendar: the button, the file and what it says
button-calendar = Add to calendar
button-calendar-remove = Remove from calendar
button-other-runs = See other dates
calendar-file = Calendar { $code }
calendar-cancelled = Cancelled: { $title }
calendar-remove = You do not need to go. You can delete this from your calendar.
calendar-period = The course runs from { $begins } to { $ends }. The calendar has the first and the last day. If you meet on other days too, the competence centre will tell you which.
calendar-link = Join online: { $link }
calendar-run = Course date { $code }
calendar-leave = Can't come? Write “leave” to Kompetencebot in Teams.
calendar-changed = The dates or place have changed since you signed up. If you can't come, write “leave” to Kompetencebot in Teams.
calendar-not-yet-heading = There is nothing to put in the calendar yet
calendar-not-yet = You do not have a seat yet. Write “my courses” to Kompetencebot in Teams to see where you stand.
calendar-heading = Put your courses in the calendar
calendar-hint = Open the file, and the course is in your calendar. If anything changes, you will hear and get a new file here.
calendar-none = You have no coming courses that can go into the calendar. Write “my courses” to see where you stand.

run-was = Before: { $days }.
run-was-at = The place was: { $place }.
run-link-new = The link is new. The old one may not work any more.
run-cancelled-next = It is nothing you did. See whether another date suits you.
enrolment-reminder-today = Remember: you are off to this today.
