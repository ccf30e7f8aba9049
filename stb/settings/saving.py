"""What the viewer changes goes into the box's file, whole or not at all."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

from stb.errors import SettingsError
from stb.model import GuideSource, Source
from stb.settings.rules import GUIDE, SETTINGS, SOURCE, Rule
from stb.settings.writing import set_aside, write

log = logging.getLogger(__name__)

_FRESH = "# Written by the box; it keeps what you write here. config/stb.toml names every setting.\n"


def save(path: Path, changes: Mapping[str, object]) -> None:
    """Write changes into a settings file; nothing where nothing differs.

    A file that is no TOML is set aside as ``.damaged``, and a new one begun.

    Args:
        path: the file; it and its folder come to be when they are missing.
        changes: new values by their place in the file: ``{"language": "ar", "sound.output": "jack"}``;
            as ``source`` all operators in the viewer's order, a sequence of `Source`; as ``guide`` all of the
            viewer's guides, a sequence of `GuideSource`.

    Raises:
        SettingsError: a value breaks its rule, ``.problems`` says all that do, or the disk refuses.
    """
    from stb.settings.editing import edited  # noqa: PLC0415 - its library takes long to read, and nothing at a start

    values = {name: value for name, value in changes.items() if name not in ("source", "guide")}
    sources = cast("Sequence[Source] | None", changes.get("source"))
    guides = cast("Sequence[GuideSource] | None", changes.get("guide"))
    problems = (
        *_faults(values),
        *_row_faults("source", SOURCE, sources),
        *_row_faults("guide", GUIDE, guides),
    )
    if problems:
        raise SettingsError(str(path), problems=problems)
    before = ""
    try:
        before = path.read_text(encoding="utf-8")
        after = edited(before, values, sources, guides)
    except FileNotFoundError:
        after = edited(_FRESH, values, sources, guides)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError):
        log.error("settings damaged, set aside path=%s aside=%s", path, set_aside(path, "damaged"))  # noqa: TRY400
        after = edited(_FRESH, values, sources, guides)
    if after != before:
        write(path, after.encode())


def _faults(values: Mapping[str, object]) -> tuple[str, ...]:
    faults = {
        name: SETTINGS[name](value) if name in SETTINGS else "no such setting"
        for name, value in values.items()
    }
    return tuple(f"{name}: {fault}" for name, fault in faults.items() if fault)


def _row_faults(
    table: str, rules: Mapping[str, Rule], rows: Sequence[Source | GuideSource] | None
) -> tuple[str, ...]:
    faults = (
        (f"{table}[{index}].{name}", rules[name](value))
        for index, row in enumerate(rows or (), start=1)
        for name, value in asdict(row).items()
    )
    return tuple(f"{place}: {fault}" for place, fault in faults if fault)
