"""The nouns of a television box: frozen values without behaviour that needs the outside world."""

from stb.model.account import Account, AccountStatus, Registration, Source
from stb.model.board import Facts, Identity
from stb.model.failure import Failure
from stb.model.ids import ChannelId, ChannelRef, Duid, NewsId, NewsRef, SourceId
from stb.model.keys import REPEATING, Key, key_named
from stb.model.machine import Machine, SoundOut
from stb.model.media import Channel
from stb.model.news import NewsItem
from stb.model.stream import PlayerState, PlayerStatus, Stream, VideoTarget
from stb.model.tracks import OFF, Shape, Track, TrackKind, Tracks, Wanted

__all__ = [
    "OFF",
    "REPEATING",
    "Account",
    "AccountStatus",
    "Channel",
    "ChannelId",
    "ChannelRef",
    "Duid",
    "Facts",
    "Failure",
    "Identity",
    "Key",
    "Machine",
    "NewsId",
    "NewsItem",
    "NewsRef",
    "PlayerState",
    "PlayerStatus",
    "Registration",
    "Shape",
    "SoundOut",
    "Source",
    "SourceId",
    "Stream",
    "Track",
    "TrackKind",
    "Tracks",
    "VideoTarget",
    "Wanted",
    "key_named",
]
