"""The desk over a real socket: what strangers, other pages and odd requests get."""

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from desks import CALL, running

LIGHTHOUSE = Path(__file__).resolve().parents[1] / "cases/lighthouse"
GETS = ["", "article/skerry-post", "static/desk.css", "static/desk.js", "api/articles"]
GETS += ["api/article/skerry-post", "api/codebook", "api/examples", "api/wording?edtf=2019-03"]
GETS += ["api/near?article=skerry-post&start=1&end=9", "api/date?article=skerry-post&start=1&end=9"]
POSTS = ["api/check", "api/step", "api/undo", "api/redo", "api/suggest"]
ROW = {"article_id": "skerry-post", "speaker": "mira-solvik", "issue": "automate", "stance": "2"}
ROW |= {"start": "266", "end": "300"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk") / "case"
    shutil.copytree(LIGHTHOUSE, folder)
    (folder / "secret.txt").write_text("not for the page")
    with running(folder) as one:
        one.folder = folder
        yield one


def step(desk, row=ROW, words=""):
    """A step of a new statement, as a page would say it now."""
    seen = desk.ask("api/articles").said["version"]
    change = {"table": "statements", "id": None, "before": None, "after": row}
    return {"seen": seen, "changes": [change], "words": words}


def rows(desk):
    return desk.ask("api/article/skerry-post").said["rows"]["statements"]


@pytest.mark.parametrize("path", GETS)
def test_what_is_asked_with_the_token_is_answered_under_a_policy(desk, path):
    answer = desk.ask(path)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status == 200
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "unsafe" not in policy and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert desk.token.encode() not in answer.body


@pytest.mark.parametrize("path", GETS)
def test_nothing_is_answered_without_the_token(desk, path):
    for headers in ({}, {"Authorization": "token 0"}, {"Cookie": "_xsrf=2|a|b|1"}):
        answer = desk.ask(path, token=False, headers=headers)
        assert answer.status in (302, 403) and b"skerry" not in answer.body.lower()
    assert desk.ask(f"{path}{'&' if '?' in path else '?'}token=0", token=False).status in (302, 403)


@pytest.mark.parametrize("path", POSTS)
def test_nothing_is_done_without_the_token(desk, path):
    before = rows(desk)
    for headers in ({}, {"Authorization": "token 0"}):
        assert desk.ask(path, "POST", step(desk), token=False, headers=headers).status == 403
    assert rows(desk) == before


@pytest.mark.parametrize("path", POSTS)
def test_a_cookie_alone_does_nothing_another_page_may_send_it(desk, path):
    before, cookie = rows(desk), desk.enter()
    forged = {"X-XSRFToken": "2|00000000|00000000000000000000000000000000|1"}
    for headers in (cookie, cookie | forged):
        assert desk.ask(path, "POST", step(desk), token=False, headers=headers).status == 403
    own = cookie | {"X-XSRFToken": desk.cookies["_xsrf"]}
    for origin in ("https://example.org", "null", f"http://127.0.0.1:{desk.port + 1}"):
        answer = desk.ask(path, "POST", step(desk), token=False, headers=own | {"Origin": origin})
        assert answer.status in (403, 404)
    assert rows(desk) == before


def test_the_page_itself_is_answered_with_its_cookies(desk):
    own = desk.enter() | {"X-XSRFToken": desk.cookies["_xsrf"]}
    own |= {"Origin": f"http://127.0.0.1:{desk.port}"}
    before = rows(desk)
    answer = desk.ask("api/step", "POST", step(desk), token=False, headers=own)
    assert answer.status == 200 and len(rows(desk)) == len(before) + 1
    undone = {"seen": answer.said["version"]}
    assert desk.ask("api/undo", "POST", undone, token=False, headers=own).status == 200
    assert rows(desk) == before


def test_a_foreign_host_is_refused_so_that_no_name_leads_here(desk):
    for host in ("example.org", f"example.org:{desk.port}", "127.0.0.1.example.org"):
        answer = desk.ask("api/articles", headers={"Host": host})
        assert answer.status == 403 and b"skerry" not in answer.body
    assert desk.ask("api/articles", headers={"Host": f"localhost:{desk.port}"}).status == 200


SHUT = ["api/contents", "api/contents/case.yaml", "files/secret.txt", "files/case.yaml", "view/x"]
SHUT += ["api/kernels", "api/kernelspecs", "api/sessions", "api/terminals", "terminals/1", "tree"]
SHUT += ["nbconvert/html/x.ipynb", "lab", "notebooks/x.ipynb", "edit/case.yaml", "api/shutdown"]
SHUT += [
    "terminals/websocket/1",
    "api/config/x",
    "api/events/subscribe",
    "lsp/ws/x",
    "doc",
    "voila",
]


@pytest.mark.parametrize("path", SHUT)
def test_what_jupyter_would_serve_besides_is_not_there(desk, path):
    for method in ("GET", "POST"):
        answer = desk.ask(path, method, b"{}" if method == "POST" else None, base="/")
        assert answer.status == 404, (method, path)
        assert desk.token.encode() not in answer.body and b"not for the page" not in answer.body


OUT = ["static/../secret.txt", "static/..%2f..%2fsecret.txt", "static/%2e%2e/base.html.jinja"]
OUT += ["static/base.html.jinja", "article/..", "article/..%2fcodebook", "api/article/..%2f..%2fx"]
OUT += ["api/article/%00", "article/%ff", "..%2f..%2fetc%2fpasswd", "static/%2fetc%2fpasswd", "x"]
OUT += ["api/near?article=..%2Fcase&start=1&end=2", "api/date?article=none&start=1&end=2"]


@pytest.mark.parametrize("path", OUT)
def test_no_path_leads_out_of_the_case(desk, path):
    answer = desk.ask(path)
    assert answer.status in (400, 404), (path, answer.body)
    assert b"not for the page" not in answer.body and b"root:" not in answer.body
    assert desk.token.encode() not in answer.body


def test_settling_is_not_there_without_asking_for_it(desk):
    for path in ("settle", "codebook", "api/settle"):
        assert desk.ask(path).status == 404
    for path in ("api/decide", "api/codebook", "api/take"):
        assert desk.ask(path, "POST", {}).status in (404, 405)


def test_another_coder_cannot_be_asked_for(desk):
    before = {path: path.read_bytes() for path in (desk.folder / "coding/pass-b").iterdir()}
    for path in ("api/articles?coder=pass-b", "api/article/skerry-post?coder=pass-b"):
        assert b"pass-b" not in desk.ask(path).body and b'"b-' not in desk.ask(path).body
    answer = desk.ask("api/step", "POST", step(desk, ROW | {"coder": "pass-b"}))
    assert answer.status == 422 and answer.said["problems"][0]["field"] == "coder"
    change = {"table": "statements", "id": "b-s01", "before": {"issue": "x"}, "after": None}
    answer = desk.ask("api/step", "POST", step(desk) | {"changes": [change]})
    assert answer.status == 409
    after = {path: path.read_bytes() for path in (desk.folder / "coding/pass-b").iterdir()}
    assert before == after
    read = b"".join(desk.ask(path).body for path in GETS)
    assert b"pass-b" not in read and b"b-s0" not in read


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b"[" * 100_000, b"\xff", b'{"seen": NaN}', b'{"changes": {}}'],
    ids=lambda body: repr(body[:12]),
)
@pytest.mark.parametrize("path", POSTS)
def test_a_body_of_another_form_is_refused(desk, path, body):
    answer = desk.ask(path, "POST", body)
    assert answer.status in (400, 409) and "told" in answer.said


