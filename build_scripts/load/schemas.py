"""JSON Schemas for the rule files, so that editors complete and check them while somebody types.

They are made from the very shapes that read the files (decision_logic/shapes.py and model.py): titles, descriptions, required
keys and allowed words cannot drift from what the loader accepts. A schema sees one file at a time, so whether a reference leads
somewhere is for ``handbook check`` to say. To the loader every scalar is text, but an editor sees ``yes``, ``5`` or ``true`` as
a truth value or a number: the schemas allow what an editor would see.
"""

import json
import os
import re
from functools import singledispatch
from pathlib import Path

from build_scripts.load.loader import FOLDERS, RULES, _shown
from build_scripts.load.requirements import RequirementFile
from build_scripts.load.scenarios import ScenarioFile
from decision_logic import areas, conditions, figures, model, shapes
from decision_logic.model import PARTS

SCHEMAS = RULES / "schemas"
ENDING = ".schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALAR = ["string", "number", "boolean"]
ASKED = shapes.Identifier(
    r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)?", "a question, or in a walk a tool or tool.question, such as appointment.residence"
)


def schemas():
    """{file name: JSON Schema} for every kind of rule file, for the list of requirements and for the scenarios."""
    made = {}
    for part, shape in PARTS.items():
        if part in FOLDERS:
            made[part + ENDING] = _document(shape, f"One of rules/{part}/")
        else:
            made[part + ENDING] = _document(shapes.MapOf(model.NAME, shape), f"rules/{part}.yml")
    made["requirements" + ENDING] = _document(shapes.RecordOf(RequirementFile), "rules/requirements.yml")
    made["scenarios" + ENDING] = _document(shapes.RecordOf(ScenarioFile), "One of scenarios/")
    return made


