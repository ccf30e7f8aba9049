"""How likely two names of channels mean the same channel. Pure.

Lists and guides write "UK| BBC One FHD", "BBC 1 HD", "bbcone.uk"; what they say besides the name (a country,
a quality, by how many hours it is later) is told apart from it first. Numbers have to be the same: nothing
makes "BBC 1" of "BBC 2".
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from stb.catalogue.folding import folded

SURE = 0.8
"""A likeness from which on a channel is given the guide of another name."""
TYPO = 90
"""Per cent of the letters of two words that are one word with a slip of the pen."""


def _all(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUALITIES: Final = _all(
    "sd hd fhd uhd qhd hq lq 4k 8k 3840p 2160p 1080p 1080i 720p 576p 576i 480p 50fps 60fps fps hdr hdr10"
    " hevc h264 h265 x264 x265 avc mpeg2 mpeg4 raw vip backup"
)
_FILLERS: Final = _all("the tv channel television network قناه تلفزيون")
"""Words that many write and many leave out; folded."""
_COUNTED: Final = _all("one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 ii=2 iii=3")
_NUMBERS: Final = dict(pair.split("=") for pair in _COUNTED)
_COUNTRIES: Final = _all(
    "ad ae af al am ao at au az ba bd be bg bh bo br by ca ch ci cl cm cn co cr cu cy cz de dk do dz ec ee eg"
    " es et fi fr gb ge gh gr gt hk hn hr hu id ie il in iq ir is it jm jo jp ke kh kr kw kz lb lk lt lu lv"
    " ly ma md me mk ml mm mt mx my ng ni nl no np nz om pa pe ph pk pl ps pt py qa ro rs ru sa sd se sg si"
    " sk sn sv sy th tn tr tw tz ua ug uk us uy uz ve vn ye za"
)
"""ISO 3166, as far as television comes from there and two letters mean it; and ``uk``."""
_OTHERWISE: Final = _all(
    "gb=uk usa=us ksa=sa uae=ae ger=de esp=es ita=it fra=fr tur=tr pol=pl por=pt swe=se nor=no den=dk fin=fi"
    " gre=gr rus=ru ukr=ua bra=br ned=nl bel=be irl=ie alb=al srb=rs"
)
_SAME_COUNTRY: Final = dict(pair.split("=") for pair in _OTHERWISE)
_LABELS: Final = _all("ar ara en eng lat vip afr")
"""What else stands before names: languages, parts of the world."""
_PREFIX = re.compile(r"^[\s|\[(┃▎]*([A-Za-z]{2,3})\s*(?:[:|\])┃▎•✪★►]+|\s[-\N{EN DASH}]\s)\s*(?=\S)")
_BRACKETS = re.compile(r"[\[(|]\s*([A-Za-z]{2,3})\s*[\])|]")
_SUFFIX = re.compile(r"(?<=\w\s)([A-Z]{2,3})$")
_LATER = re.compile(r"(?<=[\w\s])\+(\d{1,2})(?:\s?h(?:rs?)?)?\b", re.IGNORECASE)
_PLUS = re.compile(r"(?<=\w)\+(?!\d)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z][A-Z])(?=[A-Z][a-z])")
_DOMAIN = re.compile(r"\.([A-Za-z]{2})\d?$")
_LONG = 7
"""Letters of a word at the least in which a slip of the pen is forgiven."""
_PLURAL = 5
_ANOTHER = 0.75
"""More than this nothing is worth that has a word the other has not."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a name of a channel says."""

    words: tuple[str, ...]
    """Folded, without numbers and what says nothing of whose it is."""
    numbers: tuple[str, ...] = ()
    """In ascending order, as texts."""
    country: str = ""
    """Two letters, lower case; empty where the name does not say."""
    later: int = 0
    """By how many hours it is later: 1 of "ITV +1"."""
    fillers: tuple[str, ...] = ()

    @property
    def closed(self) -> str:
        """The words and the numbers behind each other."""
        return self.joined + "".join(self.numbers)

    @property
    def joined(self) -> str:
        """The words as those write them who leave no spaces."""
        return "".join(self.words)


