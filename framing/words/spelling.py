"""British spellings and their American twins, by rule with exceptions ("organised" is "organized")."""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> list[str]:
    return text.split()


# Stems whose -ise is no suffix: "advise", "exercise", "promise" are spelt so everywhere.
_NO_SUFFIX = frozenset(_words(
    "adv advert appra ar bra bru cer chem ch circumc clockw compr comprom conc cru den dem desp dev disgu el enfranch "
    "enterpr exc exerc expert franch frankl fundra gu improv inc ka likew lou mala marqu merchand m misadv no otherw "
    "para parad po pra prec prem preprom prom qu ra rad repr rev r supervs superv surm surpr telev tort treat turquo "
    "unw upr sunr moonr chast scal sin breitwe ver v w wa disfranch contrariw paraphr anis val inv "
    "cha lia mayonna porpo torto"))
_OUR = _words(
    "arm behavi cand clam col demean disc dishon endeav enam fav ferv flav harb hon hum lab misdemean neighb od "
     "parl ranc rig rum savi sav splend succ tum val vap vig")
_RE = _words("calib cent centimet epicent fib kilomet lit lust meag met millimet ochr sab sepulch somb spect theat")
_LL = _words(
    "cancel channel control counsel dial duel enrol fuel funnel grovel initial jewel label level libel marshal "
    "marvel model panel pedal pencil quarrel ravel refuel rival shovel shrivel signal snorkel spiral swivel total "
    "towel travel trial tunnel unravel yodel")
_WORDS = dict(pair.split(":") for pair in _words(
    "acknowledgement:acknowledgment aeroplane:airplane aeroplanes:airplanes ageing:aging aluminium:aluminum "
    "amongst:among anaesthetic:anesthetic analyse:analyze analysed:analyzed analysing:analyzing artefact:artifact "
    "artefacts:artifacts burnt:burned catalogue:catalog catalogues:catalogs cheque:check cheques:checks "
    "cosy:cozy defence:defense defences:defenses enrol:enroll enrolment:enrollment foetus:fetus fulfil:fulfill "
    "fulfils:fulfills fulfilment:fulfillment gaol:jail grey:gray greys:grays instalment:installment "
    "instalments:installments jewellery:jewelry judgement:judgment judgements:judgments kerb:curb learnt:learned "
    "licence:license licences:licenses likeable:likable manoeuvre:maneuver manoeuvres:maneuvers "
    "manoeuvring:maneuvering manoeuvred:maneuvered moustache:mustache offence:offense offences:offenses "
    "paediatric:pediatric paralyse:paralyze paralysed:paralyzed plough:plow ploughed:plowed ploughing:plowing "
    "practise:practice practised:practiced practises:practices practising:practicing "
    "pretence:pretense programme:program programmes:programs pyjamas:pajamas sceptic:skeptic sceptics:skeptics "
    "sceptical:skeptical scepticism:skepticism sizeable:sizable skilful:skillful smelt:smelled speciality:specialty "
    "sulphur:sulfur tyre:tire tyres:tires towards:toward whilst:while wilful:willful woollen:woolen "
    "yoghurt:yogurt"))
_ISE = re.compile(r"(.{3,})is(e|es|ed|er|ers|ing|ation|ations|ational|able)$")
_OUR_FORM = re.compile(rf"((?:un|mis)?(?:{'|'.join(_OUR)}))our"
                       r"(s|ed|ing|able|ably|ite|ites|er|ers|less|ful|hood|hoods|ly|)$")
_RE_FORM = re.compile(rf"({'|'.join(_RE)})re(s|d|)$")
_LL_FORM = re.compile(rf"({'|'.join(_LL)})l(ed|ing|er|ers|ings)$")


@lru_cache(maxsize=100_000)
def american(word: str) -> str:
    """The American spelling of a lower-case word; the word itself where both write it alike."""
    if word in _WORDS:
        return _WORDS[word]
    if hit := _OUR_FORM.fullmatch(word):
        return f"{hit[1]}or{hit[2]}"
    if hit := _RE_FORM.fullmatch(word):
        return f"{hit[1]}er{'ed' if hit[2] == 'd' else hit[2]}"
    if (hit := _LL_FORM.fullmatch(word)) and hit[1] not in ("control", "enrol"):
        return hit[1] + hit[2]
    if (hit := _ISE.fullmatch(word)) and hit[1] not in _NO_SUFFIX and not hit[1].endswith(
            ("prom", "rev", "superv", "telev", "surpr", "compr", "exerc", "adv", "dev", "ra", "no", "wa", "po", "pra",
             "prec", "conc", "expert", "franch", "improv", "lou", "cru", "bru", "gu", "ar", "upr", "sunr", "w")):
        return f"{hit[1]}iz{hit[2]}"
    return word
