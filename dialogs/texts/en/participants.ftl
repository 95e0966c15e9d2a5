# Runs and participants as the competence centre sees them
run-list-heading = Runs with participants
run-list-of-heading = Which run of “{ $title }”?
run-list-none = There are no coming runs with participants. Write for example “participants DEM-01-H1” to see a certain one.
run-list-no-more = Those were all the runs.
run-list-no-such-number = There is no run no. { $number } on the list.
participants-unknown = I don't know a run or a course called “{ $code }”. Write “runs” and I'll show those that are coming.
participants-run = Run { $code }
participants-free = { $free ->
    [0] full ({ $seats } seats)
    [one] 1 free seat of { $seats }
   *[other] { $free } free seats of { $seats }
}
participants-attending = { $count ->
    [one] 1 participant
   *[other] { $count } participants
}
participants-waiting = { $count } on the waiting list
participants-applied = { $count } waiting for an answer
participants-to-decide = { $count } waiting for you
participants-none = There is nobody on this run yet.
participants-no-more = Those were all on the run.
participants-kept = Seat kept
participants-line = Waiting list
participant-place = no. { $place }
participant-awaits-centre = waiting for you
participant-awaits-leader = waiting for { $name }
participant-offered = offered a seat until { $until }
participant-leave-asked = wants to leave
participant-was-there = was there
participant-was-not = was not there
button-remove-participant = Remove
button-do-remove = Remove from the run
button-attendance = Attendance
button-all-runs = All runs
button-participants = See participants
input-participant = Who is to be removed?
input-participant-needed = Choose a person.
input-removal = Why? The person will be told.
input-removal-needed = Write a short reason.
removed-done = { $name } is off “{ $title }” and will get your reason.
removed-words-missing = Say why, so that { $name } can understand it. For example: “remove { $name } because this run is for Senior only”.
participant-unknown = I can't find “{ $name }” on the run. Write “participants { $code }” to see who is on it.
participant-several = Several people on the run could be “{ $name }”. Write the whole name.
participants-which-run = Which run do you mean? Add its code, for example “everyone came to DEM-01-H1”, or choose one here:

# Attendance
attendance-heading = Who was there?
attendance-hint = Everyone is ticked. Untick those who did not come, and save. You can always correct it.
attendance-part = Page { $page } of { $pages }: no. { $first } to { $last } of { $count }
input-attendance = Was there
button-save-attendance = Save attendance
button-next-people = The next ones
attendance-saved = The attendance of run { $code } is saved: { $came } came, { $away } did not.
attendance-not-begun = Run { $code } does not begin until { $day }. Attendance can be saved once it is under way.
attendance-nobody = There are no participants on run { $code }, so there is no attendance to save.

# The list as a file
people-export-heading = Get the list of participants as a file
people-export-care = The buttons work for { $minutes } minutes, as often as you like. The file has names and e-mails in it: give it and the link only to those who may see them.
people-export-in-channel = In the channel everybody would get the link. Write “export participants { $code }” to me in our own chat and you will get the file there.
people-export-file = Participants { $code } { $day }
people-export-sheet = Participants
people-export-name = Name
people-export-email = E-mail
people-export-department = Department
people-export-area = Area
people-export-status = Status
people-export-when = Signed up on
people-export-by = Signed up by
people-export-leader = Leader
people-export-attended = Was there
attended-yes = yes
attended-no = no
