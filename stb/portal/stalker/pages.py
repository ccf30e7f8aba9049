"""What lies beside the script and tells clients where that is."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

VERSION = "5.6.0"
_SCRIPT = "application/javascript"
_LOADER = """/* A set-top box's page asks the script beside it. */
function xpcom_common() {{
    this.portal_ip = document.location.host;
    this.portal_path = '{path}';
    this.portal_protocol = document.location.protocol.replace(':', '');
    this.get_server_params = function () {{
        this.ajax_loader = {loader};
    }};
}}
"""
GENUINE = "this.portal_protocol + '://' + this.portal_ip + '/' + this.portal_path + '/server/load.php'"
PANEL = "this.portal_protocol + '://' + this.portal_ip + '/portal.php'"
_PAGE = (
    "<!doctype html><meta charset=utf-8><title>stalker_portal</title>"
    '<script src="version.js"></script><script src="xpcom.common.js"></script>'
    "<p>This page is for set-top boxes."
)


def routes(folder: str, path: str, loader: str) -> list[Route]:
    """The pages of a folder (``/c``) of a portal at ``path``, whose script is where ``loader`` says."""
    files = {
        "": HTMLResponse(_PAGE),
        "index.html": HTMLResponse(_PAGE),
        "version.js": Response(f"var ver = '{VERSION}';\n", media_type=_SCRIPT),
        "xpcom.common.js": Response(_LOADER.format(path=path, loader=loader), media_type=_SCRIPT),
    }
    return [_route(f"{folder}/{name}", answer) for name, answer in files.items()]


def _route(path: str, answer: Response) -> Route:
    async def page(_: Request) -> Response:
        return answer

    return Route(path, page)
