"""The worker and its client in Chromium: answers under the policy, and every failure a state with a way on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.plain_server import POLICY, POLICY_WITHOUT_WASM, serve
from tests.in_node import ask_in_node
from tests.small_engine import write_engine, write_site

pytestmark = pytest.mark.browser

# Asks in the page and notes every state. A failure comes back as its reason.
ASK = """
async ({base, options, requests}) => {
  const { createEngine, FAILURES } = await import(base + "assets/javascripts/engine.js");
  const engine = createEngine({ baseUrl: base, ...options });
  const states = [];
  engine.onState((state) => states.push(state));
  const told = [];
  for (const request of requests) {
    try { told.push({ reply: await engine.ask(request) }); }
    catch (error) { told.push({ reason: error.reason, known: error.reason in FAILURES }); }
  }
  return { told, states };
}
"""

RETRY = """
async ({base}) => {
  const { createEngine } = await import(base + "assets/javascripts/engine.js");
  const engine = createEngine({ baseUrl: base });
  await engine.retry();
  return { reply: await engine.ask({ do: "smoke" }), state: engine.state };
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("engine")
    return write_site(folder / "site", write_engine(folder / "source"))


@pytest.fixture(scope="module")
def site(folder):
    with serve(folder, prefix="/some/where/") as site:
        yield site


@pytest.fixture
def page(chromium, site):
    """A page that has cached nothing, on a server without faults; `page.said` is what came to the console."""
    site.faults, site.policy, site.asked = {}, POLICY, []
    context = chromium.new_context()
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


def ask(page, site, *requests, **options):
    page.goto(site.address)
    requests = requests or ({"do": "smoke"},)
    return page.evaluate(ASK, {"base": site.address, "options": options, "requests": list(requests)})


def test_an_answer_comes_and_the_console_stays_empty(page, site):
    """Under the site's policy nothing is reported, and nothing is fetched from elsewhere."""
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url))
    result = ask(page, site)
    assert result["told"][0]["reply"]["ok"] is True
    assert page.said == []
    assert [url for url in elsewhere if not url.startswith(site.address)] == []


def test_the_answer_is_that_of_node_byte_for_byte(page, site, folder):
    """The same files give the same text in both places."""
    request = {"do": "smoke", "name": "Siân \u2028 🏡"}
    in_chromium = ask(page, site, request)["told"][0]["reply"]
    assert in_chromium == json.loads(ask_in_node(folder, [request]).replies[0])


def test_the_states_lead_from_idle_to_ready(page, site):
    """A reader sees what is being waited for; the bytes only grow and end at the total."""
    states = ask(page, site)["states"]
    assert [state["phase"] for state in states[:2]] == ["idle", "loading"]
    assert states[-1]["phase"] == "ready"
    loaded = [state["loaded"] for state in states]
    assert loaded == sorted(loaded)
    assert states[-1]["loaded"] == states[-1]["total"] > 0
    steps = [state["step"] for state in states if state["step"]]
    assert list(dict.fromkeys(steps)) == ["download", "python", "rules"]


def test_a_listener_that_fails_keeps_no_other_from_hearing(page, site):
    """Its error is reported; the engine starts all the same."""
    page.goto(site.address)
    told = page.evaluate("""
      async (base) => {
        const { createEngine } = await import(base + "assets/javascripts/engine.js");
        const engine = createEngine({ baseUrl: base });
        engine.onState((state) => { if (state.phase !== "idle") throw new Error("of a listener"); });
        const reply = await engine.ask({ do: "smoke" });
        return { ok: reply.ok, phase: engine.state.phase };
      }""", site.address)
    assert told == {"ok": True, "phase": "ready"}
    assert page.said
    assert all("of a listener" in one for one in page.said)


def test_one_start_serves_every_question(page, site):
    """The runtime is fetched once, however much is asked."""
    told = ask(page, site, {"do": "one"}, {"do": "two"}, {"do": "three"})["told"]
    assert [one["reply"]["answer"]["asked"]["do"] for one in told] == ["one", "two", "three"]
    assert len([path for path in site.asked if path.endswith(".wasm")]) == 1


def test_nothing_is_fetched_before_something_is_asked(page, site):
    """A page that is only read costs no download of Python."""
    page.goto(site.address)
    page.evaluate(
        "async (b) => (await import(b + 'assets/javascripts/engine.js')).createEngine({baseUrl: b}).state", site.address
    )
    assert not [path for path in site.asked if "/runtime/" in path or "/rules/" in path or "worker" in path]


