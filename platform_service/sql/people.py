"""People, their sign-ins, and the keys of machines, in SQL; nothing that stands here opens a door."""

import hashlib
import hmac
import uuid
from typing import Literal

from pydantic import BaseModel
from sqlalchemy import insert, select, update

from platform_service.errors import NotFound, Refused
from platform_service.identity.caller import Role
from platform_service.sql.database import now
from platform_service.sql.team_tables import service_keys, sign_ins, users
from platform_service.sql.transaction import Transaction

State = Literal["active", "ended"]


class User(BaseModel):
    """A person of a tenant."""

    id: str
    name: str
    role: Role
    state: State = "active"
    created: str = ""


class ServiceKey(BaseModel):
    """A machine's key, without what proves it."""

    id: str
    name: str
    role: Role
    created: str
    expires: str | None = None
    state: State = "active"


class SignIn(BaseModel):
    """One sign-in of a person, renewed by refreshing."""

    id: str
    user_id: str
    generation: int
    rotated: str
    expires: str
    state: State = "active"


async def put_user(transaction: Transaction, user_id: str, name: str, role: Role, state: State) -> User:
    """Create a person or change name, role and state; ending a person ends all sign-ins."""
    key = {"tenant": transaction.tenant, "id": user_id}
    changed = {"name": name, "role": role, "state": state}
    new = transaction.upsert(users).values(**key, **changed, created=now())
    await transaction.execute(new.on_conflict_do_update(index_elements=["tenant", "id"], set_=changed))
    if state == "ended":
        mine = (transaction.mine(sign_ins), sign_ins.c.user_id == user_id)
        await transaction.execute(update(sign_ins).where(*mine).values(state="ended"))
    return await user(transaction, user_id)


async def user(transaction: Transaction, user_id: str) -> User:
    """One person; raises NotFound."""
    query = select(users).where(transaction.mine(users), users.c.id == user_id)
    row = (await transaction.execute(query)).mappings().first()
    if row is None:
        raise NotFound(f"There is no user {user_id}.", "Nothing was changed.", "Look at the list of users.")
    return User(**row)


async def standing(transaction: Transaction, user_id: str, sign_in_id: str) -> Role | None:
    """The role of an active person, seen through a sign-in that has not ended; None for anyone else."""
    query = select(users.c.role).where(transaction.mine(users), users.c.id == user_id, users.c.state == "active")
    if sign_in_id:
        signed_in = select(sign_ins.c.id).where(
            transaction.mine(sign_ins), sign_ins.c.id == sign_in_id, sign_ins.c.user_id == user_id,
            sign_ins.c.state == "active",
        )  # fmt: skip
        query = query.where(signed_in.exists())
    role: Role | None = (await transaction.execute(query)).scalar_one_or_none()
    return role


async def all_users(transaction: Transaction) -> tuple[User, ...]:
    """Everyone of the tenant, by id."""
    query = select(users).where(transaction.mine(users)).order_by(users.c.id)
    return tuple(User(**row) for row in (await transaction.execute(query)).mappings())


async def begin_sign_in(transaction: Transaction, user_id: str, expires: str) -> SignIn:
    """A new sign-in of an active person, not used yet."""
    if (await user(transaction, user_id)).state != "active":
        raise Refused("This user has ended.", "Nothing was changed.", "Make the user active first.")
    made = SignIn(id=uuid.uuid4().hex, user_id=user_id, generation=0, rotated=now(), expires=expires)
    await transaction.execute(insert(sign_ins).values(tenant=transaction.tenant, **made.model_dump()))
    return made


async def sign_in(transaction: Transaction, sign_in_id: str) -> SignIn | None:
    """A sign-in, held until the transaction ends; None when there is none."""
    await transaction.lock(f"sign-in {sign_in_id}")
    query = select(sign_ins).where(transaction.mine(sign_ins), sign_ins.c.id == sign_in_id)
    row = (await transaction.execute(query)).mappings().first()
    return None if row is None else SignIn(**row)


async def change_sign_in(transaction: Transaction, changed: SignIn) -> None:
    """Keep a sign-in as it is now."""
    where = (transaction.mine(sign_ins), sign_ins.c.id == changed.id)
    await transaction.execute(update(sign_ins).where(*where).values(changed.model_dump()))


async def add_key(
    transaction: Transaction, key_id: str, name: str, role: Role, secret: str, expires: str | None
) -> ServiceKey:
    """A machine's key; only the digest of its secret is kept."""
    made = ServiceKey(id=key_id, name=name, role=role, created=now(), expires=expires)
    values = {**made.model_dump(), "digest": _digest(secret)}
    await transaction.execute(insert(service_keys).values(tenant=transaction.tenant, **values))
    return made


async def proven_key(transaction: Transaction, key_id: str, secret: str) -> ServiceKey | None:
    """The active key that the secret proves."""
    query = select(service_keys).where(transaction.mine(service_keys), service_keys.c.id == key_id)
    row = (await transaction.execute(query)).mappings().first()
    digest = _digest(secret)
    if not hmac.compare_digest(digest, digest if row is None else row["digest"]) or row is None:
        return None
    found = ServiceKey(**row)
    good = found.state == "active" and (found.expires is None or found.expires > now())
    return found if good else None


async def all_keys(transaction: Transaction) -> tuple[ServiceKey, ...]:
    """The keys of the tenant, oldest first."""
    query = select(service_keys).where(transaction.mine(service_keys)).order_by(service_keys.c.created)
    return tuple(ServiceKey(**row) for row in (await transaction.execute(query)).mappings())


async def end_key(transaction: Transaction, key_id: str) -> None:
    """Make a key worthless; raises NotFound."""
    where = (transaction.mine(service_keys), service_keys.c.id == key_id)
    if (await transaction.execute(update(service_keys).where(*where).values(state="ended"))).rowcount == 0:
        raise NotFound(f"There is no key {key_id}.", "Nothing was changed.", "Look at the list of keys.")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
