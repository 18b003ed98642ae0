"""Tokens, codes and keys: what proves a caller, and everything that does not."""

import time
import uuid

import jwt
import psycopg
import pytest

from platform_service.identity.caller import Caller
from platform_service.identity.secrets import NoSecret, Secrets
from platform_service.identity.tokens import ALGORITHM, AUDIENCE, ISSUER, LEEWAY_S, LIVES_S, Tokens
from tests.platform_service.servers import OWNER

PROBLEM = {"type", "title", "status", "detail", "kept", "advice", "correlation_id"}


def minted(team, now_s: float | None = None, secret: str = "", **more) -> str:
    """A token as the platform would make it, with some claims replaced."""
    secrets = Secrets(((secret or team.secret).encode(),))
    made = Tokens(secrets).mint(Caller("north", "ada", "admin"), now_s)
    if not more:
        return made
    claims = jwt.decode(made, options={"verify_signature": False})
    claims = {name: value for name, value in {**claims, **more}.items() if value is not None}
    key = secrets.key("access-token")
    return jwt.encode(claims, key.key, ALGORITHM, headers={"kid": key.id})


def test_a_code_is_exchanged_for_a_token_and_the_next_code(team, codes):
    first = team.exchange(codes["north"]).json()
    codes["north"] = first["refresh_code"]
    me = team.get(first["access_token"], "/v1/identity/me").json()
    assert me == {"tenant": "north", "user": "ada", "role": "admin", "name": "ada"}
    assert first["expires_in_s"] == LIVES_S


def test_a_code_whose_answer_was_lost_gives_its_successor_again(team, codes):
    first, again = team.exchange(codes["south"]), team.exchange(codes["south"])
    codes["south"] = first.json()["refresh_code"]
    assert again.json()["refresh_code"] == codes["south"]


def test_a_copied_code_ends_the_sign_in(team, admin):
    code = [team.write(admin["north"], "POST", "/v1/identity/users/ada/invitations").json()["refresh_code"]]
    for _ in range(2):
        code.append(team.exchange(code[-1]).json()["refresh_code"])
    copied, owners = team.exchange(code[0]), team.exchange(code[-1])
    assert (copied.status_code, owners.status_code) == (401, 401)
    actions = [entry["action"] for entry in team.get(admin["north"], "/v1/audit?limit=3").json()]
    assert "copied refresh code" in actions


def test_signing_out_ends_the_sign_in(team, admin, person):
    token = person("viewer")
    assert team.write(token, "DELETE", "/v1/identity/sign-in").status_code == 204
    assert team.get(token, "/v1/projects").status_code == 401


@pytest.mark.parametrize(
    "forge",
    [
        lambda team: "x" * 9_000,
        lambda team: "Ünsinn",
        lambda team: "a.b.c",
        lambda team: minted(team, secret="0" * 64),
        lambda team: minted(team)[:-3] + "AAA",
        lambda team: minted(team, tenant="nobody"),
        lambda team: minted(team, tenant=None),
        lambda team: minted(team, tenant=["north"]),
        lambda team: minted(team, role="owner"),
        lambda team: minted(team, aud="else"),
        lambda team: minted(team, iss="else"),
        lambda team: minted(team, exp=None),
        lambda team: minted(team, now_s=time.time() + LEEWAY_S + 60),
        lambda team: jwt.encode({"tenant": "north", "sub": "ada", "role": "admin"}, None, algorithm="none"),
        lambda team: "vsk.north." + "0" * 32 + "." + "0" * 64,
        lambda team: "vsk.north/../south." + "0" * 32 + "." + "0" * 64,
        lambda team: "a-token-for-tests-0123456789",
    ],
)
def test_what_proves_nothing_is_refused_in_one_shape(team, codes, forge):
    answer = team.get(forge(team), "/v1/projects") if forge(team).isascii() else None
    if answer is None:
        with team.service.client(Authorization=b"Bearer \xc3\x9cnsinn") as client:
            answer = client.get("/v1/projects")
    assert answer.status_code == 401
    assert set(answer.json()) == PROBLEM
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "north" not in answer.text
    assert answer.json()["type"].endswith(":not-allowed")


