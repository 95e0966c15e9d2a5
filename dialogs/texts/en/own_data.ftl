# What is kept about whoever asks
data-heading = This is what I keep about you
data-label-who = Who you are
data-label-requests = Requests
data-label-courses = Courses
data-label-rest = Else
data-requests = { $count ->
    [0] none
   *[other] { $count }, of which { $open ->
        [one] 1 is open
       *[other] { $open } are open
    }
}
data-courses = { $count ->
    [0] none
   *[other] { $count }, of which { $coming } are to come
}
data-rest = { $purposes ->
    [one] 1 finished purpose agreement
   *[other] { $purposes } finished purpose agreements
}, { $interests ->
    [one] 1 interest or wish
   *[other] { $interests } interests and wishes
}
data-where = Write "my requests", "my courses", "past courses", "purpose agreements" or "settings" to read it. I also keep drafts until you send them, and never CPR numbers.
data-how-long = What is finished loses your name after a time that the municipality decided. If you want all of it in one piece, or something corrected, write to the competence centre.
data-delete-heading = Delete my data?
data-delete-goes = This is deleted now: your drafts, settings, views, interests and wishes, purpose agreements about past courses, and what you wrote in finished requests (the topic stays, without your name).
data-delete-stays = This stays: open requests and courses to come, which courses you attended, and your place on the municipality's list of people. Ask the competence centre if that should go too.
data-stays = You have { $requests ->
    [one] 1 open request
   *[other] { $requests } open requests
} and { $courses ->
    [one] 1 course to come
   *[other] { $courses } courses to come
}. If that should go too, withdraw or leave first.
data-deleted = Your data is deleted. Write "show my data" to see what is left.
data-nothing-to-delete = There was nothing to delete but drafts and settings, and they are gone now. Write "show my data" to see what is left.
button-data-delete = Delete my data
button-data-delete-now = Yes, delete
