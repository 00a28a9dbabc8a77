"""Who does what to whom: active, passive and without a doer, by clause."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from framing.steadiness import steady
from framing.tables import KEYS, as_articles, require_columns
from framing.text.lexicon import whole_lemma, word_lists
from framing.words.index import JOINING, Voice, WordIndex, rows_of, voices_asked, word_index

_LISTED = word_lists("lexicons/agency")

COLUMNS = [*KEYS, "verb", "form", "agent", "patient", "start", "end", "text", "zone", "voice", "speaker", "sentence"]
SHARES = ["actor", "outlet", "measure", "estimate", "low", "high", "n", "n_articles", "n_events"]
FORMS = ["active", "passive", "agentless"]
STATES = frozenset(_LISTED["states"])
AUXILIARIES = frozenset(_LISTED["auxiliaries"])
OWN_PURPOSE = frozenset(_LISTED["own_purpose"])
OWN_PLAN = frozenset(_LISTED["own_plan"])
KEEPING_FROM = frozenset(_LISTED["keeping_from"])
JUDGED_FOR = frozenset(_LISTED["judged_for"])
CHARGED_WITH = frozenset(_LISTED["charged_with"])
TIMES = frozenset(_LISTED["times"])
NAMING = frozenset(_LISTED["naming"])
SPEAKING = frozenset(_LISTED["speaking"])
QUANTITIES = frozenset(_LISTED["quantities"])
DONE_WITH_EASE = frozenset(_LISTED["done_with_ease"])
SETTINGS = frozenset(_LISTED["settings"]) | TIMES
LIKE_PREPOSITIONS = frozenset(_LISTED["like_prepositions"])
PRONOUNS = set(
    """
    i we you he she it they him her them us me this that these those who which what himself herself itself
    themselves one some many others all anyone everyone someone nobody whoever both each none
""".split()
)
POINTS_BACK = {"who", "that", "which", "whom"}
QUALITIES = ("acomp", "oprd")  # "was ready", "seemed ready"
GROUPS = ["PERSON", "NORP", "ORG", "GPE"]
LEAST_CLAUSES = 5  # of an actor, over all outlets, to be listed


@steady
def agency(
    articles: pd.DataFrame, *, quotes: pd.DataFrame | None = None, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each thing done, with who does it and to whom it is done.

    Parameters
    ----------
    articles : as from `read_articles`. quotes : as from `find_quotes`, to tell voices apart; found anew when not given.
    mentions : as from `resolve_mentions`; with it people, countries and bodies go by one name each, pronouns with them.

    Returns
    -------
    One row per verb that somebody does or that is done to somebody, in order of place: ``verb`` (dictionary form);
    ``form``: "active" ("police shot protesters"), "passive" with the doer named ("protesters were shot by police"),
    "agentless" ("protesters were shot"); ``agent`` and ``patient``: dictionary form of the noun ("police"), a name,
    several joined by "; ", missing where there is none; ``start, end, text`` of the verb; ``zone, voice, speaker,
    sentence``. Verbs of state, and verbs of saying with what is said, are left out.

    Notes
    -----
    By the parse of a small model: of 100 invented plain sentences all but a few are right, of 100 clauses drawn from
    real news, in the outlets' own voice, 87 (`tests/test_agency.py`). Nouns of action ("the shooting") name no doer and
    are not counted. A sentence without a doer is often simply short of information; see the sentences before calling
    it evasion.
    """
    articles = as_articles(articles)
    index = word_index(articles, quotes)
    clauses = _Clauses(index)
    named = {} if mentions is None else _named(articles, index, mentions)
    rows = [row for row in clauses.read() if row[2] or row[3]]
    places = np.array([row[0] for row in rows], dtype=np.int64)
    table = rows_of(index, places, places)
    table["verb"], table["form"] = [clauses.lemma(row[0]) for row in rows], [row[1] for row in rows]
    table["agent"] = [clauses.name(row[2], named) for row in rows]
    table["patient"] = [clauses.name(row[3], named) for row in rows]
    return table[COLUMNS]


