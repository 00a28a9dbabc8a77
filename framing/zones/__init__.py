"""How `find_passages` reads a page: paragraphs, what their wording betrays, and where they stand.

`lines` cuts a page into paragraphs; `phrases` knows what page furniture, captions and credits say in
English-language news; `story` tells one story from another by its words; `page` decides each zone by rule. `second`
then looks again at the sentences in doubt, by their `signs` and their `sound`.
"""
