"""A run of everything raises no warning in a fresh interpreter, whatever this process has seen before."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import warnings
warnings.simplefilter("error")
import sim
from sim.model.simulation import Model
model = Model(sim.load(["community.residents=200", "years=1", "warmup_years=0", "package=proposed_boards"]))
model.run_until(6)
assert len(model.agents) > 200
model.agents.do(lambda agent: agent.row)
model.datacollector.get_model_vars_dataframe()
model.fork().run_until(8)
model.result()
"""


def test_no_warning_from_import_to_result():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
