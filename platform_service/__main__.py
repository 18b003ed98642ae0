"""`python -m platform_service`: the platform as a process of its own."""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before numpy comes: its threads wait busily for each other, which costs three times what they save."""

from platform_service.program import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
