"""Where a portal's script is, from what a viewer typed. Pure.

A MAG box is given the address of a page (``http://tv.example/stalker_portal/c/``) and asks
``server/load.php`` beside that page's folder. People pass on that address, the server's bare name, or the
script itself; resellers rename folder and script, and then only the page's own program says where it is.
"""

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from stb.errors import AccountDisabled, BadReply, ProviderError, SettingsError, Unreachable
from stb.model import SourceId
from stb.net import Reply
from stb.providers.stalker.wire import Silent, TokenLost, envelope
from stb.providers.typed import bracketed

_PAGES = ("c", "client", "c_")
"""Folders in which a MAG's page lies."""
_SCRIPT = "server/load.php"
_ANYWHERE = (
    "stalker_portal/server/load.php",
    "c/portal.php",
    "stalker_portal/c/portal.php",
    "server/portal.php",
    "mag/c/portal.php",
)
"""Where scripts were seen below a server's name, the likely ones first."""
_RENAMED = ("client/", "c_/", "stalker_portal/c_/")
"""Where pages were seen below a server's bare name, beside the usual ones."""
GREETINGS = ("version.js", "xpcom.common.js")
"""Parts of the page that some hosts want to see asked for before they answer."""
_LOADER = re.compile(r"\bajax_loader\s*=\s*([^;\n]{1,400})")
_PART = re.compile(r"""(["'])(.*?)\1|([A-Za-z_][\w.]*)""")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and which page we claim to be."""

    api: str
    """The script."""
    page: str
    """The page's folder, with a slash at its end."""
    greets: bool = False
    """Its host wants `GREETINGS` first."""

    @property
    def base(self) -> str:
        """What ``misc/`` hangs off, with a slash at its end."""
        folder = urlsplit(self.page).path.rstrip("/").rpartition("/")[2]
        return urljoin(self.page, "../" if folder in _PAGES else "./")


@dataclass(frozen=True, slots=True)
class Probe:
    """One request on the way: a handshake with an endpoint, or a part of a page."""

    endpoint: Endpoint
    part: str = ""
    """Name of the part; empty for a handshake."""


Answer = Reply | ProviderError
Discovery = Generator[Probe, Answer, tuple[Endpoint, Reply]]


