"""Would the quick tests notice a wrong engine? Each small change to a core module is tried on the tests that run what it changes.

mutmut writes the changes; this module tries them. The tests are collected once, with everything imported and the rules read. For
each change a fork of that process exchanges the code of one function and runs the tests until the first one fails, those first
that noticed other changes to the same function. So a change costs a fork and a test or two, and no diagram is there that was built
before the change was made.

A function that runs while modules are imported or rules are read has done its work before the fork. Its changes that no test
notices there are tried again from the beginning: a process that has imported nothing yet, the change in place, every test.

    python -m build_scripts.prove.engine_mutation conditions deadlines
"""

import argparse
import ast
import contextlib
import difflib
import fnmatch
import gc
import importlib
import importlib.machinery
import itertools
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from pathlib import Path
from types import CodeType

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESULTS, TOTALS = ROOT / "mutants" / "engine.jsonl", ROOT / "mutants" / "totals.json"
KILLED = ("failed", "endless", "crashed")
# Stacks of diagrams fit into it many times over; a change that makes a list grow for ever does not.
MEMORY = 3 * 2**30
# Seconds that each change gets at first. The rest of the tests follow when every change has had as much.
QUICK = 1


@dataclass(frozen=True)
class Change:
    """One small change: its name is mutmut's, its function the qualified name within the module."""

    name: str
    module: str
    function: str
    code: CodeType
    defaults: tuple
    keyword_defaults: tuple
    lines: tuple


# What mutmut writes


def changes_of(module):
    """(changes, controls): every :class:`Change` that mutmut makes to ``decision_logic/<module>.py``, and for each function that
    it changes one that changes nothing."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    path = ROOT / "decision_logic" / f"{module}.py"
    mutated = mutate_file_contents(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    codes = {code.co_name: code for code in _codes(compile(mutated.code, str(path), "exec"))}
    trees = {node.name: node.args for node in ast.walk(ast.parse(mutated.code)) if isinstance(node, ast.FunctionDef)}
    text = mutated.code.splitlines()

    def change(name):
        original = name.partition("__mutmut_")[0]
        function = original.removeprefix("x_") if original.startswith("x_") else ".".join(original.split("ǁ")[1:])
        unchanged = f"{original}__mutmut_orig"
        before, after = ([line.replace(one, function.rpartition(".")[2]) for line in text[span.start - 1 : span.end]]
                         for one in (unchanged, name) for span in [mutated.line_span_by_function_name[one]])
        return Change(
            f"decision_logic.{module}.{name}", module, function,
            codes[name].replace(co_name=function.rpartition(".")[2], co_qualname=function),
            _new_defaults(trees[name].defaults, trees[unchanged].defaults),
            _new_defaults(trees[name].kw_defaults, trees[unchanged].kw_defaults),
            tuple(line for line in difflib.unified_diff(before, after, n=0, lineterm="") if not line.startswith(("---", "+++", "@@"))),
        )

    functions = dict.fromkeys(name.partition("__mutmut_")[0] for name in mutated.mutant_names)
    return [change(name) for name in mutated.mutant_names], [change(f"{name}__mutmut_orig") for name in functions]


def _new_defaults(changed, original):
    """The default values as text, where they differ, else ()."""
    texts = [tuple(ast.unparse(one) if one else None for one in those) for those in (changed, original)]
    return texts[0] if texts[0] != texts[1] else ()


def _codes(code):
    """The code of every function of a module and its classes."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


# Putting a change in place


def put_in_place(change):
    """Exchange the code of the function that the change is made to."""
    module = importlib.import_module(f"decision_logic.{change.module}")
    function = _function(module, change.function)
    function.__code__ = change.code
    if change.defaults:
        function.__defaults__ = tuple(eval(one, vars(module)) for one in change.defaults)
    if change.keyword_defaults:
        names = list(function.__code__.co_varnames[function.__code__.co_argcount :])
        function.__kwdefaults__ = {name: eval(one, vars(module)) for name, one in zip(names, change.keyword_defaults, strict=False) if one}


def _function(module, qualified):
    owner, _, name = qualified.rpartition(".")
    found = vars(getattr(module, owner) if owner else module)[name]
    return getattr(found, "__func__", found)


def put_in_place_on_import(change):
    """Exchange the code of the function as soon as its module is imported, before anything calls it."""
    loader, path = importlib.machinery.SourceFileLoader, str(ROOT / "decision_logic" / f"{change.module}.py")
    get_code = loader.get_code

    def changed(self, fullname):
        code = get_code(self, fullname)
        return _exchanged(code, change) if self.path == path else code

    loader.get_code = changed


