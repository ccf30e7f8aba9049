"""What the box asked to be reminded of, and when."""

from collections.abc import Callable

from stb.messages import Alarm, AlarmRang


class Alarms:
    """At most one of each name; time comes from a clock that tests can turn."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Read time in seconds from ``clock``."""
        self._clock = clock
        self._due: dict[Alarm, float] = {}

    def set(self, alarm: Alarm, seconds: float) -> None:
        """Ring once after so many seconds; set again, the earlier time is forgotten."""
        self._due[alarm] = self._clock() + seconds

    def clear(self, alarm: Alarm) -> None:
        """Do not ring."""
        self._due.pop(alarm, None)

    def next_in(self) -> float | None:
        """Seconds until one rings; 0 for one that is late, None when none is set."""
        return max(0.0, min(self._due.values()) - self._clock()) if self._due else None

    def ring(self) -> list[AlarmRang]:
        """Those whose time has come, in the order they were due; they are gone then."""
        now = self._clock()
        late = sorted((due, alarm) for alarm, due in self._due.items() if due <= now)
        for _, alarm in late:
            del self._due[alarm]
        return [AlarmRang(alarm) for _, alarm in late]
