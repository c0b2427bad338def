"""Schemathesis over every address of the exercise, as a participant and as the teacher: no answer is a failure."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from tests.exercise.test_security import FIELDS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # other people's deprecations
]
ENDS = ("/delete", "/leave", "/open", "/stream")  # end the game, or never end
EXAMPLES = 12


def described(routes) -> dict:
    """The addresses as OpenAPI: forms with any of the fields that some form has, and parameters that exist or not."""
    known = {"sid": 12, "gid": 2, "role": 12, "act": 8, "name": 8, "lang": 2, "token": 32}
    paths: dict = {}
    for route in routes:
        if not hasattr(route, "methods") or route.path.endswith(ENDS):
            continue
        names = re.findall(r"{(\w+)}", route.path)
        for method in route.methods - {"HEAD"}:
            about: dict = {"responses": {"200": {"description": "a page"}}}
            about["parameters"] = [
                {"name": n, "in": "path", "required": True,
                 "schema": {"type": "string", "minLength": 1, "maxLength": known[n]}}
                for n in names
            ]  # fmt: skip
            if method == "POST":
                fields = {n: {"type": "string", "maxLength": 40} for n in FIELDS}
                form = {"schema": {"type": "object", "properties": fields}}
                about["requestBody"] = {"content": {"application/x-www-form-urlencoded": form}}
            paths.setdefault(route.path, {})[method.lower()] = about
    return {"openapi": "3.0.3", "info": {"title": "exercise", "version": "1"}, "paths": paths}


@pytest.mark.parametrize("asks", ["teacher", "participant"])
def test_no_address_fails(school, asks):
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    for limit in (school.home.teaching, school.home.joining):
        limit.failed.clear()  # wrong words of the other run count against the same address
    teacher = school.teacher()
    session = school.open(teacher)
    me = school.player(session, "试", "committee")
    school.act(teacher, session, "next")
    person, home = (teacher, f"/teacher/{session.sid}") if asks == "teacher" else (me, "/me")
    word = person.word(home)
    cookies = dict(person.client.cookies)
    schema = schemathesis.openapi.from_dict(described(school.routes))
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal tried
            for name, value in (("sid", session.sid), ("gid", "g1"), ("role", "committee")):
                if name in case.path_parameters and tried % 2:
                    case.path_parameters[name] = value
            if isinstance(case.body, dict):
                case.body = {**case.body, "csrf": word}
            tried += 1
            answer = case.call(base_url=school.base, cookies=cookies, allow_redirects=False, timeout=30)
            assert answer.status_code < 500 or answer.status_code == 503, (case.method, case.path, case.body)

        ask()
    assert tried > 100
