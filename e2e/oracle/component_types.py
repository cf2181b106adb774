"""Tells what the component types of the reference SDK (pyagentspec) look like, as one JSON object.

    python component_types.py

{"types": {type: {"parents": [...], "io": bool, "lowestVersion": "...", "fields": {name: {"kind", "required",
"nullable", "default" (where it has one), "sensitive", "lowestVersion"}}}}, "records": {name: {"closed": bool,
"fields": {...}}}}. Abstract types are left out; records are the objects inside components that are none themselves.
"""

import enum
import inspect
import json
import types
import typing

import pydantic

from pyagentspec._component_registry import BUILTIN_CLASS_MAP
from pyagentspec.component import Component, ComponentWithIO
from pyagentspec.property import Property
from pyagentspec.sensitive_field import SENSITIVE_FIELD_MARKER, is_sensitive_field
from pyagentspec.versioning import AgentSpecVersionEnum

HIDDEN = {"min_agentspec_version", "max_agentspec_version"}
VERSIONS = sorted(
    (v for v in AgentSpecVersionEnum if v.value >= "25.4.1"), key=lambda v: [int(p) for p in v.value.split(".")]
)


RECORDS = set()


def options(annotation):
    """The parts of a union, without None and annotations; and whether None is one."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return options(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        parts, empty = [], False
        for argument in typing.get_args(annotation):
            inner, none = options(argument)
            parts += inner
            empty = empty or none
        return parts, empty
    if annotation is type(None):
        return [], True
    return [annotation], False


def is_component(annotation):
    return inspect.isclass(annotation) and issubclass(annotation, Component)


def kind(annotation):
    parts, _ = options(annotation)
    words = sorted({kind_of_one(part) for part in parts})
    return "|".join(words)


def kind_of_one(part):
    origin, arguments = typing.get_origin(part), typing.get_args(part)
    if origin is typing.Literal:
        return "choice:" + ",".join(sorted(str(a) for a in arguments))
    if origin in (list, set, frozenset, tuple):
        inner = kind(arguments[0]) if arguments else "any"
        return f"list({inner})"
    if origin is dict:
        inner = kind(arguments[1])
        return "object" if inner == "any" else f"object({inner})"
    if part is dict:
        return "object"
    if part is typing.Any:
        return "any"
    if not inspect.isclass(part):
        return "any"
    if is_component(part):
        return f"component:{part.__name__}"
    if issubclass(part, enum.Enum):
        return "choice:" + ",".join(sorted(str(member.value) for member in part))
    if issubclass(part, Property):
        return "property"
    if issubclass(part, pydantic.BaseModel):
        RECORDS.add(part)
        return f"record:{part.__name__}"
    if issubclass(part, bool):
        return "boolean"
    if issubclass(part, int):
        return "integer"
    if issubclass(part, float):
        return "number"
    if issubclass(part, str):
        return "text"
    return "any"


def plain(value):
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Component):
        return {"component_type": type(value).__name__}
    if isinstance(value, pydantic.BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return value


def is_marked(info):
    """Sensitive by the marker, be it on the field or on a part of its type (where the SDK itself overlooks it)."""
    return is_sensitive_field(info) or SENSITIVE_FIELD_MARKER in repr(info.annotation)


def bounds(info):
    """What its numbers must be."""
    return {
        word: getattr(part, name)
        for part in info.metadata
        for name, word in (("ge", "least"), ("gt", "above"))
        if getattr(part, name, None) is not None
    }


def lowest(cls, instance, name):
    """The first version that writes the field."""
    for version in VERSIONS:
        try:
            if name not in instance._versioned_model_fields_to_exclude(version):
                return version.value
        except Exception:  # asks for what only a complete component has
            return None
    return None


def field(cls, instance, name, info):
    described = {
        "kind": kind(info.annotation),
        "required": info.is_required(),
        "nullable": options(info.annotation)[1],
        "sensitive": is_marked(info),
        "lowestVersion": lowest(cls, instance, name) if instance else None,
        **bounds(info),
    }
    if not info.is_required():
        described["default"] = plain(info.get_default(call_default_factory=True)) if name != "id" else None
    return described


def describe(cls):
    instance = cls.model_construct()
    base = cls.model_fields["min_agentspec_version"].default
    return {
        "parents": [parent.__name__ for parent in cls.__mro__[1:] if is_component(parent)],
        "io": issubclass(cls, ComponentWithIO),
        "lowestVersion": base.value,
        "fields": {
            name: field(cls, instance, name, info) for name, info in cls.model_fields.items() if name not in HIDDEN
        },
    }


def describe_record(cls):
    return {
        "closed": cls.model_config.get("extra") == "forbid",
        "fields": {name: field(cls, None, name, info) for name, info in cls.model_fields.items()},
    }


described = {name: describe(cls) for name, cls in BUILTIN_CLASS_MAP.items() if not cls._is_abstract}
print(json.dumps({"types": described, "records": {cls.__name__: describe_record(cls) for cls in sorted(RECORDS, key=str)}}))
