# Share an offer in a chat
sharing-from = From the competence centre's catalogue
sharing-often = Often chosen
sharing-near = Close to what you searched for
sharing-nothing = The catalogue has nothing like that right now. Try another word, or tell Kompetencebot in a personal chat what you need. We will find a way.
sharing-address = Share it: { $address }
button-want-this = I would like this
want-says = I would like this: { $title } ({ $code })
show-says = Show { $title } ({ $code })
not-here = I cannot do that here. Write to me in a personal chat and I will help you.

# The page that a shared link opens
page-how = The button opens a chat with Kompetencebot in Teams. The message is ready; you only have to press send.
page-by-words = You can also write “{ $code }” to Kompetencebot yourself.
page-find-bot = Cannot see Kompetencebot? Look for it under Apps in Teams.
page-gone = I cannot find that course
page-gone-next = It may have been taken out of the catalogue, or a character is missing in the link. Ask Kompetencebot in Teams and it will find what there is instead.
page-gone-says = Find courses
page-open-bot = Open Kompetencebot in Teams
page-trouble = The page cannot be shown right now
page-trouble-next = Try again in a moment, or ask Kompetencebot in Teams.
