"""What the box keeps of a row to play it later, in one opaque text. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from stb.providers.decoding import paragraphs, words
from stb.providers.stalker.wire import fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How to ask for one thing to play."""

    kind: str = "itv"
    """``itv``, ``vod``, ``radio``: whom ``create_link`` is asked of; ``series`` where its seasons are."""
    cmd: str = field(default="", repr=False)
    """The row's own; empty where it is found with `movie`."""
    must_ask: bool | None = None
    """The row says that the link is made for each viewing; None: it says nothing."""
    series: str = ""
    """Which episode of a row that stands for several."""
    movie: str = ""
    """Whose files or seasons are to be asked for; empty: the row itself is what is played."""
    season: str = ""
    episode: str = ""
    episodes: tuple[int, ...] = ()
    """Of a row that is a whole series: the numbers of its episodes."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What there is to read of it, as `About` has it: the lists are the only place where it stands."""


_NOTHING = Link()


def written(link: Link) -> str:
    """As one text; what is as usual is left out."""
    said = {name: value for name, value in asdict(link).items() if value != getattr(_NOTHING, name)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Link:
    """A link again; what is no such text is taken for a ``cmd``."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return Link(cmd=text)
    must_ask, episodes = said.get("must_ask"), said.get("episodes")
    about = {str(name): paragraphs(value, 4000) for name, value in fields(said.get("about")).items()}
    numbers = episodes if isinstance(episodes, list) else []
    texts = {name: words(said.get(name), 4096) for name in ("cmd", "series", "movie", "season", "episode")}
    return Link(
        kind=words(said.get("kind")) or "itv",
        must_ask=must_ask if isinstance(must_ask, bool) else None,
        episodes=tuple(one for one in numbers if isinstance(one, int)),
        about=about,
        **texts,
    )
