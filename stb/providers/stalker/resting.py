"""How long a portal is left alone after it refused: longer each time. A portal bans who hammers it."""

from collections.abc import Callable

from stb.errors import ProviderError

SECONDS = (5.0, 15.0, 30.0, 60.0, 120.0, 300.0)
"""After the first, second, ... refusal in a row."""


class Rest:
    """Until when nothing is asked, and why."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Read seconds from a clock that only ever goes on."""
        self._clock = clock
        self._refusals = 0
        self._until = 0.0
        self._why: ProviderError | None = None

    def keep(self) -> None:
        """Pass where the portal may be asked.

        Raises:
            ProviderError: it is left alone; what it said when it last refused.
        """
        if self._why is not None and self._clock() < self._until:
            raise self._why.with_traceback(None)

    def begin(self, why: ProviderError) -> None:
        """It refused."""
        self._until = self._clock() + SECONDS[min(self._refusals, len(SECONDS) - 1)]
        self._refusals += 1
        self._why = why

    def interrupt(self) -> None:
        """It may be asked now; refusing again, it is left alone for as long as it would have been."""
        self._why = None

    def end(self) -> None:
        """It served us."""
        self._refusals = 0
        self._why = None
