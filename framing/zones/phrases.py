"""What the furniture of a news page says: fixed phrases of English-language news, never names of sites.

Phrases are matched word by word (lower case, punctuation ignored), so reading a line takes the same short
time whatever it holds. `LINES` are whole lines, `OPENINGS` the first words of short lines; `BOXES` open a
part of the page that is not the story; `SITE` are words of a site speaking to its visitor.
"""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in re.split(r"[\n|]", text) if phrase.strip())


MONTHS = _words("""
    january february march april may june july august september october november december jan feb mar apr
    jun jul aug sep sept oct nov dec
""")
DAYS = _words("""
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
""")
DATE_WORDS = MONTHS | DAYS | _words("""
    am pm a.m p.m gmt utc bst cet cest est edt et pst pdt pt ist jst kst sgt hkt aest msk hrs hours h at on
    of the updated published posted modified created last first date time issued edited revised today
    yesterday noon midnight local and th st nd rd original
""")
AGENCIES = _words("""
    reuters afp ap dpa ansa efe xinhua tass yonhap kyodo jiji pti ani ians upi bloomberg aap pa epa kcna
    interfax sputnik anadolu bernama cp ats apa belga anp ntb ritzau lusa mti pap ctk tanjug ukrinform getty
    shutterstock istock alamy zuma pool handout imago photo photos image images picture pictures file
    courtesy
""")

LINES = _phrases("""
    loading comments | loading comments trouble loading | trouble loading
    key event | key events | like this | like loading | anzeige | publicité | publicidad | werbung | pubblicità
    advertisement | advertisements | advertising | ad | ads | sponsored | promoted | promotion | menu | search
    close
    home | homepage | print | share | tweet | pin | pin it | post | save | bookmark | like | facebook | twitter
    x
    linkedin | reddit | telegram | instagram | youtube | tiktok | whatsapp | flipboard | pinterest | rss
    messenger
    email | e-mail | mail | copy link | link copied | rss feed | print this | print article | e-paper | epaper
    accept | accept all | reject all | manage preferences | ok | okay | got it | submit | send | cancel | reply
    name
    website | comment | post comment | help | help center | help centre | faq | faqs | careers | imprint
    sitemap
    site map | listen | listen now | play | pause | mute | unmute | loading | live | live tv | live now | watch
    watch live | watch now | video | videos | audio | photo | photos | gallery | image | images | caption
    exclusive
    breaking | breaking news | premium | expand | collapse | next | previous | allow | spot_img | end of article
    end of story | top of page | ends | end | 30 | dark mode | english | enlarge | enlarge image | hide caption
    toggle caption | image source | image caption | image credit | my account | account | register | subscribe
    subscribe now | subscriptions | newsletter | newsletters | sign in | sign up | sign out | log in | login
    log out
    logout | view all | view more | show more | show less | read more | see more | see all | load more
    learn more
    find out more | discover more | read full article | read the full story | read full story | full story
    show all
    font size | text size | report this ad | report an error | report a typo | notifications | edition | options
    shares | comments | views | likes | advertise | contact | contact us | about | about us | privacy | terms
    cookies
    back | more | top | go | gift this article | add to list | skip | skip ad | replay | up next | now playing
    subtitles | captions off | fullscreen | picture in picture | feedback | donate | support us | join
    join now
    join us | follow | following | download | trending | tags | source | sources | via | more options
    sponsored by
""")

