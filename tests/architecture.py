"""The architecture's rules as plain functions: a package's modules in, what offends out.

Each check takes the modules of a folder and returns one sentence an offence, beginning with the module (and line).
`test_architecture.py` runs them on `workbook_gen`, and each on a made-up offender first.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

FLOORS = {
    "findings": 0,
    "catalogue": 0,
    "codes": 0,
    "entry": 0,
    "files": 0,
    "definition": 1,
    "national": 2,
    "checks": 2,
    "excel": 2,
    "desk": 3,
    "report": 4,
    "lint": 4,
    "session": 5,
    "commands": 6,
    "cli": 7,
    "notebook": 7,
    "": 8,  # the package's own __init__: the interface of `notebook` by name
}
"""The floor of each room, that is of each module or folder directly under the package. Imports go downwards only."""
OPEN_FLOOR = 0
"""The one floor whose rooms may import each other: the catalogue is made of findings."""

EVERYWHERE = tuple(room for room in FLOORS if room)
THIRD_PARTIES = {
    "click": ("cli", "commands", "session"),
    "defusedxml": ("lint",),
    "distributed": ("desk.cluster",),
    "jinja2": ("report.page",),
    "markupsafe": ("report.page",),
    "openpyxl": ("national.publication", "lint"),
    "pandas": ("national.publication", "report", "notebook"),
    "pptx": ("report.brief.slides",),
    "pydantic": EVERYWHERE,
    "rich": ("cli",),
    "sqlalchemy": ("desk.register",),
    "xlsxwriter": ("excel.write", "excel.page", "excel.style", "excel.charts", "report.pack"),
}
"""Where each library may be imported: modules, or folders with all that is in them."""

MODULE_LINES = 300  # a module stays under it
FUNCTION_LINES = 50  # a function may reach it
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
BROAD = {"Exception", "BaseException"}
BOUNDARY = "desk.child"  # whatever goes wrong in the child process must not stop the files that follow
BOARDS = 42  # how many ICBs there were in 2023: data, never code


@dataclass(frozen=True)
class Module:
    """A source file: its dotted name below the package ('' for the package itself), where it is and what it says."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The part of the house it stands in."""
        return self.name.partition(".")[0]

    @property
    def package(self) -> str:
        """The dotted name, below the package, that a relative import starts from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def at(self, line: int) -> str:
        """How an offence begins."""
        return f"{self.name or '__init__'}:{line}"


Modules = Mapping[str, Module]
Check = Callable[[Modules], list[str]]


def read_modules(folder: Path) -> dict[str, Module]:
    """Every module below a package's folder, by dotted name. Raises `ValueError` where there is none."""
    modules: dict[str, Module] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name in modules:
            raise ValueError(f"{path} and {modules[name].path} are one module.")
        text = path.read_text(encoding="utf-8")
        modules[name] = Module(name, path, text, ast.parse(text, str(path)))
    if not modules:
        raise ValueError(f"No module in {folder}.")
    return modules


def _imports(module: Module, own: str) -> Iterator[tuple[int, str]]:
    """The full dotted name of everything a module imports, anywhere in it, with the line. `own` names the package."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = f"{own}.{module.package}".rstrip(".").split(".")
                base = ".".join([*above[: len(above) - node.level + 1], *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _last_name(node.func) in ("import_module", "__import__"):
            yield node.lineno, _named_in_call(node)


def _named_in_call(node: ast.Call) -> str:
    """The module that `import_module("…")` names; '' where the name is computed."""
    match node.args:
        case [ast.Constant(value=str(name)), *_]:
            return name
    return ""


def _last_name(node: ast.AST) -> str:
    """`b` of `b` and of `a.b`; '' of anything else."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _own_imports(modules: Modules) -> Iterator[tuple[Module, int, str]]:
    """Module, line and the module of ours it imports (the longest part of the name that is one)."""
    own = _own(modules)
    for module in modules.values():
        for line, name in _imports(module, own):
            top, _, rest = name.partition(".")
            if top == own:
                while rest not in modules:
                    rest = rest.rpartition(".")[0]
                yield module, line, rest


def _own(modules: Modules) -> str:
    """The package's own name: that of the folder where its `__init__.py` stands."""
    return modules[""].path.parent.name


def every_folder_is_a_package(modules: Modules) -> list[str]:
    """A folder without `__init__.py` is not installed."""
    folders = {module.path.parent for module in modules.values()}
    return [f"{folder.name} has no __init__.py" for folder in sorted(folders) if not (folder / "__init__.py").exists()]


def floors(modules: Modules) -> list[str]:
    """Every module stands on a floor and imports only from its own room or a lower floor."""
    found = [f"{module.at(1)} stands on no floor" for module in modules.values() if module.room not in FLOORS]
    for module, line, name in _own_imports(modules):
        if modules[name].room != module.room and not _is_below(modules[name].room, module.room):
            found.append(f"{module.at(line)} imports {name}, which is not on a lower floor")
    return found


