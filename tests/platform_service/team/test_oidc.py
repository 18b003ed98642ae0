"""Single sign-on against an issuer that answers over real HTTP."""

import time

import jwt
import pytest

from platform_service.errors import IssuerAway, NotAllowed, TokenExpired
from platform_service.identity import oidc
from platform_service.identity.caller import Caller
from platform_service.identity.oidc import OidcIssuer, OidcSettings
from tests.platform_service.team.issuer import AUDIENCE, Issuer


@pytest.fixture
def believed(issuer):
    return OidcIssuer(OidcSettings(issuer.url, AUDIENCE))


async def test_a_token_of_the_issuer_proves_its_caller_with_the_highest_role(issuer, believed):
    assert await believed.caller(issuer.token()) == Caller("north", "oidc:grace", "curator")
    issuer.new_key("curve", "ES256")
    elliptic = OidcIssuer(OidcSettings(issuer.url, AUDIENCE))
    assert (await elliptic.caller(issuer.token("curve"))).user == "oidc:grace"


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"aud": "another-program"}, NotAllowed),
        ({"iss": "https://elsewhere.example"}, NotAllowed),
        ({"tenant": None}, NotAllowed),
        ({"tenant": ["north", "south"]}, NotAllowed),
        ({"role": "owner"}, NotAllowed),
        ({"role": None}, NotAllowed),
        ({"exp": None}, NotAllowed),
        ({"sub": None}, NotAllowed),
        ({"exp": 1_000_000_000}, TokenExpired),
        ({"nbf": 4_000_000_000}, NotAllowed),
    ],
)
async def test_what_the_issuer_did_not_say_for_us_proves_nothing(issuer, believed, claims, error):
    with pytest.raises(error):
        await believed.caller(issuer.token(**claims))


async def test_a_foreign_signature_or_a_symmetric_one_proves_nothing(issuer, believed):
    stranger = Issuer()
    stranger.close()
    claims = jwt.decode(issuer.token(), options={"verify_signature": False})
    public = str(issuer.published("/keys"))
    forged = [
        jwt.encode(claims, stranger.keys["first"][1], "RS256", headers={"kid": "first"}),
        jwt.encode(claims, public, "HS256", headers={"kid": "first"}),
        jwt.encode(claims, None, "none", headers={"kid": "first"}),
        "a.b.c",
    ]
    for token in forged:
        with pytest.raises(NotAllowed):
            await believed.caller(token)


async def test_new_keys_are_asked_for_but_not_for_every_stranger(issuer, believed, monkeypatch):
    await believed.caller(issuer.token())
    before = len(issuer.asked)
    issuer.new_key("turned-over")
    for _ in range(20):
        with pytest.raises(NotAllowed):
            await believed.caller(issuer.token("turned-over"))
    assert len(issuer.asked) == before
    monkeypatch.setattr(oidc, "ASK_AGAIN_S", 0.0)
    assert (await believed.caller(issuer.token("turned-over"))).user == "oidc:grace"


async def test_an_issuer_that_does_not_answer_or_calls_itself_otherwise_is_told(issuer):
    gone = Issuer()
    token = gone.token()
    gone.close()
    with pytest.raises(IssuerAway):
        await OidcIssuer(OidcSettings(gone.url, AUDIENCE)).caller(token)
    issuer.calls_itself = "https://elsewhere.example"
    with pytest.raises(IssuerAway):
        await OidcIssuer(OidcSettings(issuer.url, AUDIENCE)).caller(issuer.token())
    issuer.calls_itself = ""
    with pytest.raises(IssuerAway):
        await OidcIssuer(OidcSettings("http://192.0.2.1", AUDIENCE)).caller(issuer.token())


def test_a_whole_platform_believes_its_issuer(issuer, team, codes):
    token = issuer.token()
    known = {"tenant": "north", "user": "oidc:grace", "role": "curator", "name": ""}
    assert team.get(token, "/v1/identity/me").json() == known
    assert team.write(token, "POST", "/v1/projects", {"name": "By Grace"}).status_code == 201
    assert team.get(token, "/v1/identity/users").status_code == 403
    refused = [issuer.token(tenant="nowhere"), issuer.token(aud="else"), issuer.token(exp=int(time.time()) - 400)]
    assert [team.get(one, "/v1/projects").status_code for one in refused] == [401, 401, 401]
