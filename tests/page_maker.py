"""Invented news pages: a story wrapped in the furniture of a site, drawn at random from 36 styles of our own.

A style has lines that stand above the headline (``top``), between headline and story (``under``), inside the
story (``mid``, one box each) and below it (``end``). Every third style is `HELD`: it was written before the
rules of `find_passages` were tuned and was never looked at while tuning them. Lines that are not furniture
carry a mark: ``B>`` byline, ``C>`` credit, ``P>`` caption; the rest is furniture.
"""

from __future__ import annotations

import random
import re
import textwrap
from typing import NamedTuple


class Piece(NamedTuple):
    truth: str  # headline, standfirst, body, byline, credit, caption, furniture, other_story
    text: str


STYLES: list[dict[str, list[str]]] = [
    {"top": ["Skip to content", "Menu\nNews\nSport\nWeather\nShop", "Subscribe for €1 a week"],
     "under": ["B>By Nora Quillfeather", "Published 7:42 AM, 14 March 2024", "Share"],
     "mid": ["ADVERTISEMENT", "Read more: Ferry strike enters its second week as talks stall"],
     "end": ["Topics: ferries, harbour, councils", "Related stories\nWhy the lighthouse went dark\nFive beaches for a rainy Sunday"]},
    {"top": ["☰", "Sign in", "Home > Regional > Harbour"],
     "under": ["14/03/2024 - 09:15", "B>Ivo Lantern, Political Correspondent", "4 min read"],
     "mid": ["Sign up for our evening briefing and never miss a story from the coast."],
     "end": ["We value your privacy. This website uses cookies to improve your experience.", "© 2024 Saltmarsh Media Ltd. All rights reserved."]},
    {"top": ["12°C", "Thursday 14 March", "BREAKING"],
     "under": ["P>The old pier after the storm. Photograph: Petra Holm/Tidewater Pictures", "Last updated: 2 hours ago"],
     "mid": ["02:11", "WATCH: Drone footage shows the flooded valley"],
     "end": ["3 Comments", "Log in to join the discussion.", "Most Read\n1. Chef closes kitchen over mouse\n2. Twins win lottery twice\n3. Mayor sings at bus depot"]},
    {"top": ["Advertisement", "Log in | Register", "E-paper"],
     "under": ["B>Written by Samira Oakes", "Updated: March 14, 2024 18:20 IST", "Follow us on Google News"],
     "mid": ["Also Read | Monsoon timetable: when will the rains reach your town?"],
     "end": ["First Published: March 14, 2024 16:02 IST", "Tags: Monsoon Harvest Canal", "Recommended for you\nThe village that sells silence\nA cure for hiccups, say sailors"]},
    {"top": ["Deutsch | English | Türkçe", "Live TV"],
     "under": ["Politics", "03/14/2024March 14, 2024", "P>Image: Lars Weir/dpa/picture alliance"],
     "mid": ["To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video"],
     "end": ["C>ow/rt (Reuters, AFP)", "Send us feedback", "Explore more\nTurf war over hedgehog tunnel March 13, 2024\nBakers strike for shorter nights March 12, 2024"]},
    {"top": ["Search for:", "Cart (0)", "Donate"],
     "under": ["Posted on March 14, 2024 by admin", "Reading Time: 3 minutes"],
     "mid": ["Like what you're reading? Our work is funded by readers. Please consider a small donation today."],
     "end": ["Share this:\nTwitter\nFacebook\nEmail", "Like this:\nLike Loading...", "Leave a Reply\nYour email address will not be published. Required fields are marked *\nComment *\nName *\nEmail *\nWebsite"]},
    {"top": ["Your account", "Today's paper", "Crossword", "Newsletters"],
     "under": ["B>Fergus Mallow in Saltby", "Thu 14 Mar 2024 06.00 GMT", "Last modified on Thu 14 Mar 2024 11.21 GMT"],
     "mid": ["Sign up to The Morning Tide\nFree daily newsletter\nOur coastal editors bring you the stories you need\nEnter your email address\nSign up"],
     "end": ["Explore more on these topics\nFerries\nCoast\nCouncils", "Reuse this content", "Most viewed"]},
    {"top": ["VIDEO", "PODCAST", "Subscribe"],
     "under": ["B>By DELIA FINCH and OTTO BRANDLE", "March 14, 2024", "Listen to this article\n5 min"],
     "mid": ["Story continues below advertisement", "Most Read Coast"],
     "end": ["C>Associated writer Tom Pell contributed to this report.", "B>Delia Finch is a reporter covering harbours and tides.", "Gift this article", "View more comments"]},
    {"top": ["ePaper", "Today's Paper", "Epaper login", "Lifestyle", "Cities"],
     "under": ["Mar 14, 2024 08:03 pm", "B>PNS | Port Maren", "Print Article"],
     "mid": ["(This story has not been edited by our staff and is auto-generated from a syndicated feed.)", "ALSO READ: Cat burglar turns out to be cat"],
     "end": ["State Editions", "Sunday Edition\nA walk through the salt pans\nThe art of doing little", "TOP STORIES\nPort workers call off strike\n6 hrs ago"]},
    {"top": ["Latest news", "Elections 2024", "War and peace", "18+"],
     "under": ["14 Mar, 18:44", "1204"],
     "mid": ["Our Telegram channel has the latest: subscribe"],
     "end": ["If you notice a spelling error, select it and press Ctrl+Enter", "Comments (0)", "News feed\n19:02 Tram derails in suburb, nobody hurt\n18:55 Museum lends its bell\n18:40 Frost expected overnight"]},
    {"top": ["Close", "Edition: International", "My Saved Articles"],
     "under": ["B>By Hugo Sandpiper, Business Editor", "PUBLISHED: 10:02, 14 March 2024 | UPDATED: 12:47, 14 March 2024", "88 shares", "215\nView comments"],
     "mid": ["RELATED ARTICLES\nPrevious\n1\nNext\nPensioner, 92, finds tractor in attic\nShare this article\nShare\n1.2k shares", "P>Tidy: the harbour wall was repaired in a week and painted on Sunday"],
     "end": ["Share or comment on this article:", "Sorry we are not currently accepting comments on this article.", "MORE TOP STORIES"]},
    {"top": ["Open navigation", "Weather 9°", "Trending: Ferries  Eclipse  Bread"],
     "under": ["B>Staff Reporter", "14 Mar 2024, 7:30 am", "aA"],
     "mid": ["More on this topic: How the council buried its own report"],
     "end": ["C>— With inputs from agencies", "Read next", "Download our app for the latest updates on your phone.", "Terms of use | Privacy | Advertise with us"]},
    {"top": ["Accessibility links", "Skip to main content", "Keyboard shortcuts for audio player"],
     "under": ["March 14, 2024 5:00 AM ET", "Heard on Dawn Edition", "B>Marguerite Hale", "4-Minute Listen\nDownload\nTranscript"],
     "mid": ["P>The bridge at Maren Gap, seen on Monday. Lew Osric/Hillside Press hide caption", "toggle caption"],
     "end": ["ferries\nharbour strike\ntransport", "Facebook\nFlipboard\nEmail"]},
    {"top": ["[Skip to Navigation]", "Quick links", "In the news"],
     "under": ["B>Agencies", "Published: Mar 14, 2024, 09:30 PM", "A+ A-"],
     "mid": ["Sponsored: This kettle changes everything", "Recommended by Outbrane"],
     "end": ["Disclaimer: The views expressed by readers do not reflect those of the newspaper.", "Next Article\nHow to fold a map in the wind", "Comments closed"]},
    {"top": ["LIVE", "Watch now", "Schedule"],
     "under": ["Issued on: 14/03/2024 - 13:20", "Modified: 14/03/2024 - 15:01", "P>A ferry leaves the harbour of Maren on March 12, 2024. © Ana Corr, AFP", "B>Text by: NEWS DESK", "2 min"],
     "mid": ["Read moreThe long road to a short bridge", "Advertising"],
     "end": ["C>(AFP)", "Daily newsletterReceive essential international news every morning", "Take international news everywhere with you! Download the app", "The content you requested does not exist or is not available anymore."]},
    {"top": ["Sat 16 Mar 2024", "USD 1.09 | OIL 82.4", "Gold 2156"],
     "under": ["Web Desk", "|", "March 14, 2024"],
     "mid": ["READ MORE: Dam officials promise answers by Friday", "Catch all the National News, Breaking News Event and Latest News Updates on The Tidal Post."],
     "end": ["Leave Your Comments", "Post Comment", "Latest Stories\nMango season opens early\n12 minutes ago\nCinema reopens with silent film\n40 minutes ago"]},
    {"top": ["Subscribe", "Give a gift", "Account", "Log out"],
     "under": ["B>Analysis by Priscilla Voss", "Columnist", "March 14, 2024 at 6:00 a.m. EDT", "Comment", "Save"],
     "mid": ["Press Enter to skip to end of carousel\nEnd of carousel", "You are reading a free article. Sign in for full access to our archive."],
     "end": ["Share this article", "What readers are saying", "The comments express concern about the cost of the bridge. This summary is AI-generated.", "About the author"]},
    {"top": ["You have 2 free articles left this month.", "Start your trial"],
     "under": ["By", "B>Rufus Ondine", "Mar. 14, 2024", "Share full article", "137"],
     "mid": ["Thank you for your patience while we verify access.", "Already a subscriber? Log in.", "Want all of the Tribune? Subscribe."],
     "end": ["A version of this article appears in print on March 15, 2024, Section A, Page 4 of the Coast edition. Order Reprints | Today's Paper | Subscribe", "C>Rufus Ondine reports from Maren on shipping and the sea. More about Rufus Ondine", "See more on: Ferries, Harbour Authority"]},
    {"top": ["Homepage", "Accueil", "Menu principal"],
     "under": ["Ferries", "Article reserved for subscribers", "B>By Léonie Marais", "Published yesterday at 5:30 pm (Maren), updated yesterday at 6:10 pm"],
     "mid": ["Subscribers only  Lighthouse keepers count their last days", "Lecture du Monde en cours sur un autre appareil."],
     "end": ["C>Translation of an original article published in French; the publisher may only be liable for the French version.", "Reuse this content", "Contribute"]},
    {"top": ["Join us on WhatsApp", "Get the app", "Shows"],
     "under": ["B>Curated By: Anil Seawright", "Last Updated: March 14, 2024, 11:08 IST", "Maren, Coast"],
     "mid": ["News18 strings", "Catch the live score here", "ALSO WATCH | Shark or log? Bathers divided"],
     "end": ["About the Author", "C>The Tidings desk is a team of reporters who track events big and small.", "Location: Port Maren", "Read More"]},
    {"top": ["-A A A+", "|", "Print"],
     "under": ["B>By our special correspondent", "14.03.2024", "9:00"],
     "mid": ["* * *", "[ad_1]", "Subscribe to our channel: @tidalnews"],
     "end": ["[ad_2]", "Source link", "#ferry #harbour #council", "Previous post\nRain stops play\nNext post\nSun stops work"]},
    {"top": ["This page was archived on 2 April 2024", "Jump to navigation"],
     "under": ["Submitted by webteam on Thu, 03/14/2024 - 14:00", "Printer-friendly version"],
     "mid": ["See also: Frequently asked questions about harbour dues"],
     "end": ["Log in or register to post comments", "4092 reads", "Add new comment", "Book traversal links"]},
    {"top": ["Push notifications: OFF", "Night mode"],
     "under": ["March 14, 2024 / 10:15 AM / CBZ News", "B>By Vesper Kaye", "Add CBZ News on Google"],
     "mid": ["Trending News", "More from CBZ News"],
     "end": ["In:\nFerries\nStrike", "C>Vesper Kaye is a digital producer at CBZ News, where she covers transport.", "Thanks for reading CBZ NEWS.", "Create your free account or log in\nfor more features.", "Continue"]},
    {"top": ["Live blog", "Key events", "Show key events only", "Please turn on JavaScript to use this feature"],
     "under": ["14 Mar 2024 16.45 GMT", "B>Lorna Peat (now) and Ned Ashby (earlier)"],
     "mid": ["Updated at 15.20 GMT", "Share", "Key event"],
     "end": ["That's all from us today. Thanks for following along.", "4 comments", "Newest | Oldest | Recommended", "Loading comments… Trouble loading?"]},
    {"top": ["Exclusive", "Premium", "€"],
     "under": ["14 March 2024 • 7:00am", "B>Cosmo Tarn", "Senior Coast Correspondent", "Copy link\ntwitter\nfacebook\nwhatsapp\nemail"],
     "mid": ["Recommended\nThe bridge that nobody asked for", "Read more", "Show more"],
     "end": ["Licensing", "Join the conversation", "The Coast comments policy is here.", "Related Topics\nFerries\nStrikes", "License this content"]},
    {"top": ["MENU", "AAA", "Latest", "Opinion"],
     "under": ["B>Reuters", "Mar 14, 2024, 2:05 PM UTC", "Comments", "P>FILE PHOTO: Cranes stand idle in the port of Maren, March 11, 2024. REUTERS/Olga Brandt/File Photo"],
     "mid": ["Register now for FREE unlimited access to the newsroom", "Article content", "We apologize, but this video has failed to load."],
     "end": ["C>Reporting by Olga Brandt; Editing by Pim Fowler", "Our Standards: The Tidewater Trust Principles.", "Purchase Licensing Rights", "Article content"]},
    {"top": ["Global site navigation", "Local editions", "Trending"],
     "under": ["Thursday, March 14, 2024 at 3:32 PM", "B>by Chika Marlowe", "3 min read"],
     "mid": ["PAY ATTENTION: Follow our page to see the news first!", "New feature: check out stories picked for you and find them under the red button"],
     "end": ["Source: Tidal.ng", "Authors:\nChika Marlowe (Head of Current Affairs Desk)", "Hot:\nFerry tickets\nBread price today\nExam results"]},
    {"top": ["The Coast", "Monday to Sunday, all day", "Contribute to us"],
     "under": ["Mar 14", "∙ Paid", "12\n4\nShare"],
     "mid": ["Thanks for reading! This post is public so feel free to share it.", "Subscribe now"],
     "end": ["12 Likes", "Discussion about this post", "Ready for more?", "This site requires JavaScript to run correctly. Please turn on JavaScript or unblock scripts"]},
    {"top": ["Ver en español", "Weather alert: small craft advisory in effect"],
     "under": ["WMRN", "B>BY RHODA FENN", "UPDATED 6:12 AM CDT Mar 14, 2024", "Infinite Scroll Enabled"],
     "mid": ["Advertisement", "Hide Transcript\nShow Transcript", "GET LOCAL BREAKING NEWS ALERTS\nThe latest breaking updates, delivered straight to your email inbox."],
     "end": ["Your Email Address\nSubmit", "Privacy Notice", "Top Picks", "HUMBOLT COUNTY: Fire crews rest after long night"]},
    {"top": ["◀ Back", "Section A", "The Daily Buoy"],
     "under": ["B>Text: Bertil Sund  Photos: Maj Sund", "14.3. 9:12 | Updated 14.3. 14:45"],
     "mid": ["Buy the photo", "Fact box: see below", "Anzeige"],
     "end": ["Zur Startseite", "Feedback", "Commenting on this article has ended. Thank you for your contributions."]},
    {"top": ["Watch Live", "On Air", "What's On"],
     "under": ["B>By Poppy Narrow with wires", "Posted 3h ago", "Share\nCopy link\nFacebook\nX (formerly Twitter)"],
     "mid": ["abc.example/news/ferry-maren-strike/10338", "Loading...", "Space to play or pause, M to mute, left and right arrows to seek, up and down arrows for volume."],
     "end": ["C>ABC/wires", "Posted 3h ago, updated 1h ago", "More on:\nMaren\nShipping\nUnions", "Back to top", "Footer", "We acknowledge the people of the coast as the first keepers of these waters."]},
    {"top": ["Register", "Bookmarks", "TOI+"],
     "under": ["TNN / Mar 14, 2024, 04:11 IST", "Share", "AA", "+\nText Size\nSmall\nMedium\nLarge"],
     "mid": ["You Can Also Check: Maren weather | Maren air quality", "Live Events"],
     "end": ["End of Article", "FOLLOW US ON SOCIAL MEDIA", "Visual Stories\nEight ways to brew tea at sea\nPets that surf", "Photostories"]},
    {"top": ["Notifications", "Sign up", "Weekend", "Long reads"],
     "under": ["Thursday 14 March 2024 12:34 GMT", "2Comments", "P>Waiting: commuters on the quay (PA Wire)", "Article bookmarked", "Find your bookmarks in your Premium section, under my profile"],
     "mid": ["Get a free fractional share worth up to £100.", "Don't show me this message again ✕", "I would like to be emailed about offers, events and updates from The Mariner. Read our privacy notice"],
     "end": ["More about", "Join our commenting forum", "Join thought-provoking conversations, follow other Mariner readers and see their replies", "Comments", "Most Popular", "Thank you for registering"]},
    {"top": ["Français", "Contact", "RSS", "Archive 2024"],
     "under": ["14 MAR 2024 - 10:00", "UN-coast"],
     "mid": ["♦ Receive daily updates directly in your inbox - Subscribe here to a topic.", "♦ Download our app for your iOS or Android devices."],
     "end": ["♦", "RELATED STORIES:\nHarbour talks resume amid 'cautious hope'\nSalt marshes shrink by a tenth", "maren|ferries"]},
    {"top": ["Advertise Here", "Jobs", "Obits", "Classifieds"],
     "under": ["B>by: Quentin Wherry", "Posted: Mar 14, 2024 / 05:56 PM CST", "Updated: Mar 14, 2024 / 06:20 PM CST", "SHARE"],
     "mid": ["Close\nThanks for signing up!\nWatch for us in your inbox.\nSubscribe Now", "Suggest a Correction"],
     "end": ["Copyright 2024 Buoy Media Inc. All rights reserved. This material may not be published, broadcast, rewritten, or redistributed.", "Trending Stories", "Don't Miss", "WMRN Morning Forecast"]},
    {"top": ["Pick a language", "Text only", "High contrast"],
     "under": ["AP Maren, March 14", "Views : 3,410", "Font : A- A A+"],
     "mid": ["(Click here for the earlier report)", "Story so far: read all 14 chapters", "To receive this in your mailbox each dawn, tick the bell."],
     "end": ["(The writer can be reached at desk@coast.example)", "Report an issue with this page", "Handpicked for you\nThe quiet clerk who saved a library\nWhat gulls know", "You've reached the end. Nicely done."]},
]
HELD = [style for number, style in enumerate(STYLES) if number % 3 == 2]
SEEN = [style for number, style in enumerate(STYLES) if number % 3 != 2]

