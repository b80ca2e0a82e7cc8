"""The canary's own process."""

import sys

from infra.canary.singing import main

sys.exit(main(sys.stdin))
