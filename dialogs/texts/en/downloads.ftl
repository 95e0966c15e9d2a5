# The page in the browser when a link has no file to give
link-expired-heading = The link has expired
link-expired = Write to Kompetencebot in Teams again, for example "export", and you get a new link at once.
link-wrong-heading = The link does not work
link-wrong = Tell Kompetencebot in Teams what you want, for example "export", and you get a new link at once.
link-failed-heading = The file cannot be had right now
link-failed = Try the link again in a few minutes. If it still does not work, ask Kompetencebot in Teams for a new one.
link-reference = If you ask the people who run Kompetencebot, quote { $reference }.