OTHER_STORIES = [
    ["Beekeepers turn a cathedral roof into an orchard",
     "Two hundred hives now stand between the spires of the cathedral in Umberhall, where a group of retired plumbers has taken up beekeeping on a grand scale.",
     "The dean was at first against it. Then a jar of dark honey was left on his doorstep every Monday for a year.",
     "Apple trees in tubs followed in spring, lifted by a crane that had come to mend the gutters. The plumbers hope for cider by October."],
    ["Orchestra plays to an audience of cows and calls it a triumph",
     "An orchestra that lost its hall to a burst pipe has played its whole season in a dairy barn, and its conductor does not want to go back.",
     "The acoustics are warm, the listeners patient and the milk yield has risen by four per cent, according to the farmer.",
     "Next week the players will try Haydn at dawn. Earplugs are on offer for the calves."],
    ["Swimmer, 81, crosses lake for the fortieth year running",
     "A former postwoman crossed Lake Ennering on Sunday for the fortieth summer in a row, beating her own time of last year by eleven minutes.",
     "She trains in a quarry pool, eats nothing but porridge before noon and has worn out six pairs of goggles.",
     "Doctors at the regional clinic have asked to study her lungs. She has told them to bring a towel."],
    ["Library fines abolished after two centuries",
     "Readers in the mill town of Graddock will no longer pay for late books, ending a system that once sent a schoolmaster to prison for a borrowed atlas.",
     "Within a month of the decision some nine thousand volumes came back, among them a cookery book due in 1931.",
     "Staff have set up a shelf of the most travelled returns. One novel had been to Patagonia and smelled of sheep."],
    ["Why the town clock runs backwards on Fridays",
     "Tourists who set their watches by the town hall of Pellery may miss their trains, because its clock runs backwards one day a week.",
     "The habit began as a clockmaker's protest over an unpaid invoice and was kept because the market traders liked it.",
     "A new council tried to put an end to it. Its members were late for the vote."],
    ["Chess club wins right to play in the bakery window",
     "A chess club in Dunmarrow may go on playing in the window of a bakery, a court ruled, after neighbours complained about crowds at breakfast.",
     "The judge, a keen player herself, found that slow games were no threat to public order.",
     "The baker sells a roll in the shape of a bishop. It outsells the croissant two to one."],
]


