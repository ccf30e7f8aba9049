"""The settings a viewer can change, as data: where each is kept, what it may be, how that is called."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from operator import attrgetter
from typing import Final

from stb.messages import Part, ScreenName
from stb.model import GuideSource, Source
from stb.screens.view import View

Value = str | int | bool
_READ: Final[Mapping[Part, str]] = {
    Part.LISTS: "settings.reading_lists",
    Part.LIBRARY: "settings.reading_library",
    Part.GUIDE: "settings.reading_guide",
}
OWN_NAMES: Final[Mapping[Value, str]] = {"en": "English", "ar": "العربية"}
"""Languages as those call them who speak them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value of the settings file."""

    path: str
    """Its place there: ``sound.delay_ms``."""
    title: str
    """Message id; so is `how`, said below the list while it is focused."""
    how: str = ""
    names: Mapping[Value, str] = field(default_factory=dict)
    """What it may be, and the message id or the name of each; empty for a time zone."""
    steps: range = range(0)
    """What a number may be, instead of names."""
    unit: str = ""
    """Message id that says a number as ``{n}``."""

    @property
    def values(self) -> tuple[Value, ...]:
        """What it may be."""
        return tuple(self.names) or tuple(self.steps)

    def value(self, view: View) -> Value:
        """What it is."""
        found: Value = attrgetter(self.path)(view.settings)
        return found

    def called(self, view: View, value: Value) -> str:
        """A value as the viewer knows it."""
        if self.unit:
            return view.words(self.unit, n=int(value))
        name = self.names.get(value, str(value))
        return view.words(name) if "." in name else name

    def beside(self, view: View, step: int) -> Value:
        """The next value, or the one before; the last one at the end."""
        return self.values[min(max(self.place(view) + step, 0), len(self.values) - 1)]

    def place(self, view: View) -> int:
        """Of the value among those it may be; of a near one where a file holds something in between."""
        value = self.value(view)
        if value in self.values:
            return self.values.index(value)
        return bisect(self.steps, int(value)) - 1 if self.steps else 0


@dataclass(frozen=True, slots=True)
class Zone:
    """The time zone, which is chosen on pages of its own."""

    title: str = "settings.time_zone"
    how: str = ""


@dataclass(frozen=True, slots=True)
class Operator:
    """One of the viewer's operators; None is the row that adds one."""

    source: Source | None
    title: str = "settings.add_operator"
    how: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Leads to another screen."""

    screen: ScreenName
    title: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the box knows, and nobody changes."""

    title: str
    text: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of what the operator offers that is being read, and how much of it was."""

    part: Part
    share: float | None
    how: str = "settings.reading_how"

    @property
    def title(self) -> str:
        """Message id."""
        return _READ[self.part]


@dataclass(frozen=True, slots=True)
class Further:
    """One of the viewer's own guides; None is the row that adds one."""

    guide: GuideSource | None
    title: str = "guides.add"
    how: str = "guides.how"


Row = Setting | Zone | Operator | Reading | Further | Link | Fact


class Task(Enum):
    """What can be done with an operator; the value is its message id."""

    CHANGE = "operator.change"
    TEST = "operator.test"
    USE = "operator.use"
    REMOVE = "operator.remove"
    KEEP = "operator.keep"


_SWITCH: Final[Mapping[Value, str]] = {True: "settings.on", False: "settings.off"}
_OUTPUTS: Final[Mapping[Value, str]] = {
    "auto": "settings.output_auto",
    "hdmi0": "HDMI 0",
    "hdmi1": "HDMI 1",
    "jack": "settings.output_jack",
    "null": "settings.output_null",
}
_ASPECTS: Final[Mapping[Value, str]] = {"auto": "settings.aspect_auto", "4:3": "4:3", "16:9": "16:9"}
_ZOOMS: Final[Mapping[Value, str]] = {
    "fit": "settings.zoom_fit",
    "fill": "settings.zoom_fill",
    "stretch": "settings.zoom_stretch",
}
_RATES: Final[Mapping[Value, str]] = {"auto": "settings.rate_auto", "50": "50 Hz", "60": "60 Hz"}
_GENERAL = (Setting("language", "settings.language", names=OWN_NAMES), Zone())
_SOUND = (
    Setting("sound.output", "settings.output", "settings.output_how", _OUTPUTS),
    Setting("sound.passthrough", "settings.passthrough", "settings.passthrough_how", _SWITCH),
    Setting(
        "sound.delay_ms",
        "settings.delay",
        "settings.delay_how",
        steps=range(-2000, 2001, 20),
        unit="settings.milliseconds",
    ),
)
_PICTURE = (
    Setting("picture.aspect", "settings.aspect", names=_ASPECTS),
    Setting("picture.zoom", "settings.zoom", "settings.zoom_how", _ZOOMS),
    Setting("picture.rate", "settings.rate", "settings.rate_how", _RATES),
)
_STANDBY = (
    Setting("standby.tv_off", "settings.tv_off", "settings.tv_how", _SWITCH),
    Setting("standby.tv_on", "settings.tv_on", "settings.tv_how", _SWITCH),
)
_REMOTE = (
    Link(ScreenName.REMOTE, "remote.title", "remote.how"),
    Setting("remote.grab", "settings.grab", "settings.grab_how", _SWITCH),
)
_POLICY = (
    *(
        Setting(path, title, "settings.refresh_how", steps=range(1, 169), unit="settings.hours")
        for path, title in (
            ("refresh.streams_hours", "settings.refresh_streams"),
            ("refresh.guide_hours", "settings.refresh_guide"),
            ("refresh.categories_hours", "settings.refresh_categories"),
        )
    ),
    Setting("policy.reboot", "settings.reboot", "settings.reboot_how", _SWITCH),
)


def sections(view: View) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The message id of each section, and its rows."""
    operators: tuple[Row, ...] = (
        *(Operator(source) for source in view.settings.sources),
        Operator(None),
        *_POLICY,
        *(Reading(part, share) for part, share in view.reading.items()),
    )
    guides: tuple[Row, ...] = (
        *(Further(guide) for guide in sorted(view.settings.guides, key=attrgetter("order"))),
        Further(None),
        Link(ScreenName.ASSIGNED, "assigned.title", "assigned.how"),
    )
    return (
        ("settings.general", _GENERAL),
        ("settings.operators", operators),
        ("settings.guides", guides),
        ("settings.sound", _SOUND),
        ("settings.picture", _PICTURE),
        ("settings.standby", _STANDBY),
        ("settings.remote", _REMOTE),
        ("settings.about", tuple(Fact(title, text) for title, text in view.about)),
    )
