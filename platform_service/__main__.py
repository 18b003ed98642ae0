"""`python -m platform_service`: the platform as a process of its own."""

import logging
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before numpy comes: its threads wait busily for each other, which costs three times what they save."""

from platform_service.program import main  # noqa: E402

if __name__ == "__main__":
    status = main()
    if (
        "--parent" in sys.argv
    ):  # a desktop waits for the end; all is closed, and taking the interpreter apart takes long
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)
