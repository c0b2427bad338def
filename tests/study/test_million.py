"""A store of a million runs stays usable: merged and queried in bounded memory, a group-by in about a second."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
RUNS, PARTS, METRICS = 1_000_000, 20, 20
MOST_MB = 1_200  # of the process that merges and queries; all numbers in memory at once would be more
MOST_SECONDS = 5.0  # of a group-by; about half a second on an idle machine
SCRIPT = r"""
import json, re, sys, time
from pathlib import Path
import numpy as np
import pyarrow as pa
from sim.store.folder import Folder
from sim.store.read import open_study

runs, parts, metrics = (int(x) for x in sys.argv[2:])
folder = Folder.create(Path(sys.argv[1]), "million")
arms = [f"arm{k}" for k in range(10)]
named = [{"name": a} for a in arms]
folder.write_study({"name": "million", "arms": named, "baseline": "arm0", "replicates": runs // 10})
folder.write_provenance({"executions": []})
rng = np.random.default_rng(1)
size = runs // parts
for part in range(parts):
    number = np.arange(part * size, (part + 1) * size)
    replicate = number // 10
    columns = {
        "run_id": pa.array([f"{n:016x}" for n in number]), "point": pa.array(np.zeros(size, np.int32)),
        "arm": pa.array(np.array(arms)[number % 10]), "replicate": pa.array(replicate),
        "status": pa.array(["ok"] * size), "message": pa.array([""] * size),
        **{f"m{k}": pa.array(rng.normal(number % 10, 1.0)) for k in range(metrics)},
        "exec_seconds": pa.array(np.full(size, 0.1)),
    }
    folder.add_part("runs", pa.table(columns))
del columns, number, replicate
began = time.perf_counter()
folder.compact(arms)
merged = time.perf_counter() - began
stored = open_study(folder.path)
means = ", ".join(f"avg(m{k}) as m{k}" for k in range(metrics))
sql = f"select arm, count(*) as n, {means} from runs group by arm order by arm"
stored.query("select count(*) from runs")  # the checksum is looked at once
began = time.perf_counter()
table = stored.query(sql)
seconds = time.perf_counter() - began
began = time.perf_counter()
paired = stored.query(
    "select a.arm, avg(a.m0 - b.m0) as d from runs a join runs b on a.point = b.point and a.replicate = b.replicate "
    "where b.arm = 'arm0' group by a.arm order by a.arm"
)
joined = time.perf_counter() - began
one = stored.columns("runs", ["arm", "m3"])
files = list((folder.path / "runs").glob("*.parquet"))
ordered = stored.query("select replicate from runs where arm = 'arm3'")["replicate"].to_numpy()
print(json.dumps({
    "files": len(files), "megabytes": sum(f.stat().st_size for f in files) / 1e6, "merge": merged, "group": seconds,
    "join": joined, "counts": table["n"].tolist(), "mean": table["m3"].tolist(), "paired": paired["d"].tolist(),
    "rows": len(one), "ordered": bool((np.diff(ordered) == 1).all()),
    "memory": int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024,
}))
"""


def test_a_million_runs(tmp_path: Path) -> None:
    # VmHWM and not ru_maxrss: the latter begins at the peak of the process that started this one.
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not say how much memory a process used by itself")
    words = [sys.executable, "-c", SCRIPT, str(tmp_path), *map(str, (RUNS, PARTS, METRICS))]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(found)
    assert found["files"] == 1 and found["counts"] == [RUNS // 10] * 10 and found["rows"] == RUNS
    assert found["mean"] == pytest.approx(range(10), abs=0.02) and found["ordered"]
    assert found["paired"] == pytest.approx(range(10), abs=0.02)
    assert found["memory"] < MOST_MB and found["group"] < MOST_SECONDS
    assert found["megabytes"] < 250
