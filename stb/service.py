"""What the service manager is told, and where the log goes; plain standard error without systemd."""

import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import cast

Redact = Callable[[str], str]
"""Takes secrets out of a text."""
Send = Callable[..., object]
"""``systemd.journal.send``: the message, and fields by name."""

_log = logging.getLogger(__name__)
_TEXT = "%(name)s %(levelname)s %(message)s"
_CONVERSION = re.compile(r"(?:(\w+)=)?(%[-#0 +]*[\d.]*([a-zA-Z%]))")
_PRIORITIES = {
    logging.DEBUG: "7",
    logging.INFO: "6",
    logging.WARNING: "4",
    logging.ERROR: "3",
    logging.CRITICAL: "2",
}
"""syslog(3)'s levels, as journald has them."""


class Manager:
    """Tells systemd how the box is (sd_notify(3)); silent where systemd does not listen."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Listen to what systemd asks for in these variables (sd_watchdog_enabled(3))."""
        self._listens = "NOTIFY_SOCKET" in environment
        asked = environment.get("WATCHDOG_USEC", "")
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        wanted = self._listens and ours and asked.isdecimal() and int(asked) > 0
        self.feed_seconds: float | None = int(asked) / 2e6 if wanted else None
        """Between two `alive`: half the time after which systemd ends us; None: nobody waits for it."""

    def ready(self) -> None:
        """The first frame is on the screen."""
        self._notify("READY=1")

    def status(self, text: str) -> None:
        """What the box does, in one line for ``systemctl status``."""
        self._notify(f"STATUS={text}")

    def alive(self) -> None:
        """A message went through the main loop and the screen answered."""
        self._notify("WATCHDOG=1")

    def stopping(self) -> None:
        """The box ends."""
        self._notify("STOPPING=1")

    def _notify(self, state: str) -> None:
        if not self._listens:
            return
        from systemd.daemon import notify  # noqa: PLC0415 - a computer without systemd has no use for it

        try:
            notify(state)
        except OSError as error:
            _log.warning("service manager does not listen error=%s", error.strerror)


def start_log(redact: Redact, environment: Mapping[str, str] = os.environ) -> None:
    """Send the log to the journal with its fields, or as lines to standard error.

    All that is logged goes through ``redact``, what ends a thread or the process included.
    """
    handler = JournalHandler(redact) if _is_journal(environment) else logging.StreamHandler()
    handler.setFormatter(Redacting("%(message)s" if isinstance(handler, JournalHandler) else _TEXT, redact))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    sys.excepthook = _broke
    threading.excepthook = _thread_broke


class Redacting(logging.Formatter):
    """The text of a record, its traceback too, without secrets."""

    def __init__(self, form: str, redact: Redact) -> None:
        super().__init__(form)
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The whole text of the record."""
        return self._redact(super().format(record))


class JournalHandler(logging.Handler):
    """Sends records with fields of their own: ``phase=%s`` in a message is ``PHASE=`` in the journal."""

    def __init__(self, redact: Redact, send: Send | None = None) -> None:
        """Send through systemd's own function, or another with its arguments."""
        super().__init__()
        self._redact = redact
        self._send = send or _send_to_journal()

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record; one that cannot be sent is told on standard error."""
        try:
            fields = {name: self._redact(value) for name, value in fields_of(record)}
            self._send(
                self.format(record),
                **fields
                | {
                    "PRIORITY": _PRIORITIES.get(record.levelno, "6"),
                    "LOGGER": record.name,
                    "THREAD_NAME": record.threadName,
                    "SYSLOG_IDENTIFIER": "stb",
                    "CODE_FILE": record.pathname,
                    "CODE_LINE": record.lineno,
                    "CODE_FUNC": record.funcName,
                },
            )
        except Exception:  # noqa: BLE001 - a handler never raises into the code that logs
            self.handleError(record)


def fields_of(record: logging.LogRecord) -> Iterator[tuple[str, str]]:
    """Names in capitals and values of what a record's message says as ``name=%s``."""
    values = iter(record.args if isinstance(record.args, tuple) else ())
    for name, conversion, kind in _CONVERSION.findall(str(record.msg)):
        if kind == "%":
            continue
        value = next(values, None)
        if name and not name.startswith("_") and value is not None:
            yield name.upper(), (str(value) if kind == "r" else conversion % value)


def _is_journal(environment: Mapping[str, str]) -> bool:
    """Whether standard error is the journal (systemd.exec(5), JOURNAL_STREAM)."""
    try:
        stream = os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return environment.get("JOURNAL_STREAM") == f"{stream.st_dev}:{stream.st_ino}"


def _send_to_journal() -> Send:
    from systemd.journal import send  # noqa: PLC0415 - only where there is a journal

    return cast("Send", send)


def _broke(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _log.critical("broke kind=%s", kind.__name__, exc_info=(kind, error, trace))


def _thread_broke(ended: threading.ExceptHookArgs) -> None:
    error = ended.exc_value or ended.exc_type()
    _log.critical(
        "thread broke kind=%s thread=%s",
        ended.exc_type.__name__,
        ended.thread.name if ended.thread else "",
        exc_info=(ended.exc_type, error, ended.exc_traceback),
    )
