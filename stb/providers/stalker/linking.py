"""Links: made when something is to be played, used at once and never kept."""

from stb.errors import ProviderError
from stb.model import Playable, Stream
from stb.providers.stalker.answers import Made, Maker, made, must_ask, no_link
from stb.providers.stalker.cmd import command, is_near, is_playable
from stb.providers.stalker.links import Link
from stb.providers.stalker.question import Question, question
from stb.providers.stalker.session import Session
from stb.providers.stalker.wire import Envelope


class Linking:
    """Makes streams over a session."""

    def __init__(self, session: Session) -> None:
        """Nothing is asked yet."""
        self._session = session

    def stream(self, ref: Playable, link: Link) -> Stream:
        """What a link leads to now.

        Raises:
            NoSuchItem, LoginRefused, ServerFault: the portal makes none; as their names say.
        """
        near = is_near(self._session.endpoint.api)
        if not must_ask(link, always=self._session.asks_for_links, near=near):
            return self.maker.stream(ref, link.cmd)
        own = command(link.cmd, self._session.mag.mac).address
        try:
            return self.asked(ref, link.kind, link.cmd, link.series)
        except ProviderError:
            # Nobody said that it must be asked for, so the row's own may do.
            if link.must_ask is None and not link.series and is_playable(own, near=near):
                return self.maker.stream(ref, link.cmd)
            raise

    def asked(self, ref: Playable, kind: str, cmd: str, series: str = "") -> Stream:
        """What the portal makes of a ``cmd``.

        Raises:
            NoSuchItem, LoginRefused, ServerFault: it makes none; as their names say.
        """
        got = self._made(create_link(kind, cmd, series))
        if got.adverts:
            got = self._made(create_link(kind, cmd, series, adverts=False))
        return self._of(ref, got, cmd)

    def answered(self, ref: Playable, said: Envelope) -> Stream:
        """What an answer leads to that has a link in it.

        Raises:
            NoSuchItem, LoginRefused, ServerFault: it has none; as their names say.
        """
        return self._of(ref, made(said), "")

    def _of(self, ref: Playable, got: Made, row: str) -> Stream:
        if got.error or not got.cmd:
            raise no_link(got.error, self._session.source)
        return self.maker.stream(ref, got.cmd, row)

    @property
    def maker(self) -> Maker:
        """Of streams, as the session is now."""
        session = self._session
        return Maker(session.mag, session.shown, session.zone, session.endpoint, session.source)

    def _made(self, asked: Question) -> Made:
        return made(self._session.ask(asked))


def create_link(kind: str, cmd: str, series: str = "", *, adverts: bool = True) -> Question:
    """The question for a link."""
    return question(
        kind,
        "create_link",
        cmd=cmd,
        series=series,
        forced_storage="",
        disable_ad=int(not adverts),
        download=0,
        force_ch_link_check=0,
    )