OPENINGS = _phrases("""
    advertisement | skip to | article continues | story continues | text continues | content continues
    scroll down
    scroll to | scroll for | open menu | toggle | main menu | back to top | back to home | sign in to
    sign up for
    sign up to | sign up and | log in to | login to | register to | register for | register now | subscribe to
    subscribe for | subscribe today | newsletter sign | newsletter signup | share this | share on | share via
    share article | share story | share to | follow us | find us | like us | join us | join our
    join the conversation
    join the discussion | get more with | get the latest | get the app | get our | get unlimited | get breaking
    get alerts | get daily | download the | download our | accept all | accept cookies | reject all
    manage cookies
    manage consent | cookie settings | cookie policy | cookie preferences | privacy policy | privacy notice
    privacy settings | terms of | terms and | your privacy | copyright | all rights reserved | c copyright
    powered by
    please enter | enter your | your name | your email | your e-mail | your comment | your review | your rating
    leave a | leave your | post a comment | add a comment | write a comment | be the first to | no comments
    view comments | show comments | comments are | comments off | save my name | notify me | switch to
    choose your
    select your | turn on | enable | send us | send tips | have a tip | got a tip | have a story | do you have
    this article is sponsored | sponsored content | paid content | listen to | follow the | follow our
    advertise with
    watch the video | watch video | click here | click to | tap here | tap to | swipe | continue reading
    keep reading
    add us | make us | choose us | set as | gift | unlock | start your | try it free | free trial | already a
    not a subscriber | support our | support independent | become a | donate to | report a correction
    correction policy
    see our | read our | view our | how we | why trust | reading time | est reading | min read | minute read
    image caption | image source | video caption | media caption | current time | this video | error loading
    your browser | we use cookies | this website uses | this site uses | by continuing | by clicking
    stay connected
    stay informed | stay up | stay tuned | stay in touch | visit our | shop | deals | today's weather | weather
    feels like | humidity | wind | most read | most popular | most viewed | most shared | filed under
    posted in
    tagged | tags | topics | in this article | in this story | published by | more from | more on | more in
    more about
    more news | more stories | related | thank you for | thanks for | our standards | end of | show transcript
    hide transcript | suggest a | don't show | ready for more | see something | press enter to | buy the
    order reprints
""")

# First words of a line that links to another story.
LINKS = _phrases("""
    also read | read also | read more | read next | read the full | read full | read our | read this
    read all about
    also see | see also | see more | also watch | watch also | also on | more from | more on | more about
    more in
    more news | more stories | more like this | don't miss | do not miss | up next | next article | next story
    next post | previous article | previous story | previous post | prev post | in case you missed | icymi
    click here
    continue reading | keep reading | learn more | find out more | full story | full coverage | must read
    must-read
    go deeper | dig deeper | what to read | for more | recommended reading | related story | related stories
    related article | related articles | related news | related coverage | view all | you may also
    you might also
    from the archive | from our archive | from the archives | watch now | watch live | watch more | in pictures
    live updates | live blog | follow live | what to know | what you need to know | here's what | explore more
    read more on | read more about | listen to
""")
# with a colon or a bar right after: "More: ...", "Explained | ..."
LINK_LABELS = _words("""
    more related watch video live listen explained explainer opinion analysis editorial read gallery photos
    podcast recommended see next background factbox timeline quiz poll graphic interactive review comment
    exclusive perspective commentary
""")

