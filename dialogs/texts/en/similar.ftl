# Other cases about the same, on a case's card
case-similar = { $count ->
    [one] Another open case about the same
   *[other] { $count } other open cases about the same
}
button-open-similar = Open { $number }
