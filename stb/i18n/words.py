"""Messages by id, plural forms, numbers, clock and date of one language.

A language is a TOML file beside this one. A message is a text, or a table of plural forms (CLDR's
names) chosen by its value ``n``. A message another language lacks is said in English.
"""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from stb.i18n.zones import city

LANGUAGES = ("en", "ar")
"""Languages the box speaks."""

_NO_LANGUAGE = ("", "und", "mul", "mis", "zxx")
"""ISO 639 codes that say there is none, or none that is known."""

_Message = str | Mapping[str, str]
_LOCALES = {"en": ("en_GB", "latn"), "ar": ("ar", "arab")}
"""CLDR's locale and numbering system of each language."""
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@cache
def messages(language: str) -> Mapping[str, _Message]:
    """Every message of a language by id; ids are ``section.name``."""
    text = resources.files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
    return {
        f"{section}.{name}": message
        for section, table in tomllib.loads(text).items()
        for name, message in table.items()
    }


class Words:
    """One language, ready to speak."""

    def __init__(self, language: str) -> None:
        """Speak ``language``, one of `LANGUAGES`; any other is English."""
        self.language = language if language in LANGUAGES else "en"
        name, self._numbering = _LOCALES[self.language]
        self._locale = Locale.parse(name)
        self._mark = "\N{RIGHT-TO-LEFT MARK}" if self.mirrored else "\N{LEFT-TO-RIGHT MARK}"
        self._messages = {**messages("en"), **messages(self.language)}

    @property
    def mirrored(self) -> bool:
        """Whether the language is read from right to left."""
        return self._locale.text_direction == "rtl"

    def __call__(self, message: str, *, n: int = 0, **values: str) -> str:
        """The message with this id; ``n`` chooses its plural form and is said in local digits."""
        found = self._messages[message]
        if not isinstance(found, str):
            found = found.get(self._locale.plural_form(n), found["other"])
        # What begins with a name in another script still reads in this language's direction.
        mark = self._mark if found.startswith("{") and not found.startswith("{n}") else ""
        return mark + found.format(n=self.number(n), **values)

    def number(self, value: int) -> str:
        """A count with the language's digits and grouping."""
        return self._digits(format_decimal(value, locale=self._locale, numbering_system=self._numbering))

    def share(self, value: float) -> str:
        """How much of a whole: ``43%``."""
        return self._digits(format_percent(value, locale=self._locale, numbering_system=self._numbering))

    def seconds(self, value: float) -> str:
        """A short time with two decimals: ``0.31``."""
        return self._digits(format_decimal(value, "0.00", self._locale, numbering_system=self._numbering))

    def rating(self, value: float) -> str:
        """A judgement with one decimal: ``7.4``."""
        return self._digits(format_decimal(value, "0.0", self._locale, numbering_system=self._numbering))

    def length(self, seconds: float) -> str:
        """How long, or how far from a beginning: ``42:10``, ``1:02:33``."""
        minutes, rest = divmod(max(0, int(seconds)), 60)
        hours, minutes = divmod(minutes, 60)
        return self._digits(f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}")

    def figures(self, text: str) -> str:
        """A text with its digits as the language writes them, as a year is said: ``2026``."""
        return self._digits(text)

    def language_name(self, code: str) -> str:
        """What this language calls a language; empty for a code that stands for none.

        Args:
            code: ISO 639, two or three letters: ``ar``, ``ara``, ``fre``.
        """
        code = code.lower()
        code = get_global("language_aliases").get(code, code)
        return self._locale.languages.get(code, "") if code not in _NO_LANGUAGE else ""

    def clock(self, moment: datetime) -> str:
        """Time of day: ``20:47``."""
        return self._digits(f"{moment:%H:%M}")

    def city(self, zone: str) -> str:
        """The place a time zone is named after."""
        return city(zone, self._locale)

    def day(self, moment: datetime) -> str:
        """Week day, day and month: ``Sun 22 Nov``."""
        text = format_skeleton("MMMEd", moment, locale=self._locale)
        return self._digits(text.replace(",", "").replace("،", ""))

    def weekday(self, moment: datetime) -> str:
        """The whole name of a day of the week: ``Sunday``."""
        return format_date(moment, "EEEE", locale=self._locale)

    def short_date(self, moment: datetime) -> str:
        """Day and month: ``22 Nov``."""
        return self._digits(format_skeleton("MMMd", moment, locale=self._locale))

    def date(self, moment: datetime) -> str:
        """Day, month and year: ``22 Nov 2026``."""
        return self._digits(format_skeleton("yMMMd", moment, locale=self._locale))

    def _digits(self, text: str) -> str:
        return text.translate(_ARABIC_DIGITS) if self._numbering == "arab" else text