def make_page(story: list[Piece], rng: random.Random, styles: list[dict[str, list[str]]], *,
              other: list[str] | None = None) -> tuple[str, list[tuple[int, int, str]]]:
    """A page with `story` inside furniture of one style, and ``(start, end, truth)`` of each of its lines."""
    style = rng.choice(styles)
    head = [piece for piece in story if piece.truth in ("headline", "standfirst")]
    body = [piece for piece in story if piece.truth in ("body", "subheading")]
    pieces = _some(style["top"], rng) + head + _some(style["under"], rng)
    boxes = sorted(rng.sample(range(1, max(len(body), 2)), k=min(2, len(body) - 1)) if len(body) > 2 else [])
    for number, paragraph in enumerate(body):
        if number in boxes:
            pieces += _some([rng.choice(style["mid"])], rng, keep=1)
        pieces.append(paragraph)
    pieces += _some(style["end"], rng)
    if other:
        pieces += [Piece("other_story", line) for line in other]
    return _set_out(pieces, rng)


def _some(blocks: list[str], rng: random.Random, keep: float = .8) -> list[Piece]:
    names = {"B>": "byline", "C>": "credit", "P>": "caption"}
    pieces = []
    for block in blocks:
        if rng.random() <= keep:
            truth = names.get(block[:2], "furniture")
            pieces += [Piece(truth, line) for line in (block[2:] if truth != "furniture" else block).split("\n")]
    return pieces