def write_schemas(folder=SCHEMAS):
    """Write every schema that differs from its file, all or none; remove those of no kind of file. Returns the paths changed."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _texts()
    changed = [name for name, text in wanted.items() if _read(folder / name) != text]
    for name in changed:
        (folder / (name + ".part")).write_text(wanted[name], encoding="utf-8", newline="\n")
    for name in changed:
        os.replace(folder / (name + ".part"), folder / name)
    gone = [path for path in sorted(folder.glob("*" + ENDING)) if path.name not in wanted]
    for path in gone:
        path.unlink()
    return [_shown(folder / name).as_posix() for name in changed] + [_shown(path).as_posix() for path in gone]


def stale_schemas(folder=SCHEMAS):
    """Findings in words: schemas that are missing, differ from the model, or belong to no kind of file."""
    folder, wanted, found = Path(folder), _texts(), []
    for name, text in wanted.items():
        present = _read(folder / name)
        if present != text:
            found.append(
                f"{_shown(folder / name).as_posix()} {'is missing' if present is None else 'is not what the model says'}: run handbook schemas"
            )
    for path in sorted(folder.glob("*" + ENDING)):
        if path.name not in wanted:
            found.append(f"{_shown(path).as_posix()} belongs to no kind of rule file: run handbook schemas")
    return found


def _texts():
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in schemas().items()}


def _read(path):
    return path.read_text(encoding="utf-8") if path.exists() else None


def _document(shape, title):
    definitions = {}
    made = schema_of(shape, definitions)
    return {
        "$schema": DIALECT,
        "title": title,
        "description": "Made by `handbook schemas`; do not edit.",
        **made,
        "$defs": dict(sorted(definitions.items())),
    }


@singledispatch
def schema_of(shape, definitions):
    """The JSON Schema of a shape; records and conditions go into ``definitions`` and are referred to."""
    raise TypeError(f"no schema for the shape {shape!r}: add it in {__name__}")


@schema_of.register
def _(shape: shapes.Text, definitions):
    return {"type": SCALAR, "pattern": r"\S"}


@schema_of.register
def _(shape: shapes.Identifier, definitions):
    return {"type": "string", "pattern": f"^(?:{shape.pattern})$", "description": _sentence(shape.what)}


@schema_of.register
def _(shape: shapes.Ref, definitions):
    what = shape.kind.replace("own_", "").replace("calendar_or_place", "calendar, or the word place").replace("_", " ")
    return {"type": "string", "minLength": 1, "description": f"The identifier of {_article(what)}."}


@schema_of.register
def _(shape: shapes.Choice, definitions):
    return {
        "oneOf": [
            {"const": word, **({"description": _sentence(about)} if about else {})} for word, about in shape.options
        ]
    }


@schema_of.register
def _(shape: shapes.YesNo, definitions):
    return {"enum": ["yes", "no", True, False]}


@schema_of.register
def _(shape: shapes.Day, definitions):
    return {"type": "string", "format": "date", "pattern": f"^{shapes.DATE}$"}


@schema_of.register
def _(shape: shapes.Number, definitions):
    made = {
        "type": ["integer" if shape.whole else "number", "string"],
        "pattern": f"^{shapes.WHOLE_NUMBER if shape.whole else shapes.NUMBER}$",
    }
    bounds = {"minimum": shape.least, "maximum": shape.most}
    return made | {word: bound for word, bound in bounds.items() if bound is not None}


@schema_of.register
def _(shape: shapes.ListOf, definitions):
    return {
        "type": "array",
        "items": schema_of(shape.item, definitions),
        "uniqueItems": True,
        **({"minItems": shape.least} if shape.least else {}),
    }


@schema_of.register
def _(shape: shapes.MapOf, definitions):
    return _mapping(shape.key, schema_of(shape.item, definitions), definitions, shape.least)


@schema_of.register
def _(shape: shapes.RecordOf, definitions):
    name = shape.cls.__name__
    if name not in definitions:
        definitions[name] = {}  # a place for it first: records may hold themselves
        fields = shapes.keyed_fields(shape.cls)
        definitions[name] = {
            "title": name,
            "description": shape.cls.__doc__.strip().splitlines()[0],
            "type": "object",
            "properties": {key: _field(key, field, about, definitions) for key, (_, field, _, about) in fields.items()},
            "required": [key for key, (_, _, default, _) in fields.items() if default is shapes.REQUIRED],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


@schema_of.register
def _(shape: shapes.Custom, definitions):
    return CUSTOM[shape.like](definitions)


@schema_of.register
def _(shape: shapes.OrWord, definitions):
    return {
        "anyOf": [{"const": shape.word, "description": _sentence(shape.about)}, schema_of(shape.otherwise, definitions)]
    }


def _field(key, shape, about, definitions):
    made = schema_of(shape, definitions)
    return {"title": key.replace("_", " "), **made, "description": about}


def _mapping(key, item, definitions, least=0):
    names = {
        name: value
        for name, value in schema_of(key, definitions).items()
        if name in ("pattern", "format", "description")
    }
    return {
        "type": "object",
        "propertyNames": names,
        "additionalProperties": item,
        **({"minProperties": least} if least else {}),
    }


def _sentence(text):
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _article(noun):
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


# Shapes with a reading function of their own.


def _record(cls):
    return lambda definitions: schema_of(shapes.RecordOf(cls), definitions)


def _questions(definitions):
    question = {
        "anyOf": [
            {"const": "shared", "description": "Taken from rules/questions.yml."},
            schema_of(shapes.RecordOf(model.Question), definitions),
        ]
    }
    return _mapping(model.NAME, question, definitions)


def _provisions(definitions):
    return _mapping(model.DOTTED, schema_of(shapes.RecordOf(model.Provision), definitions), definitions)


def _point_actions(definitions):
    return _mapping(model.NAME, _condition(definitions), definitions)


def _answers(definitions):
    scalar = {"type": SCALAR}
    return _mapping(ASKED, {"anyOf": [scalar, {"type": "array", "items": scalar}]}, definitions)


def _only(key, item, description):
    return {
        "type": "object",
        "properties": {key: item},
        "required": [key],
        "additionalProperties": False,
        "description": description,
    }


def _condition(definitions):
    if "condition" not in definitions:
        definitions["condition"] = {}
        here = {"$ref": "#/$defs/condition"}
        parts = {"type": "array", "items": here, "minItems": 1}
        name = schema_of(model.NAME, definitions)
        names = {"type": "array", "items": {"type": SCALAR}, "minItems": 1}
        outcome = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {"anyOf": [name, names]},
        }
        definitions["condition"] = {
            "title": "condition",
            "description": "When a rule applies: data about answers.",
            "anyOf": [
                {"const": "always", "description": "Whatever the answers are."},
                {
                    "const": "in_any_other_case",
                    "description": "Where no other outcome applies: only as an outcome's own when, and only where a cited provision says so itself.",
                },
                _only("all", parts, "Every one of these holds."),
                _only("any", parts, "At least one of these holds."),
                _only("not", here, "This does not hold."),
                _only("met", name, "A criterion of this tool is met."),
                _only("outcome", outcome, "In pathways: another tool's outcome, as {tool: outcome}."),
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": _test(names),
                    "propertyNames": {
                        "pattern": f"^(?:{model.NAME.pattern})$",
                        "not": {"enum": ["all", "any", "not", "met", "outcome"]},
                    },
                    "description": "Questions with their answers; several mean all of them.",
                },
            ],
        }
    return {"$ref": "#/$defs/condition"}


def _test(names):
    operand = {
        "anyOf": [
            {"type": SCALAR},
            _only("question", {"type": "string"}, "The answer to another question of the same kind."),
            _only("last_day_of", {"type": "string"}, "The last day of a deadline that the tool uses."),
        ]
    }
    words = {
        "includes": {"type": SCALAR, "description": "This option is chosen."},
        "includes_any": {**names, "description": "At least one of these options is chosen."},
        "includes_all": {**names, "description": "All of these options are chosen."},
        **{
            word: {**operand, "description": f"The answer is {word.replace('_', ' ')} this."}
            for word in (*conditions.NUMBER_WORDS, *conditions.DATE_WORDS)
        },
    }
    return {
        "anyOf": [
            {
                "type": SCALAR,
                "description": "yes, no or an option; of a several_of question any_of_them or none_of_them.",
            },
            {**names, "description": "One of these options."},
            {
                "type": "object",
                "properties": words,
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
                "description": "A comparison.",
            },
        ]
    }


def _expression(definitions):
    if "expression" not in definitions:
        definitions["expression"] = {}
        here = {"$ref": "#/$defs/expression"}
        days = {
            "type": "object",
            "properties": {"start": {"type": "string"}, "end": {"type": "string"}},
            "required": ["start", "end"],
            "additionalProperties": False,
        }
        question = {"type": "string"}
        limits = {
            name: {
                "type": "object",
                "properties": {**dict.fromkeys(names, question)},
                "required": ["start", "end"],
                "additionalProperties": False,
            }
            for name, names in figures.WITHIN.items()
        }
        for one in limits.values():
            one["properties"]["from_today"] = {
                **schema_of(shapes.YesNo(), definitions),
                "description": "Days before the day of the case are left out.",
            }
        words = [
            _only(
                name,
                {"anyOf": [here, {"type": "array", "items": here, "minItems": least}]},
                _sentence(says.format("…", "…")),
            )
            for name, (least, _, _, says) in figures.OPERATIONS.items()
        ]
        definitions["expression"] = {
            "title": "expression",
            "description": "How a number is worked out.",
            "anyOf": [
                schema_of(shapes.Number(whole=False), definitions),
                _only("question", {"type": "string"}, "The answer to a number question."),
                _only("quantity", {"type": "string"}, "A number of rules/quantities.yml."),
                _only("days_from", days, "The days from one date to another, both included."),
                _only("allowed_days", limits["allowed_days"], "How many days the limits allow."),
                _only("most_dates", limits["most_dates"], "The largest number of allowed days that keep a least gap."),
                *words,
            ],
        }
    return {"$ref": "#/$defs/expression"}


def _area_rules(parts):
    """Entries of several parts, and of the sections of tools, under their names."""

    def made(definitions):
        sections = {name: _field_of(model.Tool, name, definitions) for name in areas.SECTIONS}
        tool = {"type": "object", "properties": sections, "additionalProperties": False, "minProperties": 1}
        entries = {part: _mapping(model.NAME, schema_of(PARTS[part], definitions), definitions, 1) for part in parts}
        tools = _mapping(model.NAME, tool, definitions, 1)
        return {"type": "object", "properties": {**entries, "tools": tools}, "additionalProperties": False}

    return made


def _field_of(cls, name, definitions):
    return schema_of(shapes.keyed_fields(cls)[name][1], definitions)


def _own_source(definitions):
    """A document without its identifier, which is the area's."""
    schema_of(shapes.RecordOf(model.Document), definitions)
    made = definitions.pop("Document")
    own = {key: value for key, value in made["properties"].items() if key != "id"}
    definitions["OwnSource"] = {**made, "properties": own, "required": [key for key in made["required"] if key != "id"]}
    return {"$ref": "#/$defs/OwnSource"}


