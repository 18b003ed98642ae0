"""People, machines and sign-ins of a tenant; only a team's platform has them."""

import json
import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from agent.ports.library import Text
from platform_service.errors import CodeCopied, NotAllowed, NotFound, Refused
from platform_service.http.bodies import Id, Strict
from platform_service.http.parts import Parts, Whole
from platform_service.http.roles import ADMIN, ANYONE, VIEWER, Calling
from platform_service.http.writes import Once
from platform_service.identity.caller import Role
from platform_service.platform import Desk, Platform
from platform_service.sql import people
from platform_service.sql.people import ServiceKey, SignIn, User
from platform_service.sql.transaction import Transaction

router = APIRouter(tags=["identity"])
UserId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._@-]+$")]
ExpiryTime = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$")]


class Me(BaseModel):
    """Whom the platform takes the caller for."""

    tenant: str
    user: str
    role: Role
    name: str = ""
    """How an administrator has entered the person; empty for keys and for the embedded platform's user."""


class Code(Strict):
    """A refresh code, or the code of an invitation."""

    refresh_code: Annotated[str, Field(min_length=1, max_length=400)]


class Token(BaseModel):
    """What a code is exchanged for; the code itself is used up."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in_s: int
    refresh_code: str


class UserGiven(Strict):
    """A person as an administrator enters or changes them."""

    name: Annotated[Text, Field(min_length=1)]
    role: Role
    state: Literal["active", "ended"] = "active"


class KeyWanted(Strict):
    """A machine's key to be made."""

    name: Annotated[Text, Field(min_length=1)]
    role: Role
    expires: ExpiryTime | None = None


class NewKey(ServiceKey):
    """A machine's key with the string that proves it; it is shown in this answer only."""

    key: str = ""


class Invitation(BaseModel):
    """A code with which a person signs in for the first time, shown in this answer only."""

    user_id: str
    expires: str
    refresh_code: str = ""


@router.get("/v1/identity/me", dependencies=[VIEWER])
async def me(caller: Calling, parts: Parts, whole: Whole) -> Me:
    """Whom the platform takes the caller for; a person whose access was taken back is refused at once."""
    found = Me(tenant=caller.tenant, user=caller.user, role=caller.role)
    if whole.desk is None or not caller.sign_in:
        return found
    async with parts.database.reading() as transaction:
        person = await people.user(transaction, caller.user)
        sign_in = await people.sign_in(transaction, caller.sign_in)
    if person.state != "active" or sign_in is None or sign_in.state != "active":
        raise NotAllowed("This sign-in has ended.", "Nothing was changed.", "Ask an administrator for a new code.")
    return found.model_copy(update={"name": person.name, "role": person.role})


@router.post("/v1/identity/token", dependencies=[ANYONE])
async def token(body: Code, whole: Whole) -> Token:
    """Exchange a code for an access token and the next code."""
    try:
        found = await _desk(whole).sign_ins.exchange(body.refresh_code)
    except CodeCopied as error:
        await whole.take_back(error.tenant)
        raise
    return Token(access_token=found.access_token, expires_in_s=found.expires_in_s, refresh_code=found.refresh_code)


@router.get("/v1/identity/users", dependencies=[ADMIN])
async def users(parts: Parts) -> list[User]:
    """Everyone of the tenant."""
    async with parts.database.reading() as transaction:
        return list(await people.all_users(transaction))


@router.get("/v1/identity/names", dependencies=[VIEWER])
async def names(parts: Parts) -> dict[str, str]:
    """How everyone of the tenant is called, by id: for who did what, to those who work with them."""
    async with parts.database.reading() as transaction:
        return {person.id: person.name for person in await people.all_users(transaction)}


@router.put("/v1/identity/users/{user_id}", dependencies=[ADMIN], response_model=User)
async def put_user(user_id: UserId, body: UserGiven, caller: Calling, whole: Whole, once: Once) -> Response:
    """Enter a person, or change name, role and state, at once for all they do; ending a person ends their sign-ins."""
    was: list[Role | None] = []

    async def effect(transaction: Transaction) -> User:
        if user_id == caller.user and (body.state == "ended" or body.role != "admin"):
            raise Refused("You cannot take your own rights away.", "Nothing was changed.", "Ask another admin.")
        was.append(await people.standing(transaction, user_id, ""))
        return await people.put_user(transaction, user_id, body.name, body.role, body.state)

    answer = await once.run(effect)
    if was != [None] and (body.state == "ended" or was != [body.role]):
        await whole.take_back(caller.tenant)
    return answer


@router.post(
    "/v1/identity/users/{user_id}/invitations", dependencies=[ADMIN], status_code=201, response_model=Invitation
)
async def invite(user_id: UserId, whole: Whole, caller: Calling, once: Once) -> Response:
    """A code with which the person signs in; it is good for a week."""
    sign_ins = _desk(whole).sign_ins

    async def effect(transaction: Transaction) -> SignIn:
        return await sign_ins.invite(transaction, user_id)

    def shown(body: bytes) -> bytes:
        made = SignIn.model_validate_json(body)
        code = sign_ins.code(caller.tenant, made)
        return Invitation(user_id=user_id, expires=made.expires, refresh_code=code).model_dump_json().encode()

    return await once.run(effect, 201, shown)


@router.delete("/v1/identity/sign-in", dependencies=[VIEWER], status_code=204, response_class=Response)
async def sign_out(caller: Calling, whole: Whole, once: Once) -> Response:
    """End the sign-in that the caller's token came from; its codes and tokens are worthless from now on."""

    async def effect(transaction: Transaction) -> None:
        found = await people.sign_in(transaction, caller.sign_in)
        if found is None:
            raise NotFound("This token came from no sign-in.", "Nothing was changed.", "Let it expire.")
        await people.change_sign_in(transaction, found.model_copy(update={"state": "ended"}))

    answer = await once.run(effect)
    await whole.take_back(caller.tenant)
    return answer


@router.get("/v1/identity/keys", dependencies=[ADMIN])
async def keys(parts: Parts) -> list[ServiceKey]:
    """The keys of the tenant's machines, without what proves them."""
    async with parts.database.reading() as transaction:
        return list(await people.all_keys(transaction))


@router.post("/v1/identity/keys", dependencies=[ADMIN], status_code=201, response_model=NewKey)
async def make_key(body: KeyWanted, whole: Whole, caller: Calling, once: Once) -> Response:
    """A key for a machine; what proves it is shown once and kept only as a digest."""
    service_keys = _desk(whole).keys

    async def effect(transaction: Transaction) -> ServiceKey:
        key_id = uuid.uuid4().hex
        secret = service_keys.secret(caller.tenant, key_id)
        return await people.add_key(transaction, key_id, body.name, body.role, secret, body.expires)

    def shown(answer: bytes) -> bytes:
        made = json.loads(answer)
        return json.dumps({**made, "key": service_keys.spelled(caller.tenant, made["id"])}).encode()

    return await once.run(effect, 201, shown)


@router.delete("/v1/identity/keys/{key_id}", dependencies=[ADMIN], status_code=204, response_class=Response)
async def end_key(key_id: Id, caller: Calling, whole: Whole, once: Once) -> Response:
    """Make a key worthless, at once."""

    async def effect(transaction: Transaction) -> None:
        await people.end_key(transaction, key_id)

    answer = await once.run(effect)
    await whole.take_back(caller.tenant)
    return answer


def _desk(whole: Platform) -> Desk:
    if whole.desk is None:
        raise NotFound("An embedded platform has one user.", "Nothing was changed.", "Attach with the launch's token.")
    return whole.desk
