"""Who gets in: one browser for each link. Who does not: other sites, other names, other servers of this machine."""

from __future__ import annotations

import re

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from grader.web import areas
from grader.web.app import AREAS, make_app
from grader.web.people import Learner, opened, sealed
from grader.web.state import ServerState
from tests.web.conftest import ADA, ORIGIN, csrf

CROSS = {"Sec-Fetch-Site": "cross-site"}
LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


# ---------------------------------------------------------------- the link


def test_a_link_lets_one_browser_in_once(state: ServerState, stranger: TestClient) -> None:
    assert stranger.get("/work").status_code == 403
    token = state.invited(ADA)
    entered = stranger.get("/enter", params={"token": token})
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert stranger.get("/work").status_code == 200
    assert stranger.get("/enter", params={"token": token}).headers["location"] == "/"  # Ada again
    stranger.cookies.clear()
    refused = stranger.get("/enter", params={"token": token})
    assert refused.status_code == 403
    assert "used already" in refused.text
    assert stranger.get("/enter", params={"token": ""}).status_code == 403


def test_a_browser_stays_signed_in_when_the_server_starts_again(state: ServerState, client: TestClient) -> None:
    again = ServerState({ADA.key: ADA}, state.key, state.folder, state.desk)
    with TestClient(make_app(again), base_url=ORIGIN, cookies=client.cookies) as other:
        assert other.get("/work").status_code == 200


def test_a_cookie_that_was_not_signed_here_is_none(state: ServerState) -> None:
    value = sealed(ADA, state.key)
    people = {"ada": ADA, "ben": Learner("ben", "Ben")}
    found = opened(value, people, state.key)
    assert found is not None
    assert found.learner is ADA
    assert opened(value, {"ben": people["ben"]}, state.key) is None  # she is no longer here
    forged = [value[:-1] + ("0" if value[-1] != "0" else "1"), sealed(ADA, b"x" * 32), "", ".", "a.b.c.d", "é.1.2.3"]
    assert [opened(one, people, state.key) for one in forged] == [None] * len(forged)


# ---------------------------------------------------------------- others


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8888"},  # another server on this machine
        CROSS,
        CROSS | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        CROSS | {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    ],
)
def test_other_sites_read_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/work", headers=headers).status_code == 403
    assert client.get("/static/x/style.css", headers=headers).status_code == 403


def test_other_sites_may_lead_here_and_change_nothing(client: TestClient) -> None:
    assert client.get("/work", headers=CROSS | LINK).status_code == 200
    assert client.post("/work", headers=CROSS | LINK).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8417", "127.0.0.1.evil.example", "0.0.0.0", "", "[::"])
def test_another_name_for_this_address_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/work", headers={"Host": host}).status_code == 400


# ---------------------------------------------------------------- forms


def paths_of_forms() -> list[str]:
    return [route.path for area in AREAS for route in area.routes if "POST" in (route.methods or ())]


def test_a_form_without_the_browsers_own_token_does_nothing(state: ServerState) -> None:
    done: list[str] = []

    def write(_: Request, form: object) -> Response:
        done.append("written")
        return PlainTextResponse("written")

    one = areas.Area("", "/x", [areas.post("/x", write)])
    with TestClient(make_app(state, [*AREAS, one]), base_url=ORIGIN) as client:
        client.get("/enter", params={"token": state.invited(ADA)})
        for token in ({}, {"csrf": ""}, {"csrf": "None"}, {"csrf": "é"}):
            assert client.post("/x", data=token).status_code == 403
        assert not done
        assert client.post("/x", data={"csrf": csrf(client)}).text == "written"
        assert client.post("/x", headers={"X-CSRF-Token": csrf(client)}).text == "written"


def test_every_form_of_the_areas_asks_for_the_token(client: TestClient) -> None:
    for path in paths_of_forms():
        assert client.post(re.sub(r"\{\w+(:\w+)?\}", "1", path)).status_code == 403, path


# ---------------------------------------------------------------- what answers carry


def test_every_answer_allows_our_own_files_alone(client: TestClient) -> None:
    for path in ("/work", "/nonsense", "/static/x/style.css", "/"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
    assert client.get("/work").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["..%2f..%2fapp.py", "%2e%2e/app.py", "app.py", "/etc/passwd", "..\\app.py", "style.css/.."]
)
def test_no_other_file_can_be_asked_for(client: TestClient, name: str) -> None:
    assert client.get(f"/static/x/{name}").status_code == 404


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/x", content=b"", headers={"Content-Length": str(1 << 40)})
    assert answer.status_code in (404, 413)


def test_an_error_of_ours_is_told_without_what_it_was(state: ServerState) -> None:
    def fail(_: Request) -> Response:
        raise ValueError("secret")

    one = areas.Area("", "/x", [areas.get("/x", fail)])
    app = make_app(state, [*AREAS, one])
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as client:
        client.get("/enter", params={"token": state.invited(ADA)})
        answer = client.get("/x")
    assert answer.status_code == 500
    assert "The grader itself failed" in answer.text
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers
