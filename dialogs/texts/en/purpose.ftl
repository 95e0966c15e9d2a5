# Purpose agreement
purpose-title = Purpose agreement: { $title }
purpose-title-leader = Purpose agreement with { $name }: { $title }
purpose-question-practice = What should be different in everyday work afterwards?
purpose-question-whom = For which citizens or tasks?
purpose-question-sign = How will you both see that it works?
purpose-answer-needed = Write a few words here.
purpose-no-names = Short is fine. Please leave out citizens' names.
purpose-you = You
purpose-intro = Three short questions before you go, so that the course is of use in everyday work. Your leader gets the same ones. Fill in the fields, or answer me one question at a time.
purpose-intro-leader = Three short questions before the course begins, so that it is of use in everyday work. Your employee gets the same ones. Fill in the fields, or answer me one question at a time.
purpose-asks = Next question: { $question } Write the answer here, or use the fields.
purpose-asks-again = { $question } Write the new answer here, or change it in the fields. Write “keep” to leave it as it is.
purpose-hidden = You each answer by yourselves. You see each other's answers when both have answered, and otherwise on { $until }.
purpose-other-answered = { $name } has answered. You see each other's answers when you have too, and otherwise on { $until }.
purpose-other-silent = { $name } has not answered yet.
purpose-sees-both = You can both see what the other has answered.

purpose-status-none = No agreement yet
purpose-status-yours = Your answers are missing
purpose-status-unanswered = You did not get to answer
purpose-status-theirs = Waiting for answers from { $name }
purpose-status-you-confirm = Your confirmation is missing
purpose-status-they-confirm = Waiting for { $name } to confirm
purpose-status-agreed = Agreed
purpose-status-closed = Closed, because the place is gone

purpose-private = The competence centre can see that there is an agreement, but not what it says.
purpose-shared-by-you = You have agreed that the competence centre reads it. It can do so only when { $name } agrees too.
purpose-shared = The competence centre can read the agreement, because you have both said yes.

purpose-saved = Thank you, your answers are saved. You can change them until the course begins.
purpose-saved-already = Your answers are saved as they are here.
purpose-confirmed = You have confirmed. Now only { $name } is missing.
purpose-confirmed-already = You have confirmed already.
purpose-agreed = You agree on the purpose. The agreement is here when you want to see it again: write “purpose agreements”.
purpose-now-shared = You have agreed that the competence centre reads it. { $name } has to say yes too.
purpose-now-private = The competence centre cannot read the agreement.

purpose-reminder = A friendly reminder: the three questions about the course are waiting for you.
purpose-opened = You have both answered. Read what { $name } writes, and confirm if you agree. Otherwise talk about it, and change your answers.
purpose-opened-without-them = The deadline has passed, and { $name } has not answered. { $name } can see your answers now. Do talk about it.
purpose-opened-without-you = The deadline has passed, but you can still answer until the course begins.
purpose-changed = { $name } has changed their answers. See whether you still agree, and confirm again.
purpose-they-confirmed = { $name } has confirmed. If you agree, confirm too.

purpose-missing = One or more of the questions have no answer yet. What you wrote is still here.
purpose-too-long = That is too long. Shorten each answer to at most { $most } characters, and send it again.
purpose-too-late = The course has begun, or the place is gone, so the answers cannot be changed any more. The agreement stands like this:
purpose-moved-on = Something has happened since you saw it. Read how the agreement stands now:
purpose-gone = I cannot find that agreement among yours. Write “purpose agreements” to see those that you are part of.
purpose-cannot-begin = There is no purpose agreement here. You make one when you have a place on a run that has not begun. Write “my courses” to see yours.
purpose-no-leader = I do not know who your leader is, so there is nobody to ask. Ask the competence centre to put that right, and write “purpose agreement” again.
purpose-offer = You can make a purpose agreement about the course: three short questions, which { $name } gets too.
purpose-which = Which agreement do you mean?
purpose-none-to-confirm = There is no purpose agreement for you to confirm now. Write “purpose agreements” to see how things stand.
purpose-none-to-change = There is no purpose agreement for you to change now. Write “purpose agreements” to see how things stand.
purpose-none-to-share = There is no purpose agreement to share or keep to yourselves. Write “purpose agreements” to see how things stand.
purposes-none = You have no purpose agreement now. One comes by itself when you get a place on a course that your leader says yes to.
purposes-none-leader = No purpose agreements are waiting for you. You will hear from me here when one of your employees gets a place on a course.
purposes-heading = { $count ->
    [one] 1 purpose agreement is waiting for you
   *[other] { $count } purpose agreements are waiting for you
}
purposes-heading-none = Your purpose agreements
purposes-more = { $count } more. Write “purpose” and a name or a course to see a certain one.

purpose-run-title = Purpose on { $code }: { $title }
purpose-run-count = { $count ->
    [0] Nobody on this run has a purpose agreement yet.
    [one] 1 participant has a purpose agreement.
   *[other] { $count } participants have a purpose agreement.
}
purpose-run-by-person = Answered by the participant
purpose-run-by-leader = Answered by the leader
purpose-run-agreed = Confirmed by both
purpose-run-topics = Recurs in the answers
purpose-run-anonymous = Only words that at least three people used are here. The text itself is shown only when both participant and leader have shared it.
purpose-run-no-topics = Words from the answers are shown only when at least three people have used them. The text itself is shown only when both participant and leader have shared it.

button-purpose = Purpose agreement
button-purpose-begin = Make an agreement
button-purpose-save = Save answers
button-purpose-confirm = Confirm
button-purpose-answer = Answer
button-purpose-change = Change my answers
button-purpose-share = Share with the centre
button-purpose-unshare = Stop sharing
