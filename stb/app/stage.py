"""Which effect is which verb of the player."""

import logging

from stb.app.effects import Choose, ChooseSound, Pause, Play, SetDelay, SetShape, SetVolume, StopPlaying, Wind
from stb.board.sound import choose, read_outputs
from stb.messages import SoundChosen
from stb.player.player import Player

_log = logging.getLogger(__name__)

Playing = Play | StopPlaying | Pause | Wind | Choose | SetVolume | SetDelay | SetShape


def tell(player: Player, effect: Playing) -> None:
    """Have the player do it."""
    match effect:
        case Play(tune, stream, wanted, at):
            player.play(stream, tune, wanted, at)
        case StopPlaying():
            player.stop()
        case Pause(paused):
            player.pause(paused=paused)
        case Wind(to):
            player.seek(to)
        case Choose(kind, track):
            player.choose(kind, track)
        case SetVolume(percent, muted):
            player.set_volume(percent, muted=muted)
        case SetDelay(milliseconds):
            player.set_delay(milliseconds)
        case SetShape(shape):
            player.set_shape(shape)


def choose_sound(player: Player, effect: ChooseSound) -> SoundChosen:
    """Look where sound can leave the machine now, and have the player use it."""
    sound = choose(read_outputs(), output=effect.output, encoded=effect.encoded)
    _log.info("sound output=%s passthrough=%s", sound.name, ",".join(sound.passthrough) or "none")
    player.set_sound(sound)
    return SoundChosen(sound)
