# Andre sager om det samme, på sagens kort
case-similar = { $count ->
    [one] En anden åben sag om det samme
   *[other] { $count } andre åbne sager om det samme
}
button-open-similar = Åbn { $number }
