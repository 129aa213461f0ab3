"""Every call that the writer makes on XlsxWriter, recorded, and the same calls again with nothing of ours around them."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook_gen.excel import write

Replay = Callable[[io.BytesIO], Workbook]
_NAMED = {Workbook: "workbook", Worksheet: "sheet", Format: "format", Chart: "chart"}
STREAM = object()
"""Stands for the stream that a workbook is written to."""


@dataclass(frozen=True, slots=True)
class Named:
    """One of XlsxWriter's objects, by the name that it has in a recording."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call: on which object, of which method, with which arguments, and the object that came of it."""

    target: str
    method: str
    arguments: tuple[Any, ...]
    options: Mapping[str, Any]
    result: str = ""


@dataclass
class Recording:
    """The calls of one workbook, in order."""

    calls: list[Call] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def named(self, found: object) -> str:
        """A new name for one of XlsxWriter's objects; none for anything else."""
        kind = next((name for one, name in _NAMED.items() if isinstance(found, one)), "")
        if kind:
            self.names[kind] = self.names.get(kind, 0) + 1
        return f"{kind}{self.names[kind]}" if kind else ""

    def script(self, sheet: type[Worksheet] | None = None) -> Replay:
        """The calls as a script that does nothing but call, and gives the workbook. `sheet` is the class of its worksheets."""
        kept: list[object] = []
        lines = ["def replay(stream):"]
        for call in self.calls:
            arguments = [_source(one, kept) for one in call.arguments]
            arguments += [f"{name}={_source(one, kept)}" for name, one in call.options.items()]
            target = f"{call.target}.{call.method}" if call.target else call.method
            result = f"{call.result} = " if call.result else ""
            lines.append(f"    {result}{target}({', '.join(arguments)})")
        lines.append("    return workbook1")
        place: dict[str, Any] = {"kept": kept, "Workbook": Workbook, "sheet_class": sheet}
        exec(compile("\n".join(lines), "replay", "exec"), place)
        return place["replay"]  # type: ignore[no-any-return]


def _source(value: Any, kept: list[object]) -> str:
    """An argument as it stands in a script; what has no literal is kept beside it."""
    match value:
        case Named(name):
            return name
        case None | bool() | int() | float() | str():
            return repr(value) if type(value) in (type(None), bool, int, float, str) else repr(str(value))
        case list():
            return f"[{', '.join(_source(one, kept) for one in value)}]"
        case tuple():
            return f"({''.join(_source(one, kept) + ', ' for one in value)})"
        case dict():
            return f"{{{', '.join(f'{name!r}: {_source(one, kept)}' for name, one in value.items())}}}"
        case type():
            return "sheet_class"
    if value is STREAM:
        return "stream"
    kept.append(value)
    return f"kept[{len(kept) - 1}]"


class Recorded:
    """Stands before one of XlsxWriter's objects: notes every call that is made on it, and makes it."""

    def __init__(self, recording: Recording, real: Any, name: str) -> None:
        self._recording, self._real, self._name = recording, real, name

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if callable(found):
            return self._noting(name, found)
        if isinstance(found, list):
            return [Recorded(self._recording, one, f"{self._name}.{name}[{n}]") for n, one in enumerate(found)]
        return found

    def _noting(self, method: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            recording = self._recording
            found = real(*_real(arguments), **_real(options))
            name = recording.named(found)
            recording.calls.append(Call(self._name, method, _by_name(arguments), _by_name(options), name))
            return Recorded(recording, found, name) if name else found

        return call


def _real(value: Any) -> Any:
    """An argument with XlsxWriter's own objects in it."""
    return _with(value, lambda one: one._real)


def _by_name(value: Any) -> Any:
    """An argument with the names of XlsxWriter's objects in it."""
    return _with(value, lambda one: Named(one._name))


def _with(value: Any, change: Callable[[Recorded], Any]) -> Any:
    match value:
        case Recorded():
            return change(value)
        case dict():
            return {name: _with(one, change) for name, one in value.items()}
        case list() | tuple():
            return type(value)(_with(one, change) for one in value)
    return value


@contextmanager
def recorded() -> Iterator[Recording]:
    """What is drawn inside is recorded; one workbook."""
    recording = Recording()

    def begin(stream: io.BytesIO, options: dict[str, Any]) -> Recorded:
        workbook = Workbook(stream, options)
        name = recording.named(workbook)
        recording.calls.append(Call("", "Workbook", (STREAM, options), {}, name))
        return Recorded(recording, workbook, name)

    with patch.object(write, "Workbook", begin):
        yield recording
