"""Concept sets: the name an outlet chose, in whose voice."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from framing.tables import COLUMNS, empty_table
from framing.words.concepts import load_concepts
from framing.words.labels import find_labels, label_share

WAR = {
    "concept": [
        {
            "name": "the fighting",
            "ignore": ["war of words"],
            "label": [
                {"name": "war of aggression", "patterns": ["war of aggression"]},
                {"name": "hostilities", "patterns": ["[full scale|open] hostilities"]},
                {"name": "invasion", "patterns": ["invasion", "invade"]},
                {"name": "offensive", "pos": "NOUN"},
                {"name": "war"},
            ],
        }
    ]
}
NO_QUOTES = empty_table("quotes")


def articles_of(*texts: str, outlets=None, events=None) -> pd.DataFrame:
    from framing import read_articles

    return read_articles(
        pd.DataFrame(
            {
                "article_id": [f"a{n}" for n in range(len(texts))],
                "outlet": outlets or ["Gazette"] * len(texts),
                "event": events or ["e1"] * len(texts),
                "text": texts,
            }
        ),
        clean=False,
    )


def quote(article_id: str, text: str, content: str, speaker: str) -> dict:
    start = text.index(content)
    return {
        "article_id": article_id,
        "kind": "direct",
        "speaker": speaker,
        "quote_id": "q1",
        "content_spans": ((start, start + len(content)),),
    }


def labels(text: str, concepts=WAR) -> list[str]:
    return find_labels(articles_of(text), concepts, quotes=NO_QUOTES)["label"].tolist()


def test_the_longest_match_wins():
    assert labels("The war of aggression goes on.") == ["war of aggression"]
    assert labels("The war goes on.") == ["war"]


def test_other_forms_and_other_cases_of_a_word_are_found():
    assert labels("They invaded at dawn. INVASIONS follow a pattern.") == ["invasion", "invasion"]


def test_a_hyphen_counts_as_a_space():
    table = find_labels(articles_of("It launched full-scale hostilities last year."), WAR, quotes=NO_QUOTES)
    assert table["label"].tolist() == ["hostilities"]
    assert table["text"].tolist() == ["full-scale hostilities"]


def test_curly_apostrophes_and_look_alike_letters_are_folded():
    concept = {"concept": [{"name": "c", "label": [{"name": "l", "patterns": ["people's war", "cosmodrome"]}]}]}
    assert labels("A people’s war began at the \u0421osmodrome.", concept) == ["l", "l"]


def test_part_of_speech_tells_a_noun_from_an_adjective():
    assert labels("The army began an offensive in the east.") == ["offensive"]
    assert labels("The minister made a very offensive remark.") == []


def test_phrases_to_ignore_are_no_label():
    assert labels("A war of words broke out over the budget.") == []


def test_near_and_not_near_decide_what_a_romance_is():
    concept = {
        "concept": [
            {
                "name": "ties",
                "label": [{"name": "romance", "near": ["@states", "@capitals"], "not_near": ["date night"]}],
            }
        ]
    }
    assert labels("The romance between Moscow and Pyongyang continues.", concept) == ["romance"]
    assert labels("Seven Date Night Ideas That Blend Romance And Comfort.", concept) == []
    assert labels("For date night in Paris, try romance and candles.", concept) == []
    assert labels("Moscow voted. Critics praised the romance.", concept) == []  # not in one sentence


@pytest.mark.parametrize(
    "word",
    """
