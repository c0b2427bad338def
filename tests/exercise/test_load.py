"""Thirty clients in one room: a change reaches half of them within 0.3 seconds, and a long session does not grow."""

from __future__ import annotations

import asyncio
import statistics
import time

import httpx
import pytest

CLIENTS = 30


async def listener(
    base: str, code: str, number: int, heard: dict[int, float], ready: asyncio.Event, stop: asyncio.Event
):
    """One phone: joins, listens to the stream, fetches its page at every change."""
    async with httpx.AsyncClient(base_url=base, follow_redirects=True, timeout=30) as client:
        await client.post("/join", data={"code": code, "alias": f"n{number}"})
        async with client.stream("GET", "/me/stream") as answer:
            first = True
            async for line in answer.aiter_lines():
                if not line.startswith("data:"):
                    continue
                if first:
                    first = False
                    ready.set()
                    continue
                page = await client.get("/me")
                if 'aria-current="step">通报' in page.text or 'aria-current="step">briefing' in page.text:
                    heard.setdefault(number, time.perf_counter())
                if stop.is_set():
                    return


async def push(school, session, teacher) -> list[float]:
    heard: dict[int, float] = {}
    stop = asyncio.Event()
    ready = [asyncio.Event() for _ in range(CLIENTS)]
    tasks = [asyncio.create_task(listener(school.base, session.code, i, heard, ready[i], stop)) for i in range(CLIENTS)]
    await asyncio.gather(*(r.wait() for r in ready))
    await asyncio.sleep(1.0)  # all have settled
    word = await asyncio.to_thread(teacher.word, f"/teacher/{session.sid}")
    began = time.perf_counter()
    await asyncio.to_thread(teacher.client.post, f"/teacher/{session.sid}/g1/do/next", data={"csrf": word})
    while len(heard) < CLIENTS and time.perf_counter() - began < 20:
        await asyncio.sleep(0.01)
    stop.set()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return [t - began for t in heard.values()]


@pytest.mark.slow
def test_thirty_clients_see_a_change_at_once(school):
    teacher = school.teacher()
    session = school.open(teacher)
    took = asyncio.run(push(school, session, teacher))
    assert len(took) == CLIENTS
    print(f"push to {CLIENTS} clients: median {statistics.median(took):.3f} s, last {max(took):.3f} s")
    assert statistics.median(took) < 0.3


@pytest.mark.slow
def test_a_long_session_does_not_grow(school):
    """Thousands of acts and fifty rounds played and undone: memory stays where it was after the first ones."""
    import gc
    import tracemalloc

    teacher = school.teacher()
    session = school.open(teacher, plan="quarters")
    me = school.player(session, "久", "committee")
    group = session.groups["g1"]

    def some(times):
        for _ in range(times):
            school.play_round(teacher, session)
            me.get("/me")
            school.act(teacher, session, "undo")
        gc.collect()

    some(5)
    tracemalloc.start()
    some(3)
    before = tracemalloc.get_traced_memory()[0]
    some(30)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert group.undone == 38
    assert grown < 3_000_000, f"grew by {grown} bytes"
