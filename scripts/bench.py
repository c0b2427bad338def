"""Seconds a run takes: a community of 5,000 residents, two years of warm-up and six after the reform."""

import statistics
import time

import sim

RUNS = 5


def main() -> None:
    """Compile with a first run that does not count, then time some more."""
    scenario = sim.load(["community.residents=5000"])
    began = time.perf_counter()
    sim.simulate(scenario)
    print(f"first run, compilation included: {time.perf_counter() - began:.1f} s")
    seconds = []
    for replicate in range(1, RUNS + 1):
        began = time.perf_counter()
        sim.simulate(scenario.at(replicate=replicate))
        seconds.append(time.perf_counter() - began)
    print(f"a run of {scenario.weeks} weeks: median {statistics.median(seconds):.3f} s over {RUNS} runs")


if __name__ == "__main__":
    main()
