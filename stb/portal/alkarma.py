"""The server side of the AlKarma client API, value for value as its document says.

The document's examples fix status, media type, the keys in their order and the texts. What it leaves
open is decided here, each with its reason beside it.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from stb.portal.nouns import Device, PortalChannel, Standing
from stb.portal.world import World

log = logging.getLogger(__name__)

Json = dict[str, Any]
Reply = tuple[int, Json]
"""Status and body."""
Address = Callable[[PortalChannel, str, str], str]
"""From a channel, a DUID and the portal's own ``http://host:port`` to the channel's address."""

_MOST_BODY = 16 << 10
_DISABLED = "Your device has been disabled by the administrator. Please contact support for more information."
_EXPIRED = "Your subscription has ended. You can only view Free-To-Air and Local channels now."


class AlKarma:
    """The three calls of the document, over one world."""

    def __init__(self, world: World, address: Address, pending: Callable[[str], None]) -> None:
        """Answer from ``world``.

        Args:
            world: the operator's books.
            address: where a device finds a channel.
            pending: is told the DUID of each device that waits to be activated.
        """
        self._world = world
        self._address = address
        self._pending = pending

    def routes(self) -> list[Route]:
        """Where the calls are, below ``/api/client``."""
        return [
            Route("/check-device", self._check_device, methods=["POST"]),
            Route("/register-device", self._register_device, methods=["POST"]),
            Route("/activate-device", self._activate_device, methods=["POST"]),
        ]

    async def _check_device(self, request: Request) -> JSONResponse:
        base = f"{request.url.scheme}://{request.url.netloc}"
        return await _answer(request, lambda body: self.check(_text(body, "duid"), base))

    async def _register_device(self, request: Request) -> JSONResponse:
        return await _answer(request, lambda body: self.register(_text(body, "duid")))

    async def _activate_device(self, request: Request) -> JSONResponse:
        return await _answer(
            request, lambda body: self.activate(_text(body, "duid"), _text(body, "activation_code"))
        )

    def check(self, duid: str, base: str) -> Reply:
        """Document, "Check Device Status"; channels are below ``base`` (``http://host:port``)."""
        if not duid:
            return 400, {"error": "Device ID (DUID) is required"}
        device = self._world.find(duid)
        if device is None:
            return 404, {
                "error": "Device not registered",
                "message": "Device not registered. Please register your device first.",
            }
        log.info("device %s asks for its channels: %s", duid, device.standing)
        match device.standing:
            case Standing.ACTIVE:
                fields = ("duid", "owner_name", "status", "expiry_date", "allowed_types")
                return 200, self._content(device, "Device active", fields, base)
            case Standing.EXPIRED:
                return 200, self._content(
                    device, _EXPIRED, ("duid", "owner_name", "status", "expiry_date"), base
                )
            case Standing.PENDING | Standing.DISABLED:
                data = {"device": _fields(device, "duid", "owner_name", "status")}
                return 200, {"status": "disabled", "message": _DISABLED, "data": data}

    def register(self, duid: str) -> Reply:
        """Document, "Register New Device".

        The document has no answer for a device that is known already. One that is still pending gets the
        same 201 and the same code again: its box may have lost the first answer. One that was activated
        gets the answer the document has for that under "Activate Device"; 201 would tell it that it is
        disabled, and show a code that is of no use. One that the operator has switched off is told so:
        201 would hand its viewer the code to switch it on again.
        """
        if not duid:
            return 400, {"error": "Device ID (DUID) is required for registration"}
        device = self._world.register(duid)
        if device.standing is Standing.DISABLED:
            return 400, {"error": _DISABLED}
        if device.standing is not Standing.PENDING:
            return _already(device)
        log.info("device %s is registered and waits to be activated", duid)
        self._pending(duid)
        data = _fields(device, "duid", "activation_code", "owner_name", "status", "expiry_date")
        return 201, {"message": "Device successfully created", "data": data}

    def activate(self, duid: str, code: str) -> Reply:
        """Document, "Activate Device".

        A device that is active is told so whatever code it sends, since none would change anything.
        """
        if not duid or not code:
            return 400, {"error": "Both device ID (DUID) and activation code are required"}
        device = self._world.find(duid)
        if device is None:
            return 404, {"error": "Device not found"}
        if device.standing in {Standing.ACTIVE, Standing.EXPIRED}:
            return _already(device)
        if code != device.activation_code:
            log.info("device %s sends a wrong code", duid)
            return 400, {"error": "Invalid activation code"}
        device = self._world.activate(duid)
        log.info("device %s is activated with its code", duid)
        data = _fields(device, "duid", "owner_name", "status", "expiry_date", "allowed_types")
        return 200, {"message": "Device activated successfully", "data": data}

    def _content(self, device: Device, message: str, fields: tuple[str, ...], base: str) -> Json:
        """What a device that may see something is sent.

        Channels stand by name and news newest first: the document's example has "Channel Name 1" (id 4)
        before "Channel Name 2" (id 2), and its news 2 before 1.
        """
        channels = self._world.channels(device.types)
        return {
            "status": device.standing.value,
            "message": message,
            "data": {
                "device": _fields(device, *fields),
                "news": [asdict(item) for item in self._world.news()],
                "channels": [
                    _channel(channel, self._address(channel, device.duid, base)) for channel in channels
                ],
            },
        }


def _channel(channel: PortalChannel, address: str) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "url": address,
        "logo_url": channel.logo_url,
        "type": channel.type,
        "category": channel.category,
        "has_news": channel.has_news,
        "created_at": channel.created_at,
        "updated_at": channel.updated_at,
    }


def _fields(device: Device, *names: str) -> Json:
    """A device as the document writes it; each of its examples has other fields."""
    on = device.standing in {Standing.ACTIVE, Standing.EXPIRED}
    values = {
        "duid": device.duid,
        "activation_code": device.activation_code,
        "owner_name": device.owner_name,
        # The document knows no "pending": a new device is "disabled".
        "status": device.standing.value if on else "disabled",
        "expiry_date": device.expiry_date.isoformat(),
        "allowed_types": device.allowed_types,
    }
    return {name: values[name] for name in names}


def _already(device: Device) -> Reply:
    return 400, {
        "error": "Device is already activated",
        "device": _fields(device, "duid", "owner_name", "status", "expiry_date"),
    }


def _text(body: Json, name: str) -> str:
    """A parameter; empty, and so missing, where it is not what can be written on a screen and typed."""
    value = body.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


async def _answer(request: Request, reply: Callable[[Json], Reply]) -> JSONResponse:
    """Read the body and ask the world in a thread: its file may be another process's just now."""
    status, content = await run_in_threadpool(reply, await _body(request))
    return JSONResponse(content, status)


async def _body(request: Request) -> Json:
    """The JSON object a request carries.

    Raises:
        HTTPException: 400 it carries something else, 413 it is too long.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(400, "Content-Type must be application/json")
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MOST_BODY:
            raise HTTPException(413, "Request body is too large")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "Request body is not valid JSON") from error
    if not isinstance(body, dict):
        raise HTTPException(400, "Request body must be a JSON object")
    return body
