"""`python -m sim` is the same program as `gongzhi`."""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