def _exchanged(code, change):
    """The code of a module or class with that of one function in it exchanged."""
    parts = []
    for one in code.co_consts:
        if isinstance(one, CodeType):
            one = change.code if one.co_qualname == change.function else _exchanged(one, change)
        parts.append(one)
    return code.replace(co_consts=tuple(parts))


# Which test runs which function


class Watch:
    """Which functions of the core run, as (module, qualified name); cheap, since each is told once and then no more."""

    def __init__(self):
        self.seen = set()
        self.tool = sys.monitoring.PROFILER_ID
        sys.monitoring.use_tool_id(self.tool, "engine mutation")
        sys.monitoring.register_callback(self.tool, sys.monitoring.events.PY_START, self._start)
        sys.monitoring.set_events(self.tool, sys.monitoring.events.PY_START)

    def _start(self, code, _offset):
        path = Path(code.co_filename)
        if path.parent == ROOT / "decision_logic":
            self.seen.add((path.stem, code.co_qualname.partition(".<locals>")[0]))
        return sys.monitoring.DISABLE

    def again(self):
        """Forget what was seen."""
        self.seen = set()
        sys.monitoring.restart_events()

    def stop(self):
        """Watch no more."""
        sys.monitoring.set_events(self.tool, 0)
        sys.monitoring.free_tool_id(self.tool)


# Forks


def in_forks(jobs, workers):
    """Run each job (name, function) in a fork of this process; yields (name, what the function said, signal or 0) as they end."""
    running, jobs = {}, iter(jobs)
    try:
        while True:
            while len(running) < workers and (job := next(jobs, None)):
                file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (what was said stays there, however the fork ends)
                sys.stdout.flush()
                pid = os.fork()
                if not pid:
                    _in_fork(job[1], file)
                running[pid] = job[0], file
            if not running:
                return
            pid, status = os.wait()
            name, file = running.pop(pid)
            file.seek(0)
            said = [json.loads(line) for line in file]
            file.close()
            code = os.waitstatus_to_exitcode(status)
            if code > 0:
                raise RuntimeError(f"trying {getattr(name, 'name', name)} went wrong: {said[-1] if said else code}")
            yield name, said, -code
    finally:  # whoever stops this leaves nothing running
        for pid in running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _in_fork(function, file):
    status = 1

    def say(thing):
        file.write(json.dumps(thing) + "\n")
        file.flush()

    try:
        with open(os.devnull, "w") as nowhere:
            for stream in (1, 2):
                os.dup2(nowhere.fileno(), stream)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            function(say)
            status = 0
    except BaseException as error:
        say(f"{type(error).__name__}: {error}")
    finally:
        os._exit(status)


