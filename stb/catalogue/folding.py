"""Words as people look for them: without case, accents and the spellings that Arabic leaves open.

What is in an index was folded when it was written: a change of `folded` needs a step of `schema` that writes
the indices anew.
"""

import unicodedata

from stb.model.memo import Memo

_SAME = str.maketrans(
    {
        # Arabic: final forms, the wasla, tatweel, and hamza by itself, which many leave out.
        "ى": "ي",
        "ة": "ه",  # noqa: RUF001
        "ٱ": "ا",  # noqa: RUF001
        "ـ": None,
        "ء": None,
        # Persian and Urdu letters that look the same.
        "ی": "ي",
        "ک": "ك",
        "ہ": "ه",  # noqa: RUF001
        "ھ": "ه",  # noqa: RUF001
        # Turkish: one i for all four.
        "ı": "i",  # noqa: RUF001
        # Latin letters that Unicode does not take apart.
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ł": "l",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)
_VOICED = range(7, 10)
"""Combining classes of marks that make another letter: Indic nukta and virama, Japanese voicing."""


def folded(text: str) -> str:
    """The words of a text, one space between them, so that words that are looked for alike are alike.

    Of letters, marks that are letters of their own, and digits (as ASCII digits) only; idempotent. Arabic
    without tashkeel and tatweel, with one alef, one yeh, one heh (hamza falls from its seat).
    """
    if text.isascii() and text.replace(" ", "").isalnum():
        return " ".join(text.lower().split())  # as many are
    return " ".join(filter(None, map(_WORDS.__getitem__, text.split())))


class _Folds(dict[int, str]):
    """What each character becomes; found out when it is first met."""

    def __missing__(self, character: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(character)).casefold()
        letters = unicodedata.normalize("NFKD", decomposed).translate(_SAME)
        self[character] = became = "".join(map(_kept, letters))
        return became


_FOLDS = _Folds()


class _Words(Memo[str, str]):
    """What each word becomes: those of a language are soon all known, numbers never are."""

    def __missing__(self, word: str) -> str:
        return word if word.isascii() and word.isdigit() else super().__missing__(word)


_WORDS = _Words(lambda word: " ".join(word.translate(_FOLDS).split()), 1 << 13)


def _kept(letter: str) -> str:
    if letter.isalpha():
        return letter
    if letter.isnumeric():
        digit = unicodedata.digit(letter, None)
        return letter if digit is None else str(digit)
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Mc", "Me"):
        mark = unicodedata.combining(letter)
        return letter if mark == 0 or mark in _VOICED else ""
    return "" if kind in ("Cf", "Sk") else " "
