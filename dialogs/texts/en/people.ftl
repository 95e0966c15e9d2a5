# Channels and who has what
button-use-channel-area = { $area ->
    [disability] Disability only
    [senior] Senior only
   *[psychiatry] Psychiatry only
}
channel-offer-areas = If you have a channel for each area, choose the area in the channel it belongs to. Everything else lands in the first channel you choose.
channel-chosen-subject = There! From now on new requests about { $subject } land here. { $name } chose the channel.
channel-unnamed = General
subject-topic = "{ $topic }"
caretaker-set = { $name } gets all new cases about { $subject } from now on. Write "nobody has … by default" to change that.
caretaker-removed = { $name } no longer gets new cases about { $subject } automatically.
caretaker-none = Nobody gets new cases about { $subject } automatically.
caretaker-unknown = I cannot find "{ $name }" in the centre's team, or there are several of that name. Write the full name.
distribution-heading = Where new cases go
distribution-main = Everything lands in the channel { $channel }, except for what is named here.
distribution-none = No channel has been chosen yet. Add me to the centre's team and press "Use this channel" there.
distribution-people = Get new cases automatically:
distribution-hint = Write "use this channel for Senior" in a channel, or "Kirsten has Senior by default" here.
card-moved = { $number } ({ $topic }) was moved to { $area }. Its card is in the channel { $channel } now.
card-moved-no-area = no area

# Leaders
button-refuse-leader = Not a leader
case-leader-left = (the leader has left)
case-not-leader = (is not a leader)
case-leader-settled = { $name } was settled as a leader in { $number } before. The card shows how the case stands.
case-missing-area = Which area is the case to be moved to? Write Handicap, Senior or Social & Psychiatry.
case-done-moved = { $number } now belongs to { $area }. The card moves along.
case-done-leader-refused = { $name } is noted as an employee and is told kindly.
event-moved = { $name } moved the case to { $area }
event-leader-refused = { $name } noted that this is not a leader
event-leader-left = { $name }: the leader has left
news-leader-confirmed = { $name } of the competence centre has confirmed you as a leader. You can file needs as often as you have them.
news-leader-refused = { $name } of the competence centre has noted that you are not a leader, so you cannot file needs for others. Talk to your leader about { $number }, or write to the centre if that is a mistake. You can always ask about courses here.
requests-left = You are no longer on the municipality's list as a leader, so your earlier requests are with the centre and the department. If that is a mistake, write "I am a leader".

# Place in the queue
queue-place = { $count ->
    [0] Yours is next in the queue.
    [1000] There are at least 1,000 requests ahead of yours.
    [one] There is 1 request ahead of yours.
   *[other] There are { $count } requests ahead of yours.
}
label-queue-place = Place in the queue

# Settings
settings-heading = Settings for notices
settings-frequency = How often do you want to be told?
settings-choice-at-once = At once
settings-choice-daily = Every working day at 8
settings-choice-weekly = Every Monday at 8
settings-quiet-label = When do you want quiet?
settings-quiet-never = Never
settings-quiet-after = { $hour } to next morning
settings-weekends-label = Weekends and public holidays
settings-weekends-told = I want to be told
settings-weekends-quiet = No notices
settings-hint = What waits for you always comes at once, unless it is quiet. You can also write, say, "pause until Monday" or "no notices after 17".
settings-is-paused = There is a pause until { $day }.
settings-is-away = You are noted as away until and including { $day }. { $name } looks after your cases.
settings-is-away-nobody = You are noted as away until and including { $day }. Nobody looks after your cases.
button-unpause = End the pause
button-back-again = I am back
settings-saved = Saved.
settings-now-at-once = You are told at once.
settings-now-daily = You get one message every working day at 8. What waits for you still comes at once.
settings-now-weekly = You get one message every Monday at 8. What waits for you still comes at once.
settings-quiet = It is quiet from { $begins } until { $ends }. What happens meanwhile comes in the morning.
settings-weekends = Weekends and public holidays are quiet.
settings-any-hour = You are told at any hour and on any day.
settings-paused = There is a pause now. You hear from me again on { $day } at { $clock }. Write "stop pause" if it should end sooner.
settings-pause-over = The pause is over. You are told again.
settings-pause-until-when = How long a pause? Write, say, "pause until Monday" or "pause for 3 days".
settings-away = You are noted as away until and including { $day }. { $name } is told about your cases meanwhile. Write "I am back" if you return sooner.
settings-away-nobody = You are noted as away until and including { $day }. Nobody looks after your cases meanwhile. Write, say, "Grethe looks after my cases" if a colleague is to be told.
settings-away-until-when = How long are you away? Write, say, "I am on holiday until 3 January, Grethe looks after my cases".
settings-stand-in-unknown = I cannot find "{ $name }" among your colleagues in the centre's team. Write the full name.
settings-back = Welcome back! You are told about your cases yourself again.
