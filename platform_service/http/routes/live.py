"""The socket `/v1/live`: the door has verified who opens it; every message is judged by itself."""

from fastapi import FastAPI
from starlette.websockets import WebSocket

from platform_service.identity.caller import Caller
from platform_service.live.session import LiveSession
from platform_service.platform import Platform

PATH = "/v1/live"


def add_live(app: FastAPI) -> None:
    """Serve the socket."""

    async def live(socket: WebSocket) -> None:
        platform, caller = app.state.platform, socket.scope.get("caller")
        assert isinstance(platform, Platform)
        if not isinstance(caller, Caller):
            await socket.close(1008)
            return
        credential = socket.headers.get("authorization", "").partition(" ")[2]
        await socket.accept()
        await LiveSession(socket, platform, caller, credential, str(socket.scope.get("session_id", ""))).serve()

    app.add_api_websocket_route(PATH, live)
