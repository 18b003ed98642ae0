"""Loggers of libraries that would write headers, and with them tokens and keys, at DEBUG: they never say that much."""

import logging

TALKATIVE = ("uvicorn.error", "websockets", "httpx", "httpcore", "botocore", "boto3", "s3transfer", "urllib3")


def keep_secrets() -> None:
    """Whatever level the root has: from these nothing below INFO is written."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