def test_an_oversized_body_is_refused_and_the_desk_goes_on(desk):
    before = rows(desk)
    with socket.create_connection(("127.0.0.1", desk.port), 30) as line:
        head = f"POST {desk.base}api/step HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\n"
        head += f"Authorization: token {desk.token}\r\nContent-Length: 5000000\r\n\r\n"
        line.sendall(head.encode())
        answer = line.recv(100)
    assert b" 400 " in answer[:20] or b" 413 " in answer[:20] or answer == b""
    many = step(desk) | {"changes": step(desk)["changes"] * 201}
    assert desk.ask("api/step", "POST", many).status == 400
    long = step(desk, ROW | {"note": "x" * 200_000})
    answer = desk.ask("api/step", "POST", long)
    assert answer.status == 422 and len(answer.body) < 10_000
    assert rows(desk) == before


SCRIPT = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>"


def test_script_in_every_field_is_text(desk):
    answer = desk.ask("api/step", "POST", step(desk, ROW | {"note": SCRIPT}, words=SCRIPT[:99]))
    assert answer.status == 200
    for path in GETS:
        answer = desk.ask(path)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert b"<script>alert" not in answer.body
        elif path.startswith("api"):
            assert answer.headers["Content-Type"].startswith("application/json")
    bad = {name: SCRIPT for name in ("speaker", "issue", "stance", "date_edtf", "lang", "start")}
    answer = desk.ask("api/check", "POST", {"table": "statements", "row": bad})
    assert answer.status == 200 and {one["field"] for one in answer.said["problems"]} >= {"speaker"}
    for path in ("article/<script>alert(1)</script>", "<script>alert(1)</script>"):
        page = desk.ask(path.replace("<", "%3C").replace(">", "%3E"))
        assert page.status == 404 and b"<script>alert" not in page.body
    desk.ask("api/undo", "POST", {"seen": desk.ask("api/articles").said["version"]})


