"""JSON Schemas of the rule files: made from the model, accepted by every real file, and not stale."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from build_scripts.load.loader import FOLDERS, RULES
from build_scripts.load.scenarios import SCENARIOS
from build_scripts.load.schemas import ENDING, editor_settings, schema_line, schemas, stale_schemas, write_schemas
from build_scripts.load.yaml_text import compose
from decision_logic.model import PARTS
from tests.rule_sets import SMALL

ROOT = RULES.parent.parent
MADE = schemas()
FILES = [*sorted(RULES.rglob("*.yml")), *sorted(SMALL.rglob("*.yml")), *sorted(SCENARIOS.glob("*.yml"))]


def as_an_editor_sees(text):
    """YAML as an editor types it: yes and true are truth values, 5 is a number; keys and dates are texts."""
    def typed(node):
        if isinstance(node, yaml.SequenceNode):
            return [typed(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {key.value: typed(value) for key, value in node.value}
        if node.tag.endswith(":bool"):
            return node.value.lower() in ("yes", "true", "on")
        if re.fullmatch(r"-?\d+(\.\d+)?", node.value) and node.style is None:
            return float(node.value) if "." in node.value else int(node.value)
        return node.value

    return typed(yaml.compose(text, Loader=yaml.SafeLoader))


def kind_of(file):
    """The part of the rules that a file belongs to."""
    root = next((root for root in (RULES, SMALL) if file.is_relative_to(root)), None)
    return "scenarios" if root is None else file.relative_to(root).parts[0].removesuffix(".yml")


def findings(part, data):
    return [f"{list(error.absolute_path)}: {error.message}" for error in Draft202012Validator(MADE[part + ENDING]).iter_errors(data)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_every_rule_file_is_valid(file):
    """What the loader reads, the schema accepts as an editor types it."""
    assert findings(kind_of(file), as_an_editor_sees(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", sorted(SMALL.rglob("*.yml")), ids=lambda file: file.stem)
def test_every_scalar_may_be_text(file):
    """Editors that take every scalar as text find nothing wrong either."""
    assert findings(kind_of(file), compose(file.read_text(encoding="utf-8")).data) == []


def test_there_is_a_schema_for_each_kind_of_file():
    """Each part of the rules, the requirements and the scenarios have one, and each is a proper JSON Schema with title and description."""
    assert set(MADE) == {part + ENDING for part in (*PARTS, "requirements", "scenarios")}
    for schema in MADE.values():
        Draft202012Validator.check_schema(schema)
        assert schema["title"] and schema["description"]


def test_every_key_is_described():
    """An editor shows what each key is for and what each fixed word means."""
    for schema in MADE.values():
        for record in schema["$defs"].values():
            assert all(one["description"] and one["title"] for one in record.get("properties", {}).values())
    forces = MADE["actions" + ENDING]["$defs"]["Action"]["properties"]["force"]["oneOf"]
    assert forces[0] == {"const": "must", "description": "A duty."}


@pytest.mark.parametrize(("part", "change"), [
    ("actions", lambda data: data["go"].update(force="perhaps")),
    ("actions", lambda data: data["go"].pop("who")),
    ("actions", lambda data: data["go"].update(colour="red")),
    ("actions", lambda data: data["go"].update(cites=[])),
    ("actions", lambda data: data.update(Go=data.pop("go"))),
    ("deadlines", lambda data: data["visit_within"]["limit"].update(count=0)),
    ("deadlines", lambda data: data["visit_within"]["limit"].update(count="two")),
    ("notices", lambda data: data["visits_have_changed"].update({"from": "1 June"})),
    ("tools/visit", lambda data: data["duties"]["tell_the_court"].update(when="sometimes")),
    ("tools/visit", lambda data: data["duties"]["tell_the_court"].update(when={"all": []})),
    ("tools/visit", lambda data: data["duties"]["tell_the_court"].update(when={"asks": {"over": 3}})),
    ("tools/visit", lambda data: data["duties"]["tell_the_court"].update(when={"not": {"any": [{"asks": "yes"}]}, "ordered": "yes"})),
    ("tools/visit", lambda data: data["questions"].update(asks="shred")),
    ("tools/parcel", lambda data: data["figures"]["stamps"].update(value={"square": 2})),
    ("calendars/town", lambda data: data["holidays"].update(Easter="Easter")),
])
def test_mistakes_are_seen(part, change):
    """What the loader refuses in one file alone, an editor marks too."""
    data = compose((SMALL / f"{part}.yml").read_text(encoding="utf-8")).data
    change(data)
    assert findings(part.split("/")[0], data)


def test_the_schemas_are_not_stale():
    """The files beside the rules are what the model makes today."""
    assert stale_schemas() == []


def test_stale_schemas_are_found_and_written_anew(tmp_path):
    """A schema that is missing, changed or of no kind of file is a finding, until they are written; then nothing changes."""
    assert len(write_schemas(tmp_path)) == len(MADE)
    (tmp_path / f"roles{ENDING}").unlink()
    (tmp_path / f"forms{ENDING}").write_text("{}", encoding="utf-8")
    (tmp_path / f"people{ENDING}").write_text("{}", encoding="utf-8")
    assert [re.search(r"(\w+)\.schema\.json (.*):", one).groups() for one in stale_schemas(tmp_path)] == [
        ("roles", "is missing"), ("forms", "is not what the model says"), ("people", "belongs to no kind of rule file")]
    assert {Path(one).name for one in write_schemas(tmp_path)} == {f"{part}{ENDING}" for part in ("roles", "forms", "people")}
    assert stale_schemas(tmp_path) == write_schemas(tmp_path) == []


def test_editors_know_which_schema_is_for_which_file():
    """Both wirings lead each file to its schema: the repository's settings, and the first line of the file."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == editor_settings()
    for schema, files in editor_settings().items():
        assert (RULES / "schemas" / Path(schema).name).exists() and list(ROOT.glob(files))
    for file in FILES:
        if not file.is_relative_to(SMALL):
            first = file.read_text(encoding="utf-8").splitlines()[0]
            assert first == schema_line(file)
            assert (file.parent / first.partition("=")[2]).resolve() == RULES / "schemas" / (kind_of(file) + ENDING)


def test_every_single_file_and_folder_has_its_pattern():
    """Folders are wired for every file in them, single files by name."""
    for part in PARTS:
        assert editor_settings()[f"decision_logic/rules/schemas/{part}{ENDING}"] == f"decision_logic/rules/{part}{'/*' if part in FOLDERS else ''}.yml"
