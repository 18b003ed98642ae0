"""The guarded decoders: they may hang, die or lie, and the work goes on."""

import os
import signal
import sys
import textwrap
import threading
import time

import pytest

from platform_service.ingest.limits import Limits
from platform_service.ingest.pipeline import Ingest
from platform_service.ingest.pool import DecoderPool
from platform_service.ingest.refusal import DecoderUnavailable, Refused
from platform_service.ingest.results import BadFile, IngestedAsset

ASK = {"edges_px": [64], "measure": False}


def stand_in(tmp_path, what):
    """A decoder that misbehaves: it speaks the real protocol and does `what` for a request."""
    script = tmp_path / "decoder.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, sys, time
            from platform_service.ingest.protocol import receive, send
            asks, answers = sys.stdin.buffer, sys.stdout.buffer
            receive(asks, 0)
            send(answers, {"ready": True})
            while True:
                request, raw = receive(asks, 1 << 30)
            """
        )
        + textwrap.indent(what, "    ")
    )
    return (sys.executable, str(script))


def test_a_decoder_that_is_killed_is_replaced(pool, pictures):
    pool.decode(ASK, pictures.raw())
    for pid in pool.process_ids:
        os.kill(pid, signal.SIGKILL)
    header, _ = pool.decode(ASK, pictures.raw())
    assert header["format"] == "JPEG"


def test_a_kill_in_the_middle_of_an_import_loses_nothing(tmp_path, pictures):
    for n in range(60):
        pictures.save(f"{n:02}.jpg", pictures.scene(500, 400, seed=n))
    outcomes = []
    with Ingest(tmp_path / "renditions") as ingest:
        for outcome in ingest.start([pictures.folder]):
            outcomes.append(outcome)
            if len(outcomes) in (5, 25, 40):
                os.kill(ingest.pool.process_ids[0], signal.SIGKILL)
    assert len(outcomes) == 60
    assert all(isinstance(outcome, IngestedAsset) for outcome in outcomes)


def test_a_decoder_that_hangs_costs_only_its_file(tmp_path, pictures):
    command = stand_in(tmp_path, "time.sleep(60)")
    with Ingest(tmp_path / "renditions", pool=DecoderPool(1, Limits(deadline_s=0.4), command)) as ingest:
        outcome = ingest.ingest_file(pictures.save("slow.jpg"))
        assert isinstance(outcome, BadFile)
        assert outcome.why == "took longer than 0.4 s to decode"
        assert ingest.pool.process_ids == ()


def test_a_stopped_decoder_is_noticed_and_replaced(tmp_path, pictures):
    pool = DecoderPool(1, Limits(deadline_s=2.0))
    try:
        pool.decode(ASK, pictures.raw())
        (pid,) = pool.process_ids
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(Refused, match="took longer than 2 s"):
            pool.decode(ASK, pictures.raw())
        assert pool.decode(ASK, pictures.raw())[0]["format"] == "JPEG"
        assert pool.process_ids != (pid,)
    finally:
        pool.close()


def test_a_file_that_crashes_every_decoder_is_at_fault(tmp_path, pictures):
    command = stand_in(tmp_path, "os.kill(os.getpid(), 11)")
    with Ingest(tmp_path / "renditions", pool=DecoderPool(1, command=command)) as ingest:
        outcome = ingest.ingest_file(pictures.save("crash.jpg"))
    assert isinstance(outcome, BadFile)
    assert outcome.why == "makes the decoder crash"


@pytest.mark.parametrize(
    "lie",
    [
        "send(answers, {'format': 'JPEG'})",
        "send(answers, {'format': 'JPEG', 'width_px': 5, 'height_px': 5, 'parts': {'../../x': 3}}, b'abc')",
        "send(answers, {'format': 'JPEG', 'width_px': 5, 'height_px': 5, 'parts': {'64': 3}}, b'abc')",
        "send(answers, {'format': 'JPEG', 'width_px': 5, 'height_px': 5, 'parts': {'64': 99}}, b'\\xff\\xd8\\xff')",
        "send(answers, {'format': 'EXE', 'width_px': -5, 'height_px': 5, 'parts': {}})",
        "answers.write(b'\\xff' * 64); answers.flush()",
        "answers.write(b'\\0\\0\\0\\2' + bytes(8) + b'[]'); answers.flush()",
    ],
)
def test_a_decoder_that_lies_is_not_believed(tmp_path, pictures, lie):
    with Ingest(tmp_path / "renditions", pool=DecoderPool(1, command=stand_in(tmp_path, lie))) as ingest:
        outcome = ingest.ingest_file(pictures.save("x.jpg"))
    assert isinstance(outcome, BadFile), outcome
    assert not list(tmp_path.rglob("64.jpg"))


def test_when_no_decoder_starts_the_import_ends_and_says_so(tmp_path, pictures):
    for n in range(20):
        pictures.save(f"{n}.png", pictures.scene(20, 20, n))
    pool = DecoderPool(1, command=(sys.executable, "-c", "raise SystemExit(3)"))
    with Ingest(tmp_path / "renditions", pool=pool) as ingest:
        run = ingest.start([pictures.folder])
        with pytest.raises(DecoderUnavailable, match="does not start"):
            list(run)
        assert run.state == "failed"
        assert run.progress.done < 20


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_memory_is_bounded(tmp_path, pictures):
    limits = Limits(memory_bytes=400 * 2**20)
    with Ingest(tmp_path / "renditions", workers=1, limits=limits) as ingest:
        import numpy as np
        from PIL import Image

        large = Image.fromarray(np.zeros((6_000, 6_000, 4), np.uint8))
        outcome = ingest.ingest_file(pictures.save("large.png", large, compress_level=1))
        assert isinstance(outcome, BadFile)
        assert "memory" in outcome.why
        assert isinstance(ingest.ingest_file(pictures.save("small.png")), IngestedAsset)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="needs /proc")
def test_what_a_decoder_may_do(pool, pictures):
    """It holds no file or socket beyond its pipes, writes no file, and knows no token of ours."""
    os.environ["VERNISSAGE_TOKEN"] = "secret"
    fresh = DecoderPool(1)
    try:
        fresh.decode(ASK, pictures.raw())
        (pid,) = fresh.process_ids
        kinds = {os.readlink(f"/proc/{pid}/fd/{fd}").split(":")[0] for fd in os.listdir(f"/proc/{pid}/fd")}
        limits = _read(f"/proc/{pid}/limits")
        environment = _read(f"/proc/{pid}/environ")
    finally:
        del os.environ["VERNISSAGE_TOKEN"]
        fresh.close()
    assert kinds == {"pipe", "/dev/null"}
    assert "secret" not in environment
    rows = {line[:26].strip(): line[26:].split() for line in limits.splitlines()}
    assert rows["Max file size"][:2] == ["0", "0"]
    assert rows["Max core file size"][:2] == ["0", "0"]
    assert rows["Max address space"][0] == str(Limits().memory_bytes)


def _read(path):
    with open(path) as file:
        return file.read()


def test_closing_ends_the_processes_even_at_work(tmp_path, pictures):
    pool = DecoderPool(1, Limits(deadline_s=30), stand_in(tmp_path, "time.sleep(60)"))
    caught = []

    def work():
        try:
            pool.decode(ASK, pictures.raw())
        except Refused as refusal:
            caught.append(refusal.why)

    thread = threading.Thread(target=work)
    thread.start()
    while not pool.process_ids:
        time.sleep(0.02)
    time.sleep(0.3)
    (pid,) = pool.process_ids
    pool.close()
    thread.join(10)
    assert not thread.is_alive()
    assert len(caught) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_decoders_end_when_their_parent_is_gone(tmp_path):
    """The pipe closes with the parent, however it died."""
    import subprocess

    script = (
        "import sys, time\n"
        "from platform_service.ingest.pool import DecoderPool\n"
        "pool = DecoderPool(1)\n"
        "try:\n    pool.decode({'edges_px': [64]}, b'no picture')\nexcept Exception:\n    pass\n"
        "print(pool.process_ids[0], flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()
    for _ in range(200):
        if not _is_alive(pid):
            return
        time.sleep(0.02)
    pytest.fail("the decoder outlived its parent")


def _is_alive(pid):
    try:
        return ") Z" not in _read(f"/proc/{pid}/stat")
    except (FileNotFoundError, ProcessLookupError):
        return False
