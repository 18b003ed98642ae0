"""`python -m platform_service`: the platform as a process of its own."""

import sys

from platform_service.program import main

if __name__ == "__main__":
    sys.exit(main())