def sense(name: str) -> Sense:
    """Understand a channel's name as lists and guides write it."""
    rest, country = _country(name.strip())
    rest, later = _later(rest)
    kept = [word for word in folded(_PLUS.sub(" plus ", rest)).split() if word not in _QUALITIES]
    apart = [part for word in kept for part in _apart(word)]
    numbers = [part.lstrip("0") or "0" for part in apart if part.isdecimal()]
    words = [_singular(part) for part in apart if not part.isdecimal()]
    telling = [word for word in words if word not in _FILLERS] or words
    return Sense(
        tuple(telling),
        tuple(sorted(numbers)),
        country,
        later,
        tuple(sorted(word for word in words if word not in telling)),
    )


def sense_of_id(identifier: str) -> Sense:
    """Understand an id that somebody made of a name: "BBCOneHD.uk"."""
    domain = _DOMAIN.search(identifier)
    bare = identifier[: domain.start()] if domain else identifier
    said = sense(_HUMP.sub(" ", bare.replace("_", " ").replace(".", " ")))
    country = _known(domain[1]) if domain else ""
    return Sense(said.words, said.numbers, country or said.country, said.later, said.fillers)


def country_of(identifier: str, group: str = "") -> str:
    """The country that an id ends with, or that a group of channels begins with; empty where none does."""
    domain = _DOMAIN.search(identifier)
    return (_known(domain[1]) if domain else "") or _country(f"{group.strip()} | x")[1]


def likeness(wanted: Sense, offered: Sense) -> float:
    """How likely the guide channel ``offered`` is the channel ``wanted``: 0 (never) to 1.

    A channel that is an hour later can have the guide of the one that is not, shifted.
    """
    if wanted.numbers != offered.numbers or not (wanted.words or wanted.numbers):
        return 0.0
    if offered.later not in (0, wanted.later):
        return 0.0
    found = _of_words(wanted, offered)
    if wanted.later != offered.later:
        found *= 0.92
    if wanted.fillers != offered.fillers:
        found *= 0.97
    if wanted.country != offered.country:
        found *= 0.6 if wanted.country and offered.country else 0.97
    return found


def _of_words(wanted: Sense, offered: Sense) -> float:
    if wanted.words == offered.words:
        return 0.98
    if wanted.joined == offered.joined:
        return 0.95
    left, right = Counter(wanted.words), Counter(offered.words)
    shared = left & right
    left, right = left - shared, right - shared
    if not left and not right:
        return 0.93
    slips = _slips(list(left.elements()), list(right.elements()))
    if slips:
        return 0.92 * slips
    letters = sum(len(word) for word in (*wanted.words, *offered.words))
    return _ANOTHER * 2 * sum(len(word) for word in shared.elements()) / max(letters, 1)


def _slips(left: list[str], right: list[str]) -> float:
    """How like the words are, each to one of the other side, 0 to 1; 0 where one is another word."""
    if len(left) != len(right):
        return 0.0
    least = 1.0
    for word in left:
        like = max(right, key=lambda other: fuzz.ratio(word, other))
        ratio = fuzz.ratio(word, like)
        if ratio < TYPO or min(len(word), len(like)) < _LONG:
            return 0.0
        right.remove(like)
        least = min(least, ratio / 100)
    return least


def _country(name: str) -> tuple[str, str]:
    """A name without what says where it is from, and that, if it is a country."""
    prefix = _PREFIX.match(name)
    if prefix and (_known(prefix[1]) or prefix[1].lower() in _LABELS):
        return name[prefix.end() :], _known(prefix[1])
    for form in (_BRACKETS, _SUFFIX):
        found = form.search(name)
        if found and _known(found[1]):
            return f"{name[: found.start()]} {name[found.end() :]}".strip(), _known(found[1])
    return name, ""


def _known(code: str) -> str:
    code = _SAME_COUNTRY.get(code.lower(), code.lower())
    return code if code in _COUNTRIES else ""


def _later(name: str) -> tuple[str, int]:
    found = _LATER.search(name)
    if not found or not 0 < int(found[1]) <= 12:  # noqa: PLR2004 - hours of half a day
        return name, 0
    return f"{name[: found.start()]} {name[found.end() :]}", int(found[1])


def _apart(word: str) -> Iterable[str]:
    """A word and its numbers: "itv1" is "itv", "1"."""
    if word in _NUMBERS:
        return (_NUMBERS[word],)
    return (part for part in re.split(r"(\d+)", word) if part)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) >= _PLURAL else word
