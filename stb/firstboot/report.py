"""What the box says of what it was told: a text on the card, for whoever reads it elsewhere. Pure."""

from stb.firstboot.wish import Reading, Wish

_HEAD = "What this box understood of what was written on its card for it. It is written anew each time.\n"


def report(reading: Reading) -> str:
    """Without a secret in it."""
    parts = (
        ("Taken", _taken(reading.wish)),
        ("Not understood, and left out", reading.problems),
        ("To know", reading.notes),
    )
    return _HEAD + "".join(
        f"\n{title}:\n" + "".join(f"  {line}\n" for line in lines) for title, lines in parts if lines
    )


def _taken(wish: Wish) -> tuple[str, ...]:
    said = {
        "name of the box": wish.hostname,
        "Wi-Fi": wish.wifi.name.decode("utf-8", "backslashreplace") if wish.wifi else "",
        "country of the Wi-Fi": wish.country,
        "address": wish.fixed.address if wish.fixed else "",
        "size of the picture": wish.mode,
        "SSH": "" if wish.keys is None else f"for root, by {len(wish.keys)} key(s)" if wish.keys else "off",
        **{place: str(value) for place, value in wish.settings.items()},
    }
    operators = tuple(f"operator: {one.source.name} ({one.source.kind})" for one in wish.given)
    return (*(f"{what}: {value}" for what, value in said.items() if value), *operators)
