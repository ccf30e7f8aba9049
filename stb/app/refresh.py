"""Reading an operator's lists in a process of its own: its memory goes back, the menu never waits.

The child is ``stb refresh SOURCE``: it writes the lists into the catalogue in one transaction and says
what came of it in one JSON line on its standard output.
"""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from threading import Thread
from typing import Any, cast

from stb.app.keeping import open_kept
from stb.app.places import Places
from stb.catalogue.catalogue import Catalogue
from stb.errors import StbError
from stb.messages import Message, RefreshFailed, SourceRefreshed
from stb.model import Failure, Identity, NewsItem, Source
from stb.providers import Offer, Provider, Reporting
from stb.settings.vault import Vault

_log = logging.getLogger(__name__)
_NICENESS = 10
"""The menu and the player go first."""


def refresh(source: Source, identity: Identity, vault: Vault, places: Places) -> dict[str, Any]:
    """Read the lists of a source into the catalogue; the child's whole work.

    Returns:
        ``{"channels": count, "revision": text}``, or ``{"failure": fields}`` where the old lists stay.
    """
    os.nice(_NICENESS)
    provider = open_kept(source, identity, vault, places)
    try:
        revision = provider.sign_in().revision
        with Catalogue(places.lists) as lists:
            count = lists.replace(source.id, provider.items(), revision, _news(provider))
    except StbError as error:
        return {"failure": asdict(error.failure)}
    finally:
        provider.close()
    return {"channels": count, "revision": revision}


def _news(provider: Provider) -> Iterator[NewsItem]:
    return cast("Reporting", provider).news() if Offer.NEWS in provider.offers else iter(())


class Refresher:
    """Starts the refresh process and posts what came of it."""

    def __init__(self, source: Source, places: Places, post: Callable[[Message], None]) -> None:
        """For one source of the box that lives at ``places``."""
        self._source = source
        self._post = post
        self._environment = os.environ | {
            "STB_STATE": str(places.state),
            "STB_RUNTIME": str(places.runtime),
        }
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; one at a time."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "stb", "refresh", self._source.id],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            env=self._environment,
        )
        Thread(target=self._wait, args=(self._child,), name="refresh", daemon=True).start()

    def close(self) -> None:
        """End it; the old lists stay whole."""
        if self._child is not None:
            self._child.terminate()
            self._child.wait()

    def _wait(self, child: subprocess.Popen[bytes]) -> None:
        output, _ = child.communicate()
        self._post(self._outcome(output, child.returncode))

    def _outcome(self, output: bytes, returned: int) -> Message:
        try:
            result = json.loads(output)
            if "failure" in result:
                failure = Failure(**result["failure"])
                _log.warning("lists not read kind=%s detail=%s", failure.kind, failure.detail)
                return RefreshFailed(self._source.id, failure)
            return SourceRefreshed(self._source.id, result["channels"], result["revision"])
        except (ValueError, KeyError, TypeError):
            _log.warning("refresh ended source=%s status=%d", self._source.id, returned)
            detail = f"the refresh process ended with status {returned}"
            return RefreshFailed(
                self._source.id, Failure(kind="CatalogueError", advice="error.catalogue", detail=detail)
            )
