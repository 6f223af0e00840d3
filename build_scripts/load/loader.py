"""From the folder of rule files to :class:`decision_logic.RuleSet`."""

from dataclasses import dataclass
from pathlib import Path

from build_scripts.load.yaml_text import Position, compose
from decision_logic import RuleError, RuleSet
from decision_logic.areas import at_home, with_additions
from decision_logic.errors import LONGEST_FOUND, shown
from decision_logic.model import PARTS
from decision_logic.shapes import describe

RULES = Path(__file__).resolve().parents[2] / "decision_logic" / "rules"
FOLDERS = (
    "sources",
    "calendars",
    "areas",
    "tools",
    "pathways",
)  # one entry a file; every other part is one file of entries
REQUIREMENTS = "requirements.yml"  # held against the rules, no part of them: see build_scripts/load/requirements.py


@dataclass(frozen=True)
class FileProblem:
    """One thing wrong in a rule file, with the place to look at."""

    file: Path
    position: Position
    found: str
    expected: str
    hint: str | None = None

    def __str__(self):
        lines = [
            f"{self.file.as_posix()}:{self.position.line}:{self.position.column}",
            f"  found:     {shown(self.found, LONGEST_FOUND)}",
            f"  expected:  {shown(self.expected)}",
        ]
        if self.hint:
            lines.append(f"  try:       {shown(self.hint, LONGEST_FOUND)}")
        return "\n".join(lines)


class RuleFileError(Exception):
    """The rule files are wrong. ``problems`` holds every :class:`FileProblem`, in the order of files and lines."""

    def __init__(self, problems):
        self.problems = sorted(problems, key=lambda one: (one.file.as_posix(), one.position.line, one.position.column))
        super().__init__(str(self))

    def __str__(self):
        count = len(self.problems)
        return "\n".join(
            [*(str(one) for one in self.problems), f"{count} problem{'s' if count != 1 else ''} in the rules"]
        )


@dataclass(frozen=True)
class Loaded:
    """The rules, the plain data that they are made of, and where each path of it stands."""

    rules: RuleSet
    plain: dict
    root: Path
    files: dict
    composed: dict

    def where(self, path, on_key=False):
        """(file, position) of a path through the plain data, or through what areas add to it."""
        _, origins = with_additions(self.plain, lambda *_: None)
        return _locate(at_home(tuple(path), origins), on_key, self.files, self.composed, self.root)


def load_rules(root=RULES):
    """Read every rule file below ``root``. Raises RuleFileError with all problems found."""
    root = Path(root)
    plain, files, composed, problems = {}, {}, {}, []
    for part in PARTS:
        plain[part] = {}
        if part in FOLDERS:
            for file in sorted((root / part).glob("*.yml")):
                files[(part, file.stem)] = file
        else:
            files[(part,)] = root / f"{part}.yml"
    known = {file.resolve() for file in (*files.values(), root / REQUIREMENTS)}
    if not root.is_dir():
        raise RuleFileError([FileProblem(root, Position(1, 1), "no such folder", "the folder of rule files")])
    for stray in sorted([*root.rglob("*.yml"), *root.rglob("*.yaml")]):
        if stray.resolve() not in known:
            expected = f"{', '.join(f'{part}/NAME.yml' for part in FOLDERS)} or one of {', '.join(f'{part}.yml' for part in PARTS if part not in FOLDERS)}"
            problems.append(
                FileProblem(_shown(stray), Position(1, 1), "a file that no part of the rules reads", expected)
            )
    for key, file in files.items():
        if not file.exists():
            continue  # a part may be absent
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode("utf-8")
            position = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
            problems.append(
                FileProblem(
                    _shown(file),
                    position,
                    f"a byte that is no UTF-8 (0x{error.object[error.start]:02x})",
                    "text in UTF-8",
                    "save the file again with the encoding UTF-8",
                )
            )
            continue
        except OSError as error:
            problems.append(
                FileProblem(
                    _shown(file), Position(1, 1), f"a file that cannot be read ({error.strerror})", "a file of text"
                )
            )
            continue
        made = compose(text)
        composed[key] = made
        problems += [
            FileProblem(_shown(file), position, found, expected, hint)
            for position, found, expected, hint in made.errors
        ]
        if made.errors:
            continue
        if not isinstance(made.data, dict):
            problems.append(
                FileProblem(_shown(file), Position(1, 1), describe(made.data), "a mapping of names to entries")
            )
        elif len(key) == 2:
            plain[key[0]][key[1]] = made.data
        else:
            plain[key[0]] = made.data
    if problems:
        raise RuleFileError(problems)
    try:
        rules = RuleSet.from_plain(plain)
    except RuleError as error:
        raise RuleFileError([_placed(problem, files, composed, root) for problem in error.problems]) from None
    return Loaded(rules, plain, root, files, composed)


def _placed(problem, files, composed, root):
    file, position = _locate(problem.path, problem.on_key, files, composed, root)
    return FileProblem(file, position, problem.found, problem.expected, problem.hint)


def _locate(path, on_key, files, composed, root):
    key = tuple(path[:2]) if path[0] in FOLDERS else tuple(path[:1])
    if key not in files:
        return _shown(root), Position(1, 1)
    inside, made = tuple(path[len(key) :]), composed.get(key)
    if made is None:
        return _shown(files[key]), Position(1, 1)
    table = made.keys if on_key else made.values
    while inside:
        if inside in table:
            return _shown(files[key]), table[inside]
        table = made.values if inside in made.values else table
        if inside in made.values:
            return _shown(files[key]), made.values[inside]
        inside = inside[:-1]
        table = made.keys if inside in made.keys else made.values
    return _shown(files[key]), Position(1, 1)


def _shown(file):
    """The path as the author would type it: relative to where the command was started, if it lies below."""
    try:
        return file.resolve().relative_to(Path.cwd())
    except ValueError:
        return file
