"""People of a local set-up that runs: an administrator's work, done with the set-up's own key."""

import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any
from urllib.parse import quote

from platform_service.local_team.layout import CannotSetUp, Layout

_PATIENCE_S = 10.0
_STARTING = (502, 503, 504)


def invite(layout: Layout, user_id: str, name: str, role: str) -> str:
    """Enter a person, or change name and role; gives a code that they sign in with, good for a week and for once."""
    _ask(layout, "PUT", f"/v1/identity/users/{quote(user_id, safe='')}", {"name": name or user_id, "role": role})
    invited = _ask(layout, "POST", f"/v1/identity/users/{quote(user_id, safe='')}/invitations")
    return str(invited["refresh_code"])


def end(layout: Layout, user_id: str) -> None:
    """Take a person's access back; their sign-ins end."""
    people = _ask(layout, "GET", "/v1/identity/users")
    found = next((person for person in people if person["id"] == user_id), None)
    if found is None:
        raise CannotSetUp(f"There is nobody {user_id!r} here.", "Nothing was changed.", "Look at who was invited.")
    ended = {"name": found["name"], "role": found["role"], "state": "ended"}
    _ask(layout, "PUT", f"/v1/identity/users/{quote(user_id, safe='')}", ended)


def _answered(request: urllib.request.Request) -> Any:
    """What is answered; asked again under the same key while a part of the set-up is being started again."""
    opener, deadline_s = urllib.request.build_opener(urllib.request.ProxyHandler({})), time.monotonic() + _PATIENCE_S
    while True:
        try:
            with opener.open(request, timeout=20) as answer:
                return json.load(answer)
        except (urllib.error.URLError, OSError) as error:
            is_down = not isinstance(error, urllib.error.HTTPError) or error.code in _STARTING
            if not is_down or time.monotonic() > deadline_s:
                raise
        time.sleep(0.2)


def _ask(layout: Layout, method: str, path: str, body: object = None) -> Any:
    try:
        address = json.loads((layout.folder / "address.json").read_text("utf-8"))["address"]
        key = (layout.secrets / "service.key").read_text("utf-8").strip()
    except (OSError, ValueError, KeyError) as error:
        raise CannotSetUp(
            f"There is no set-up in {layout.folder}.", "Nothing was changed.", "`make team` makes one."
        ) from error
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": uuid.uuid4().hex}
    content = None if body is None else json.dumps(body).encode()
    if content is not None:
        headers["Content-Type"] = "application/json"
    request = urllib.request.Request(f"{address}{path}", content, headers, method=method)
    try:
        return _answered(request)
    except urllib.error.HTTPError as error:
        told = json.loads(error.read() or b"{}")
        raise CannotSetUp(
            str(told.get("detail", error)), str(told.get("kept", "")), str(told.get("advice", ""))
        ) from error
    except (urllib.error.URLError, OSError) as error:
        raise CannotSetUp(
            f"The set-up does not answer at {address}.", "Nothing was changed.", "Start it with `make team` first."
        ) from error
