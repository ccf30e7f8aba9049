"""The one place that knows everybody: starts the parts in order, ends them in reverse."""

import logging
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import SystemRandom
from types import FrameType
from zoneinfo import ZoneInfo

from stb.app.alarms import Alarms
from stb.app.box import Box
from stb.app.check import Attempts
from stb.app.control import ControlServer
from stb.app.crew import CODE, WAS_ACTIVE, Crew
from stb.app.freshness import aged
from stb.app.guiding import asked_guides
from stb.app.identity import identify, open_vault
from stb.app.inbox import Inbox, Outlet
from stb.app.keeping import REFUSALS, open_kept, unproven
from stb.app.logos import MOST_BYTES, MOST_POSTER_BYTES, Fetch, Logos
from stb.app.loop import Loop
from stb.app.nobody import NOBODY, Nobody
from stb.app.places import Places, packaged
from stb.app.pulse import Pulse
from stb.app.reading import offered
from stb.app.recovering import is_quiet
from stb.app.refresh import Refresher, ages
from stb.app.remarks import damages, of_card, remarks
from stb.app.state import State
from stb.app.tv import Tv
from stb.app.viewing import hertz
from stb.app.workers import Workers
from stb.board import cec
from stb.board.arrivals import Arrivals
from stb.board.boot import Marker
from stb.board.clock import Clock, Leaps
from stb.board.displays import DisplayWatch
from stb.board.models import read_machine
from stb.board.sound import NOWHERE, choose, read_outputs
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.catalogue.viewer import Viewer
from stb.errors import CatalogueError, SettingsError
from stb.i18n import Words
from stb.messages import ScreenName, WindowClosed
from stb.model import GuideSource, Identity, Shape, Source, SourceId
from stb.net import HttpClient, Limits
from stb.player.host import PlayerHost
from stb.providers import Offer, Provider
from stb.remote.keymap import Keymaps
from stb.remote.reader import RemoteReader
from stb.service import Manager
from stb.settings.loading import Loaded, load
from stb.settings.saving import save
from stb.settings.settings import Settings
from stb.settings.vault import Vault
from stb.settings.writing import write
from stb.ui.geometry import Size
from stb.ui.shelf import POSTER_BYTES, Shelf
from stb.ui.window import Window