# Lines that open a part of the page with other stories, forms or the site's own matters.
BOXES = _phrases("""
    related | related articles | related article | related stories | related story | related news
    related posts
    related post | related content | related topics | related coverage | related links | related videos
    related video
    related reading | recent posts | recent articles | recent stories | recent news | recent comments
    latest posts
    latest articles | latest stories | latest news | latest headlines | latest videos | latest updates | latest
    popular posts | popular articles | popular stories | popular news | popular now | popular | most popular
    most read
    most viewed | most shared | most commented | most recent | most watched | trending | trending now
    trending news
    trending stories | trending topics | trending today | top stories | top news | top headlines | top posts
    top reads
    top videos | headlines | more headlines | other stories | other news | other headlines | other articles
    similar stories | similar articles | similar posts | featured | featured stories | featured news
    featured posts
    featured articles | featured video | recommended | recommended for you | recommended stories
    recommended articles
    recommended reading | recommended videos | suggested for you | suggested articles | suggested stories
    editor's picks | editors' picks | editor's pick | editors picks | editor's choice | editors' choice
    our picks
    staff picks | don't miss | must read | must reads | read next | what to read next | up next | next up
    read also
    also read | see also | you may also like | you might also like | you may like | you might like
    you may be interested
    you might be interested | you might be interested in | you may be interested in | more for you
    more to read
    more to explore | around the web | from around the web | from the web | from our partners | from our partner
    from our sponsors | partner content | sponsored content | sponsored links | sponsored stories
    promoted content
    promoted stories | promoted links | paid content | paid partner content | more stories | more news
    more articles
    more like this | more coverage | more from us | more videos | comments | comment | leave a comment
    leave a reply
    leave a response | post a comment | add a comment | add comment | write a comment | join the conversation
    join the discussion | have your say | what do you think | discussion | reader comments | comments closed
    stay connected | stay informed | stay up to date | stay in touch | follow us | connect with us | connect
    social
    about the author | about the authors | about author | contact us | about us | source link | source article
    source url | source | tags | topics | categories | keywords | share this | share this article
    share this story
    share this post | in this story | in this article | what's hot | what's trending | what's next
    in other news
    elsewhere | also in the news | today's headlines | today's top stories | today's paper | breaking news
    hot topics
    in case you missed it | icymi | newsletter | newsletters | our newsletters | quick links | useful links
    links
    archives | archive | calendar | site index | sections | company | legal | support | more | coverage
    the latest
    top picks | picks for you | watch more | more on this | more on this story | on the same topic | same topic
    from the same author | explore more | explore | keep reading | next read | further reading | worth reading
    related reads | trending videos | latest from us | must watch | video of the day | photo of the day
    photos of the day
""")
BOX_OPENINGS = _phrases("""
    more from | more in | more on | more by | latest from | latest in | most read in | popular in | trending in
    top stories in | recommended from | best of | comments off | related to | other news in | others also
    people also
    readers also | you may also | you might also | sponsored by | recommended for | news from | also in
    also on
    stories you | what others | join the | leave a
""")

# Names of a site's departments: furniture above and below a story, perhaps a subheading inside one.
SECTIONS = _phrases("""
    world | politics | business | sport | sports | opinion | culture | lifestyle | technology | tech | science
    health
    entertainment | international | national | nation | asia | europe | africa | america | americas
    middle east | local
    markets | economy | travel | style | food | arts | education | environment | climate | obituaries | puzzles
    games
    crosswords | crossword | horoscope | horoscopes | podcasts | letters | editorial | editorials | columns
    features
    news | top news | story | diplomacy | defense | defence | security | region | regional | military | space
    analysis
    explainer | explainers | world news | us news | uk news | foreign | global | home news | latest news
    magazine
    finance | money | property | cars | motoring | fashion | film | music | books | tv | theatre | television
    weather
    asia pacific | south asia | east asia | southeast asia | latin america | north america | fact check
    perspectives
""")

