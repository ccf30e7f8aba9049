"""What is on, from the guide, and where it knows nothing from what the operator said of a channel."""

from collections.abc import Sequence

from stb.catalogue.guide import NowNext
from stb.model import Channel, ChannelRef, Programme
from stb.screens.view import View


def on_air(view: View, channels: Sequence[Channel]) -> dict[ChannelRef, NowNext]:
    """What is on these channels now, and what comes then; one of which nothing is known is left out."""
    at = int(view.now.timestamp())
    known = view.guide.now_next(channels, at)
    unknown = [one.ref for one in channels if one.ref not in known and one.ref in view.told]
    said = {ref: of_told(view.told[ref], at) for ref in unknown}
    return known | {ref: both for ref, both in said.items() if both.now or both.next}


def has_guide(view: View, channel: Channel) -> bool:
    """Whether there is anything to see on the days of a channel."""
    return channel.archive > 0 or channel.ref in on_air(view, [channel])


def of_told(programmes: Sequence[Programme], at: int) -> NowNext:
    """The same from a few programmes in order of time, which may be without an end."""
    if not programmes:
        return NowNext()
    ends = [*(one.start for one in programmes[1:]), None]
    now = next(
        (
            one
            for one, following in zip(programmes, ends, strict=True)
            if one.start <= at < (one.stop or following or at + 1)
        ),
        None,
    )
    return NowNext(now, next((one for one in programmes if one.start > at), None))


def changes_in(view: View, channels: Sequence[Channel]) -> float | None:
    """Seconds until something else is on, on one of them; None where nothing is known."""
    shown = on_air(view, channels).values()
    ends = [both.now.stop if both.now else both.next.start if both.next else None for both in shown]
    at = view.now.timestamp()
    return min((end - at for end in ends if end is not None and end > at), default=None)


def span(view: View, programme: Programme) -> str:
    """From when to when: ``20:30 - 21:15``; only the beginning where the end is not known."""
    begin = moment(view, programme.start)
    if programme.stop is None:
        return begin
    return view.words("guide.span", begin=begin, end=moment(view, programme.stop))


def moment(view: View, seconds: int) -> str:
    """A moment as the viewer's clock shows it."""
    return view.words.clock(view.now.fromtimestamp(seconds, view.now.tzinfo))
