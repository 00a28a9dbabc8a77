"""Deeds that read like reports but give nothing of what was said: "accepted the invitation", "met it with a shrug"."""

from __future__ import annotations

from typing import Any

from framing.quoting.tagger import Attribution

# Deeds done in words: with a bare noun phrase ("accepted the invitation") nothing of what was said is given.
DEEDS = frozenset(["accept", "ban", "congratulate", "court", "flout", "greet", "honor", "honour", "host", "invite",
                   "lodge", "prohibit", "receive", "repay", "shun", "thank", "toast", "visit", "wage", "welcome"])
# Words about a matter, of which a bare noun phrase gives the matter and not the words: "defended the plan". Others of
# the kind ("discuss", "explain", "criticise") are attributions to the annotators of PolNeAR more often than not.
ABOUT = frozenset(["address", "challenge", "debate", "defend", "justify", "outline", "present", "raise", "review",
                   "summarise", "summarize", "table", "tackle"])
# What can show and teach but never speaks, unless it is written down: "experience shows that ..."
SPEECHLESS = frozenset(["chance", "destiny", "event", "evidence", "experience", "fact", "fate", "fortune",
                        "hindsight", "history", "instinct", "intuition", "life", "logic", "luck", "nature", "practice",
                        "reality", "reason", "sense", "silence", "time", "tradition", "truth", "wisdom"])
RETURNED = frozenset(["answer", "counter", "greet", "match", "meet", "parry", "repay", "return", "reward"])
LOOKED = frozenset(["inspect", "tour", "view", "watch"])  # with the eyes; "viewed it as a threat" is a view
IN_COURT = frozenset(["defend", "mitigate", "prosecute", "represent", "sentence"])  # "Mr Bell, defending Lee, said"
NO_WORDS = frozenset(["a", "all", "an", "anything", "everything", "is", "it", "less", "little", "many", "more", "much",
                      "nothing", "something", "the", "them", "there", "was", "what"])


def is_deed(cue: Any, contents: list[Any], attribution: Attribution, phrase: bool, quoted: bool) -> bool:
    """Is nothing said in an attribution, given the tokens of its cue and contents?

    `phrase` tells that no content is a clause, `quoted` that something in it stands between marks.
    """
    verb = cue.root
    lemma = verb.lemma_.lower()
    if phrase and lemma in RETURNED and _with_something(verb, contents):
        return True
    if quoted:
        return False
    if _is_speechless(cue.doc, attribution):
        return True
    if all(_says_nothing(words) for words in contents):
        return True
    return phrase and (any(token.lemma_.lower() in DEEDS | ABOUT for token in cue) or _is_seen(verb, lemma, contents)
                       or _in_passing(verb, lemma, contents)
                       or (not attribution.source and _is_absent(cue, contents[0])))


def _is_speechless(doc: Any, attribution: Attribution) -> bool:
    """Is the source nothing that speaks or can be read, such as experience? "Father Time" may speak."""
    spans = [doc.char_span(*span, alignment_mode="expand") for span in attribution.source]
    heads = [words.root for words in spans if words is not None]
    return bool(heads) and all(head.lemma_.lower() in SPEECHLESS and (head.pos_ == "NOUN" or (
        len(words) == 1 and head.is_sent_start)) and not any(
        token.ent_type_ in {"PERSON", "ORG", "GPE"} for token in words)
        for head, words in zip(heads, (words for words in spans if words is not None), strict=True))


def _with_something(verb: Any, contents: list[Any]) -> bool:
    """Is the content what "answered the charge with a smile" answers?"""
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if thing is None or not any(words.start <= thing.i < words.end and not words[0].is_quote for words in contents):
        return False
    return any(child.lower_ == "with" and child.dep_ == "prep" and not any(token.is_quote for token in child.subtree)
               for child in [*verb.rights, *thing.rights])


def _says_nothing(words: Any) -> bool:
    """"said nothing", "agreed on much", "say it all"; "denied it" does say what is denied."""
    return words.text.lower() != "it" and all(token.lower_ in NO_WORDS for token in words)


def _is_seen(verb: Any, lemma: str, contents: list[Any]) -> bool:
    return lemma in LOOKED and not any(token.lower_ == "as" for words in [*contents, verb.children] for token in words)


def _in_passing(verb: Any, lemma: str, contents: list[Any]) -> bool:
    """Whose case it is, between commas: "Mr Bell, defending Lee, said ..."."""
    return lemma in IN_COURT and verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).text == "," and all(
        len(words) < 4 for words in contents)


def _is_absent(cue: Any, words: Any) -> bool:
    """"No date has been named": nobody said so."""
    return words[0].lower_ == "no" and words.root.dep_ == "nsubjpass" and words.end <= cue.start