SITE_STRONG = _phrases("""
    subscribe | subscriber | subscribers | subscribing | subscription | subscriptions | newsletter
    newsletters | email address | email alerts | email newsletter | your email | your e-mail | e-mail address
    unsubscribe | cookies | privacy policy | privacy notice | terms of use | terms of service
    terms and conditions | ad blocker | adblocker | ad block | your browser | javascript | our app
    our website | our site | our apps | our journalism | our newsletter | our newsletters | our readers
    this website | comments section | comment section | comment policy | comments policy | on this article
    on this story | accepting comments | your comment | your comments | your account | your consent
    your subscription | your password | your inbox | follow us | on google news | on apple news
    all rights reserved | on google | may not be published | may not be reproduced | may not be republished
    without prior | written permission | unlimited access | digital access | free trial | cancel anytime
    cancel any time | already have an account | breaking news alerts | personalised news | personalized news
    required fields | will not be published | save my name | next time i comment | app store | google play
    registered users | paywall | readers like you | automatically generated | auto-generated | syndicated feed
    news agency feed | edited by our staff | order reprints | appears in print | keyboard shortcuts
    play or pause | up and down arrows | html5 video | thanks for reading | free article | free articles
    ai-generated | read our | views expressed | opinions expressed | this page | inbox | our terms
    house rules | news tip | advertise with
""")
SITE = _phrases("""
    sign up | signing up | signed up | sign in | signed in | log in | logged in | cookie | our reporting
    our coverage | our partners | our channel | our editors | our morning | our daily | our weekly | our free
    our stories | our community | our comment | our comments | our social | our team | our privacy | our page
    our whatsapp | our telegram | our youtube | our facebook | our mobile | our newsroom | our work | our live
    this site | click | clicking | download | downloading | comments are | comments will | comment below
    comment here | comments below | commenting | moderated | moderation | moderators | your device
    your experience | your feed | your free | your phone | your support | your settings | your preferences
    your choices | your data | your membership | your profile | your thoughts | your views | your opinion
    your name | your story | your questions | like us | join us | contact us | tell us | send us | write to us
    email us | get in touch | let us know | on facebook | on twitter | on instagram | on whatsapp
    on telegram | on youtube | on linkedin | on social media | without permission | republish | republished
    copyright | advertisers | advertisement | advertisements | advertising | sponsored | sponsors | affiliate
    commission | donate | donation | donations | support us | our supporters | per month | per week | a month
    already a | notifications | news alerts | breaking news | stay up to date | stay up-to-date
    stay informed | stay tuned | stay connected | latest news | latest updates | latest stories
    latest headlines | top stories | biggest stories | best stories | this article was | this article is
    this article has been | this article may | this article first | this article originally
    this article appeared | this story was | this story has been | this story originally | this post may
    this video | first appeared | originally appeared | originally published | first published | read more
    read the full | get the | get our | get all | get more | get your | get unlimited | get access
    full access | personalised | personalized | stories that matter | delivered | straight to | bookmark
    share this | share your | watch the | watch our | listen to | tap | swipe | scroll | required
    do not necessarily | does not necessarily | not reflect | follow the author | have a tip | got a tip
    have a story | have a question | corrections | spotted an error | error in this | available on | podcast
    podcasts | become a member | membership | members only | register | registered | registration
    third parties | third-party | personal data | we use | we and our | enable | disable | preferences
    settings | browser | website | newsroom | edition | from our | every morning | every week | each morning
    every day | daily briefing | briefing | our policy | our guidelines | reprints | print edition
    today's paper | turn on | supports html5 | web browser | thank you for reading | free to share
    edition of | licensing | published from a syndicated feed | with minor edits | not been edited
    press release
""")
ADDRESS = _words("""
    you your yours you're you'll us our we we're please you've you'd we've we'll we'd i me my i'd
""")
# first words of a sentence that asks something of the visitor
REQUESTS = _words("""
    get join see watch follow download sign click tap take find check catch create receive enjoy try start
    choose tick discover visit explore read share support buy book shop vote don't please want ready looking
    love like missed subscribe register log listen browse search select enter view add send tell ask help
    give save learn stay keep sorry thanks thank loading unlock upgrade win earn compare scroll swipe press
    turn use make let's never become meet call email write contact submit report thanks
""")

STAMP_OPENINGS = _phrases("""
    published | updated | posted | submitted | issued | modified | created | last updated | last modified
    first published | last published | date | publish date | edited | revised | archived
""")

BYLINE_OPENINGS = _phrases("""
    by | curated by | posted by | written by | reported by | words by | story by | author | authors
    from our correspondent
    from our own correspondent | our correspondent | our special correspondent | special correspondent
    staff reporter | staff reporters | staff writer | staff writers | our foreign staff | staff correspondent
    web desk | news desk | online desk | world desk | digital desk | foreign desk | newsroom staff | special to
    reporter | reporters | correspondent | by our | by staff
""")
ROLES = _words("""
    reporter reporters correspondent correspondents editor editors writer writers staff columnist columnists
    contributor contributors bureau desk newsroom agency agencies service press wire wires
""")

