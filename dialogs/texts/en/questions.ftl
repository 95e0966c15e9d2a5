# Answers to questions about the assistant itself (questions.toml says how they are asked).
question-who-sees-need = Your need can be seen by you and by the consultants of the competence centre. Other leaders and employees cannot. Write "my requests" to see what the centre got.
question-who-sees-courses = Your courses can be seen by you, your leader and the competence centre. Your colleagues cannot.
question-who-sees-purpose = Only you and your leader, and not before you both have answered or the deadline has passed. The centre sees that the agreement exists, but not what it says, unless you both choose to share it.
question-what-is-purpose = In the purpose agreement you and your leader each say briefly what the course is to change in daily work, for whom, and how you will see it. Then you agree what the course is for, and can follow up. Write "purpose agreements" to see yours.
question-after-sign-up = Find the course and press "Sign me up". If somebody has to say yes first, I ask them, and you get the answer here. I remind you of the course seven days and one day before. Write "my courses" to see where it stands.
question-who-decides = The course says so: some are free to join, others need a yes from your leader or the competence centre. I ask whoever has to answer, and you hear it here.
question-leave = Yes. Write "my courses", find the course and leave it there. If the deadline has passed, I ask the centre for you. Your place goes to the next in line.
question-waiting-list = If a run is full, you can join its waiting list. When a place comes free, it is offered here to whoever has waited longest, with a deadline to answer. If they say no, it goes to the next.
question-interest = Where there is no run, I can put you down. Then the centre knows that the course is needed, and you hear it here when there is a run. You are not signed up, and your colleagues cannot see it.
question-answer-time = The centre answers within five working days, and the date is on your receipt. Write "my requests" to see how far they are. Your leader is reminded of a sign-up after three working days.
question-centre-cost = It costs nothing to report a need or to ask. The price of a course is on the course. If you are not sure who pays, ask your leader or the centre.
question-my-data = I keep your name, your e-mail, your department, what you send to the centre, and your sign-ups with what belongs to them. I do not keep CPR numbers. Write "show my data" to see what there is, or "delete my data".
