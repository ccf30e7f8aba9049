"""The nouns of a television box: frozen values without behaviour that needs the outside world."""

from stb.model.account import Account, AccountStatus, Registration, Source
from stb.model.attention import Attention, EventKind, OperatorEvent, PlayKind
from stb.model.board import Facts, Identity
from stb.model.failure import Certificate, Distrust, Failure
from stb.model.guide import GuideChannel, Programme, Work
from stb.model.ids import (
    ChannelId,
    ChannelRef,
    Duid,
    EpisodeId,
    EpisodeRef,
    FilmId,
    FilmRef,
    Lasting,
    NewsId,
    NewsRef,
    PastRef,
    Playable,
    SeriesId,
    SeriesRef,
    SourceId,
)
from stb.model.keys import REPEATING, Key, key_named
from stb.model.machine import Machine, SoundOut
from stb.model.media import (
    About,
    Channel,
    Episode,
    Film,
    FilmDetails,
    Season,
    Series,
    SeriesDetails,
    Version,
)
from stb.model.news import NewsItem
from stb.model.stream import PlayerState, PlayerStatus, Stream, VideoTarget
from stb.model.tracks import OFF, Shape, Track, TrackKind, Tracks, Wanted

__all__ = [
    "OFF",
    "REPEATING",
    "About",
    "Account",
    "AccountStatus",
    "Attention",
    "Certificate",
    "Channel",
    "ChannelId",
    "ChannelRef",
    "Distrust",
    "Duid",
    "Episode",
    "EpisodeId",
    "EpisodeRef",
    "EventKind",
    "Facts",
    "Failure",
    "Film",
    "FilmDetails",
    "FilmId",
    "FilmRef",
    "GuideChannel",
    "Identity",
    "Key",
    "Lasting",
    "Machine",
    "NewsId",
    "NewsItem",
    "NewsRef",
    "OperatorEvent",
    "PastRef",
    "PlayKind",
    "Playable",
    "PlayerState",
    "PlayerStatus",
    "Programme",
    "Registration",
    "Season",
    "Series",
    "SeriesDetails",
    "SeriesId",
    "SeriesRef",
    "Shape",
    "SoundOut",
    "Source",
    "SourceId",
    "Stream",
    "Track",
    "TrackKind",
    "Tracks",
    "Version",
    "VideoTarget",
    "Wanted",
    "Work",
    "key_named",
]