CREDIT_OPENINGS = _phrases("""
    text by | text | additional reporting | additional reporting by | further reporting by | extra reporting by
    reporting by | reported by | reporting and writing by | additional research by | research by | writing by
    writing
    editing by | edited by | editing | translated by | translation by | translation | translated from
    compiled by
    written by | translation of | translated version | curated by | production by | produced by | graphics by
    graphic by | data by | words by | photography by | copy by
    copy editing by | fact-checking by | fact checking by | with files from | with inputs from | with input from
    with reporting by | with reporting from | with additional reporting | with material from
    with information from
    with contributions from | with contributions by | with agencies | with agency | with wires
    with news agencies
    from agencies | from wires | from wire services | agencies | with afp | with reuters | with ap | with dpa
    with the associated press | with xinhua | with bloomberg | with kyodo | with yonhap | with pti | with ani
    inputs from
    source reuters | source afp | source ap | source dpa | source xinhua | source tass | source yonhap
    source agencies
    contributing | contributors | agency | additional material | report by | wire report | wire reports
    wire services
    combined agency | staff and agencies | staff and wire | staff with | produced in | this report includes
    this story includes | this article includes | based on reporting by | based on a report by
""")
CREDIT_WITHIN = _phrases("""
    contributed to this report | contributed to this story | contributed to this article | contributed reporting
    team of reporters | team of journalists | contributed additional reporting | contributed from
    assisted with this | assisted in this report
    contributed to this dispatch | contributed to the report | contributed to reporting | contributed research
""")
BIO_WITHIN = _phrases("""
    is a reporter | is a correspondent | is a journalist | is a columnist | is a writer | is a staff
    is a senior
    is a freelance | is an editor | is the editor | is our | is a contributor | is a contributing
    is a political
    is a foreign | is a news | is a world | is an award-winning | covers politics | covers the | covers foreign
    reports on | writes about | writes on | reports from | is a producer | is a multimedia | is a digital
    is a data
    is a sub-editor | is chief | is deputy editor | is bureau chief | is an international | is a diplomatic
    is a defence | is a defense | is a business | is a national | is a local
""")

NOT_NAMES = _words("""
    stories news more top latest live read video videos photos popular trending story visual enabled events
    scroll forecast breaking related posts articles share follow watch edition editions topics tags section
    sections menu home photo photostories services policy terms rights licensing notice the
""")


def key(words: list[str]) -> str:
    """Words as the phrase lists write them: lower case, straight apostrophes, single spaces."""
    return " ".join(words).lower().replace("’", "'").replace("‘", "'")


def opens_with(line: str, phrases: frozenset[str], longest: int = 5) -> bool:
    """True if the first words of `line` (as made by `key`) are one of `phrases`."""
    words = line.split(" ", longest)
    return any(" ".join(words[:size]) in phrases for size in range(1, min(longest, len(words)) + 1))


def count_phrases(line: str, phrases: frozenset[str]) -> int:
    """How many of `phrases` stand in `line` (as made by `key`), the longest first, none counted twice."""
    return find_phrases(line, phrases)[0]


def find_phrases(line: str, phrases: frozenset[str]) -> tuple[int, list[str]]:
    """How many of `phrases` stand in `line`, and the words of the line that belong to none."""
    lengths = _lengths(phrases)
    words = line.split(" ")
    hits = position = 0
    rest = []
    while position < len(words):
        step = 0
        for size in lengths.get(words[position], ()):
            if " ".join(words[position:position + size]) in phrases:
                hits, step = hits + 1, size
                break
        if not step:
            rest.append(words[position])
        position += step or 1
    return hits, rest


@lru_cache(maxsize=64)
def _lengths(phrases: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """First word -> the lengths in words of the phrases that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in found.items()}
