"""A player that plays nothing: writes each command it hears to a file and answers it.

Arguments: the file, and optionally a named pipe that must be opened before it begins to listen. It
leaves with status 7 when it is asked to play ``die:``.
"""

import sys
from pathlib import Path

from stb.player.wire import Done, Play, decode_command, encode_report

heard = Path(sys.argv[1])
if len(sys.argv) > 2:
    Path(sys.argv[2]).read_bytes()
for line in sys.stdin.buffer:
    number, command = decode_command(line)
    with heard.open("a") as file:
        file.write(f"{command!r}\n")
    if isinstance(command, Play) and command.address == "die:":
        sys.exit(7)
    sys.stdout.buffer.write(encode_report(Done(number)))
    sys.stdout.buffer.flush()