CUSTOM = {
    "answers": _answers,
    "area_additions": _area_rules(areas.ADDABLE),
    "area_changes": _area_rules(areas.CHANGEABLE),
    "calendar": _record(model.CalendarData),
    "condition": _condition,
    "expression": _expression,
    "own_source": _own_source,
    "pathway": _record(model.Pathway),
    "point_actions": _point_actions,
    "provisions": _provisions,
    "question": _record(model.Question),
    "questions": _questions,
    "span": _record(model.SpanData),
    "tool": _record(model.Tool),
}


# Wiring: which schema an editor uses for which file.


def editor_settings():
    """{schema: files} for .vscode/settings.json, both from the repository's root."""
    made = {}
    for name in schemas():
        part = name.removesuffix(ENDING)
        files = (
            "decision_logic/scenarios/*.yml"
            if part == "scenarios"
            else f"decision_logic/rules/{part}{'/*' if part in FOLDERS else ''}.yml"
        )
        made[f"decision_logic/rules/schemas/{name}"] = files
    return made


def schema_line(file, rules=RULES):
    """The first line that wires a rule file to its schema, for editors that know no settings of the repository."""
    file, rules = Path(file).resolve(), Path(rules).resolve()
    inside = file.relative_to(rules).parts if file.is_relative_to(rules) else ("scenarios", file.name)
    part = re.sub(r"\.yml$", "", inside[0])
    path = os.path.relpath(rules / "schemas" / (part + ENDING), file.parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={path}"