def test_a_server_that_does_not_know_the_type_of_wasm_is_no_obstacle(page, site):
    """Many intranet servers are like that; the tool starts all the same."""
    site.faults = {".wasm": "no_type"}
    assert ask(page, site)["told"][0]["reply"]["ok"] is True
    assert page.said == []


@pytest.mark.parametrize(
    ("file", "fault", "reasons"),
    [
        ("assets-manifest.json", "missing", {"missing"}),
        ("assets-manifest.json", "garbage", {"wrong_file"}),
        ("assets-manifest.json", "never", {"time_out"}),
        ("javascripts/worker.js", "missing", {"no_worker"}),
        ("javascripts/python.js", "missing", {"no_worker"}),
        ("pyodide.js", "missing", {"offline"}),
        ("pyodide.asm.js", "missing", {"offline"}),
        ("pyodide.js", "never", {"time_out"}),
        (".wasm", "missing", {"missing"}),
        (".wasm", "sign_in_page", {"wrong_file"}),
        (".wasm", "garbage", {"damaged"}),
        (".wasm", "cut_off", {"offline"}),
        (".wasm", "never", {"time_out"}),
        ("python_stdlib.zip", "missing", {"missing"}),
        ("python_stdlib.zip", "garbage", {"damaged"}),
        ("python_stdlib.zip", "cut_off", {"offline"}),
        ("python_stdlib.zip", "never", {"time_out"}),
        ("pyodide-lock.json", "missing", {"missing"}),
        ("rules.json", "missing", {"missing"}),
        ("rules.json", "garbage", {"damaged"}),
        ("rules.json", "never", {"time_out"}),
    ],
)
def test_every_failed_download_ends_in_a_state(page, site, file, fault, reasons):
    """Nothing waits for ever: the reason is named, and asking again says the same without another download."""
    site.faults = {file: fault}
    limits = {"quietLimit": 2_000} if fault == "never" else {}
    result = ask(page, site, {"do": "smoke"}, {"do": "smoke"}, **limits)
    assert {one["reason"] for one in result["told"]} <= reasons
    assert all(one["known"] for one in result["told"])
    assert result["states"][-1]["phase"] == "failed"
    assert [state["phase"] for state in result["states"]].count("failed") == 1


def test_a_policy_against_wasm_is_named(page, site):
    """The browser would wait for ever here; the probe does not."""
    site.policy = POLICY_WITHOUT_WASM
    assert ask(page, site)["told"][0]["reason"] == "wasm_blocked"


def test_a_policy_against_workers_is_named(page, site):
    """Without a worker there is no tool, only the table."""
    site.policy = POLICY.replace("worker-src 'self'", "worker-src 'none'")
    assert ask(page, site)["told"][0]["reason"] == "no_worker"


def test_a_browser_without_wasm_is_told_so(page, site):
    """As where a device's lockdown mode takes it away."""
    page.add_init_script("delete globalThis.WebAssembly")
    assert ask(page, site)["told"][0]["reason"] == "no_wasm"


def test_a_page_of_other_rules_gets_no_answer(page, site):
    """A page that was kept from before an update must not show the answers of today's rules."""
    assert ask(page, site, rulesHash="0" * 16)["told"][0]["reason"] == "stale"


def test_a_slow_start_is_said_to_be_slow_and_still_ends_well(page, site):
    """While bytes arrive no time-out strikes, even when the whole takes longer than the limit."""
    site.faults = {".wasm": "slow"}
    result = ask(page, site, slowAfter=200, quietLimit=4_000)
    assert result["told"][0]["reply"]["ok"] is True
    assert any(state["slow"] for state in result["states"])
    assert result["states"][-1]["slow"] is False


def test_an_error_of_one_question_leaves_the_engine_alive(page, site):
    """A fault in Python is told to who asked, and the next question is answered."""
    told = ask(page, site, {"do": "raise"}, {"do": "smoke"})["told"]
    assert told[0]["reason"] == "internal"
    assert told[1]["reply"]["ok"] is True


def test_an_answer_that_never_comes_is_given_up(page, site):
    """The worker is stopped, so that the page does not keep a processor busy."""
    told = ask(page, site, {"do": "smoke"}, {"do": "loop"}, answerLimit=500)["told"]
    assert told[1]["reason"] == "no_answer"


def test_trying_again_helps_once_the_cause_is_gone(page, site):
    """A retry starts anew on the same page."""
    site.faults = {"python_stdlib.zip": "missing"}
    assert ask(page, site)["told"][0]["reason"] == "missing"
    site.faults = {}
    again = page.evaluate(RETRY, {"base": site.address})
    assert again["state"]["phase"] == "ready"
    assert again["reply"]["ok"] is True
