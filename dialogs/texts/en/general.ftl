# Patterns for dates (Unicode CLDR) and amounts
pattern-day = EEEE d MMMM
pattern-short-day = d MMM y
kroner = DKK { $amount }
budget = at most DKK { $amount }
people = { $count ->
    [one] 1 person
   *[other] { $count } people
}

# Welcome and help
welcome-hello = Hello { $name }!
welcome-hello-nobody = Hello!
welcome-leader = Tell me in your own words what your people should get better at. I find what fits best and send the need to the competence centre when you say so.
welcome-employee = Ask me about courses, theme days and other training, and sign up here. Just write what you would like to learn more about.
welcome-staff = Here you can see the queue, open a case and take it. You can also find training or report a need on behalf of a department.
welcome-hint = You can always write "help", "cancel", "back" or "dansk".
welcome-demo = This is a trial. Write "I am a leader", "I am an employee" or "I am a consultant" to try all three sides. In the centre's channel you are always the consultant.
starter-leader-1 = Report a need
starter-leader-1-says = Jeg har 12 SOSU-assistenter der skal blive bedre til at møde borgere med demens inden sommer
starter-leader-2 = See courses
starter-leader-2-says = Hvilke kurser er der om konflikthåndtering?
starter-leader-3 = My requests
starter-leader-3-says = My requests
starter-employee-1 = Courses on dementia
starter-employee-1-says = Hvilke kurser er der om demens i foråret?
starter-employee-2 = E-learning on medication
starter-employee-2-says = Vis e-læring om medicinhåndtering
starter-employee-3 = My courses
starter-employee-3-says = My courses
starter-staff-1 = Show the queue
starter-staff-1-says = queue
starter-staff-2 = Find training
starter-staff-2-says = Hvilke forløb er der om voldsforebyggelse?
starter-staff-3 = Report a need
starter-staff-3-says = New need
help-heading = This is what I can do
help-leader =
    Write a need as you would say it. Danish topics match best: "Vi er 8, der skal have styr på medicinhåndtering før påske".
    Ask about courses: "Which courses are there about autisme?"
    Write "my requests" to see, change or withdraw something.
    Sign your people up: "sign up Mads and Ida for DEM-01-H2". Write "my people" to see who takes part in what, and "applications" to answer those who wait.
    Write "settings" to choose when you are told. When you are away: "I am on holiday until 3 January, Bo Friis looks after my cases".
help-employee =
    Ask as you would say it: "Which courses are there about demens?" Danish topics match best.
    Make the list shorter: "only online", "after Easter", "show more", "no. 2".
    Press "Sign me up" under the dates that suit. Write "my courses" to see yours, and "sign me off" if you cannot come.
    Are you a leader? Write "I am a leader", and you can report needs for your people too.
    Write "settings" to choose when you are told, or, say, "pause until Monday".
help-staff =
    Write "queue" to see the open cases, or a case number to open one.
    Find training: "Which courses are there about recovery?"
    Report a need for others: "På vegne af Plejecenter Solgården: 10 medarbejdere skal kunne forflytte".
    Write "distribution" to see which channel has what, and who gets new cases.
    Write "settings" to choose when you are told. When you are away: "I am on holiday until 3 January, Grethe looks after my cases".
help-always =
    Anywhere: "back", "cancel", "start again", "continue", "dansk" and "english".
    Whatever you can click, you can also write.
channel-hello = Hello, I am Kompetencebot
channel-offer = Should the leaders' needs arrive in this channel? You get a card for each request with all you need, and take the case with one click.
channel-chosen = Done! From now on new requests arrive here. { $name } chose the channel.
channel-staff-only = Only the competence centre's staff can move the queue. Ask a colleague in the centre's team to do it.
channel-only-in-team = That works in a channel only. Add me to the centre's team and press "Use this channel" there.
channel-help = Write a case number to open a case, "queue" to see the open ones, or "distribution" to see who has what. For everything else, a personal chat with me works best.

group-help = Everybody listens in this group chat. Write to me in a personal chat, and I help you with courses and needs.