def _is_below(room: str, other: str) -> bool:
    """Whether the other room may import this one. A room without a floor is below none."""
    floor, above = FLOORS.get(room), FLOORS.get(other)
    return floor is not None and above is not None and (floor < above or floor == above == OPEN_FLOOR)


def no_cycles(modules: Modules) -> list[str]:
    """No module imports itself by way of others, not even inside a function."""
    graph: dict[str, set[str]] = {name: set() for name in modules}
    for module, _, name in _own_imports(modules):
        graph[module.name].add(name)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return ["import cycle: " + " <- ".join(name or "__init__" for name in error.args[1])]
    return []


def third_parties_in_their_rooms(modules: Modules) -> list[str]:
    """A library is imported only where `THIRD_PARTIES` says, and no name of an import is computed."""
    found = []
    known = {*sys.stdlib_module_names, _own(modules)}
    for module in modules.values():
        for line, name in _imports(module, _own(modules)):
            library = name.partition(".")[0]
            rooms = THIRD_PARTIES.get(library, ())
            if library not in known and not any(f"{module.name}.".startswith(f"{room}.") for room in rooms):
                found.append(f"{module.at(line)} imports {library or 'a computed name'}, which has no room here")
    return found


def short_modules(modules: Modules) -> list[str]:
    """Every module is under 300 lines."""
    lengths = {module.at(1): len(module.text.splitlines()) for module in modules.values()}
    return [f"{place} has {length} lines" for place, length in lengths.items() if length >= MODULE_LINES]


def short_functions(modules: Modules) -> list[str]:
    """No function is over 50 lines, its decorators not counted."""
    found = []
    for module, node in _nodes(modules):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{module.at(node.lineno)} {node.name} has {length} lines")
    return found


def no_print(modules: Modules) -> list[str]:
    """Only the command line prints."""
    return [
        f"{module.at(node.lineno)} prints"
        for module, node in _nodes(modules)
        if isinstance(node, ast.Name) and node.id == "print" and module.room != "cli"
    ]


def no_broad_except(modules: Modules) -> list[str]:
    """No bare `except`, and neither `except` nor `suppress` of everything, but at the boundary of the child process."""
    found = []
    for module, node in _nodes(modules):
        if module.name == BOUNDARY:
            continue
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _is_broad(node.type)):
            found.append(f"{module.at(node.lineno)} catches everything")
        elif isinstance(node, ast.Call) and _last_name(node.func) == "suppress" and any(map(_is_broad, node.args)):
            found.append(f"{module.at(node.lineno)} suppresses everything")
    return found


def _is_broad(node: ast.expr) -> bool:
    """Whether `Exception` or `BaseException` is what is caught, or among it."""
    return any(_last_name(each) in BROAD for each in (node.elts if isinstance(node, ast.Tuple) else [node]))


def nothing_unfinished(modules: Modules) -> list[str]:
    """No note of work left to do, and no stub."""
    return [
        f"{module.at(number)} is unfinished: {line.strip()}"
        for module in modules.values()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if UNFINISHED.search(line)
    ]


def telling_names(modules: Modules) -> list[str]:
    """No module or folder is named for being useful rather than for its job."""
    return [f"{name} tells no job" for name in modules if VAGUE_NAMES & set(re.split(r"[._]", name.lower()))]


def no_number_of_boards(modules: Modules) -> list[str]:
    """How many boards there are comes from the national data: 42 stands in no code and no text that is shown.

    The number of a line of the checklist is none of boards.
    """
    found = []
    calls = [node for _, node in _nodes(modules) if isinstance(node, ast.Call) and _last_name(node.func) == "Line"]
    lines = {id(node.args[0]) for node in calls if node.args}
    for module, node in _nodes(modules):
        if id(node) in lines:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring; `_nodes` leaves out what is below it
        if isinstance(node, ast.Constant) and _says_boards(node.value):
            found.append(f"{module.at(node.lineno)} says {BOARDS}")
    return found


def _says_boards(value: object) -> bool:
    """Whether a constant is 42, or a text in which it stands as a number."""
    if isinstance(value, str):
        return re.search(rf"(?<![\w.,]){BOARDS}(?!\w|[.,]\d)", value) is not None
    return isinstance(value, int | float) and value == BOARDS


def _nodes(modules: Modules) -> Iterator[tuple[Module, ast.AST]]:
    """Every node of every module but the texts of docstrings."""
    for module in modules.values():
        waiting: list[ast.AST] = [module.tree]
        while waiting:
            node = waiting.pop()
            yield module, node
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                waiting.extend(ast.iter_child_nodes(node))


CHECKS: tuple[Check, ...] = (
    every_folder_is_a_package,
    floors,
    no_cycles,
    third_parties_in_their_rooms,
    short_modules,
    short_functions,
    no_print,
    no_broad_except,
    nothing_unfinished,
    telling_names,
    no_number_of_boards,
)
