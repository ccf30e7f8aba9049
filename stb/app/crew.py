"""Those the box gives work to, and which of them performs which effect."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

from stb.app import closer
from stb.app.alarms import Alarms
from stb.app.check import Attempts, failed
from stb.app.effects import (
    Activate,
    AskAboutDay,
    AskShortGuide,
    AskToSeek,
    Attend,
    Check,
    CheckPin,
    Choose,
    ChooseSound,
    ClearAlarm,
    Confirm,
    Effect,
    EndReading,
    EraseHistory,
    FindItem,
    FollowOn,
    ForgetKeys,
    HearTime,
    Keep,
    KeepFavourites,
    KeepFinds,
    KeepGuideChoice,
    KeepGuides,
    KeepHidden,
    KeepKeys,
    KeepLanguages,
    KeepRefusals,
    KeepSetting,
    KeepShared,
    KeepSorting,
    KeepSources,
    KeepVolume,
    LookClosely,
    LookUpAges,
    Mark,
    NoteWatched,
    Pause,
    Play,
    Quit,
    ReadLists,
    ReadParts,
    Register,
    Remember,
    Resolve,
    Restart,
    SetAlarm,
    SetDelay,
    SetRate,
    SetShape,
    SetVolume,
    SignIn,
    StopPlaying,
    SwitchTv,
    SyncFavourites,
    TrustClock,
    TuneFirst,
    TuneNumber,
    Wind,
)
from stb.app.heeding import heed
from stb.app.keeping import REFUSALS, give_up, keep, prove
from stb.app.lending import after, channel_of, find, name_for_all, stream
from stb.app.places import Places
from stb.app.refresh import Refresher, ages
from stb.app.sharing import share
from stb.app.stage import choose_sound, tell
from stb.app.tv import Tv
from stb.app.workers import Failed, Job, Workers
from stb.board.clock import Clock
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.catalogue.viewer import Viewer
from stb.errors import LoginRefused, StbError
from stb.messages import (
    Activated,
    AttendFailed,
    CodeRefused,
    DayFailed,
    DayReady,
    DetailsFailed,
    FavouritesFailed,
    FindsKept,
    Message,
    NothingToWatch,
    NotKept,
    NumberUnknown,
    OperatorFound,
    Part,
    PartsAged,
    PasswordReverted,
    PinChecked,
    PinFailed,
    Registered,
    ShortGuideReady,
    SignedIn,
    SignInFailed,
    SourcesKept,
    StreamReady,
    StreamRefused,
    Watch,
)
from stb.model import ChannelRef, Query, Source, SourceId, Stream
from stb.player.player import Player
from stb.providers.provider import Activating, Attending, Favouring, Guarding, Provider
from stb.remote.keymap import Keymaps
from stb.settings.vault import Vault

_log = logging.getLogger(__name__)

NO_CODE = "0000"
"""What portals mean by none."""
CODE, WAS_ACTIVE = "activation_code", "was_active"
"""Names in the vault, in the source's section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Performs effects. What takes long is done by workers and comes back through the inbox."""

    source: Source
    provider: Provider
    unproven: str = field(default="", repr=False)
    """The password that the provider uses, where no sign-in worked with it yet."""
    lists: Catalogue
    library: Library
    guide: Guide
    viewer: Viewer
    vault: Vault
    player: Player
    workers: Workers
    refresher: Refresher
    alarms: Alarms
    wall: Clock
    tv: Tv
    attempts: Attempts
    keymaps: Keymaps
    places: Places
    save: Callable[[Mapping[str, object]], None]
    """`stb.settings.saving.save` into the viewer's own file."""

    def perform(self, effect: Effect) -> Message | None:  # noqa: C901, PLR0912 - a row for each who does it
        """Do it; what is known at once comes back as a message."""
        match effect:
            case SignIn() | Register() | Activate() | Resolve():
                self._ask_operator(effect)
            case Play() | StopPlaying() | Pause() | Wind() | Choose() | SetVolume() | SetDelay() | SetShape():
                tell(self.player, effect)
            case LookClosely(ref):
                job = closer.details(self.provider, self.library, effect)
                self.workers.run(job, partial(DetailsFailed, ref))
            case AskToSeek(query):
                return self._ask_to_seek(query)
            case KeepFinds(found):
                job = closer.keep(self.source.id, found, self.places.library)
                self.workers.run(job, lambda _failure: FindsKept())
            case AskShortGuide(ref):
                return self._ask_short_guide(ref)
            case AskAboutDay():
                return self._ask_about_day(effect)
            case ChooseSound():
                return choose_sound(self.player, effect)
            case Keep() | KeepRefusals() | KeepVolume() | KeepLanguages() | Remember() | Mark():
                return self._write_down(effect)
            case KeepSorting() | NoteWatched() | EraseHistory():
                return self._write_down(effect)
            case KeepGuideChoice() | KeepFavourites() | KeepHidden() | KeepShared():
                return self._own(effect)
            case SyncFavourites(refs):
                self._sync(refs)
            case CheckPin(code):
                self.workers.run(partial(self._check_pin, code), PinFailed)
            case TuneFirst() | TuneNumber() | FindItem() | FollowOn():
                return self._look_up(effect)
            case ReadLists():
                self.refresher.start((Part.LISTS,))
            case ReadParts(parts):
                self.refresher.start(parts)
            case EndReading():
                self.refresher.stop()
            case LookUpAges():
                return self._ages()
            case SetAlarm(alarm, seconds):
                self.alarms.set(alarm, seconds)
            case ClearAlarm(alarm):
                self.alarms.clear(alarm)
            case Check(trial, tried):
                self.workers.run(partial(self.attempts.do, effect), partial(failed, trial, tried))
            case KeepSetting() | KeepSources() | KeepGuides():
                return self._keep(effect)
            case KeepKeys() | ForgetKeys():
                return self._mean(effect)
            case HearTime() | TrustClock() | SwitchTv() | SetRate():
                self._tell_house(effect)
            case Attend() | Confirm():
                self._attend(effect)
            case Quit() | Restart():
                pass  # the loop sees it
        return None

    def _ask_to_seek(self, query: Query) -> Message | None:
        """An operator that does not answer found nothing."""
        nothing = OperatorFound(query)
        job = closer.seek(self.provider, self.library, self.source.id, query)
        if job is None:
            return nothing
        self.workers.run(job, lambda _failure: nothing)
        return None

    def _ask_short_guide(self, ref: ChannelRef) -> Message | None:
        """What an operator that does not answer would have said is not missed."""
        nothing = ShortGuideReady(ref, ())
        at = int(self.wall.now().timestamp())
        job = closer.short_guide(self.provider, self.lists, self.guide, ref, at)
        if job is None:
            return nothing
        self.workers.run(job, lambda _failure: nothing)
        return None

    def _ask_about_day(self, asked: AskAboutDay) -> Message | None:
        job = closer.day(self.provider, self.lists, asked)
        if job is None:
            return DayReady(asked.ref, asked.begin, ())
        self.workers.run(job, partial(DayFailed, asked.ref, asked.begin))
        return None

    def _attend(self, effect: Attend | Confirm) -> None:
        """Only a provider that offers events is asked for them (`State.attends`)."""
        job = heed(cast("Attending", self.provider), self.source.id, effect)
        self.workers.run(job, partial(AttendFailed, self.source.id))

    def _mean(self, effect: KeepKeys | ForgetKeys) -> Message | None:
        """Let the keys of the remote mean something else."""
        try:
            match effect:
                case KeepKeys(taught):
                    self.keymaps.teach(dict(taught))
                case ForgetKeys():
                    self.keymaps.forget()
        except StbError as error:
            _log.warning("keymap not kept detail=%s", error)
            return NotKept()
        return None

    def _ask_operator(self, effect: SignIn | Register | Activate | Resolve) -> None:
        failed: Failed = partial(SignInFailed, self.source.id)
        job: Job
        match effect:
            case SignIn():
                job = self._sign_in
            case Register():
                job = self._register
            case Activate(code):
                job, failed = partial(self._activate, code), partial(CodeRefused, self.source.id, code)
            case Resolve(tune, ref, item):
                channel = channel_of(self.lists, ref)
                job = partial(self._stream, tune, partial(stream, self.provider, ref, item, channel))
                failed = partial(StreamRefused, tune)
        self.workers.run(job, failed)

    def _sign_in(self) -> Message:
        """What came of it decides about a password that is not proven yet."""
        try:
            account = self.provider.sign_in()
        except LoginRefused:
            if give_up(self.vault, self.source.id, self.unproven):
                return PasswordReverted(self.source.id)
            raise
        prove(self.vault, self.source.id, self.unproven)
        return SignedIn(self.source.id, account)

    @property
    def _activating(self) -> Activating:
        """Only a provider that offers activation calls a device unregistered (`Offer.ACTIVATION`)."""
        return cast("Activating", self.provider)

    def _register(self) -> Message:
        return Registered(self.source.id, self._activating.register())

    def _activate(self, code: str) -> Message:
        self._activating.activate(code)
        return Activated(self.source.id)

    def _stream(self, tune: int, made: Callable[[], Stream]) -> Message:
        return StreamReady(tune, replace(made(), fingerprint=self.source.fingerprint))

    def _tell_house(self, effect: HearTime | TrustClock | SwitchTv | SetRate) -> None:
        match effect:
            case SetRate(hertz):
                self.tv.give(hertz)
            case HearTime(told):
                self.wall.hear(told)
            case TrustClock():
                self.wall.set()
            case SwitchTv(on, by_cec):
                self.tv.switch(on=on, by_cec=by_cec)

    def _write_down(  # noqa: C901 - a row for each thing that is kept
        self,
        effect: Keep
        | KeepRefusals
        | KeepVolume
        | KeepLanguages
        | KeepSorting
        | Remember
        | Mark
        | NoteWatched
        | EraseHistory,
    ) -> Message | None:
        """A full card must not take the picture away: it is said, and the box goes on."""
        try:
            match effect:
                case Keep(code, was_active):
                    kept = {CODE: code, WAS_ACTIVE: "yes" if was_active else ""}
                    self.vault.put(self.source.id, **kept)
                case KeepRefusals(count):
                    self.vault.put(self.source.id, **{REFUSALS: str(count or "")})
                case KeepVolume(percent, muted):
                    self.viewer.remember(volume=percent, muted=muted)
                case KeepLanguages(audio, subtitles):
                    self.viewer.remember(audio_language=audio, subtitle_language=subtitles)
                case KeepSorting(shelf, sorting):
                    self.viewer.remember_sorting(shelf, sorting)
                case Remember(ref, before):
                    self.viewer.remember(watched=ref, before=before)
                case EraseHistory():
                    self.viewer.forget_watched()
                case NoteWatched(ref, item):
                    if name := name_for_all(self.lists, self.library, ref, item):
                        self.viewer.note_watched(ref, name)
                case Mark(lasting, position, duration):
                    self.viewer.mark(lasting, position, duration)
        except StbError as error:
            _log.warning("not written down what=%s detail=%s", type(effect).__name__, error)
            return NotKept()
        return None

    def _check_pin(self, code: str) -> Message:
        """Only a provider that offers it keeps a code (`State.guards`)."""
        return PinChecked(code == (cast("Guarding", self.provider).parental_code() or NO_CODE))

    def _sync(self, refs: tuple[ChannelRef, ...]) -> None:
        """Only a provider that offers it is told of favourites (`State.favours`)."""
        source, failed = self.source.id, partial(FavouritesFailed, self.source.id)
        job = share(cast("Favouring", self.provider), source, self.viewer.shared(source), refs)
        self.workers.run(job, failed)

    def _own(self, effect: KeepGuideChoice | KeepFavourites | KeepHidden | KeepShared) -> Message | None:
        """What the viewer chose applies also where the card does not take it."""
        try:
            match effect:
                case KeepGuideChoice(ref, choice):
                    self.guide.choose(ref, choice)
                    self.viewer.choose_guide(ref, choice)
                    if choice and choice.guide and not self.guide.keeps(choice):
                        self.refresher.start((Part.GUIDE,))
                case KeepFavourites(refs):
                    self.viewer.keep_favourites(self.source.id, refs)
                case KeepShared(refs):
                    self.viewer.keep_shared(self.source.id, refs)
                case KeepHidden(names):
                    self.viewer.keep_hidden(self.source.id, names)
        except StbError as error:
            _log.warning("not written down what=%s detail=%s", type(effect).__name__, error)
            return NotKept()
        return None

    def _keep(self, effect: KeepSetting | KeepSources | KeepGuides) -> Message | None:
        try:
            match effect:
                case KeepSetting(path, value):
                    self.save({path: value})
                    return None
                case KeepGuides(guides):
                    self.save({"guide": guides})
                    return SourcesKept()
                case KeepSources(sources, left):
                    self.save({"source": sources})
                    keep(self.vault, effect)
                    for source in left:
                        self._forget(source)
                    return SourcesKept()
        except StbError as error:
            _log.warning("settings not kept detail=%s", error)
            return NotKept()

    def _forget(self, source: SourceId) -> None:
        """Nothing that an operator gave stays; the box begins anew after this."""
        self.refresher.close()
        self.lists.leave(source)
        self.library.leave(source)
        self.guide.leave(source)

    def _ages(self) -> Message:
        now = self.wall.now().timestamp()
        return PartsAged(self.source.id, ages(self.source.id, self.lists, self.library, self.guide, now))

    def _look_up(self, effect: TuneFirst | TuneNumber | FindItem | FollowOn) -> Message | None:
        match effect:
            case FindItem(wish):
                return find(wish, self.library, self.guide, self.lists)
            case FollowOn():
                return after(effect, self.guide, self.lists, self.wall.now().timestamp())
            case TuneNumber(digits):
                channel = self.lists.numbered(int(digits))
                return Watch(channel.ref) if channel else NumberUnknown(digits)
            case TuneFirst():
                last = self.viewer.recall().watched
                channel = (self.lists.channel(last) if last else None) or self.lists.first(
                    self.viewer.hidden(self.source.id)
                )
                return Watch(channel.ref) if channel else NothingToWatch()
