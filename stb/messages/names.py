"""What alarms, screens and steps of a trial are called."""

from enum import StrEnum


class Alarm(StrEnum):
    """What the box asked to be reminded of."""

    ASK = "ask"
    """Ask the operator again."""
    BANNER = "banner"
    """Take the banner away."""
    TOAST = "toast"
    """Take a short message away."""
    DIGITS = "digits"
    """No further digit came: tune what was typed."""
    RECONNECT = "reconnect"
    """Try the lost stream again."""
    STALLED = "stalled"
    """No new picture came for too long."""
    SETTLED = "settled"
    """The viewer stayed with a channel: worth remembering."""
    SILENCE = "silence"
    """No key of the remote that is tested or taught came."""
    VOLUME = "volume"
    """Take the volume bar away and keep the volume."""
    TRACKS = "tracks"
    """Take the list of tracks away."""
    REST = "rest"
    """The viewer stayed with a channel for a moment: worth asking what is on."""
    SEEK = "seek"
    """The viewer has stopped winding: go there."""
    MARK = "mark"
    """Write down how far what lasts has been watched."""
    NEXT = "next"
    """Play the next episode."""
    REFRESH = "refresh"
    """Something of what the operator offers has become old: read it again."""
    SOUND = "sound"
    """Displays have come to rest: see where sound is to go."""


class ScreenName(StrEnum):
    """The screens, by the names that ``stb status`` prints."""

    STARTING = "starting"
    WELCOME = "welcome"
    ACTIVATION = "activation"
    NOTICE = "notice"
    REMARK = "remark"
    CHANNELS = "channels"
    WATCHING = "watching"
    HOME = "home"
    SETTINGS = "settings"
    STANDBY = "standby"
    REMOTE = "remote"
    REMOTE_TEST = "remote_test"
    REMOTE_LEARN = "remote_learn"
    NEWS = "news"
    FILMS = "films"
    SERIES = "series"
    DETAILS = "details"
    DAY = "day"


class Part(StrEnum):
    """What is read of an operator in the background, each by itself and in this order."""

    LISTS = "lists"
    """Channels and news."""
    LIBRARY = "library"
    """Films and series."""
    GUIDE = "guide"


class CheckStep(StrEnum):
    """What is tried of an operator, in this order."""

    ADDRESS = "address"
    """The address reads as one, and the server's name is known."""
    PORT = "port"
    """Something listens there."""
    TLS = "tls"
    """The server proves whose it is."""
    SIGN_IN = "sign_in"
    """The operator says who we are to it."""
    LISTS = "lists"
    """It has channels for us."""
    LINK = "link"
    """It gives the link of a channel."""
    FIRST_BYTES = "first_bytes"
    """Television comes from there."""
    GUIDE = "guide"
    """It has a guide."""
