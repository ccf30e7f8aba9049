"""What a script of a panel or a portal is asked, in the address or in a form."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

Params = Mapping[str, str]
_MOST_BODY = 16 << 10


async def params_of(request: Request) -> Params:
    """What is asked, in the address or in a form; the form wins.

    Raises:
        HTTPException: 413 the form is too long.
    """
    data = bytearray()
    if request.method == "POST":
        async for chunk in request.stream():
            data += chunk
            if len(data) > _MOST_BODY:
                raise HTTPException(413, "Request body is too large")
    form = parse_qsl(data.decode(errors="replace"), keep_blank_values=True, errors="replace")
    return {**request.query_params, **dict(form)}