def candidates(typed: str) -> tuple[Endpoint, ...]:
    """Where the script may be, the likeliest first.

    Raises:
        SettingsError: what was typed names no server that could be asked by http or https.
    """
    text = "".join(typed.split())
    bare = "://" not in text
    try:
        parts = urlsplit(f"http://{bracketed(text)}" if bare else text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or parts.scheme not in {"http", "https"}:
        raise SettingsError("operator's address", problems=("address: not like http://tv.example/c/",))
    found = dict.fromkeys(_endpoints(parts))
    if bare and port is None:
        found |= dict.fromkeys(_endpoints(parts._replace(scheme="https")))
    return tuple(found)


def _endpoints(parts: SplitResult) -> Iterator[Endpoint]:
    origin = f"{parts.scheme}://{parts.netloc}"
    folder, _, name = parts.path.rpartition("/")
    if name.lower().endswith(".php"):
        yield _beside(f"{origin}{parts.path}")
        return
    if not name.lower().endswith((".html", ".htm", ".js")):
        folder = parts.path.rstrip("/")
    above, _, last = folder.rpartition("/")
    if last in _PAGES:
        page = f"{origin}{folder}/"
        base = f"{origin}{above}/"
        yield Endpoint(f"{base}{_SCRIPT}", page)
        yield Endpoint(f"{base}portal.php", page)
        yield Endpoint(f"{page}portal.php", page)
        yield Endpoint(f"{page}{_SCRIPT}", page)
    else:
        base = f"{origin}{folder}/"
        named = last == "stalker_portal"
        for script in (_SCRIPT, "portal.php") if named else ("portal.php", _SCRIPT):
            yield _beside(f"{base}{script}")
    for script in _ANYWHERE:
        yield _beside(f"{base}{script}")


def _beside(api: str) -> Endpoint:
    """With the page that goes with a script."""
    folder = urljoin(api, "./")
    last = urlsplit(folder).path.rstrip("/").rpartition("/")[2]
    if last in _PAGES:
        return Endpoint(api, folder)
    return Endpoint(api, urljoin(folder, "../c/" if last == "server" else "c/"))


def discovering(places: Iterable[Endpoint], source: SourceId) -> Discovery:
    """Ask one place after the other until a portal answers a handshake.

    Yields what to ask and is sent what came of it: an answer, or the error in its place. Each place is asked
    once. A server that refuses connections, or has no name, is not asked at its other places. Only where
    nobody answered are the pages' parts asked for: they may name another script, or open the door.

    Returns:
        The place, and its answer to the handshake.

    Raises:
        ProviderError: there is no portal; the error that says most.
    """
    places = tuple(places)
    errors: list[ProviderError] = []
    dead: set[str] = set()
    for place in places:
        if _server(place) in dead:
            continue
        answer = yield Probe(place)
        failed = answer if isinstance(answer, ProviderError) else _refusal(answer, source)
        if isinstance(answer, Reply) and failed is None:
            return place, answer
        errors += [failed] if failed else []
        if failed is not None and _is_dead(failed):
            dead.add(_server(place))
    alive = [place for place in places if _server(place) not in dead]
    for page in _pages(alive):
        found = yield from _read_page(page, alive, source)
        if found is not None:
            return found
    raise _telling(errors)


def _pages(places: Sequence[Endpoint]) -> tuple[str, ...]:
    """Pages that may be there: those of the places, then where resellers were seen to put them."""
    known = list(dict.fromkeys(place.page for place in places))[:3]
    bare = len(places) > 1 and not places[0].api.endswith(f"/{_SCRIPT}")
    others = [urljoin(places[0].base, page) for page in _RENAMED] if bare else []
    return tuple(dict.fromkeys((*known, *others)))


def _read_page(
    page: str, places: list[Endpoint], source: SourceId
) -> Generator[Probe, Answer, tuple[Endpoint, Reply] | None]:
    """Greet a page, and knock again where it leads to."""
    script = ""
    here = next((place for place in places if place.page == page), Endpoint(places[0].api, page))
    for part in GREETINGS:
        answer = yield Probe(here, part)
        if isinstance(answer, ProviderError) or answer.status != 200:  # noqa: PLR2004 - it is there
            return None
        script = answer.body.decode("utf-8", "replace")
    named = tuple(Endpoint(api, page, greets=True) for api in loaders(script, page))
    known = tuple(Endpoint(place.api, page, greets=True) for place in places if place.page == page)
    for place in dict.fromkeys((*named, *known[:2])):
        answer = yield Probe(place)
        if isinstance(answer, Reply) and _refusal(answer, source) is None:
            return place, answer
    return None


def loaders(program: str, page: str) -> tuple[str, ...]:
    """Addresses of the script as a page's program puts them together (``ajax_loader = ...``)."""
    parts = urlsplit(page)
    path = urlsplit(urljoin(page, "../")).path.strip("/")
    meanings = {"protocol": parts.scheme, "ip": parts.netloc, "host": parts.netloc, "path": path}
    found = []
    for expression in _LOADER.findall(program):
        said = "".join(_said(part, meanings) for part in _PART.finditer(expression))
        scheme, separator, rest = said.rpartition("://")
        whole = f"{scheme}{separator}{re.sub('//+', '/', rest)}"
        try:
            address = urljoin(page, whole)
            usable = urlsplit(address).netloc == parts.netloc and urlsplit(address).path.endswith(".php")
        except ValueError:
            continue
        if usable:
            found.append(address)
    return tuple(dict.fromkeys(reversed(found)))


def _said(part: re.Match[str], meanings: dict[str, str]) -> str:
    """A text in quotes, or what a name such as ``this.portal_ip`` stands for."""
    if part[1]:
        return part[2]
    return meanings.get(part[3].rpartition(".")[2].rpartition("_")[2].lower(), "")


def _refusal(reply: Reply, source: SourceId) -> ProviderError | None:
    """Why an answer to a handshake is no portal's; a portal that refuses us is one."""
    try:
        envelope(reply, source)
    except Silent as error:
        return error
    except (TokenLost, AccountDisabled):
        return None
    except ProviderError as error:
        return error
    return None


def _is_dead(error: ProviderError) -> bool:
    """Nothing listens, or the name is unknown: other paths of the same server need no asking."""
    return isinstance(error, Unreachable) and not isinstance(error.__cause__, TimeoutError | None)


def _telling(errors: list[ProviderError]) -> ProviderError:
    """The error that says most about a server at which no portal was found."""
    first = errors[0]
    others = [error for error in errors if not isinstance(error, BadReply | Silent)]
    return others[0] if others else first


def _server(place: Endpoint) -> str:
    parts = urlsplit(place.api)
    return f"{parts.scheme}://{parts.netloc}"
