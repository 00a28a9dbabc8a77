"""The "it" that takes up nobody: "it is his turn to travel", "it was all done", "it seems", "made it clear that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

LINKS = frozenset(["appear", "be", "become", "feel", "look", "prove", "remain", "seem", "sound"])
# What a country or body may be said to be; any other noun after "it is" tells of the matter at hand.
MAY_BE = frozenset("""
    actor adversary agency aggressor ally alliance archipelago area arm authority autocracy backer bank blackmailer
    bloc board body branch broadcaster bully business buyer capital champion charity church city client club colony
    commission committee company competitor consumer council country court creditor customer debtor democracy
    department dependency dictatorship division donor economy empire employer enemy exporter federation firm
    foe force foundation founder friend giant government group guarantor guardian heir heavyweight home
    host hub importer institution island junta kingdom laggard land landlord leader lender maker market member
    mediator ministry monarchy movement nation neighbor neighbour network newspaper office opponent
    organisation organization outcast outfit outlier outpost owner paper pariah parliament part partner party patron
    peninsula player police power producer protectorate province publisher regime region republic rival satellite
    school seller service signatory society sponsor state stronghold subsidiary successor superpower
    supplier supporter target territory theocracy threat tyranny underdog union university user vassal
    victim violator winner loser""".split())
# With these it is somebody who is able, willing or of a mind: "it is ready to talk", "it is sure that ...".
OF_SOMEBODY = frozenset("""
    able afraid angry anxious apt aware bound capable careful cautious committed concerned confident content convinced
    desperate determined due eager entitled expected fearful fit free glad guilty happy hesitant hopeful inclined
    incapable intent keen liable likely loath mindful obliged open optimistic pleased poised powerless prepared proud
    quick ready reluctant responsible satisfied scheduled set slow sorry sure unable unlikely unprepared unready
    unwilling welcome willing worried""".split())
OF_NOBODY_THAT = frozenset(["likely", "unlikely"])  # ... yet "it is likely that"
TOLD = frozenset(["advise", "alarm", "assure", "brief", "concern", "convince", "inform", "notify", "persuade",
                  "reassure", "remind", "satisfy", "tell", "warn", "worry"])  # "it was told that ..."
WEATHER = frozenset(["drizzle", "hail", "rain", "snow", "thunder"])
HOUR = frozenset(["cloudy", "dark", "early", "foggy", "late", "rainy", "sunny", "windy"])
OPENS_CLAUSE = frozenset(["that", "whether", "how", "why", "when", "where", "who", "what", "which", "if"])
SUBJECTS = frozenset(["nsubj", "nsubjpass"])
CLAUSES = frozenset(["ccomp", "csubj", "csubjpass", "advcl", "xcomp", "acl", "relcl"])


def is_expletive(token: Token) -> bool:
    """Does this "it" stand for no person, country or body, but for a clause, the situation, the weather or nothing?"""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl" or any(other.lower_ == "all" for other in _beside(token)):
        return True
    head = token.head
    if token.dep_ == "dobj":
        return head.lemma_ in {"mean", "say"} or any(
            child.dep_ == "oprd" and child.lemma_ not in OF_SOMEBODY and _clause(child, head) for child in head.rights)
    if token.dep_ not in SUBJECTS:
        return False
    if head.pos_ in {"ADJ", "NOUN"}:  # "made it clear that", "thought it a shame to"
        return head.lemma_ not in OF_SOMEBODY and _clause(head, head.head)
    if token.dep_ == "nsubjpass":
        return head.lemma_ not in TOLD | OF_SOMEBODY and head.lower_ not in OF_SOMEBODY and _that(head)
    return _of_a_verb(head)


def _beside(token: Token) -> list[Token]:
    """The word after "it", or after the auxiliaries that follow it: "it all", "it was all done"."""
    at, doc = token.i + 1, token.doc
    while at < len(doc) and doc[at].pos_ == "AUX":
        at += 1
    return [doc[at]] if at < len(doc) else []


def _of_a_verb(verb: Token) -> bool:
    lemma, children = verb.lemma_, list(verb.rights)
    if lemma in WEATHER:
        return True
    if lemma in LINKS:
        said = [child for child in verb.children if child.dep_ in {"attr", "acomp", "oprd"}]
        if any(_is_matter(child) if child.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} or child.dep_ == "attr"
               else child.lower_ in HOUR or _is_fact(child, verb) for child in said):
            return True
        if lemma in {"seem", "appear"}:
            return not said and not any(child.dep_ in {"xcomp", "oprd"} for child in children)
        return lemma == "be" and not said and any(child.dep_ == "ccomp" and child.left_edge.lower_ in OPENS_CLAUSE
                                                  for child in children)
    if lemma == "turn" and any(child.lower_ == "out" for child in children):
        return not any(child.dep_ == "xcomp" for child in children)
    if lemma in {"emerge", "follow", "happen", "matter", "transpire"}:
        return any(child.dep_ == "ccomp" for child in children)
    if lemma == "take":
        return verb.tag_ != "VBG" and any(_takes(child) for child in verb.children)
    return lemma == "come" and any(child.lower_ == "to" and any(
        noun.lower_ in {"that", "this", "light", "nothing"} for noun in child.children) for child in children)


def _takes(child: Token) -> bool:
    """What is needed: "it took two weeks to ...", "what it takes to ..."."""
    if child.dep_ == "dobj":
        return child.lower_ == "what" or (child.ent_type_ in {"DATE", "TIME"} and any(
            _to(clause) for clause in [*child.rights, *child.head.rights]))
    return child.dep_ in {"xcomp", "advcl"} and _to(child) and not any(
        other.dep_ == "dobj" and other.i > child.head.i for other in child.head.children)


def _is_matter(noun: Token) -> bool:
    """Is what "it" is called no kind of country or body: "his turn", "the first journey", "Kim who ..."?"""
    if noun.tag_ == "JJS":
        return False
    if noun.pos_ in {"NUM", "PRON", "ADJ", "DET"} or noun.lower_ in {"one", "first", "last", "only"}:
        of = [inner for child in noun.rights if child.lower_ in {"of", "among"} for inner in child.children]
        if of:
            return not any(inner.lemma_.lower() in MAY_BE for inner in of)
        return not any(_to(child) for child in noun.rights)  # "the first to recognise them"
    return noun.lemma_.lower() not in MAY_BE


def _is_fact(word: Token, verb: Token) -> bool:
    """"It is clear that ...", "it was rude to ...": of the clause, not of somebody."""
    if word.lower_ in OF_SOMEBODY:
        return word.lower_ in OF_NOBODY_THAT and (_that(word) or _that(verb))
    return _clause(word, verb)


def _clause(word: Token, verb: Token) -> bool:
    """Does an infinitive or a that-clause follow `word`?"""
    return _that(word) or any(child.i > word.i and child.dep_ in CLAUSES
                              and (_to(child) or _opened(child)) for child in [*word.rights, *verb.rights])


def _that(word: Token) -> bool:
    return any(child.dep_ in {"ccomp", "csubj", "csubjpass"} and child.i > word.i and (
        _opened(child) or child.dep_ == "ccomp") for child in word.rights)


def _opened(clause: Token) -> bool:
    return clause.left_edge.lower_ in OPENS_CLAUSE


def _to(clause: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.lefts)