def stop_after(seconds):
    """End this process (SIGPROF) when it has worked that long from now. Time in which others had the processor does not count."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


# Trying changes on collected tests


class Trial:
    """A pytest plugin: once the tests are collected it tries the changes on them instead of running them."""

    def __init__(self, changes, controls, watch, workers, record):
        self.changes, self.controls, self.watch, self.workers, self.record = changes, controls, watch, workers, record
        self.on_import, self.problem = set(watch.seen), None

    def pytest_runtestloop(self, session):
        """Learn what each test runs, then try each change."""
        self.early, self.items = set(self.watch.seen), session.items
        gc.freeze()  # a fork that tidies up would copy all that is there
        try:
            self._learn()
            self.watch.stop()
            self.rules = load_rules_again()
            self._control()
            undecided = list(self._try([(change, ()) for change in self.changes], QUICK))
            list(self._try(undecided, None))
        except RuntimeError as error:
            self.problem = str(error)
        return True

    def pytest_runtest_logreport(self, report):
        """Keep in mind whether the test that runs has failed."""
        self.failed = self.failed or report.failed

    def _run(self, item, following):
        self.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return not self.failed

    def _learn(self):
        """Which functions each test runs, and how long it takes; each in a fork, so that none relies on what another has built."""

        def alone(item):
            def learn(say):
                self.watch.again()
                start = time.process_time()
                passed = self._run(item, None)
                say([passed, time.process_time() - start, sorted(self.watch.seen)])

            return learn

        self.seconds, self.of_function = {}, defaultdict(list)
        self.noticed = defaultdict(Counter)  # by function: which tests noticed changes to it
        for place, said, stopped in in_forks(((place, alone(item)) for place, item in enumerate(self.items)), self.workers):
            if stopped or not said[0][0]:
                raise RuntimeError(f"{self.items[place].nodeid} fails without any change")
            self.seconds[place] = said[0][1]
            for one in said[0][2]:
                self.of_function[tuple(one)].append(place)
        print(f"{len(self.items)} tests, {sum(self.seconds.values()):.0f} s one by one", flush=True)

    def _control(self):
        """With every function exchanged for itself each test passes: what fails later fails through the change."""

        def control(say):
            for change in self.controls:
                put_in_place(change)
            failing = [item.nodeid for item, following in itertools.zip_longest(self.items, self.items[1:]) if not self._run(item, following)]
            say(failing if self.rules == load_rules_again() else ["the rules are read differently"])

        for _, said, stopped in in_forks([("the control", control)], 1):
            if stopped or said != [[]]:
                raise RuntimeError(f"fails without any change: {said}")

    def _try(self, changes, budget):
        """Try each (change, tests that it has passed already); yields those that the budget of seconds did not suffice for."""
        passed = dict(changes)

        def trial(change):
            function = change.module, change.function
            done, by = set(passed[change]), self.noticed[function]
            places = sorted((one for one in self.of_function[function] if one not in done), key=lambda one: (-by[one], self.seconds[one]))

            def run(say):
                put_in_place(change)
                start = time.process_time()
                for place, following in itertools.zip_longest(places, places[1:]):
                    if budget and time.process_time() - start > budget:
                        return say("undecided")
                    say(place)
                    stop_after(3 + 10 * self.seconds[place])
                    if not self._run(self.items[place], self.items[following] if following is not None else None):
                        return say("failed")
                stop_after(60)
                if function in self.on_import or (function in self.early and not self._reads_the_same()):
                    return say("early")
                say("survived")

            return run

        for change, said, stopped in in_forks(((change, trial(change)) for change, _ in changes), self.workers):
            places = [one for one in said if isinstance(one, int)]
            fate = said[-1] if not stopped else "endless" if stopped == signal.SIGPROF else "crashed"
            if fate in KILLED and places:
                self.noticed[change.module, change.function][places[-1]] += 1
            tried = len(passed[change]) + len(places)
            self.record(change, fate, tried, self.items[places[-1]].nodeid if places and fate in KILLED else None)
            if fate == "undecided":
                yield change, (*passed[change], *places)

    def _reads_the_same(self):
        try:
            return self.rules == load_rules_again()
        except Exception:
            return False


def load_rules_again():
    """All parts of the rules, read anew."""
    from build_scripts.load import load_rules

    rules = load_rules().rules
    return {field.name: getattr(rules, field.name) for field in fields(rules)}


def try_on_collected(changes, controls, arguments, workers, record):
    """Try changes on tests that are collected once."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        pid = os.fork()
        if not pid:
            try:
                os.setpgid(0, 0)
                file.write(_problem_of_trial(changes, controls, arguments, workers, record))
            except BaseException as error:
                file.write(f"{type(error).__name__}: {error}")
            finally:
                file.flush()
                os._exit(0)
        try:
            os.waitpid(pid, 0)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        file.seek(0)
        if problem := file.read():
            raise SystemExit(f"mutate-engine: {problem}")


def _problem_of_trial(changes, controls, arguments, workers, record):
    """Try the changes in this process; what went wrong, or nothing."""
    watch = Watch()
    for module in {change.module for change in changes}:
        importlib.import_module(f"decision_logic.{module}")
    trial = Trial(changes, controls, watch, workers, record)
    status = pytest.main([*arguments, "--capture=no"], plugins=[trial])
    return trial.problem or (f"pytest ended with {status}" if status not in (0, 5) else "")


# Trying changes from the beginning


def try_from_the_beginning(changes, arguments, workers, record):
    """Try each change in a process that has imported nothing of the core, so that it also changes what runs while rules are read."""

    def trial(change):
        def run(say):
            stop_after(120)
            if change:
                put_in_place_on_import(change)
            say(int(pytest.main([*arguments, "-x"])))

        return run

    for change, said, stopped in in_forks(((change, trial(change)) for change in [None, *changes]), workers):
        if not change:
            if stopped or said != [0]:
                raise SystemExit("mutate-engine: the tests fail without any change")
            continue
        if said[-1:] in ([4], [5]):
            raise SystemExit(f"mutate-engine: pytest cannot be run: status {said[-1]}")
        fate = ("endless" if stopped == signal.SIGPROF else "crashed") if stopped else "failed" if said[-1] else "survived"
        record(change, fate, None, "a run from the beginning" if fate in KILLED else None)


# The command