Denmark|Switzerland|Cape Verde|the DRC|Côte d’Ivoire|Lima|Copenhagen|Kuala Lumpur|Downing Street|Swiss|Danish|Kenyan|
Korea|NATO|Santiago|Arab|Western
""".replace("\n", "").split("|"),
)
def test_every_country_of_the_list_is_among_the_states_capitals_and_peoples(word):
    near = ["@states", "@capitals", "@peoples"]
    concept = {"concept": [{"name": "ties", "label": [{"name": "romance", "near": near}]}]}
    assert labels(f"The romance with {word} officials continues.", concept) == ["romance"]


def test_alternatives_optional_words_gaps_and_endings():
    concept = {
        "concept": [
            {
                "name": "c",
                "label": [
                    {"name": "l", "patterns": ["(tax|duty) on [the] rich", "bring * to a standstill", "nationali*"]}
                ],
            }
        ]
    }
    found = find_labels(
        articles_of("A tax on the rich, a duty on rich men. They bring traffic to a standstill and nationalised rail."),
        concept,
        quotes=NO_QUOTES,
    )
    assert found["text"].tolist() == [
        "tax on the rich",
        "duty on rich",
        "bring traffic to a standstill",
        "nationalised",
    ]


def test_offsets_point_at_the_words_and_the_sentence_is_given():
    text = "Calm fell. The invasion of Ruritania began."
    row = find_labels(articles_of(text), WAR, quotes=NO_QUOTES).iloc[0]
    assert text[row["start"] : row["end"]] == row["text"] == "invasion"
    assert row["sentence"] == "The invasion of Ruritania began."
    assert row["zone"] == "body"


def test_a_quoted_label_is_not_the_outlets_word():
    text = 'The mayor said: "This invasion must end." The war in Ruritania began in May.'
    quotes = pd.DataFrame([quote("a0", text, "This invasion must end.", "the mayor")])
    table = find_labels(articles_of(text), WAR, quotes=quotes)
    assert table[["label", "voice"]].values.tolist() == [["invasion", "quoted"], ["war", "outlet"]]
    assert table["speaker"].iloc[0] == "the mayor" and pd.isna(table["speaker"].iloc[1])


def test_words_in_page_furniture_are_not_counted():
    from framing import read_articles

    text = "The war began.\nRead also: war war war"
    zones = f'[[0, 14, "body"], [15, {len(text)}, "other_story"]]'
    table = read_articles(pd.DataFrame([{"article_id": "a", "text": text}]))
    table["known_zones"] = zones
    assert len(find_labels(table, WAR, quotes=NO_QUOTES)) == 1


def test_no_articles_give_an_empty_table_with_the_columns():
    table = find_labels(articles_of("x").iloc[:0], WAR, quotes=NO_QUOTES)
    assert list(table) == COLUMNS["labels"] and table.empty
    assert list(find_labels(articles_of("Nothing here."), WAR, quotes=NO_QUOTES)) == COLUMNS["labels"]


def test_share_is_of_all_namings_in_the_outlets_own_voice():
    texts = ["The invasion. The invasion. The war.", "The war. The war.", "The invasion. The war."]
    table = find_labels(articles_of(*texts, outlets=["A", "B", "A"], events=["e1", "e1", "e2"]), WAR, quotes=NO_QUOTES)
    share = label_share(table)
    a = share[(share["outlet"] == "A") & (share["label"] == "invasion")].iloc[0]
    assert (a["n"], a["n_concept"], a["n_articles"], a["n_events"]) == (3, 5, 2, 2)
    assert a["share"] == pytest.approx(0.6)
    b = share[(share["outlet"] == "B") & (share["label"] == "war")].iloc[0]
    assert b["share"] == 1
    known = share.dropna(subset=["low"])
    assert (known["low"] <= known["share"]).all() and (known["share"] <= known["high"]).all()
    by_event = label_share(table, by=["outlet", "event"])
    assert by_event.groupby(["outlet", "event"])["share"].sum().eq(1).all()


def test_quoted_labels_stay_out_of_the_share_unless_asked_for():
    text = 'The mayor said: "This invasion must end." The war in Ruritania began in May.'
    quotes = pd.DataFrame([quote("a0", text, "This invasion must end.", "the mayor")])
    table = find_labels(articles_of(text), WAR, quotes=quotes)
    assert label_share(table)["label"].tolist() == ["war"]
    assert set(label_share(table, voice=None)["label"]) == {"invasion", "war"}


def test_shipped_concepts_load_and_every_label_says_where_it_comes_from():
    concepts = load_concepts()
    assert len(concepts) > 25
    assert all(label.note for concept in concepts for label in concept.labels)
    assert len({concept.name for concept in concepts}) == len(concepts)


@pytest.mark.parametrize(
    "data, message",
    [
        ({"concept": [{"label": []}]}, "has no name"),
        ({"concept": [{"name": "c"}]}, "needs at least one"),
        ({"concept": [{"name": "c", "label": [{"name": "l", "pattern": ["x"]}]}]}, "no such key as pattern"),
        ({"concept": [{"name": "c", "label": [{"name": "l", "patterns": ["(a|b"]}]}]}, "never closed"),
        ({"concept": [{"name": "c", "label": [{"name": "l", "patterns": ["a)"]}]}]}, "never opened"),
        ({"concept": [{"name": "c", "label": [{"name": "l", "patterns": [""]}]}]}, "no word"),
        ({"concept": [{"name": "c", "label": [{"name": "l", "near": ["@nowhere"]}]}]}, "no set named"),
        ({"concept": [{"name": "c", "label": [{"name": "l"}, {"name": "l"}]}]}, "give each its own name"),
        ({"concepts": []}, r"no \[\[concept\]\]"),
    ],
)
def test_a_mistake_in_a_concept_file_is_named(data, message):
    with pytest.raises(ValueError, match=message):
        load_concepts(data)


def test_a_file_that_is_not_toml_is_named(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("[[concept]\nname = ")
    with pytest.raises(ValueError, match=r"mine\.toml is not a TOML file"):
        load_concepts(path)
    with pytest.raises(ValueError, match="no concept file at"):
        load_concepts(tmp_path / "missing.toml")


def test_patterns_are_never_read_as_regular_expressions():
    concept = {"concept": [{"name": "c", "label": [{"name": "l", "patterns": ["w.r"]}]}]}
    assert labels("The war goes on.", concept) == []


FOUND = {
    ("20 Minutes", "romance"),
    ("20 Minutes", "rapprochement"),
    ("20 Minutes", "offensive"),
    ("20 Minutes", "invasion"),
    ("SCMP", "pariah"),
    ("SCMP", "ostracised"),
    ("SCMP", "full-scale hostilities"),
    ("German site", "war of aggression"),
    ("News portal", "friend"),
    ("News portal", "two friends"),
}
OWN = {
    ("20 Minutes", "romance"),
    ("SCMP", "pariah"),
    ("SCMP", "full-scale hostilities"),
    ("News portal", "two friends"),
}
QUOTED = {
    ("German site", "holy struggle"),
    ("SCMP", "great victory"),
    ("20 Minutes", "great victory"),
    ("SCMP", "hegemony"),
}


def test_five_real_pages_are_read_with_the_right_word_outlet_and_voice(shared):
    from framing import read_articles

    table = find_labels(read_articles(shared / "articles"))
    pairs = pd.Series(list(zip(table["outlet"], table["text"], strict=True)), dtype=object)
    in_voice = {voice: set(pairs[table["voice"] == voice]) for voice in ("outlet", "reported", "quoted")}
    assert in_voice["outlet"] | in_voice["reported"] >= FOUND
    assert not in_voice["quoted"] & FOUND
    assert in_voice["outlet"] >= OWN
    assert in_voice["quoted"] >= QUOTED
    assert not table["sentence"].str.contains("Date Night").any()


def test_other_names_for_the_referent_are_suggested():
    from framing.words.labels import suggest_labels

    concept = {
        "concept": [
            {"name": "the fighting", "referent": ["Ruritania"], "label": [{"name": "war", "patterns": ["war"]}]}
        ]
    }
    texts = [
        "The bitter fighting in Ruritania goes on. The war in Ruritania is long.",
        "Bitter fighting in Ruritania has killed two people. Ruritania's nightmare is not over.",
    ]
    table = suggest_labels(articles_of(*texts, outlets=["A", "B"]), concept, quotes=NO_QUOTES)
    assert "war" not in set(table["phrase"])
    top = table.iloc[0]
    assert (top["phrase"], top["n"], top["n_articles"], top["outlets"]) == ("bitter fighting", 2, 2, "A, B")
    assert "nightmare" in set(table["phrase"])
    free = suggest_labels(articles_of(*texts), referent="Ruritania", quotes=NO_QUOTES)
    assert "war" in set(free["phrase"])
    assert suggest_labels(articles_of("It rained."), concept, quotes=NO_QUOTES).empty


WORDS = st.lists(st.sampled_from(["war", "peace", "of", "long", "the"]), min_size=1, max_size=12)


@settings(max_examples=25)
@given(WORDS, st.lists(st.sampled_from(["war", "peace", "of", "long", "*"]), min_size=1, max_size=3))
def test_patterns_find_what_reading_word_by_word_finds(words, pattern):
    from framing.words.index import word_index
    from framing.words.patterns import find_pattern

    if set(pattern) == {"*"}:
        return
    index = word_index(articles_of(" ".join(words)), NO_QUOTES)
    found = [(int(a), int(b)) for a, b in find_pattern(index, " ".join(pattern), lemmas=False)]
    sentence = index.sentence_number
    expected = [
        (i, i + len(pattern) - 1)
        for i in range(len(words) - len(pattern) + 1)
        if all(p in ("*", w) for p, w in zip(pattern, words[i:], strict=False))
        and sentence[i] == sentence[i + len(pattern) - 1]
    ]
    assert found == expected


def test_every_label_planted_in_the_corpus_is_found_and_nothing_else_nearly_always_in_the_right_voice():
    from framing import example, example_path

    gold = pd.read_csv(example_path("summit", "key/gold_labels.csv"))
    found = find_labels(example("summit"), example_path("summit", "summit.toml"))
    both = gold.merge(found, on=["article_id", "concept", "label", "start", "end"], suffixes=("_gold", ""))
    assert len(gold) == len(found) == len(both) == 190
    assert (both["voice"] == both["voice_gold"]).mean() > 0.92
    own = both[both["voice_gold"] == "outlet"]
    assert (own["voice"] == "outlet").mean() > 0.91
    assert both.loc[both["voice_gold"] == "quoted", "voice"].eq("outlet").sum() <= 2


def test_a_voice_that_does_not_exist_is_refused_not_answered_with_an_empty_table():
    found = find_labels(articles_of("The invasion began."), WAR, quotes=NO_QUOTES)
    with pytest.raises(ValueError, match="voice is 'outlets'; choose of"):
        label_share(found, voice="outlets")


@pytest.mark.parametrize(
    ("label", "message"),
    [
        (
            {"name": "war", "pos": "NOUNS"},
            "In the label 'war' of the concept 'fight' in these concepts: There is no part of speech 'NOUNS'",
        ),
        (
            {"name": "war", "patterns": ["@sttes war"]},
            "In the label 'war' of the concept 'fight' in these concepts there is no set named 'sttes'; there are",
        ),
    ],
)
def test_a_slip_in_a_concept_file_is_found_when_it_is_read(label, message):
    with pytest.raises(ValueError, match=message):
        load_concepts({"concept": [{"name": "fight", "label": [label]}]})


def test_a_name_never_runs_over_the_end_of_a_paragraph():
    assert labels("The end of the war\n\nOf aggression nobody spoke.") == ["war"]


def test_a_star_stands_for_a_word_not_for_a_mark():
    concepts = {"concept": [{"name": "x", "label": [{"name": "long war", "patterns": ["long * war"]}]}]}
    assert labels("A long, war. A long dirty war.", concepts) == ["long war"]


def test_a_word_that_must_be_near_is_near_and_outside_the_name():
    concepts = {
        "concept": [
            {"name": "x", "label": [{"name": "crime", "patterns": ["war crime"], "near": ["crime"], "within": 3}]}
        ]
    }
    assert labels("A war crime was committed.", concepts) == []
    assert labels("The crime of the day was a long and very dirty war crime.", concepts) == []
    assert labels("The crime, a war crime, was seen.", concepts) == ["crime"]


def test_a_title_before_a_name_is_no_description():
    file = {"concept": [{"name": "a leader", "titles": False, "label": [{"name": "leader"}, {"name": "president"}]}]}
    text = "President Ada Brook spoke. The president left. Rebel leader Tom Marsh waited for the leader."
    assert found_in(text, file) == ["president", "leader"]


def found_in(text: str, concepts: dict) -> list[str]:
    from framing import find_labels, read_articles
    from framing.tables import empty_table

    articles = read_articles(pd.DataFrame({"outlet": ["Gazette"], "event": ["e1"], "text": [text]}), clean=False)
    return find_labels(articles, concepts, quotes=empty_table("quotes"))["text"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        "Military operations are tracked by the agency.",
        "I just fight back.",
        "President Obama left.",
        "The police suspects a fire.",
        "The foreign agents paid their taxes.",
    ],
)
def test_shipped_names_know_their_sense(text):
    from framing import load_concepts

    assert found_in(text, load_concepts()) == []


BETWEEN_STATES = [
    ("Russia and China praised their friendship in Beijing.", True),
    ("France has a trade dispute with Germany.", True),
    ("The partnership between Japan and India is old.", True),
    ("Turkey is in a dispute with the United States.", True),
    ("Ada Brook of Chicago has a dispute with her sister.", False),
    ("A physical confrontation took place in North Carolina.", False),
    ("The Republican showdown over the budget went on in Ohio.", False),
    ("He denied ties to Russia.", False),
    ("He spoke to the Ohio Christian Alliance about Russia and China.", False),
    ("She opposes the Trans-Pacific Partnership with Japan and Canada.", False),
    ("A longtime friend of the senator lives in Paris.", False),
    ("New Jersey and Delaware allow domestic partnerships.", False),
    ("The White House called the job offer in Boston a quid pro quo.", False),
]


@pytest.mark.parametrize(("text", "hit"), BETWEEN_STATES)
def test_what_binds_or_divides_states_stands_between_two_of_them(text, hit):
    from framing import load_concepts

    between = [concept for concept in load_concepts() if concept.between]
    assert len(between) == 2 and bool(found_in(text, between)) is hit


@pytest.mark.parametrize(
    "text",
    [
        "Republican leadership dismissed the bill.",
        "The Democratic leadership met on Monday.",
        "Anita Russell, president of the Kansas City branch, spoke.",
        "The ideological leader of the Republicans left.",
        "An immigration hard-liner spoke against the bill.",
        "She quit in protest over the policy.",
        "The video touched off a storm of protests.",
        "The child has a chromosomal disorder.",
        "The anger reminded many of conservative unrest.",
        "The senators capitulated to the party.",
        "The deal would clamp down on the nuclear plan.",
        "Structural reform of the school begins in May.",
        "The campaign has a war chest of three million.",
        "She taught at the Naval War College in May.",
        "A public relations offensive began on Monday.",
        "The Social Security Administration closed an office.",
    ],
)
def test_shipped_names_out_of_place_are_no_hit(text):
    from framing import load_concepts

    assert found_in(text, load_concepts()) == []


def test_a_name_in_capitals_is_still_a_name_in_a_headline_and_for_a_war():
    concepts = {"concept": [{"name": "x", "label": [{"name": "war"}, {"name": "alliance"}]}]}
    assert found_in("He served in the Vietnam War for a year.", concepts) == ["War"]
    assert found_in("The alliance of the Ohio Christian Alliance broke.", concepts) == ["alliance"]


def test_names_that_compete_are_drawn_and_the_rest_is_said_in_one_line():
    from framing.words.labels import competing, too_rare

    rows = [("a war", "war", "Gazette"), ("a war", "conflict", "Courier")] * 3 + [("a leader", "ruler", "Gazette")]
    labels = pd.DataFrame(rows, columns=["concept", "label", "outlet"]).assign(voice="outlet")
    assert set(competing(labels)["concept"]) == {"a war"}
    assert too_rare(labels).endswith("a leader (1).")
    assert too_rare(competing(labels)) == ""
    many = pd.concat([labels.tail(1).assign(concept=f"concept {number}") for number in range(9)])
    assert too_rare(many).endswith(" and 3 more.")


# A label printed is a name that somebody wrote.


def inflected(one: str, other: str) -> bool:
    """Do two words have all but their endings in common: "steal" and "stealing", "slash" and "slashed"?"""
    one, other = sorted((one.strip("'"), other.strip("'")), key=len)
    return one == other or (len(other) - len(one) <= 3 and other.startswith(one.rstrip("ey")))


IRREGULAR = {  # forms and spellings of one word that no ending tells
    ("steal", "stolen"),
    ("bring", "brought"),
    ("send", "sent"),
    ("lay", "laid"),
    ("made", "making"),
    ("person", "people"),
    ("guerrilla", "guerilla"),
}


def holds(name: list[str], variant: list[str]) -> bool:
    """Does the variant hold every word of the name, in order?"""
    rest = iter(variant)
    return all(any(inflected(word, other) or (word, other) in IRREGULAR for other in rest) for word in name)


def test_every_variant_of_a_shipped_label_holds_the_words_of_its_name():
    from framing.words.concepts import spelt
    from framing.words.house_styles import american
    from framing.words.patterns import sequences

    def words(text):
        return [american(step.value) for step in sequences(text)[0] if step.kind == "word"]

    unlike = [
        (concept.name, label.name, " ".join(step.value for step in steps))
        for concept in load_concepts()
        for label in concept.labels
        for pattern in label.patterns
        for steps in sequences(pattern)
        if not holds(words(label.name), [american(step.value) for step in steps])
        and spelt(label.name) not in spelt(" ".join(step.value for step in steps))
    ]
    assert not unlike


@pytest.mark.parametrize(
    "sentence, label",
    [
        ("Heirs of large farms pay an estate tax in Ruritania.", "estate tax"),
        ("Heirs of large farms pay an inheritance tax in Ruritania.", "inheritance tax"),
        ("The bill would raise a wealth tax of two percent.", "wealth tax"),
        ("Officials counted unauthorized immigrants at the border.", "unauthorized"),
        ("Officials counted undocumented immigrants at the border.", "undocumented"),
        ("Officials counted illegal immigrants at the border.", "illegal immigrant"),
        ("Officials counted illegal aliens at the border.", "illegal alien"),
        ("Lawmakers met a group of Dreamers on Monday.", "dreamer"),
        ("The rebels seized the town of Strelsau.", "seize"),
        ("The rebels captured the town of Strelsau.", "capture"),
        ("The party promised to protect traditional marriage.", "traditional marriage"),
        ("The law lists three state sponsors of terrorism.", "state sponsor of terrorism"),
        ("The governor said nothing of the terrorist plot.", "terrorist plot"),
    ],
)
def test_what_was_written_is_the_label(sentence, label):
    from framing.words.house_styles import american

    found = find_labels(articles_of(sentence), quotes=NO_QUOTES)
    assert label in found["label"].tolist()
    for name, written in zip(found["label"], found["text"], strict=True):
        assert holds(name.split(), [american(word) for word in written.lower().split()])


def test_names_are_labels_of_their_own_with_the_conditions_they_share():
    concepts = {
        "concept": [
            {
                "name": "c",
                "label": [
                    {
                        "names": [
                            "(land|power) grab",
                            ["gray zone", "no man's land"],
                            "[mutual] defence pact",
                            "defense pact",
                        ]
                    }
                ],
            }
        ]
    }
    loaded = load_concepts(concepts)[0].labels
    assert [label.name for label in loaded] == ["land grab", "power grab", "gray zone", "defence pact"]
    text = "A land grab, a power grab, no man's land, a mutual defense pact."
    assert labels(text, concepts) == ["land grab", "power grab", "gray zone", "defence pact"]


@pytest.mark.parametrize("bad", [{"names": []}, {"names": ["a"], "name": "b"}, {"names": ["a"], "patterns": ["b"]}])
def test_names_stand_in_the_place_of_a_name_and_its_patterns(bad):
    with pytest.raises(ValueError, match="in the place of name and patterns"):
        load_concepts({"concept": [{"name": "c", "label": [bad]}]})


# The longest name wins.

MIGRANTS = {
    "concept": [
        {
            "name": "migrants",
            "label": [
                {"name": "immigrant", "near": ["country", "million", "border"]},
                {"name": "illegal", "patterns": ["illegal (immigrant|migrant)"], "near": ["deport"]},
                {"name": "undocumented", "patterns": ["undocumented (immigrant|worker)"]},
            ],
        }
    ]
}


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("The order would spare millions of illegal immigrants from deportation.", ["illegal"]),
        ("The order would spare millions of immigrants from deportation.", ["immigrant"]),
        ("The order would spare millions of illegal Ruritanian immigrants.", ["illegal"]),
        ("The order would spare millions of undocumented young immigrants.", ["undocumented"]),
        ("Millions of undocumented, mostly young immigrants crossed the border.", ["undocumented"]),
        ("The country counts illegal and unskilled immigrants.", ["illegal"]),
        ("It is illegal to hire immigrants in this country.", ["immigrant"]),
        ("The country calls it illegal; immigrants object.", ["immigrant"]),
        ("He hired illegal immigrants.", []),
    ],
)
def test_a_longer_name_of_the_concept_wins_over_the_shorter(sentence, expected):
    assert labels(sentence, MIGRANTS) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("Evan Wolf, the founder of Freedom to Marry, spoke on Monday.", []),
        ("Couples asked for the freedom to marry in every state.", ["freedom to marry"]),
        ("The senator joined the Climate Action Fund last year.", []),
        ("The senator asked for climate action last year.", ["climate action"]),
        ("Roxane Gay wrote a book about hunger.", []),
        ("The mayor is openly gay.", ["gay"]),
        ("The law protects gays and lesbians.", ["gay", "lesbian"]),
        ("The law protects gay people.", ["gay"]),
        ("The largest lesbian, gay, bisexual and transgender group met.", []),
        ("Gay, lesbian and bisexual people met.", []),
        ("Lesbian, gay and transgender students met.", []),
        ("A lesbian couple and a gay couple met.", ["lesbian", "gay"]),
        ("The president seized the funding for the wall in Ruritania.", []),
        ("The town council seized the moment.", []),
        ("Troops seized Strelsau, a town in Ruritania, and its airport.", ["seize"]),
        ("The seizure of the town took a day.", ["seizure"]),
        ("Workers pay Social Security payroll taxes.", []),
        ("Workers receive Social Security benefits.", ["social security benefit"]),
        ("He asked the agent to lay off the investigation.", []),
        ("The plant will lay off 200 workers.", ["lay off"]),
        ("President Adler of Ruritania met the leader of Graustark.", []),
        ("The Ruritanian government denied it.", []),
    ],
)
def test_a_proper_name_another_object_and_a_title_are_no_hit(sentence, expected):
    assert find_labels(articles_of(sentence), quotes=NO_QUOTES)["label"].tolist() == expected


def test_what_is_no_hit_in_the_outlets_voice_is_none_in_a_quotation():
    text = 'The mayor said: "Freedom to Marry will seize the funding for Ruritania." It rained.'
    quotes = pd.DataFrame([quote("a0", text, "Freedom to Marry will seize the funding for Ruritania.", "the mayor")])
    assert find_labels(articles_of(text), quotes=quotes).empty


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("Millions of refugees fled the invasion of Ruritania.", "the fighting"),
        ("The invasion began at the border before dawn.", "the fighting"),
        ("Criminals and drug gangs made money during the invasion.", "the fighting"),
        ("People in this country remember the invasion of their own.", "the fighting"),
        ("She sought asylum after the invasion.", "the fighting"),
        ("He called the caravan of migrants an invasion.", "movement of people"),
        ("The advertisement spoke of an invasion of illegal immigrants.", "movement of people"),
        ("They feared an invasion of asylum seekers.", "movement of people"),
        ("The candidate said an invasion by smugglers had begun at the border.", "movement of people"),
        ("She spoke of immigration as an invasion.", "movement of people"),
    ],
)
def test_an_army_invades_or_migrants_are_said_to(sentence, concept):
    found = find_labels(articles_of(sentence), quotes=NO_QUOTES)
    assert set(found.loc[found["label"] == "invasion", "concept"]) == {concept}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Activists chained themselves to the gate until police came.", ["activist"]),
        ("Organisers told the crowd to march on.", ["organiser"]),
        ("Party activists prefer the senator as their nominee.", []),
        ("The organisers of the festival sold every ticket.", []),
        ("Climate activists welcomed the bill.", ["climate activist"]),
        ("The candidate speaks to everyday Americans.", []),
        ("Ordinary citizens want lower taxes.", []),
        ("Ordinary citizens joined the march.", ["ordinary citizen"]),
        ("The minister resigned in protest.", []),
        ("It was a protest vote against both parties.", []),
        ("The minister resigned after a protest in the square.", ["protest"]),
        ("Voters joined a protest against the veto.", ["protest"]),
        ("The speaker survived an internal insurrection.", []),
        ("He faced a backbench revolt over the dictator.", []),
        ("Republicans and Democrats condemned the insurrection.", ["insurrection"]),
        ("The party called it a coup.", ["coup"]),
    ],
)
def test_those_who_protest_are_no_party_workers_and_a_party_is_no_state(sentence, expected):
    found = find_labels(articles_of(sentence), quotes=NO_QUOTES)
    assert found.loc[found["concept"].isin(["people who protest", "a protest"]), "label"].tolist() == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("China bullied its neighbours for years.", ["bully"]),
        ("The minister accused Russia of blackmail.", ["blackmail"]),
        ("France resisted the bullying of larger powers.", ["bullying"]),
        ("The paper spoke of nuclear blackmail.", ["nuclear blackmail"]),
        ("It was a struggle against imperialism.", ["imperialism"]),
        ("The governor bullied mayors of the party.", []),
        ("Bullying of students is common in France.", []),
        ("The senator bullied his staff on a trip to Germany.", []),
        ("A man was charged with blackmail.", []),
        ("Mr. Brook bullied reporters across the country.", []),
    ],
)
def test_states_press_states(sentence, expected):
    found = find_labels(articles_of(sentence), quotes=NO_QUOTES)
    assert found.loc[found["concept"] == "pressure on a state", "label"].tolist() == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A wave of migrants crossed the border.", ["wave"]),
        ("A tide of asylum seekers arrived.", ["tide"]),
        ("The refugee flow ended.", ["flow"]),
        ("The city saw an influx of newcomers.", ["influx"]),
        ("The bank saw an influx of capital.", []),
        ("A wave of layoffs followed.", []),
        ("The town was overrun, he said of the migrants.", ["overrun"]),
        ("Refugees fled the siege of Strelsau.", []),
    ],
)
def test_movement_of_people_is_of_people(sentence, expected):
    found = find_labels(articles_of(sentence), quotes=NO_QUOTES)
    names = found.loc[found["concept"] == "movement of people", "label"]
    assert [name for name in names if name not in ("flee", "arrival")] == expected


@pytest.mark.parametrize(
    ("sentence", "hit"),
    [
        ("A terrorist killed two people in the square.", True),
        ("Two terrorists planned the attack.", True),
        ("The convicted terrorist was a victim of torture.", True),
        ("The police arrested a suspected terrorist.", True),
        ("He said the army would defeat the terrorists.", False),
        ("She asked for talks with terrorists.", False),
        ("Terrorists hold the north of the country.", False),
    ],
)
def test_one_who_attacked_is_named_beside_an_attack(sentence, hit):
    found = find_labels(articles_of(sentence), quotes=NO_QUOTES)
    assert ("the one who attacked" in set(found["concept"])) is hit
    assert "terrorist" in set(found["label"])
