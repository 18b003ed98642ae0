"""A real S3-compatible server on loopback, in a process of its own, and a bucket in it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3

from platform_service.team_settings import ObjectStorage
from tests.platform_service.servers import answered

KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_DEFAULT_REGION": "us-east-1"}
SERVE = """
import logging, pathlib, sys, time
from moto.server import ThreadedMotoServer
logging.disable(logging.CRITICAL)
server = ThreadedMotoServer("127.0.0.1", 0)
server.start()
host, port = server.get_host_and_port()
whole = pathlib.Path(sys.argv[1])
whole.with_suffix(".part").write_text(f"http://{host}:{port}")
whole.with_suffix(".part").rename(whole)
while True:
    time.sleep(60)
"""


@contextmanager
def object_store(bucket: str = "vernissage") -> Iterator[ObjectStorage]:
    """A store while the block runs; its keys stand in the environment meanwhile."""
    before = {name: os.environ.get(name) for name in KEYS}
    os.environ.update(KEYS)
    with tempfile.TemporaryDirectory(prefix="vo-") as folder:
        told = Path(folder) / "where"
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(told)], stderr=subprocess.DEVNULL)
        try:
            answered(told.read_text, FileNotFoundError)
            settings = ObjectStorage(bucket=bucket, endpoint=told.read_text())
            client = boto3.client("s3", endpoint_url=settings.endpoint)
            client.create_bucket(Bucket=bucket)
            client.close()
            yield settings
        finally:
            process.kill()
            process.wait(10)
    for name, value in before.items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})
