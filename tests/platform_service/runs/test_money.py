"""Hosted runs ask language models over real HTTP, within caps that all workers of a tenant keep together."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from platform_service.sql.tenants import Quotas
from tests.model_server.asked import Asked, Scripted
from tests.model_server.server import ModelServer
from tests.platform_service.conftest import until
from tests.platform_service.runs.conftest import Hosted, Worker
from tests.platform_service.stores import set_quotas

STRANGE = "something for people who miss their grandmother"
KEYS = {"openai": "sk-secret-openai-4711", "anthropic": "sk-secret-anthropic-0815"}
HEARD = {"kind": "create", "confidence": 0.9, "subject": "neon streets", "query": {"words": "neon streets"}}
GOOD = [{"number": number, "may_hang": True, "relevance": 0.9, "why": "neon over a street"} for number in (1, 2, 3)]
PRICE = "{input_usd_per_million = 10.0, output_usd_per_million = 20.0}"
CALL_USD = (1_000 * 10.0 + 100 * 20.0) / 1e6


def scripted(asked: Asked) -> Scripted:
    """The same reading of every request, at a price that is known."""
    usage = {"openai": {"prompt_tokens": 1_000, "completion_tokens": 100, "total_tokens": 1_100}}
    counts = usage.get(asked.provider, {"input_tokens": 1_000, "output_tokens": 100})
    value = {"judgements": GOOD} if "judgements" in str(asked.schema) else HEARD
    return Scripted(value=value, usage=counts)


@pytest.fixture(scope="module")
def models() -> Iterator[ModelServer]:
    with ModelServer(scripted) as server:
        yield server


@dataclass
class Paying:
    """The platform, with workers whose settings name two providers."""

    hosted: Hosted
    settings: Path

    def worker(self) -> Worker:
        return self.hosted.start_worker(settings=self.settings)

    def asked(self, tenant: str, request: str) -> dict:
        """A request, and how its run ended."""
        return self.hosted.ended(tenant, self.hosted.post(tenant, self.hosted.project(tenant), request))

    def events(self, tenant: str, run: dict) -> list[dict]:
        return self.hosted.get(tenant, f"/v1/runs/{run['id']}/events?limit=1000")

    def rows(self, query: str, *given: str) -> list[tuple]:
        """What the cluster's superuser sees, whom no policy binds."""
        team = self.hosted.team
        with psycopg.connect(team.postgres.url(team.database, "postgres"), autocommit=True) as connection:
            return connection.execute(query, given).fetchall()

    def booked(self, tenant: str) -> list[tuple]:
        """State and amount of each booking."""
        return self.rows("SELECT state, micro_usd FROM bookings WHERE tenant = %s ORDER BY made", tenant)

    def quotas(self, tenant: str, **more: float) -> None:
        set_quotas(self.hosted.team, Quotas(**more), tenant)


@pytest.fixture(scope="module")
def paying(hosted: Hosted, models: ModelServer, tmp_path_factory: pytest.TempPathFactory) -> Paying:
    """One worker takes runs, and none that knows no models."""
    for one in hosted.workers:
        one.kill()
    hosted.workers.clear()
    folder = tmp_path_factory.mktemp("settings")
    keys, settings = folder / "model-keys", folder / "team.toml"
    keys.write_text("".join(f'{name} = "{key}"\n' for name, key in KEYS.items()))
    lines = [
        hosted.team.settings.read_text(),
        f'[models]\nkeys_file = "{keys}"\ndeadline_s = 30.0\n[models.caps]\nrun_usd = 5.0\n',
    ]
    for name in ("openai", "anthropic"):
        own = f'{{standard = "{name}-plan", high = "{name}-plan"}}'
        lines += [
            f'[[models.providers]]\nid = "{name}"\nkind = "{name}"\nbase_url = "{models.base_url(name)}"\n',
            f'models = {{plan = {own}, vision = {own}}}\nprices = {{"{name}-plan" = {PRICE}}}\n',
        ]
    settings.write_text("".join(lines))
    made = Paying(hosted, settings)
    made.worker()
    return made


@pytest.fixture
def tenant(paying: Paying, models: ModelServer) -> str:
    """A tenant without any past; nothing is broken."""
    models.mend()
    models.asked.clear()
    name = f"t{secrets.token_hex(4)}"
    paying.hosted.join(name)
    return name