def agency_share(
    table: pd.DataFrame, *, voice: Voice = "outlet", min_count: int = LEAST_CLAUSES, top: int | None = 12, seed: int = 0
) -> pd.DataFrame:
    """How often each outlet lets a person or group act, and leaves out who did something to them.

    Parameters
    ----------
    table : as from `agency`. voice : whose words, by default the outlet's own; None for all.
    min_count : clauses an actor needs over all outlets; top : how many actors, those in most clauses; None for all.
    seed : of the resampling behind the intervals.

    Returns
    -------
    One row per actor, ``measure`` and outlet: "acts", of the clauses with the actor the share in which it is the doer;
    "no doer", of those in which something is done to it the share that names nobody; ``estimate`` (0 to 1), ``low,
    high`` (95 %, events resampled; missing where there are too few), ``n`` clauses, ``n_articles, n_events``. Pronouns
    whose noun is not known are in no row.
    """
    require_columns(table, COLUMNS, made_by="agency")
    from framing.stats.comparison import estimate_by

    chosen = table if voice is None else table[table["voice"].isin(voices_asked(voice))]
    parts = by_actor(chosen)
    counts = parts.groupby("actor").size().sort_values(ascending=False, kind="stable")
    counts = counts[counts >= min_count].head(len(counts) if top is None else top)
    found = []
    for actor in counts.index:
        here = parts[parts["actor"] == actor]
        for measure, rows, column in (("acts", here, "acts"), ("no doer", here[here["acts"] == 0], "nobody")):
            if rows.empty:
                continue
            per = rows.groupby(KEYS, dropna=False)[column].agg(["sum", "size"]).reset_index()
            shares = estimate_by(per, "sum", per="size", seed=seed)
            n = per.groupby("outlet")["size"].sum().rename("n")
            found.append(shares.merge(n.reset_index(), on="outlet").assign(actor=actor, measure=measure))
    if not found:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in SHARES})
    return pd.concat(found, ignore_index=True)[SHARES]


