"""Print the page of indicators: python -m sim.observe > docs/indicators.md."""

import sys

from sim.observe.indicators import table

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
sys.stdout.write(table())
