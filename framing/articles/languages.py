"""Languages as two-letter codes, from what exports and pages declare, and from the text where nothing is declared."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

# Names in the language itself, English, German, French, Spanish and Italian (the interfaces of databases), and the
# three-letter codes of ISO 639-2, both of those that have two.
_SPOKEN = {
    "en": "english englisch anglais inglés ingles inglese engels eng",
    "de": "german deutsch allemand alemán tedesco deu ger",
    "fr": "french französisch français francais francés francese frans fra fre",
    "es": "spanish spanisch espagnol español castellano spagnolo spaans spa",
    "it": "italian italienisch italien italiano italiaans ita",
    "nl": "dutch niederländisch néerlandais nederlands nld dut",
    "pt": "portuguese portugiesisch portugais português portugués por",
    "pl": "polish polnisch polonais polski pol",
    "ru": "russian russisch russe ruso русский rus",
    "uk": "ukrainian ukrainisch ukrainien українська ukr",
    "zh": "chinese chinesisch chinois chino 中文 zho chi",
    "ja": "japanese japanisch japonais japonés 日本語 jpn",
    "ko": "korean koreanisch coréen coreano 한국어 kor",
    "ar": "arabic arabisch arabe árabe العربية ara",
    "tr": "turkish türkisch turc türkçe tur",
    "sv": "swedish schwedisch suédois svenska swe",
    "da": "danish dänisch danois dansk dan",
    "no": "norwegian norwegisch norvégien norsk nor nob nno bokmål",
    "fi": "finnish finnisch finnois suomi fin",
    "cs": "czech tschechisch tchèque čeština ces cze",
    "hu": "hungarian ungarisch hongrois magyar hun",
    "ro": "romanian rumänisch roumain română ron rum",
    "el": "greek griechisch grec ελληνικά ell gre",
    "he": "hebrew hebräisch hébreu עברית heb",
    "hi": "hindi हिन्दी hin",
    "id": "indonesian indonesisch indonésien bahasa ind",
    "fa": "persian farsi persisch فارسی fas per",
    "ur": "urdu اردو urd",
    "bn": "bengali বাংলা ben",
    "th": "thai ไทย tha",
    "vi": "vietnamese vietnamesisch vie",
    "bg": "bulgarian bulgarisch bul",
    "sr": "serbian serbisch srp",
    "hr": "croatian kroatisch hrv",
    "sk": "slovak slowakisch slk slo",
    "sl": "slovenian slovene slowenisch slv",
    "ca": "catalan katalanisch català cat",
    "lt": "lithuanian lit",
    "lv": "latvian lav",
    "et": "estonian est",
    "ms": "malay msa may",
    "sw": "swahili swa",
    "ta": "tamil tam",
    "te": "telugu tel",
    "tl": "tagalog filipino tgl fil",
    "ka": "georgian kat geo",
    "hy": "armenian hye arm",
    "is": "icelandic isl ice",
    "ga": "irish gle",
    "cy": "welsh cym wel",
    "sq": "albanian sqi alb",
    "mk": "macedonian mkd mac",
    "af": "afrikaans afr",
    "eu": "basque eus baq",
    "gl": "galician glg",
}
CODES = {name: code for code, names in _SPOKEN.items() for name in names.split()}
UNKNOWN = "und"  # ISO 639: running text in a language that is not told, though surely not English


def language_code(name: object) -> str | None:
    """"ENGLISH", "en-GB" or "eng" as "en"; None for what is not known."""
    word = re.split(r"[-_;,\s()]", str(name or "").strip().lower())[0]
    if word in CODES:
        return CODES[word]
    return word if (len(word) == 2 and word.isalpha() and word.isascii()) or word == UNKNOWN else None


# The commonest words of running text that few other languages here share.
_COMMON = {
    "en": "the of and to in is that was for with said has from are which",
    "de": "der die und den das von mit ist des ein nicht auch auf sich dem",
    "fr": "le les des et est une dans qui pour que sur pas du au avec",
    "es": "el los las del que una por con para se su como más fue sus",
    "it": "il di che della per una sono con del gli alla nel anche più ha",
    "pt": "os que uma para com não da dos ao na em mais foi pelo são",
    "nl": "het een van en dat op zijn voor met niet aan ook bij werd naar",
    "pl": "nie się na jest że do przez jak po dla który oraz od tym",
    "sv": "och att det som på är av för den med till inte har ett om",
    "da": "og at det der på er af for den med til ikke har et som blev",
    "no": "og at det som på er av for den med til ikke har et ble seg",
    "fi": "ja on ei että oli se hän mutta myös kun ovat joka sen mukaan kuin",
    "cs": "se na je že do by ale jako podle které který jsou pro bylo už",
    "hu": "és hogy nem egy az is volt meg csak még mint már szerint el",
    "ro": "și în de la cu pe din este care nu pentru mai au fost sunt",
    "tr": "ve bir bu için da de ile olarak olan daha çok gibi sonra dedi en",
    "id": "yang dan di itu dengan untuk dari tidak ini pada dalam akan juga ke oleh",
    "vi": "của và là có trong được cho không với người những một đã các này",
    "ca": "el els les que una per amb ha dels també més és seva però aquest",
    "hr": "je se na da su što za koji nije od će bi kao više kako",
    "sw": "ya na wa kwa katika ni za kuwa hiyo cha la kama alisema huo yake",
    "tl": "ang ng sa mga na ay at ni para si kung hindi nang ito may"}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = {"ko": "[\uac00-\ud7a3]", "ja": "[\u3040-\u30ff]", "zh": "[\u4e00-\u9fff]", "el": "[\u0370-\u03ff]",
            "he": "[\u0590-\u05ff]"}
# Scripts by the first word of their letters' names in Unicode, and the commonest language written in each.
_BY_SCRIPT = {"ARABIC": "ar", "CYRILLIC": "ru", "DEVANAGARI": "hi", "BENGALI": "bn", "THAI": "th", "TAMIL": "ta",
              "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy", "GUJARATI": "gu", "GURMUKHI": "pa", "KANNADA": "kn",
              "MALAYALAM": "ml", "SINHALA": "si", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "ETHIOPIC": "am",
              "TIBETAN": "bo", "THAANA": "dv", "MONGOLIAN": "mn"}
# Letters that only one language of a script writes, in the order they are asked.
_TELLING = {"ar": [("ur", "ٹڈڑےں"), ("fa", "پچژگ"), ("ar", "")],
            "ru": [("uk", "іїєґ"), ("sr", "ђћџјљњ"), ("ru", "ыэ"), ("bg", "ъ"), ("ru", "")]}
SAMPLE = 2_000  # characters looked at
ENOUGH = 20  # words below which no guess is made
EVIDENT = .12  # share of common words that running text has at least
# English news has more than a third of these; lists and tables have few, which is why running text is asked for.
_ENGLISH = frozenset(
    "the of and to in a is that was for with said has from are which on by at as it he she they his her "
    "be have had not but an this we i you will would were been their its who or".split()
)
ENGLISH_AT_LEAST = .06
RUNNING = 60  # words of a text that is called not English for want of English words


def guess_language(text: str) -> str | None:
    """The language of running text where it is evident from its commonest words or its script, else None.

    Text of sentences with next to no common English word is `UNKNOWN`: another language, not told which.
    """
    sample = text[:SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    for language, script in _SCRIPTS.items():
        if letters and len(re.findall(script, sample)) > (.2 if language == "ja" else .5) * letters:
            return language
    if other := _by_script(sample, letters):
        return other
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < ENOUGH:
        return None
    counts = sorted(((sum(word in common for word in words), language) for language, common in _WORDS.items()),
                    reverse=True)
    (most, language), (second, _) = counts[:2]
    if most >= EVIDENT * len(words) and most >= 2 * second:
        return language
    near = {language for count, language in counts if count * 2 > most}
    if most >= EVIDENT * len(words) and "en" not in near:
        return language  # between near relatives (Danish, Norwegian) the first, as long as it is surely not English
    english = sum(word in _ENGLISH for word in words)
    sentences = len(re.findall(r"[^\W\d_]{2,}[.!?](?:\s|$)", sample))
    if len(words) >= RUNNING and sentences >= 3 and english < ENGLISH_AT_LEAST * len(words):
        return UNKNOWN
    return None


def _by_script(sample: str, letters: int) -> str | None:
    """The language of a text most of whose letters are in a script that is not Latin."""
    foreign = [letter for letter in sample if letter > "\u02ff" and letter.isalpha()]
    if not foreign or len(foreign) <= .5 * letters:
        return None
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in foreign)
    script, count = scripts.most_common(1)[0]
    if script == "LATIN" or count <= .5 * letters:
        return None
    found = _BY_SCRIPT.get(script, UNKNOWN)
    lower = sample.lower()
    return next((language for language, telling in _TELLING.get(found, [])
                 if not telling or sum(lower.count(letter) for letter in telling) > .01 * letters), found)