_log = logging.getLogger(__name__)
_PICTURES = Limits(connect=5.0, read=5.0, whole=10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """How the box appears: a window of this size in pixels, or the whole display."""

    size: Size | None = None
    title: str = "stb"
    remote: bool = False
    """Hear the kernel's remotes and keyboards. Without it the window's keyboard is the remote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """Two clocks; a test turns its own."""

    steady: Callable[[], float] = time.monotonic
    """Only ever goes on."""
    wall: Callable[[], float] = time.time
    """Since 1970, and set when the box learns the time."""


def run_box(places: Places, screen: Screen) -> None:
    """Run the box at these places until it is ended."""
    os.umask(0o077)  # what the box keeps is nobody else's
    places.make()
    with ExitStack() as stack:
        inbox = stack.enter_context(closing(Inbox()))
        stack.enter_context(closing(ControlServer(places.socket, inbox.post)))
        _end_on_signals(inbox)
        while _run_once(places, screen, inbox):
            inbox.renew()
            _log.info("beginning anew")
        Manager().stopping()
        _log.info("ending")


def _run_once(places: Places, screen: Screen, inbox: Inbox) -> bool:
    """Until it ends; whether it is to begin anew, with other settings."""
    with ExitStack() as stack:
        leaps = stack.enter_context(closing(Leaps()))
        arrivals = stack.enter_context(closing(Arrivals()))
        box = build(stack, places, screen, inbox)
        hear = partial(_hear, stack, box, inbox) if screen.remote else None
        Loop(box, inbox, leaps, arrivals, hear).run()
    return box.again


def build(
    stack: ExitStack,
    places: Places,
    screen: Screen,
    inbox: Inbox,
    seconds: Seconds | None = None,
) -> Box:
    """Start every part; the stack ends them in reverse order.

    Args:
        stack: what ends them.
        places: where the box keeps things.
        screen: how it appears.
        inbox: where everybody puts their messages.
        seconds: what tells it the time; the system's clocks.
    """
    seconds = seconds or Seconds()
    manager = Manager()
    loaded = read_settings(places)
    settings = loaded.settings
    outlet = stack.enter_context(closing(Outlet(inbox)))
    window = stack.enter_context(closing(Window(size=screen.size, title=screen.title)))
    window.set_rate(hertz(settings.picture.rate))
    vault = open_vault(places)
    settled = identify(vault)
    identity = settled.identity
    source, provider, unusable = _operator(settings, identity, vault, places)
    stack.enter_context(closing(provider))
    lists = stack.enter_context(closing(Catalogue(places.lists, in_need=True)))
    library = stack.enter_context(closing(Library(places.library, in_need=True)))
    guide = stack.enter_context(closing(Guide(places.guide, in_need=True)))
    viewer = stack.enter_context(closing(Viewer(places.viewer, in_need=True)))
    order = asked_guides(provider, source, settings)
    guide.prefer(order, viewer.guide_choices())
    if source.id:
        _keep_only(source.id, order, lists, library, guide)
    state = _first_state(source.id, vault, lists, viewer, settings)
    state = replace(state, activates=Offer.ACTIVATION in provider.offers)
    state = replace(state, attends=Offer.EVENTS in provider.offers)
    state = replace(state, favours=Offer.FAVOURITES in provider.offers)
    state = replace(state, guards=Offer.PARENTAL_CODE in provider.offers)
    state = replace(state, offered=offered(provider, settings.guides_of(source.id)) if source.id else ())
    state = replace(state, quietly=is_quiet(places))
    state = aged(state, ages(source.id, lists, library, guide, seconds.wall()), seconds.steady())
    told = remarks(loaded.problems + unusable, settled, vault)
    damaged = damages((lists, library, guide), viewer, vault)
    state = replace(state, remarks=(*told, *of_card(places), *damaged))
    player = stack.enter_context(closing(_player(window, state, outlet)))
    stack.enter_context(closing(DisplayWatch(outlet.post)))
    keymaps = Keymaps(packaged() / "keymaps", places.keymap, write)
    crew = Crew(
        source=source,
        provider=provider,
        unproven=unproven(vault, source.id),
        lists=lists,
        library=library,
        guide=guide,
        viewer=viewer,
        vault=vault,
        player=player,
        workers=stack.enter_context(closing(Workers(outlet.post))),
        refresher=stack.enter_context(closing(Refresher(source, places, outlet.post, _lent()))),
        alarms=Alarms(seconds.steady),
        wall=Clock(seconds.wall),
        tv=Tv(window),
        attempts=stack.enter_context(closing(Attempts(identity, vault, places.fetched))),
        keymaps=keymaps,
        places=places,
        save=partial(save, places.settings),
    )
    if screen.remote:
        window.deafen()
        cec.claim("stb")
    return Box(
        state=state,
        crew=crew,
        window=window,
        words=Words(settings.language),
        identity=identity,
        logos=_logos(
            stack, window, Shelf(places.logos, window.gallery.room), _fetch(stack, source, MOST_BYTES), outlet
        ),
        posters=_logos(
            stack, window, _posters(window, places), _fetch(stack, source, MOST_POSTER_BYTES), outlet
        ),
        manager=manager,
        pulse=Pulse(manager, outlet.post, seconds.steady),
        marker=Marker(places.start if screen.remote else None),
        clock=seconds.steady,
    )


def _lent() -> Path | None:
    """Where systemd lends the box processes (systemd/stb.service)."""
    address = os.environ.get("STB_REFRESH")
    return Path(address) if address else None


def _keep_only(
    source: SourceId, guides: Sequence[SourceId], lists: Catalogue, library: Library, guide: Guide
) -> None:
    """Forget every other operator; a card that takes nothing more must not keep the box from starting."""
    keep = (partial(lists.keep_only, source), partial(library.keep_only, source))
    for keep_only in (*keep, partial(guide.keep_only, source, *guides)):
        try:
            keep_only()
        except CatalogueError as error:
            _log.warning("operators that were left are still on the card detail=%s", error)


def _hear(stack: ExitStack, box: Box, inbox: Inbox) -> None:
    """Hear the kernel's remotes and keyboards from now on."""
    from stb.remote.kernel import InputBus  # noqa: PLC0415 - takes long to read, and a window has no use for it

    outlet = stack.enter_context(closing(Outlet(inbox)))
    keymaps, grab = box.crew.keymaps, box.state.settings.remote.grab
    bus = InputBus(keymaps.meaning, grab=grab)
    stack.enter_context(closing(RemoteReader(bus, keymaps.meaning, outlet.post)))


def _player(window: Window, state: State, outlet: Outlet) -> PlayerHost:
    """As the viewer left it."""
    player = PlayerHost(window.video, outlet.post, machine=read_machine(), sound=state.sound or NOWHERE)
    player.set_volume(state.volume, muted=state.muted)
    player.set_delay(state.settings.sound.delay_ms)
    player.set_shape(state.shape)
    return player


def _fetch(stack: ExitStack, source: Source, most: int) -> Fetch:
    """Pictures come from anywhere, so over a session of their own that says nothing of the viewer."""
    http = stack.enter_context(closing(HttpClient(source.id, limits=_PICTURES)))
    return partial(http.get_bytes, limit=most)


def _logos(stack: ExitStack, window: Window, shelf: Shelf, fetch: Fetch, outlet: Outlet) -> Logos:
    return stack.enter_context(closing(Logos(window.gallery, shelf, fetch, outlet.post)))


def _posters(window: Window, places: Places) -> Shelf:
    return Shelf(places.posters, window.gallery.poster_room, POSTER_BYTES)


def _operator(
    settings: Settings, identity: Identity, vault: Vault, places: Places
) -> tuple[Source, Provider, tuple[str, ...]]:
    """The first one that can be used, and why those before it cannot.

    Where there is none it is nobody, and the viewer is asked for one.
    """
    unusable: tuple[str, ...] = ()
    zone = partial(_zone, places)
    for source in settings.sources:
        try:
            return source, open_kept(source, identity, vault, places, zone), unusable
        except SettingsError as error:
            _log.warning("operator passed over source=%s detail=%s", source.id, error)
            unusable = (*unusable, str(error))
    return NOBODY, Nobody(), unusable


def _zone(places: Places) -> ZoneInfo | None:
    """The viewer's, as it is kept by now; None: the system's."""
    return _kept_settings(places).settings.zone


def read_settings(places: Places) -> Loaded:
    """What the viewer chose, over what the box came with; every problem of a file goes to the log too."""
    kept = _kept_settings(places)
    for problem in kept.problems:
        _log.warning("settings problem=%r", problem)
    return kept


def _kept_settings(places: Places) -> Loaded:
    came_with = load(packaged() / "stb.toml")
    own = load(places.settings, came_with.settings)
    return replace(own, problems=came_with.problems + own.problems)


def the_source(settings: Settings, named: str | None = None) -> Source:
    """The operator with this id, or the first one.

    Raises:
        SettingsError: there is none.
    """
    found = next((source for source in settings.sources if named in (None, source.id)), None)
    if found is None:
        raise SettingsError(f"no operator {named!r} is set up" if named else "no operator is set up")
    return found


def the_guide(settings: Settings, named: str | None) -> tuple[GuideSource, Source] | None:
    """The viewer's guide with this id, and the first operator that it is for; None where none is called so.

    Raises:
        SettingsError: there is no such operator.
    """
    found = next((guide for guide in settings.guides if guide.id == named), None)
    if found is None:
        return None
    source = next((source for source in settings.sources if found in settings.guides_of(source.id)), None)
    if source is None:
        raise SettingsError(f"no operator is set up that the guide {named!r} is for")
    return found, source


def _first_state(
    source: SourceId, vault: Vault, lists: Catalogue, viewer: Viewer, settings: Settings
) -> State:
    left = viewer.recall()
    return State(
        screen=ScreenName.STARTING if source else ScreenName.WELCOME,
        has_operator=bool(source),
        settings=settings,
        code=vault.get(source, CODE),
        was_active=bool(vault.get(source, WAS_ACTIVE)),
        refusals=int(vault.get(source, REFUSALS) or 0),
        jitter=SystemRandom().random(),
        has_lists=lists.count() > 0,
        lists_revision=lists.revision(source),
        volume=settings.volume if left.volume is None else left.volume,
        muted=left.muted or False,
        shape=Shape(aspect=settings.picture.aspect, zoom=settings.picture.zoom),
        sound=choose(read_outputs(), output=settings.sound.output, encoded=settings.sound.passthrough),
        audio_language=left.audio_language or "",
        subtitle_language=left.subtitle_language or "",
        sortings=left.sortings,
        previous=left.before if left.before and lists.channel(left.before) else None,
        favourites=viewer.favourites(source),
        hidden=viewer.hidden(source),
    )


def _end_on_signals(inbox: Inbox) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        inbox.post(WindowClosed())

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, end)
