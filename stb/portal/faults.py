"""What the portal answers when something is wrong, where the protocol has no word of its own for it."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

log = logging.getLogger(__name__)


async def refuse(_: Request, error: Exception) -> JSONResponse:
    """AlKarma's document, "Error Handling": every error is a JSON object with the field ``error``."""
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)


async def fail(_: Request, error: Exception) -> JSONResponse:
    """Something that the portal needs is not there."""
    log.error("%s", error)
    return JSONResponse({"error": str(error)}, 503)


async def stumble(request: Request, error: Exception) -> JSONResponse:
    """A fault of ours; the log names the place and not the address, which may have a password in it."""
    log.error("a fault of ours in %s", request.scope.get("endpoint"), exc_info=error)
    return JSONResponse({"error": "Internal server error"}, 500)
