"""What the box keeps is broken, or there is no room for more: it comes back, and says what is to be said."""

import pytest
from rig.box import Box
from rig.card import PATIENCE
from rig.patience import until
from rig.pictures import colours, read

pytestmark = pytest.mark.qemu
SAYS = {"welcome", "notice", "remark", "activation", "channels"}
STATE = "/var/lib/stb"
HARM = {
    "every file is garbage": f"find {STATE} -type f -exec sh -c 'head -c 5000 /dev/urandom >{{}}' \\;",
    "every file is empty": f"find {STATE} -type f -exec truncate -s 0 {{}} \\;",
    "every file is gone": f"find {STATE} -mindepth 1 -delete",
    "all of it is somebody else's": f"chown -R root:root {STATE} && chmod -R go= {STATE}",
    "nothing can be written": f"mount -o bind,ro {STATE} {STATE}",
    "the partition is full": "head -c 20G /dev/zero >/data/full; test -e /data/full",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
def test_the_box_comes_back_with_a_picture_or_says_why_not(machine, harm):
    code, told = machine.ask(f"systemctl stop stb; {harm}; systemctl start stb; true", PATIENCE)
    assert code == 0, told
    box = Box(machine, PATIENCE)
    box.until_unit("stb.service", "ActiveState", "active")
    try:
        until(lambda: tells(box.status()), "a picture, or a screen that says why not", PATIENCE)
    except AssertionError as error:
        raise AssertionError(f"{error}; it said {box.status()}\n{box.journal()[-4000:]}") from None
    assert colours(read(machine.look())) > 20, "the screen is empty"


def tells(status):
    """Whether the viewer sees a picture, or what is to be done."""
    return status and (status["player"]["state"] == "playing" or status["screen"] in SAYS)
