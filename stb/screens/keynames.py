"""What the keys of a remote are called."""

from stb.model import Key
from stb.screens.view import View

_NAMES = {
    Key.UP: "key.up",
    Key.DOWN: "key.down",
    Key.LEFT: "key.left",
    Key.RIGHT: "key.right",
    Key.OK: "key.ok",
    Key.BACK: "key.back",
    Key.MENU: "key.menu",
    Key.HOME: "key.home",
    Key.SETUP: "key.setup",
    Key.EPG: "key.epg",
    Key.INFO: "key.info",
    Key.LAST: "key.last",
    Key.CHANNELUP: "key.channel_up",
    Key.CHANNELDOWN: "key.channel_down",
    Key.VOLUMEUP: "key.volume_up",
    Key.VOLUMEDOWN: "key.volume_down",
    Key.MUTE: "key.mute",
    Key.AUDIO: "key.audio",
    Key.SUBTITLE: "key.subtitle",
    Key.ZOOM: "key.zoom",
    Key.TEXT: "key.text",
    Key.RED: "key.red",
    Key.GREEN: "key.green",
    Key.YELLOW: "key.yellow",
    Key.BLUE: "key.blue",
    Key.PLAY: "key.play",
    Key.PAUSE: "key.pause",
    Key.PLAYPAUSE: "key.play_pause",
    Key.STOP: "key.stop",
    Key.REWIND: "key.rewind",
    Key.FASTFORWARD: "key.fast_forward",
    Key.RECORD: "key.record",
    Key.FAVORITES: "key.favourites",
    Key.SEARCH: "key.search",
    Key.POWER: "key.power",
    Key.SLEEP: "key.sleep",
    Key.WAKEUP: "key.wake_up",
}


def key_name(view: View, key: Key) -> str:
    """The key in the viewer's words; digits stay as they are printed on the remote."""
    return key.digit or view.words(_NAMES[key])