def by_actor(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of `agency`, one per clause and ``actor``: ``acts`` (0, 1) and ``nobody`` (1: no doer is named)."""
    return pd.concat([_in_role(table, "agent"), _in_role(table, "patient")], ignore_index=True)


def _in_role(table: pd.DataFrame, column: str) -> pd.DataFrame:
    rows = table.dropna(subset=[column])
    rows = rows.assign(actor=rows[column].str.split("; ")).explode("actor")
    rows = rows[~rows["actor"].str.lower().isin(PRONOUNS)]
    return rows.assign(acts=int(column == "agent"), nobody=(rows["agent"].isna()).astype(int))


class _Clauses:
    def __init__(self, index: WordIndex) -> None:
        self.index = index
        self.dep = [index.tags[n] for n in index.dep]
        self.pos = [index.tags[n] for n in index.pos]
        self.entity = [index.tags[n] for n in index.entity]
        self.children: dict[int, list[int]] = {}
        for place, head in enumerate(index.head.tolist()):
            if head != place:
                self.children.setdefault(head, []).append(place)

    def word(self, place: int) -> str:
        return self.index.vocabulary[self.index.form[place]]

    def lemma(self, place: int) -> str:
        if self.word(place) == "taxes":  # no taxis
            return "tax"
        return whole_lemma(self.index.vocabulary[self.index.lemma[place]])

    def under(self, place: int, *deps: str) -> list[int]:
        return [child for child in self.children.get(place, []) if self.dep[child] in deps]

    def read(self) -> Iterator[tuple[int, str, list[int], list[int]]]:
        """Verb, form, doers and those it is done to."""
        for place in range(len(self.pos)):
            if self.pos[place] != "VERB" or self.dep[place] in ("amod", "aux", "auxpass", "compound", "prep", "case"):
                continue
            lemma = self.lemma(place)
            if (len(lemma) < 3 and lemma not in ("do", "go")) or lemma[0] in "'’" or self._stands_before(place, lemma):
                continue
            if lemma in STATES or (lemma in SPEAKING and self.under(place, "ccomp", "parataxis")):
                continue
            if self.passive(place):
                doers = [noun for by in self.under(place, "agent") for noun in self.under(by, "pobj")]
                form = "passive" if doers else "agentless"
                yield place, form, self.listed(doers), self.listed(self.undergoer(place))
            else:
                yield place, "active", self.listed(self.doer(place)), self.listed(self.object(place))

    def _stands_before(self, place: int, lemma: str) -> bool:
        """A verb in the place of a preposition ("given his promises") or of an auxiliary ("going to run")."""
        if self.word(place) in LIKE_PREPOSITIONS and not self.under(place, "nsubj", "nsubjpass"):
            return True
        return lemma in AUXILIARIES and bool(self.under(place, "xcomp"))

    def passive(self, place: int) -> bool:
        if self.under(place, "nsubjpass", "auxpass") or (self.under(place, "agent") and not self.under(place, "nsubj")):
            return True
        if self.under(place, "nsubj", "aux") or self.word(place).endswith("ing"):
            return False
        if self.dep[place] in ("acl", "advcl") and self.under(place, "dobj"):
            return False  # "a wave swept them out": a parser's slip
        if self.dep[place] in ("acl", "advcl"):  # "the records stolen by hackers", "asked by a reporter, he left"
            return True
        above = int(self.index.head[place])
        return (
            self.dep[place] == "conj"
            and self.pos[above] == "VERB"
            and not self.under(place, "dobj")
            and self.passive(above)
        )

    def undergoer(self, place: int) -> list[int]:
        own = self.under(place, "nsubjpass")
        if own:
            return self.antecedent(own, place)
        above = int(self.index.head[place])
        if self.dep[place] == "acl":
            return [above]
        if self.dep[place] == "advcl" and self.pos[above] in ("VERB", "AUX"):
            return self.undergoer(above) if self.passive(above) else self.doer(above)
        conj = self.dep[place] == "conj" and above != place and self.pos[above] == "VERB" and self.passive(above)
        return self.undergoer(above) if conj else []

    def doer(self, place: int) -> list[int]:
        """The subject; of a verb without one, that of the verb it is joined to or hangs on."""
        own = self.under(place, "nsubj")
        if own:
            return self.antecedent([who for who in own if who < place][-1:] or own, place)
        above = int(self.index.head[place])
        if self.dep[place] in ("acl", "pcomp"):
            return self._doer_of_phrase(place, above)
        if self.dep[place] == "xcomp" and self.dep[above] in QUALITIES:  # "was ready to sell"; not "was easy to read"
            return [] if self.lemma(above) in DONE_WITH_EASE else self._who_is(above)
        joined = self.dep[place] in ("conj", "xcomp", "advcl")
        if above == place or not joined or self.pos[above] not in ("VERB", "AUX"):
            return []
        if self.dep[place] == "xcomp" and self.under(above, "dobj") and self.lemma(above) not in OWN_PURPOSE:
            return self.under(above, "dobj")  # "forced the crowd to leave": the crowd leaves
        if self.pos[above] == "AUX":
            return [who for who in self.doer(above) if self.word(who) != "it"]  # "it was easy to sell"
        return self.undergoer(above) if self.passive(above) else self.doer(above)

    def _who_is(self, quality: int) -> list[int]:
        """Of "ready" in "the mayor was ready" the mayor; "it was ready" may be about nothing."""
        verb = int(self.index.head[quality])
        if self.pos[verb] != "AUX" and self.lemma(verb) not in STATES:
            return []
        return [who for who in self.doer(verb) if self.word(who) != "it"]

    def _doer_of_phrase(self, place: int, above: int) -> list[int]:
        """Of "letters asking for it" the letters; of "spent years plying", "without offering", "kept her from speaking"
        and "used money to settle" who spends, offers, is kept and uses; of "attempts by Issa to persuade" Issa."""
        verb = int(self.index.head[above])
        if self.dep[place] == "pcomp":
            while self.pos[verb] == "ADP" and int(self.index.head[verb]) != verb:
                verb = int(self.index.head[verb])
            if self.pos[verb] not in ("VERB", "AUX"):  # "made a career of shocking", "their habit of shouting"
                above = int(self.index.head[verb])
                if self.dep[verb] == "dobj" and self.lemma(above) in CHARGED_WITH:
                    return [verb]
                owner = self.under(verb, "poss")
                if not owner and self.dep[verb] == "pobj" and self.word(above) in ("in", "on", "at", "after"):
                    above = int(self.index.head[above])  # "left in the hope of finding", "is at risk of losing"
                    return self.undergoer(above) if self.passive(above) else self.doer(above)
                return owner or (self.doer(above) if self.dep[verb] == "dobj" and self.pos[above] == "VERB" else [])
            kept = self.under(verb, "dobj") if self.lemma(verb) in KEEPING_FROM | JUDGED_FOR | CHARGED_WITH else []
            return kept or (self.undergoer(verb) if self.passive(verb) else self.doer(verb))
        if self.dep[above] == "dobj" and self.lemma(verb) in OWN_PURPOSE:
            return self.doer(verb)
        if self.word(place).endswith("ing") or (self.under(place, "dobj") and not self.under(place, "aux")):
            return [above]
        by = [
            noun
            for by in self.under(above, "prep", "agent")
            if self.word(by) == "by"
            for noun in self.under(by, "pobj")
        ]
        owner = by or self.under(above, "poss")
        return owner or (self.doer(verb) if self.dep[above] == "dobj" and self.lemma(verb) in OWN_PLAN else [])

    def object(self, place: int) -> list[int]:
        own = self.under(place, "dobj")
        if own:
            after = [noun for noun in own if noun > place and self.lemma(noun) not in TIMES] or own
            return self.antecedent(after[:1], place)
        above = int(self.index.head[place])
        if self.lemma(place) in NAMING:
            named = [
                noun
                for said in self.under(place, "ccomp")
                if self.pos[said] not in ("VERB", "AUX")
                for noun in self.under(said, "nsubj")
            ]
            if named:
                return named
        if self._has_gap(place, place) and not self.under(place, "xcomp", "ccomp"):
            return [above]  # "the bill the senators rejected"; not "the town she lived in", "the day he came"
        if self.dep[place] == "xcomp" and self._has_gap(above, place) and not self.under(above, "dobj"):
            return [int(self.index.head[above])]  # "the bill they tried to block"
        if self.dep[place] == "xcomp" and self.dep[above] in QUALITIES and self.lemma(above) in DONE_WITH_EASE:
            return self._who_is(above)
        joined = [verb for verb in self.under(place, "conj") if self.pos[verb] == "VERB"][:1]
        if not joined or self.under(joined[0], "nsubj") or self.under(place, "prep", "xcomp", "ccomp"):
            return []
        return self.under(joined[0], "dobj")  # "beat and arrested the students"

    def _has_gap(self, verb: int, last: int) -> bool:
        """Whether a relative clause lacks an object, which is then what the clause tells about."""
        if self.dep[verb] != "relcl" or not self.under(verb, "nsubj"):
            return False
        return (
            self.word(self.under(verb, "nsubj")[0]) not in POINTS_BACK
            and all(self.under(prep, "pobj", "pcomp") for prep in self.under(last, "prep"))
            and self.lemma(int(self.index.head[verb])) not in SETTINGS
            and not any(self.word(how) in ("where", "when", "why", "how") for how in self.under(verb, "advmod"))
        )

    def antecedent(self, places: list[int], verb: int) -> list[int]:
        """What "who" and "that" stand for: the noun that the clause hangs on."""
        while self.dep[verb] == "conj" and self.pos[int(self.index.head[verb])] in ("VERB", "AUX"):
            verb = int(self.index.head[verb])
        if self.dep[verb] == "relcl" and self.word(places[0]) in POINTS_BACK:
            return [int(self.index.head[verb])]
        return places

    def listed(self, places: list[int]) -> list[int]:
        """With those joined by "and"; of "a number of senators", "two of them" the senators, them."""
        found: list[int] = []
        for place in places:
            found += self._counted(place) or [self._whole(place)]
            found += self.listed(self.under(place, "conj"))
        kinds = ("NOUN", "PROPN", "PRON", "ADJ", "NUM")
        return [place for place in found if self.pos[place] in kinds and not self.joins[place]]

    def _whole(self, place: int) -> int:
        """Of "re", "-", "election" the last, and of "re-election bid" the bid: the parser may take each for a noun."""
        last = place
        while last + 2 < len(self.pos) and self.joins[last + 1]:
            last += 2
        head = int(self.index.head[last])
        return head if last > place and self.dep[last] == "compound" and head > last else last

    @cached_property
    def joins(self) -> np.ndarray:
        """Whether a token is a hyphen between two words with no space beside it."""
        index = self.index
        found = np.array([self.word(place) in JOINING for place in range(len(self.pos))], dtype=bool)
        found[1:] &= (index.start[1:] == index.end[:-1]) & (index.article[1:] == index.article[:-1])
        found[:-1] &= (index.start[1:] == index.end[:-1]) & (index.article[1:] == index.article[:-1])
        found[:1] = found[-1:] = False
        return found

    def _compound(self, place: int, last: int) -> bool:
        """Whether a word stands before others in a name that ends with the last."""
        return self.dep[place] == "compound" and place < int(self.index.head[place]) <= last

    def _counted(self, place: int) -> list[int]:
        if self.pos[place] != "NUM" and self.lemma(place) not in QUANTITIES:
            return []
        return [noun for of in self.under(place, "prep") if self.word(of) == "of" for noun in self.under(of, "pobj")]

    def name(self, places: list[int], named: dict[int, str]) -> Any:
        names = [named.get(place) or self._noun(place) for place in places]
        return "; ".join(sorted(dict.fromkeys(name for name in names if name))) or pd.NA

    def _initial(self, place: int) -> str:
        return str(self.index.articles["text"].iloc[self.index.article[place]][self.index.start[place]])

    @cached_property
    def names(self) -> set[str]:
        """Words that are somewhere a name and nowhere begin with a small letter."""
        found = {self.word(place) for place, pos in enumerate(self.pos) if pos == "PROPN"}
        nouns = [place for place, pos in enumerate(self.pos) if pos == "NOUN" and self.word(place) in found]
        return found - {self.word(place) for place in nouns if self._initial(place).islower()}

    def _noun(self, place: int) -> str:
        if self.pos[place] == "PROPN" or (
            self.pos[place] == "NOUN" and self.word(place) in self.names
        ):  # "Trump fired": a noun to the parser
            text = self.index.articles["text"].iloc[self.index.article[place]]
            first = place
            while first > 0 and (self.joins[first - 1] or self._compound(first - 1, place)):
                first -= 2 if self.joins[first - 1] else 1
            return " ".join(text[self.index.start[first] : self.index.end[place]].split())
        noun = self.word(place) if self.pos[place] in ("PRON", "ADJ") else self.lemma(place)
        while place > 1 and self.joins[place - 1]:
            place -= 2
            noun = f"{self.word(place)}-{noun}"
        return noun


def _named(articles: pd.DataFrame, index: WordIndex, mentions: pd.DataFrame) -> dict[int, str]:
    """The tokens of each mention with whom it means."""
    require_columns(mentions, ["article_id", "entity", "start", "end"], made_by="resolve_mentions")
    row_of = {article: row for row, article in enumerate(articles["article_id"])}
    found: dict[int, str] = {}
    for mention in mentions.dropna(subset=["entity"]).itertuples(index=False):
        if mention.article_id in row_of:
            covered = range(*index.tokens_of(row_of[mention.article_id], mention.start, mention.end))
            found.update(dict.fromkeys(covered, str(mention.entity)))
    return found
