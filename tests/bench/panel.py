"""A panel for the benchmarks, in a process of its own: what it does is nobody's time but its own.

It sends files of a folder whole, packed or not, and without a word by which one could tell that they are as
before. Its port is the first line that it says.
"""

import gzip
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FILES = {
    "get_live_streams": "live.json",
    "get_vod_streams": "films.json",
    "get_series": "series.json",
    "": "list.m3u",
}


def main() -> None:
    """Serve until it is ended."""
    folder = Path(sys.argv[1])
    packed: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            (action,) = parse_qs(urlsplit(self.path).query).get("action", [""])
            file = FILES.get(action)
            if file and file not in packed:
                packed[file] = gzip.compress((folder / file).read_bytes(), 1)
            body = packed[file] if file else b"[]"
            self.send_response(200)
            if file:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)  # noqa: T201 - who started it listens
    server.serve_forever()


if __name__ == "__main__":
    main()
