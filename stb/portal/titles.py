"""What is on invented channels: titles in English and Arabic, and how long such things last."""

from typing import NamedTuple


class Title(NamedTuple):
    """A programme that comes again and again."""

    english: str
    arabic: str
    minutes: tuple[int, ...]
    """How long it may last."""
    serial: bool = False
    """It has seasons and episodes."""


_SHORT = (15, 30)
_HOUR = (30, 45, 60)
_LONG = (90, 105, 120)

TITLES: dict[str, tuple[Title, ...]] = {
    "Nature": (
        Title("Valleys at Dawn", "أودية عند الفجر", _HOUR),
        Title("The Life of Rivers", "حياة الأنهار", _HOUR, serial=True),
        Title("Night Animals", "حيوانات الليل", _HOUR, serial=True),
        Title("Gardens & Their Keepers", "حدائق وأصحابها", _SHORT),
        Title("Above the Clouds", "فوق السحاب", _LONG),
        Title("One Tree, One Year", "شجرة واحدة، عام واحد", _SHORT),
    ),
    "Information": (
        Title("News", "نشرة الأخبار", _SHORT),
        Title("The Weather", "الطقس", (15,)),
        Title("The World Tonight", "العالم الليلة", _HOUR),
        Title("Questions from the Street", "أسئلة من الشارع", _HOUR),
        Title("Market & Money", "المال والأسواق", _SHORT),
        Title("How Things Work", "كيف تعمل الأشياء", _HOUR, serial=True),
    ),
    "Sport": (
        Title("Live Match", "مباراة مباشرة", _LONG),
        Title("Sport Tonight", "الرياضة الليلة", _SHORT),
        Title("Great Finals", "نهائيات كبرى", _HOUR),
        Title("On the Road", "على الطريق", _HOUR, serial=True),
        Title("Before the Match", "قبل المباراة", _SHORT),
    ),
    "Films": (
        Title("The Long Way Home", "الطريق الطويل إلى البيت", _LONG),
        Title("A Letter from the Sea", "رسالة من البحر", _LONG),
        Title("The Clockmaker", "صانع الساعات", _LONG),
        Title("Midnight Train", "قطار منتصف الليل", _LONG),
        Title("Short Films", "أفلام قصيرة", _SHORT),
    ),
}
OTHER = (
    Title("Morning Music", "موسيقى الصباح", _HOUR),
    Title("Voices", "أصوات", _HOUR),
    Title("The Late Hour", "الساعة المتأخرة", _LONG),
)
"""On channels of any other kind."""
TEXTS = (
    ("A new look at an old question.", "نظرة جديدة إلى سؤال قديم."),
    (
        "With guests in the studio, and pictures nobody has seen before.",
        "مع ضيوف في الاستوديو وصور لم تُعرض من قبل.",
    ),
    ("Recorded in spring, on the road between two towns.", "سُجّل في الربيع، على الطريق بين مدينتين."),
    ("Repeat.", "إعادة."),
)
