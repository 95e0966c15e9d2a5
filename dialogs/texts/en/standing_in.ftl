# While somebody is away
news-as-stand-in = { $name } is away, and you look after the case meanwhile.

# A leader is away
settings-leader-away = You are noted as away until and including { $day }. { $name } is told about your cases and can answer for you meanwhile. Write "I am back" if you return sooner.
settings-leader-away-nobody = You are noted as away until and including { $day }, and you hear from me after that. Should another leader answer for you meanwhile? Write, say, "Bo Friis looks after my cases".
settings-leader-away-ahead = I have noted that you are away until and including { $day }. Should another leader answer for you meanwhile? Write, say, "Bo Friis looks after my cases".
settings-which-stand-in = Whom do you mean? Press beside the name, or write, say, "Bo Friis looks after my cases".
settings-more-stand-ins = … and { $count } more. Write the full name or the e-mail if it is one of them.
settings-stand-in-no-leader = I have noted that you are away until and including { $day }, but I cannot find a leader called "{ $name }". Try the full name or the e-mail, say, "bo.friis@kommunen.dk looks after my cases".
settings-stand-in-not-here = I have noted that you are away until and including { $day }. { $name } has not talked with me yet, so there is no way for me to pass anything on. Ask { $name } to write "hello" to me and then tell me again – or choose somebody else.
settings-stand-in-gone = That name can no longer be chosen. Write, say, "Bo Friis looks after my cases".
settings-pause-when-it-begins = That begins on { $day }. Write "pause" when it does.

# A case is handed to somebody who is away
handed-to-absent = { $name } is away until and including { $day }. { $stand_in } has been told too and looks after { $count ->
    [one] the case
   *[other] the cases
} meanwhile.
handed-to-absent-yours = { $name } is away until and including { $day }, and it is you who looks after { $count ->
    [one] the case
   *[other] the cases
} meanwhile.
handed-to-absent-alone = { $name } is away until and including { $day }, and nobody stands in meanwhile. Should somebody else have { $count ->
    [one] it
   *[other] them
}? Write "give { $numbers } to …" with the name.