# Small talk
talk-thanks = You are welcome. Do write again.
talk-goodbye = Have a good day! I am here when you need me.
talk-how-are-you = Thank you, I am here and ready to help. What should your people get better at?
talk-who-are-you = I am Kompetencebot, the competence centre's digital assistant. I am a program, and behind me are the centre's consultants. Write "help" to see what I can do.
talk-want-human = I understand. Write what it is about and send it to the centre, and a consultant will contact you. If it is urgent, call the competence centre.
sent-file = Thank you for the file. I cannot read files yet. Write briefly what you need, and I will help at once.
sent-picture = Nice picture! I can only read text. Please write what I can help with.
sent-voice = Thank you for the message. I cannot listen to sound yet. Write it in a few words and I will start.
empty = I am here. Write in a few words what your people should get better at, or write "help".
too-long = That was a lot of words at once. Please write it shorter ({ $most } characters at most), and I will find what fits. You can tell the centre the rest afterwards.

# On the way
language-changed = Now we speak English. The catalogue itself is in Danish.
cancelled = Cancelled. Nothing was sent or changed.
cancelled-kept = Cancelled, and nothing was sent. I kept a draft in case you change your mind.
nothing-to-cancel = Nothing is under way. Write what I can help with, or "help".
nothing-to-go-back-to = There is nothing to go back to. Write what I can help with, or "help".
at-the-beginning = We are at the beginning. Write "cancel" if you want something else.
nothing-to-answer = Nothing is waiting for an answer right now. Write what I can help with, or "help".
nothing-to-send = There is nothing to send right now. Write what your people should get better at, and we begin.
dead-click = That card has been answered already, so nothing happened. Write what I can help with, or "my requests".
dead-click-topic = That card has been answered already, so nothing happened. Use the newest card, or write "continue" and I show it again.
lost-thread = I was updated and lost the thread of what we were doing. Sorry. Write it again and we take it from there.
unknown-in-topic = I am not sure what you mean by "{ $said }". Choose on the card, write a number, "show more" or "edit". If it is a new topic, write "start again".
topic-goes-on = We are still working on "{ $title }". Write "continue" and I show the card again.
draft-offer = You have a draft that was not sent: "{ $title }".
drafts-which = Your drafts. They were not sent.
drafts-hint = You can also write "continue" and a number.
no-such-draft = { $most ->
    [0] You have no drafts. Write what your people should get better at, and we begin.
   *[other] You do not have that draft. Choose a number from 1 to { $most }, or write "drafts" and I show them.
}
draft-dropped = The draft is deleted.
no-draft = You have no drafts. Write what your people should get better at, and we begin.

# Who are you
introduced-known = I know you as a leader already. Write what your people should get better at.
introduced-other = Noted. Do ask about courses, or write "help".
introduced-listed-leader = On the municipality's list you are a leader, so you can both report needs and ask about courses. If that is wrong, please tell the competence centre.
introduced-staff = Yes, you are in the centre's team. Write "queue" to see the open cases.
introduced-not-staff = I cannot see you in the competence centre's team in Teams. Once you are added to it, you can see the queue here. Until then you can ask about courses.
profile-heading = Nice to meet you! Where are you a leader?
profile-why = So that the centre knows who is asking. A consultant confirms it when you send your first need.
profile-department-hint = E.g. Plejecenter Solgården
profile-incomplete = I need both area and department. Choose on the card, or write e.g. "Senior, Plejecenter Solgården".
profile-saved = Thank you, noted: leader at { $department } ({ $area }). Now write what your people should get better at.
demo-now-leader = Now you are { $name }, a leader. Write what your people should get better at.
demo-now-employee = Now you are { $name }, an employee. Ask about courses, e.g. "which courses are there about demens?"
demo-now-staff = Now you are { $name }, a consultant at the competence centre. Write "queue" to see the cases.

# Search
search-no-such-number = { $most ->
    [0] The list is empty. Write another topic, and I look again.
   *[other] I do not have that number. Write one from 1 to { $most }, or another topic.
}

# Errors
error = Something went wrong on my side, and what you asked for was not done. Please try again in a moment. If it happens again, give the centre this code: { $reference }
too-fast = That was a little too fast for me, so I did nothing about the last one. Please wait a moment, and then send it again.
busy = I am very busy right now. Please try again in a moment. Code: { $reference }