def test_all_refusals_say_the_same(team, codes):
    forged = [minted(team, secret="0" * 64), minted(team, tenant="nobody"), minted(team, role="owner"), "a.b.c"]
    details = {team.get(token, "/v1/projects").json()["detail"] for token in forged}
    assert len(details) == 1


def test_an_expired_token_says_so_and_a_skewed_clock_is_borne(team, codes):
    expired = team.get(minted(team, now_s=time.time() - LIVES_S - LEEWAY_S - 5), "/v1/projects")
    assert (expired.status_code, expired.json()["type"]) == (401, "urn:vernissage:problem:token-expired")
    assert set(expired.json()) == PROBLEM
    for skew_s in (-LIVES_S - LEEWAY_S + 10, LEEWAY_S - 10):
        assert team.get(minted(team, now_s=time.time() + skew_s), "/v1/projects").status_code == 200


def test_a_token_of_one_tenant_opens_nothing_of_another(team, admin):
    made = team.write(admin["north"], "POST", "/v1/projects", {"name": "Secret show"}).json()
    answer = team.get(admin["south"], f"/v1/projects/{made['id']}")
    unknown = team.get(admin["south"], f"/v1/projects/{uuid.uuid4().hex}")
    assert answer.status_code == unknown.status_code == 404
    assert "Secret show" not in team.get(admin["south"], "/v1/projects").text
    assert set(answer.json()) == set(unknown.json())
    renamed = team.write(admin["south"], "PUT", f"/v1/projects/{made['id']}", {"name": "Mine"})
    assert renamed.status_code == 200
    assert team.get(admin["north"], f"/v1/projects/{made['id']}").json()["name"] == "Secret show"


def test_a_machines_key_works_until_it_is_ended_and_is_not_stored(team, admin):
    key = uuid.uuid4().hex
    wanted = {"name": "importer", "role": "curator"}
    made = team.write(admin["north"], "POST", "/v1/identity/keys", wanted, key).json()
    again = team.write(admin["north"], "POST", "/v1/identity/keys", wanted, key).json()
    assert again == made
    me = team.get(made["key"], "/v1/identity/me").json()
    assert (me["tenant"], me["role"], me["user"]) == ("north", "curator", f"key:{made['id']}")
    secret = made["key"].rpartition(".")[2]
    with psycopg.connect(team.postgres.url(team.database, OWNER)) as connection:
        connection.execute("SELECT set_config('app.tenant', 'north', false)")
        for table in ("service_keys", "idempotency", "audit"):
            rows = connection.execute(f"SELECT t::text, encode(convert_to(t::text, 'UTF8'), 'hex') FROM {table} t")
            told = str(rows.fetchall())
            assert secret not in told
            assert secret.encode().hex() not in told
    wrong = made["key"][:-1] + ("0" if made["key"][-1] != "0" else "1")
    assert team.get(wrong, "/v1/identity/me").status_code == 401
    assert team.get(made["key"].replace("vsk.north", "vsk.south"), "/v1/identity/me").status_code == 401


def test_an_ended_or_expired_key_is_worthless(team, admin):
    ended = team.write(admin["north"], "POST", "/v1/identity/keys", {"name": "k", "role": "viewer"}).json()
    assert team.write(admin["north"], "DELETE", f"/v1/identity/keys/{ended['id']}").status_code == 204
    late = {"name": "k", "role": "viewer", "expires": "2001-01-01T00:00:00+00:00"}
    expired = team.write(admin["north"], "POST", "/v1/identity/keys", late).json()
    assert team.get(ended["key"], "/v1/identity/me").status_code == 401
    assert team.get(expired["key"], "/v1/identity/me").status_code == 401
    assert team.write(admin["south"], "DELETE", f"/v1/identity/keys/{ended['id']}").status_code == 404


def test_secrets_turn_over_without_signing_anyone_out():
    old, new = b"o" * 40, b"n" * 40
    token = Tokens(Secrets((old,))).mint(Caller("north", "ada", "viewer"))
    assert Tokens(Secrets((new, old))).caller(token).user == "ada"
    with pytest.raises(Exception, match="not one of ours"):
        Tokens(Secrets((new,))).caller(token)
    with pytest.raises(NoSecret):
        Secrets((b"short",))
    assert ISSUER != AUDIENCE