def test_a_model_reads_what_rules_cannot_and_the_run_tells_what_it_cost(paying, models):
    run = paying.asked("full", STRANGE)
    result = run["result"]
    assert (result["outcome"], result["intent"]["subject"]) == ("proposed", "neon streets"), run
    assert run["model_calls"] == len(models.asked) == 1
    assert run["cost_usd"] == pytest.approx(CALL_USD)
    assert (run["held_usd"], result["cost_usd"]) == (0.0, pytest.approx(CALL_USD))
    priced = next(event["document"] for event in paying.events("full", run) if event["kind"] == "priced")
    assert 0 < priced["total_usd"] <= priced["most_usd"]
    usage = paying.hosted.get("full", "/v1/usage")
    told = usage["models"]
    assert (told["calls"], told["held_usd"], len(told["days"])) == (1, 0.0, 1)
    assert {told["cost_usd"], told["today_usd"], told["month_usd"], usage["cost_usd"]} == {CALL_USD}


def test_in_high_quality_a_model_looks_at_the_works_themselves(paying, tenant, models, paint):
    hosted = paying.hosted
    root = hosted.team.service.folder / "imports" / tenant
    for number in range(3):
        paint(root / f"neon_street-{number}.jpg", ((255, 0, 200), (10, 5, 30)), number, (1_600, 1_100))
    body = {"paths": [str(root)]}
    started = hosted.team.write(hosted.tokens[tenant], "POST", "/v1/imports", body).json()["id"]
    until(lambda: hosted.get(tenant, f"/v1/imports/{started}")["state"] == "done", 60.0)
    run = paying.asked(tenant, "hang 3 works of neon streets in high quality")
    assert [asked.pictures for asked in models.asked] == [0, 3], run["result"]
    assert (run["model_calls"], run["cost_usd"]) == (2, pytest.approx(2 * CALL_USD))
    assert "a model looked at" in str(run["result"]["proposal"]["receipt"])


def test_what_is_said_of_money_and_what_a_tenant_may_spend_hold_before_a_call(paying, tenant, models):
    paying.quotas(tenant, models_usd_per_month=0.0)
    run = paying.asked(tenant, STRANGE)
    assert run["cost_usd"] == 0.0
    assert "the tenant cap of $0.00 would be passed" in json.dumps(paying.events(tenant, run))
    paying.quotas(tenant)
    run = paying.asked(tenant, f"{STRANGE} for at most 2 cents")
    assert "the run cap of $0.02 would be passed" in json.dumps(paying.events(tenant, run))
    assert models.asked == paying.booked(tenant) == []


def test_export_and_erasure_of_a_person_cover_what_their_runs_cost(paying, tenant):
    hosted = paying.hosted
    hosted.tokens["nora"] = hosted.member(tenant, "nora", "creator")
    run_id = paying.asked("nora", STRANGE)["id"]
    before = paying.booked(tenant)
    exported = hosted.get(tenant, "/v1/identity/users/nora/export")["money"]
    assert [(row["run_id"], row["micro_usd"]) for row in exported] == [(run_id, round(CALL_USD * 1e6))]
    receipt = hosted.team.write(hosted.tokens[tenant], "POST", "/v1/identity/users/nora/erasure").json()
    assert receipt["counts"]["bookings_made_nameless"] == 1
    assert any("stays booked" in line for line in receipt["kept"])
    assert paying.booked(tenant) == before, "the money still counts"
    for table in ("bookings", "estimates", "run_caps"):
        assert run_id not in str(paying.rows(f"SELECT * FROM {table}"))


def test_runs_of_several_workers_never_pass_the_cap_and_keep_what_they_have(paying, tenant, models):
    """Eight at once on two workers; the day has money for three calls one after the other, for fewer at once."""
    held: list[list[tuple]] = []
    models.script = lambda asked: held.append(paying.booked(tenant)) or scripted(asked)
    alone = paying.asked(tenant, f"{STRANGE}, number 0")
    models.script = scripted
    ((_, most),) = held[0]
    cap_usd, hosted = most / 1e6 + 3.5 * CALL_USD, paying.hosted
    paying.quotas(tenant, models_usd_per_day=cap_usd)
    paying.worker()
    project = hosted.project(tenant)
    runs = [hosted.post(tenant, project, f"{STRANGE}, number {number}") for number in range(1, 9)]
    ended = [alone, *(hosted.ended(tenant, run_id) for run_id in runs)]
    assert {run["result"]["outcome"] for run in ended} <= {"proposed", "asked", "answered", "refused"}
    at_the_cap = [run for run in ended if "the day cap of $" in json.dumps(paying.events(tenant, run))]
    assert 5 <= len(at_the_cap) < len(ended)
    assert all(run["cost_usd"] == 0.0 for run in at_the_cap)
    spent = sum(amount for _, amount in paying.booked(tenant))
    assert 0 < spent <= cap_usd * 1e6
    assert sum(run["cost_usd"] for run in ended) == pytest.approx(spent / 1e6)
    assert len(models.asked) == len(ended) - len(at_the_cap) == len(paying.booked(tenant))


