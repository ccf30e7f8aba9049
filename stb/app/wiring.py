"""The one place that knows everybody: starts the parts in order, ends them in reverse."""

import logging
import signal
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from types import FrameType

from stb.app.alarms import Alarms
from stb.app.box import Box
from stb.app.control import ControlServer
from stb.app.crew import CODE, WAS_ACTIVE, Crew
from stb.app.inbox import Inbox
from stb.app.loop import Loop
from stb.app.places import Places, packaged
from stb.app.refresh import Refresher
from stb.app.state import State
from stb.app.workers import Workers
from stb.board.identity import settle
from stb.board.pi import read_facts
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.viewer import Viewer
from stb.errors import SettingsError
from stb.i18n import Words
from stb.messages import WindowClosed
from stb.model import Facts, Identity, Source, SourceId
from stb.player.host import PlayerHost
from stb.providers import open_provider
from stb.settings.loading import Loaded, load
from stb.settings.settings import Settings
from stb.settings.vault import Vault
from stb.ui.geometry import Size
from stb.ui.window import Window

_log = logging.getLogger(__name__)
_BOX = "box"
_DUID = "duid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """How the box appears: a window of this size in pixels, or the whole display."""

    size: Size | None = None
    title: str = "stb"


def run_box(places: Places, screen: Screen) -> None:
    """Run the box at these places until it is ended."""
    places.make()
    with ExitStack() as stack:
        inbox = stack.enter_context(closing(Inbox()))
        stack.enter_context(closing(ControlServer(places.socket, inbox.post)))
        _end_on_signals(inbox)
        Loop(build(stack, places, screen, inbox), inbox).run()
        _log.info("ending")


def build(stack: ExitStack, places: Places, screen: Screen, inbox: Inbox) -> Box:
    """Start every part; the stack ends them in reverse order."""
    loaded = read_settings(places)
    settings = loaded.settings
    source = the_source(settings)
    window = stack.enter_context(closing(Window(size=screen.size, title=screen.title)))
    vault = Vault(places.vault)
    identity = identify(vault)
    lists = stack.enter_context(closing(Catalogue(places.lists)))
    viewer = stack.enter_context(closing(Viewer(places.viewer)))
    state = _first_state(source.id, vault, lists, viewer, settings)
    player = stack.enter_context(closing(PlayerHost(window.video, inbox.post)))
    player.set_volume(state.volume, muted=state.muted)
    crew = Crew(
        source=source,
        provider=stack.enter_context(closing(open_provider(source, identity))),
        lists=lists,
        viewer=viewer,
        vault=vault,
        player=player,
        workers=stack.enter_context(closing(Workers(inbox.post))),
        refresher=stack.enter_context(closing(Refresher(source, places, inbox.post))),
        alarms=Alarms(Box.clock),
    )
    return Box(
        state=state,
        crew=crew,
        window=window,
        words=Words(settings.language),
        identity=identity,
    )


def read_settings(places: Places) -> Loaded:
    """What the viewer chose, over what the box came with; every problem of a file goes to the log too."""
    came_with = load(packaged() / "stb.toml")
    own = load(places.settings, came_with.settings)
    problems = came_with.problems + own.problems
    for problem in problems:
        _log.warning("settings problem=%r", problem)
    return replace(own, problems=problems)


def the_source(settings: Settings, named: str | None = None) -> Source:
    """The operator with this id, or the first one.

    Raises:
        SettingsError: there is none.
    """
    found = next((source for source in settings.sources if named in (None, source.id)), None)
    if found is None:
        raise SettingsError(f"no operator {named!r} is set up" if named else "no operator is set up")
    return found


def identify(vault: Vault) -> Identity:
    """Who this box is: as first derived, whatever the board says later."""
    kept = vault.get(_BOX, _DUID)
    identity = settle(kept, Facts() if kept else read_facts())
    if not kept:
        vault.put(_BOX, **{_DUID: identity.duid})
    return identity


def _first_state(
    source: SourceId, vault: Vault, lists: Catalogue, viewer: Viewer, settings: Settings
) -> State:
    left = viewer.recall()
    return State(
        code=vault.get(source, CODE),
        was_active=bool(vault.get(source, WAS_ACTIVE)),
        has_lists=lists.count() > 0,
        lists_revision=lists.revision(source),
        volume=settings.volume if left.volume is None else left.volume,
        muted=left.muted or False,
    )


def _end_on_signals(inbox: Inbox) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        inbox.post(WindowClosed())

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
