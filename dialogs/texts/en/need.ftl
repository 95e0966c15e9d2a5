# The need
need-describe = What should your people get better at? Write it in your own words, with how many and when if you can.
need-from-offer = Found in the catalogue: { $title }
need-only-leaders = It is leaders who send needs to the centre. If you are one, write "I am a leader". Otherwise you can show your leader what you found.
need-no-such-number = { $most ->
    [0] There is nothing to choose from. Write "submit" to send the need as it is, or "edit".
   *[other] I do not have that number. Choose one from 1 to { $most }, or write "none of them".
}
need-no-more = Those were all I found. If none fits, press "None of them fits", and the centre finds something for you.
need-noted-purpose = Thank you, I noted that as the purpose.
matches-sure = This fits well
matches-likely = Is it something like this?
matches-none = I found nothing that surely fits
matches-nothing = We do not have that in the catalogue yet
matches-nothing-next = Send the need all the same. The centre finds training for you, or buys it.
matches-nothing-hint = You can also write it in other words, and I will look again.
matches-hint = You can also write a number, "show more", or what should be different, e.g. "vi er 14" or "only online".
reason-seats = room for { $people }
match-why = Fits because: { $reasons }
chosen = You chose "{ $title }"
chosen-nothing = None of the suggestions, the centre finds something
label-your-choice = Your choice
label-understood = I understood
label-searched = You searched
summary-heading = Ready to send?
summary-missing = Please fill in what is missing, or send it as it is:
edit-heading = Correct what does not fit
nothing-chosen = Nothing chosen, the centre finds something
no-topic = No topic
for-everyone = Everyone
on-behalf-of = on behalf of { $whom }

label-topic = Topic
label-chosen = Chosen
label-people = Who
label-time = When
label-form = Form
label-budget = Budget
label-department = Department
label-area = Area
label-purpose = Purpose
label-staff-groups = Staff groups
label-on-behalf-of = On behalf of
label-kle = KLE
label-status = Status
label-filed = Sent
label-answer-due = Answer by
label-requester = Leader
label-outcome = Afterwards you can
label-for = For
label-provider = Provider
label-language = Language
label-code = Code

input-headcount = For how many people?
input-headcount-hint = E.g. 12
input-time = When?
input-time-hint = E.g. before summer or uge 12
input-purpose = What should be different in practice afterwards? (optional)
input-purpose-hint = E.g.: We create calm around the citizen without force
input-headcount-wrong = Write a whole number from 1 to { $most }
input-topic-needed = Write what they should get better at
input-area-needed = Choose an area
input-department-needed = Write which department you lead
input-form = Wanted form (optional)
input-form-hint = Any
input-groups-hint = E.g. SOSU-assistenter, sygeplejersker
input-behalf-hint = Only for another department
form-any = Any
form-headcount-unread = I cannot read "{ $value }" as a number. Write a number, e.g. 12. The rest is kept.
form-headcount-range = "{ $value }" cannot be right. Write a number between 1 and 5000. The rest is kept.

time-before = by { $last }
time-after = from { $first }
time-between = { $first } to { $last }

button-choose = Choose
button-more = Show more
button-none-fits = None of them fits
button-send-as-is = Send it to the centre
button-correct = Edit
button-send = Send to the centre
button-back = Back
button-save = Save
button-undo = Undo
button-resume = Continue the draft
button-drop-draft = Delete the draft
button-see-request = See the case
button-my-requests = My requests
button-withdraw = Withdraw
button-restore = Send again
button-details = Read more
button-read-more = Open in the catalogue
button-need-this = We need this
button-take = Take the case
button-open-case = Open the case
button-use-channel = Use this channel

# Offers
offer-show-leader = Is it something for you, but the days do not suit? Then show it to your leader, who can send a need to the centre.
offer-runs = Coming dates
offer-by-agreement = The time is arranged to suit
offer-any-time = Can be taken at any time
offer-no-run = No date planned yet
offer-next-run = { $seats ->
    [0] Next date { $day }, but it is full
    [one] Next date { $day } · 1 free seat
   *[other] Next date { $day } · { $seats } free seats
}
offer-too-few-seats = (you are { $people })
offer-more-runs = { $count ->
    [one] · and 1 more date
   *[other] · and { $count } more dates
}
offer-gone = That training is no longer in the catalogue. Write the topic, and I find what there is instead.
run-seats = { $seats ->
    [0] full
    [one] 1 free seat
   *[other] { $seats } free seats
}
run-deadline = sign up by { $day }
price-unknown = Price on request
price-free = Free
price-per-person = DKK { $amount } per person
price-per-team = DKK { $amount } per group
place-online = Online

kind-own-course = Own course
kind-bought-course = Bought course
kind-theme-day = Theme day
kind-supervision = Supervision
kind-mentoring = Mentoring
kind-peer-training = Peer training
kind-e-learning = E-learning
kind-specialist = Specialist
kind-team-programme = Programme in the team
form-course = Course
form-theme-day = Theme day
form-supervision = Supervision
form-mentoring = Mentoring
form-peer-training = Peer training
form-e-learning = E-learning
form-specialist = Specialist
form-team-programme = Programme in the team
form-online = Online
form-on-site = At the workplace
area-disability = Disability (Handicap)
area-senior = Senior
area-psychiatry = Social & Psychiatry
language-da = Danish
language-en = English

# Search
search-found = This is what I found
search-coming = This is what you can choose from
search-nearest = Not quite, but the nearest is
search-nothing = We do not have that in the catalogue right now
search-nothing-next = Try another word or a broader topic (in Danish). If it is missing in the catalogue, a leader can report the need to the centre.
search-hint = Write to make the list shorter: "only online", "after Easter", "at most one day", "with free seats". "No. 2" opens one.
search-no-more = That was the whole list. Write another topic, or a number to open one.