def main(given=None):
    """Try the changes that are asked for, and say what became of them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutate-engine"]
    parser = argparse.ArgumentParser(prog="mutate-engine", description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="*", help="a module (conditions) or a pattern of names (decision_logic.space.x_cut*); none: everything")
    parser.add_argument("--sample", type=int, metavar="N", help="only N changes of each module, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="for --sample (1)")
    parser.add_argument("--left", action="store_true", help="only those that no run so far has noticed, or none has tried")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="how many at a time (one for each processor)")
    options = parser.parse_args(given)
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("mutate-engine: stopped"))
    names = [module for module in settings["modules"] if not options.what or any(_meant(what, module) for what in options.what)]
    if not names:
        parser.error(f"nothing is called {' or '.join(options.what)}: expected one of {', '.join(settings['modules'])}, or a pattern")
    arguments = ["-q", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", *settings["tests"]]
    made = {module: changes_of(module) for module in names}
    chosen, controls = _chosen(made, options), [one for _, those in made.values() for one in those]
    known = _known()
    if options.left:
        chosen = [change for change in chosen if known.get(change.name, {}).get("fate") not in KILLED]
        chosen.sort(key=lambda change: change.name not in known)  # what was begun is brought to an end first
    _begin(made, known, set() if options.left else {change.name for change in chosen} if options.what else set(known))
    start = time.monotonic()
    if chosen:
        try_on_collected(chosen, controls, arguments, options.workers, record)
        known = _known()
        early = [change for change in chosen if known[change.name]["fate"] == "early"]
        if early:
            try_from_the_beginning(early, arguments, options.workers, record)
    print(f"{len(chosen)} changes tried in {time.monotonic() - start:.0f} s")
    report(names)


def _meant(what, module):
    return what == module or what.startswith(f"decision_logic.{module}.")


def _chosen(made, options):
    """The changes asked for, in an order drawn at random: a run that is stopped has tried a random sample of each module."""
    chosen, draw = [], random.Random(options.seed)
    for module, (changes, _) in made.items():
        patterns = [what for what in options.what if what.startswith(f"decision_logic.{module}.")]
        meant = [change for change in changes if not patterns or module in options.what or any(fnmatch.fnmatch(change.name, one) for one in patterns)]
        chosen += draw.sample(meant, min(options.sample or len(meant), len(meant)))
    draw.shuffle(chosen)
    return chosen


def _begin(made, known, forgotten):
    """Write the results anew: how many changes there are, and what is known of those that still are and are not tried again."""
    RESULTS.parent.mkdir(exist_ok=True)
    names = {change.name for changes, _ in made.values() for change in changes}
    kept = [one for name, one in known.items() if name not in forgotten and (name in names or one["module"] not in made)]
    RESULTS.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf-8")
    TOTALS.write_text(json.dumps({**_totals(), **{module: len(changes) for module, (changes, _) in made.items()}}), encoding="utf-8")


def record(change, fate, tests, through):
    """Write down what became of a change, at once: a run can be stopped and continued."""
    one = {"name": change.name, "module": change.module, "fate": fate, "tests": tests, "through": through, "lines": change.lines}
    with RESULTS.open("a", encoding="utf-8") as results:
        results.write(json.dumps(one) + "\n")


def _known():
    """{name: what became of it}, the last word on each."""
    if not RESULTS.exists():
        return {}
    return {one["name"]: one for one in map(json.loads, RESULTS.read_text(encoding="utf-8").splitlines())}


def _totals():
    return json.loads(TOTALS.read_text(encoding="utf-8")) if TOTALS.exists() else {}


def report(modules):
    """Say for each module how many changes there are, were tried, were noticed, and which were not."""
    known, totals = _known().values(), _totals()
    print(f"{'':<12}" + "".join(f"{title:>10}" for title in ("changes", "run", "killed", "endless", "crashed", "survived", "open")))
    for module in modules:
        fates = Counter(one["fate"] for one in known if one["module"] == module)
        figures = [totals[module], fates.total(), sum(fates[one] for one in KILLED), *(fates[one] for one in ("endless", "crashed", "survived"))]
        figures.append(fates["undecided"] + fates["early"])
        print(f"{module:<12}" + "".join(f"{figure:>10}" for figure in figures))
    for one in known:
        if one["module"] in modules and one["fate"] not in KILLED:
            print(f"{one['name']}: {one['fate']}, {one['tests']} tests run it")
            print("".join(f"    {line[0]} {line[1:].strip()}\n" for line in one["lines"]), end="")


if __name__ == "__main__":
    main()