def test_a_worker_killed_in_a_paid_call_leaves_no_cent_unaccounted(paying, tenant, models):
    hosted = paying.hosted
    models.break_with("openai", "hang_before_headers", times=1)
    run_id = hosted.post(tenant, hosted.project(tenant), STRANGE)
    until(lambda: models.asked)
    ((state, held),) = paying.booked(tenant)
    assert (state, hosted.run(tenant, run_id)["held_usd"]) == ("held", pytest.approx(held / 1e6))
    begun = next(e for e in paying.events(tenant, {"id": run_id}) if e["kind"] == "begun")["document"]["worker"]
    next(one for one in hosted.workers if one.ready.read_text() == begun).kill()
    run = hosted.ended(tenant, run_id)
    assert (run["attempts"], run["result"]["intent"]["subject"]) == (2, "neon streets")
    assert paying.booked(tenant) == [("lost", held), ("spent", round(CALL_USD * 1e6))], "nobody billed the first"
    assert (run["cost_usd"], run["held_usd"]) == (pytest.approx(held / 1e6 + CALL_USD), 0.0)


def test_a_provider_that_fails_is_followed_by_the_next_and_rules_are_last(paying, tenant, models):
    models.break_with("openai", "503")
    assert paying.asked(tenant, STRANGE)["result"]["intent"]["subject"] == "neon streets"
    assert models.asked_of("anthropic")
    models.break_with("anthropic", "reset_before_answer")
    alone = paying.asked(tenant, STRANGE)["result"]
    assert "by my own rules" in json.dumps(alone)
    assert not any(state == "held" for state, _ in paying.booked(tenant))
    assert any("the provider openai is" in (one.folder / "log").read_text() for one in paying.hosted.workers)


def test_keys_stand_in_no_log_row_answer_or_error(paying, tenant, models):
    run_id = paying.asked(tenant, STRANGE)["id"]
    hosted = paying.hosted
    bearers = {asked.headers.get("authorization", "") for asked in models.asked_of("openai")}
    assert bearers <= {f"Bearer {KEYS['openai']}"}
    paths = (f"/v1/runs/{run_id}", f"/v1/runs/{run_id}/events", "/v1/usage", "/v1/identity/users/ada/export")
    places = [json.dumps(hosted.get(tenant, path)).encode() for path in paths]
    places += [file.read_bytes() for file in hosted.team.service.folder.rglob("*") if file.is_file()]
    for schema, table in paying.rows("SELECT schemaname, tablename FROM pg_tables WHERE tableowner <> 'postgres'"):
        places.append(str(paying.rows(f"SELECT * FROM {schema}.{table}")).encode())
    assert any(run_id.encode() in place for place in places)
    assert not [key for key in KEYS.values() if any(key.encode() in place for place in places)]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[models]\n", "models.providers: Field required"),
        ("[models]\nproviders = []\n", "models.providers: Tuple should have at least 1 item"),
        (
            '[[models.providers]]\nid = "o"\nkind = "openai"\nkey = "sk-secret"\n',
            "models.providers.0.key: Extra inputs",
        ),
        ('[[models.providers]]\nid = "o"\nkind = "openai"\nbase_url = "http://example.com"\n', "the key would travel"),
    ],
)
def test_settings_that_do_not_hold_are_told_without_what_stands_in_them(hosted, tmp_path, written, told):
    (tmp_path / "team.toml").write_text(hosted.team.settings.read_text() + written)
    done = hosted.team.command("worker", "--team", str(tmp_path / "team.toml"), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert told in done.stderr
    assert "sk-secret" not in done.stderr
