"""How fast the program is on this machine: `make bench`.

Single runs (cold: kernels compiled into an empty cache; start: a new process with compiled kernels; warm: in a running
process), ten communities of 5,000 residents, throughput of a long study against all processors busy, memory, and the
time to answer. Writes benchmarks/latest.json beside this file and prints the same as a table.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
ONE = "import sim; sim.simulate(sim.load([{overrides}]))"
STANDARD = ["structure=one_plus_two", "community=commercial", "community.residents=5000", "years=5", "warmup_years=0"]
LARGE = [*STANDARD, "communities=10", "span=10"]
# Linux: a new process inherits the peak of its parent in ru_maxrss, but not in VmHWM.
BUSY = """
import sys, time
from sim.model.simulation import simulate_arms
from sim.scenario import load_study
from sim.scenario.uncertainty import with_numbers
study = load_study("structures", ["replicates=1"])
scenarios = study.scenarios()

def replicate(k):  # with the parameters that the study draws: runs with more cases take longer
    drawn = study.uncertainty.of(k)
    return [
        s.model_copy(update={{"replicate": k, "parameters": with_numbers(s.parameters, drawn)}}) for s in scenarios
    ]

simulate_arms(replicate(0))
sys.stdin.readline()
began, used, done, number = time.perf_counter(), time.process_time(), 0, int(sys.argv[1])
while time.perf_counter() - began < {seconds}:
    simulate_arms(replicate(number + done))
    done += 1
runs = done * len(scenarios)
print(runs / (time.perf_counter() - began), runs / (time.process_time() - used))
"""
WHOLE = """
import os, sys, time
began = time.perf_counter()
if __name__ == "__main__":
    from sim.scenario import load_study
    from sim.study import run
    summary = run(load_study("structures", ["replicates={replicates}"]), sys.argv[1])
    print(summary.recorded / (time.perf_counter() - began), time.perf_counter() - began)
"""
REPLICATES = 130
BUSY_SECONDS = 20.0
MEMORY = """
import pathlib, resource, sys, sim
sim.simulate(sim.load([{overrides}]))
status = pathlib.Path("/proc/self/status")
if status.exists():
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1))
"""


def quoted(overrides: list[str]) -> str:
    return ", ".join(repr(o) for o in overrides)


def process(*words: str, **extra: str) -> tuple[float, str]:
    """Seconds and output of a Python process of its own."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **extra},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return time.perf_counter() - began, done.stdout


def warm(overrides: list[str]) -> tuple[float, float]:
    """Median and smallest seconds of a run in this process, another seed each time."""
    import sim

    sim.simulate(sim.load([*overrides, "seed=1"]))
    seconds = []
    for k in range(RUNS):
        scenario = sim.load([*overrides, f"seed={100 + k}"])
        began = time.perf_counter()
        sim.simulate(scenario)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), min(seconds)


def busy() -> tuple[float, float]:
    """Runs a second with every processor busy on the model alone, and runs a second of processor time."""
    words = [sys.executable, "-c", BUSY.format(seconds=BUSY_SECONDS)]
    pipe = subprocess.PIPE
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    started = [
        subprocess.Popen([*words, str(1000 * k)], stdin=pipe, stdout=pipe, text=True, env={**os.environ, **one})
        for k in range(count)
    ]
    time.sleep(10.0)  # all have read the study and run it once
    for each in started:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    found = [each.communicate()[0].split() for each in started]
    return sum(float(rate) for rate, _ in found), statistics.mean(float(own) for _, own in found)


def throughput() -> dict[str, float]:
    """A whole study, from starting Python to its effects, beside the model alone on all processors before and after.

    The share by the clock means something on a machine that does nothing else; the share by processor time always.
    """
    before = busy()
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "whole.py"
        script.write_text(WHOLE.format(replicates=REPLICATES), encoding="utf-8")
        used = children_seconds()
        rate, seconds = (float(x) for x in process(str(script), str(Path(folder) / "out"))[1].split())
        used = children_seconds() - used
    after = busy()
    alone, by_processor = ((a + b) / 2 for a, b in zip(before, after, strict=True))
    found = {
        f"study of nine structures, {REPLICATES} replicates of 8 years, seconds": seconds,
        "runs a second of that study, planning, pairing, storing and effects included": rate,
        "runs a second with all processors busy on the model alone": alone,
        "share of the model's speed that the study reaches, by the clock": rate / alone,
    }
    if used:
        found["the same by processor time"] = rate * seconds / used / by_processor
    return found


def children_seconds() -> float:
    """Processor time of all processes started from here that have ended; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    facts = resource.getrusage(resource.RUSAGE_CHILDREN)
    return facts.ru_utime + facts.ru_stime


def measure() -> dict[str, float]:
    """Every figure by name; seconds unless the name says otherwise."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["gongzhi run, empty cache (compilation on all processors included)"] = process(
            "-m", "sim", "run", *STANDARD, f"results_dir={folder}/results", GONGZHI_CACHE=folder
        )[0]
    found["one run, new process, compiled before"] = process("-c", ONE.format(overrides=quoted(STANDARD)))[0]
    found["one run, warm, median"], found["one run, warm, smallest"] = warm(STANDARD)
    found["50,000 residents in ten communities, warm, median"] = warm(LARGE)[0]
    try:
        for name, overrides in (("5,000", STANDARD), ("50,000", LARGE)):
            peak = process("-c", MEMORY.format(overrides=quoted(overrides)))[1]
            found[f"peak memory with {name} residents, MB"] = int(peak) / 1024.0
    except subprocess.CalledProcessError:
        pass  # no `resource` module on this system
    with tempfile.TemporaryDirectory() as folder:
        chosen = ["replicates=10", f"results_dir={folder}", "only=paired_differences"]
        study = ["-m", "sim", "study", "structures", *chosen]
        seconds = process(*study)[0]
        runs = list(Path(folder).glob("*/provenance.json"))
        stated = json.loads(runs[0].read_text(encoding="utf-8"))
        inside = sum(float(e.get("seconds", 0.0)) for e in stated.get("executions", ())) or seconds
        found["study of nine structures, 10 replicates of 8 years, all in all"] = seconds
        found["runs a second in that study"] = 90.0 / inside
        chosen[0] = "replicates=1"
        found["study of one replicate, all in all"] = process("-m", "sim", "study", "structures", *chosen)[0]
    found |= throughput()
    found["gongzhi --help"] = min(process("-m", "sim", "--help")[0] for _ in range(3))
    found["gongzhi list indicators"] = min(process("-m", "sim", "list", "indicators")[0] for _ in range(3))
    return found


def main() -> None:
    """Measure, print, keep."""
    found = measure()
    machine = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count(),
        "date": time.strftime("%Y-%m-%d"),
    }
    print(", ".join(f"{k} {v}" for k, v in machine.items()))
    for name, value in found.items():
        print(f"{name:75} {value:10.3f}")
    text = json.dumps({"machine": machine, "figures": found}, indent=2) + "\n"
    Path(__file__).with_name("latest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