def _set_out(pieces: list[Piece], rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """Print the pieces: blank lines between all, or only between paragraphs, or lines wrapped; any line end."""
    newline = rng.choice(["\n", "\n", "\n", "\r\n"])
    layout = rng.choice(["airy", "airy", "tight", "wrapped"])
    text, spans = "", []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            close = layout == "tight" or (layout == "airy" and before.truth == piece.truth == "furniture"
                                          and rng.random() < .5)
            text += newline if close else newline * 2
        printed = piece.text
        if layout == "wrapped" and len(printed) > 72:
            printed = newline.join(textwrap.wrap(printed, 72, break_long_words=False, break_on_hyphens=False))
        spans.append((len(text), len(text) + len(printed), piece.truth))
        text += printed
    return text, spans


def n_words(text: str) -> int:
    return len(re.findall(r"\w[\w'’.-]*", text))


def tally(text: str, spans: list[tuple[int, int, str]], passages) -> dict[str, int]:
    """Words of the page by what they are and what they were taken for, as ``"truth > zone"``."""
    counts: dict[str, int] = {}
    for start, end, truth in spans:
        for hit in re.finditer(r"\w[\w'’.-]*", text[start:end]):
            position = start + hit.start()
            zone = next(zone for a, b, zone in passages if a <= position < b)
            counts[f"{truth} > {zone}"] = counts.get(f"{truth} > {zone}", 0) + 1
    return counts
