import pandas as pd
import pytest

from framing import read_articles
from framing.tables import COLUMNS, empty_table
from framing.words import tokens, voice_share

TEXT = "The mayor said: “It holds.” Nobody agreed."


@pytest.fixture(scope="module")
def table():
    articles = read_articles(
        pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"], "event": ["e"], "text": [TEXT]}), clean=False
    )
    quotes = pd.DataFrame(
        [
            {
                "article_id": "a",
                "kind": "direct",
                "speaker": "Mayor",
                "quote_id": "q1",
                "content_spans": ((TEXT.index("It"), TEXT.index("It") + 9),),
            }
        ]
    )
    return tokens(articles, quotes=quotes)


def test_every_token_stands_where_its_offsets_say_in_its_voice(table):
    assert list(table.columns) == COLUMNS["tokens"]
    assert [TEXT[row.start : row.end] for row in table.itertuples()] == table["token"].tolist()
    quoted = table[table["voice"] == "quoted"]
    assert quoted["token"].tolist()[:2] == ["It", "holds"] and set(quoted["speaker"]) == {"Mayor"}
    assert table.loc[table["token"] == "Nobody", "voice"].tolist() == ["outlet"]


def test_voices_divide_words_not_marks(table):
    shares = voice_share(table).set_index("voice")
    assert shares.loc["outlet", "n_words"] == 5 and shares.loc["quoted", "n_words"] == 2
    assert shares["share"].tolist() == pytest.approx([5 / 7, 2 / 7, 0])
    assert shares.loc[["outlet", "quoted"], "low"].isna().all()  # one event: nothing is known of the spread


def test_shares_are_means_over_articles_not_over_words():
    rows = [("a", "outlet")] * 1 + [("a", "quoted")] * 1 + [("b", "outlet")] * 9 + [("b", "quoted")] * 1
    words = pd.DataFrame(rows, columns=["article_id", "voice"]).assign(outlet="Gazette", event="e", pos="NOUN")
    assert voice_share(words).set_index("voice")["share"]["outlet"] == pytest.approx((0.5 + 0.9) / 2)


def test_no_articles_no_tokens():
    nothing = tokens(pd.DataFrame({"text": []}))
    assert nothing.empty and list(nothing.columns) == COLUMNS["tokens"]
    assert voice_share(empty_table("tokens")).empty


def test_zones_are_left_out_as_asked():
    text = "By Ada Brook\n\nThe dam holds.\n\nRead more"
    zones = '[[0, 12, "byline"], [14, 28, "body"], [30, 39, "furniture"]]'
    articles = pd.DataFrame([{"article_id": "a", "outlet": "Gazette", "text": text, "known_zones": zones}])
    quotes = empty_table("quotes")
    assert set(tokens(articles, quotes=quotes)["zone"]) == {"byline", "body"}
    assert set(tokens(articles, quotes=quotes, leave_out=["byline"])["zone"]) == {"body", "furniture"}
