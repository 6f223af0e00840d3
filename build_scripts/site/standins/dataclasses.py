"""The engine's dataclasses without source text being made while they are imported: build_scripts/site/constructors.py has written it out.

What is made here behaves as the original does, but that nothing forbids to change an instance: CPython sees to that in every test.
"""

from operator import attrgetter

MISSING = object()


class Field:
    def __init__(self, default=MISSING, default_factory=MISSING, metadata=None):
        self.name = None
        self.default, self.default_factory, self.metadata = default, default_factory, metadata or {}

    def new(self):
        if self.default is not MISSING:
            return self.default
        if self.default_factory is not MISSING:
            return self.default_factory()
        raise TypeError(f"missing argument: {self.name!r}")


def field(*, default=MISSING, default_factory=MISSING, metadata=None):
    return Field(default, default_factory, metadata)


def dataclass(*, frozen=False, eq=True):
    def made(cls):
        found = {}
        for name in vars(cls).get("__annotations__", ()):
            given = vars(cls).get(name, MISSING)
            one = found[name] = given if isinstance(given, Field) else Field(given)
            one.name = name
            if one.default is not MISSING:
                setattr(cls, name, one.default)
            elif name in vars(cls):
                delattr(cls, name)
        if found and "__init__" not in vars(cls):
            raise TypeError(f"{cls.__qualname__}: its constructor was not written out")
        cls.__dataclass_fields__ = found
        names = cls.__match_args__ = tuple(found)
        values = attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)

        def __repr__(self):
            return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

        def __eq__(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def __hash__(self):
            return hash(values(self))

        if "__repr__" not in vars(cls):
            cls.__repr__ = __repr__
        if eq:
            cls.__eq__ = __eq__
            cls.__hash__ = __hash__ if frozen else None
        return cls

    return made


def fields(cls):
    return tuple(cls.__dataclass_fields__.values())


def replace(one, /, **changes):
    return one.__class__(**{**{name: getattr(one, name) for name in one.__dataclass_fields__}, **changes})
