"""A round for tests: a workspace, a register, and returns that are entered as they were answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.desk.stand_in import COLLECTION, moment
from tests.returns import SEAL_KEY, TEMPLATE, collection, desk, issuable, national, systems
from workbook_gen.catalogue import structural
from workbook_gen.checks.run import complete
from workbook_gen.definition.layout import address
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import Answer, CheckedReturn, check_received, refused_return
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.register.records import Arrival
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.status import Standing, standings
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel.identity import Identity
from workbook_gen.report.consolidate import Consolidation, consolidate, counting


@dataclass
class Round:
    """A workspace and what has come into its register."""

    folder: Path
    minutes: int = 0
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.workspace.home.mkdir(parents=True)
        self.workspace.key_path.write_text(SEAL_KEY.hex(), encoding="ascii")
        self.register = Register.at(self.workspace.register_path, COLLECTION)

    @property
    def workspace(self) -> Workspace:
        """Where everything lies."""
        return Workspace(self.folder / "workspace", collection())

    def receive(self, one: Issuable, inputs: Mapping[Key, Value], name: str) -> None:
        """Enter a return with these answers, as if its file had been read."""
        self.submit(answered(one, inputs, name), one.system.code)

    def receive_file(self, data: bytes, name: str, code: str) -> CheckedReturn:
        """Read a file, check it and enter it."""
        checked = check_received(Received(name, sha256(data).hexdigest(), data), desk())
        self.submit(checked, code)
        return checked

    def refuse(self, code: str) -> None:
        """Enter a file of a system that cannot be read."""
        data = f"{code} {self.minutes}".encode()
        file = Received(f"{code}.xlsx", sha256(data).hexdigest(), data)
        self.submit(refused_return(file, desk(), structural("STR-001", found="a text")), code)

    def submit(self, checked: CheckedReturn, code: str) -> None:
        """Enter a checked return, a minute after the one before."""
        self.minutes += 1
        self.register.submit(Arrival(code, 1, checked), moment(self.minutes))

    def standings(self) -> tuple[Standing, ...]:
        """Where every organisation stands."""
        now = moment(self.minutes).at
        return standings(national(), self.register.entries(), dockets(self.register, now.date()), collection(), now)

    def consolidated(self) -> Consolidation:
        """What is in the register, consolidated."""
        found = self.standings()
        stored = self.register.answers(counting(found))
        made = {code: issuable(code) for code in systems()}
        return consolidate(collection(), national(), load_picture(TEMPLATE, collection()), found, stored, made)


def answered(one: Issuable, inputs: Mapping[Key, Value], name: str) -> CheckedReturn:
    """What a check knows of a return that is filled in like this and not altered, as far as the picture uses it."""
    form, places = one.layout.form, one.layout.cells
    answers = tuple(
        Answer(key, form.cells[key].unit, places[key][0], address(*places[key][1:]), value)
        for key, value in inputs.items()
        if value is not None
    )
    digest = sha256(repr((name, sorted((key, repr(value)) for key, value in inputs.items()))).encode()).hexdigest()
    identity = Identity(one.system.code, one.collection.version, None, ())
    values = complete(form, {**one.prefill, **inputs})
    return CheckedReturn(name, digest, one.collection.key, identity, (), values=values, answers=answers)
