# The page in the browser when a link has no file to give
link-expired-heading = The link has expired
link-expired = Write to Kompetencebot in Teams again, for example "export", and you get a new link at once.
link-wrong-heading = The link does not work
link-wrong = Tell Kompetencebot in Teams what you want, for example "export", and you get a new link at once.
link-failed-heading = The file cannot be had right now
link-failed = Try the link again in a few minutes. If it still does not work, ask Kompetencebot in Teams for a new one.
link-reference = If you ask the people who run Kompetencebot, quote { $reference }.

# The queue as a file
button-export = Export
button-export-xlsx = Get for Excel
button-export-csv = Get as CSV
export-heading = Get the cases as a file
export-care = The buttons work for { $minutes } minutes, as often as you like. The file has names in it: give it and the link only to those who may see the cases.
export-nothing = There are no cases to get. Write "queue" and I show them all, or "export closed" for those that are finished.
export-in-channel = In the channel everybody would get the link. Write "export" to me in our own chat, and you get the file there.
export-file = Cases { $day }
export-too-many-heading = There are too many cases for one spreadsheet
export-too-many = Write "export" to Kompetencebot in Teams and choose CSV, or ask for fewer cases, for example "export disability".