def test_pages_of_an_article_with_markup_in_its_title_show_it_as_text(tmp_path):
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "case"))
    sidecar = folder / "articles/skerry-post.yaml"
    text = sidecar.read_text(encoding="utf-8")
    title = json.dumps(SCRIPT)
    sidecar.write_text(text.replace('"Keepers vow to stay at Cape Skerry"', title, 1))
    with running(folder) as desk:
        for path in ("", "article/skerry-post"):
            answer = desk.ask(path)
            assert answer.status == 200 and b"<script>alert" not in answer.body
            assert b"&lt;script&gt;alert" in answer.body


def test_the_users_own_configuration_of_jupyter_is_not_read(tmp_path):
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "case"))
    home = tmp_path / "case-home"
    home.mkdir()
    for name in ("jupyter_server_config", "jupyter_config", "jupyter_dispute_desk_config"):
        text = "c.ServerApp.disable_check_xsrf = True\nc.IdentityProvider.token = ''\n"
        (home / f"{name}.py").write_text(text)
    with running(folder) as desk:
        assert desk.token and desk.ask("api/articles", token=False).status == 403
        assert desk.ask("api/undo", "POST", {}, token=False, headers=desk.enter()).status == 403


def test_behind_a_proxy_all_addresses_lie_below_its_path(tmp_path):
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "case"))
    words = ("--base-url", "/user/ada", "--host", "hub.example.org")
    with running(folder, "pass-a", *words) as desk:
        assert desk.base == "/user/ada/desk/"
        page = desk.ask("", headers={"Host": "hub.example.org"})
        assert page.status == 200 and b'href="/user/ada/desk/static/desk.css"' in page.body
        assert desk.ask("api/articles").status == 200
        assert desk.ask("api/articles", base="/desk/").status == 404
        assert desk.ask("", headers={"Host": "other.example.org"}).status == 403


def test_a_desk_ends_well_and_says_what_keeps_it_from_beginning(tmp_path):
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "case"))

    def called(*words):
        call = [sys.executable, "-c", CALL, "desk", str(folder), "--no-browser", *words]
        return subprocess.run(call, capture_output=True, text=True, timeout=90)

    with running(folder) as desk:
        desk.ask("api/step", "POST", step(desk))
        same = called("--coder", "pass-a")
        assert same.returncode == 2 and "open in another desk" in same.stderr
        taken = called("--coder", "pass-b", "--port", str(desk.port))
        assert taken.returncode == 2 and f"port {desk.port}" in taken.stderr
        assert desk.stop() == 0
    assert "a-s14" in (folder / "coding/pass-a/statements.csv").read_text()
    assert not (folder / "coding/pass-a/.desk").exists()
    settled = called("--coder", "adjudicated")
    assert settled.returncode == 2 and "the settled set" in settled.stderr
    (folder / "codebook/actors.csv").write_text("actor_id,nam\nx,y\n")
    wrong = called("--coder", "pass-a")
    assert wrong.returncode == 2 and "codebook/actors.csv, row 1, name" in wrong.stderr
    assert "Traceback" not in same.stderr + taken.stderr + settled.stderr + wrong.stderr
