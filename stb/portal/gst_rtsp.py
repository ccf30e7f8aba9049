"""An RTSP server of GStreamer's: run by the system's Python, which has its bindings, and imported by nobody.

    /usr/bin/python3 gst_rtsp.py LISTENER PATH ENCODER ARGUMENT...

It accepts connections at a listening socket it inherited (descriptor LISTENER) and serves one stream
at PATH. While somebody watches, an encoder (ffmpeg, with these arguments) writes the stream to a pipe as
an MPEG transport stream of H.264 and AAC. It ends by itself when nobody has been connected for a while,
and when its standard input ends, and so with the portal.
"""

import os
import subprocess
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtspServer  # noqa: E402

_IDLE_S = 5
_PIPELINE = (
    "( fdsrc fd={fd} ! matroskademux name=demux"
    " demux. ! queue ! rtph264pay name=pay0 pt=96 config-interval=-1"
    " demux. ! queue ! rtpmp4gpay name=pay1 pt=97 )"
)


class Factory(GstRtspServer.RTSPMediaFactory):  # type: ignore[misc] # the bindings have none
    """Makes the one stream, which all viewers share."""

    def __init__(self, encoder: list[str]) -> None:
        super().__init__()
        self._encoder = encoder
        self.set_shared(True)
        self.connect("media-configure", self._configured)

    def do_create_element(self, _url: object) -> object:
        """Start the encoder and build the pipeline that reads from it: somebody watches."""
        reader, writer = os.pipe()
        self._process = subprocess.Popen(self._encoder, stdin=subprocess.DEVNULL, stdout=writer)
        os.close(writer)
        self._reader = reader
        return Gst.parse_launch(_PIPELINE.format(fd=reader))

    def _configured(self, _factory: object, media: GstRtspServer.RTSPMedia) -> None:
        media.connect("unprepared", self._unprepared, self._process, self._reader)

    def _unprepared(self, _media: object, process: "subprocess.Popen[bytes]", reader: int) -> None:
        process.kill()
        process.wait()
        os.close(reader)


def main(listener: int, path: str, encoder: list[str]) -> None:
    """Serve until nobody is there."""
    Gst.init(None)
    loop = GLib.MainLoop()
    server = GstRtspServer.RTSPServer()
    server.get_mount_points().add_factory(path, Factory(encoder))
    socket = Gio.Socket.new_from_fd(listener)
    socket.set_blocking(False)

    def accept(*_: object) -> bool:
        try:
            connection = socket.accept(None)
        except GLib.Error:
            return True
        address = connection.get_remote_address()
        server.transfer_connection(connection, address.get_address().to_string(), address.get_port(), None)
        return True

    def leave() -> bool:
        if server.client_filter(None, None):
            return True
        loop.quit()
        return False

    GLib.io_add_watch(listener, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, accept)
    GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IOCondition.HUP, lambda *_: loop.quit())
    GLib.timeout_add_seconds(_IDLE_S, leave)
    loop.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
