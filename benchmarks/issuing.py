"""How long issuing takes, beside XlsxWriter alone making the same calls, openpyxl writing the same workbook, and deflate."""

import gc
import io
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.interleaved import Timed, Work, beside, interleaved, table
from benchmarks.recorded import Recording, Replay, recorded
from benchmarks.with_openpyxl import written
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.issue import issue, written_again
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel.write import PlainSheet, let_go
from workbook_gen.national.data import NationalData, load_national

FOLDER = Path("templates/h2_2023_24")
EVERY = 3
"""Of how many systems one is measured against the others' ways; one process and two are compared over all."""

ISSUING = "workbook-gen: layout, figures, totals, rules, formulas, writing, seal"
XLSXWRITER = "XlsxWriter alone: the same calls"
SPARED = "the same calls, XlsxWriter spared what workbook-gen spares it"
OPENPYXL = "openpyxl: the same workbook"
DEFLATE = "deflate alone: the same parts"
ONE, TWO = "one process", "two processes"


@dataclass(frozen=True)
class Works:
    """The workbooks of some systems, ready to be written in every way."""

    workspace: Workspace
    national: NationalData
    codes: Sequence[str]
    recordings: Sequence[Recording]
    replays: Sequence[Replay]
    spared: Sequence[Replay]
    parts: Sequence[Sequence[bytes]]

    def issue(self) -> None:
        """Everything but the files: the definition and the national figures are loaded, nothing else is ready."""
        list(issue(self.workspace, self.national, self.codes, dry_run=True))

    def replay(self) -> None:
        """The recorded calls, by XlsxWriter as it is."""
        for replay in self.replays:
            replay(io.BytesIO())

    def replay_spared(self) -> None:
        """The same by our worksheet, which takes formulas as they are, and let go of as we do."""
        for replay in self.spared:
            let_go(replay(io.BytesIO()))

    def openpyxl(self) -> None:
        """The same workbooks by openpyxl."""
        for recording in self.recordings:
            written(recording)

    def deflate(self) -> None:
        """What no writer can do without: the parts packed as they are packed, with their checksums."""
        for parts in self.parts:
            for part in parts:
                packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
                packer.compress(part)
                packer.flush()
                zlib.crc32(part)


def ready(workspace: Workspace, national: NationalData, codes: Sequence[str]) -> Works:
    """Record the workbooks of these systems. Raises `ValueError` where a replay does not give the same bytes."""
    compiled, recordings, replays, spared, parts = Compiled(workspace.collection), [], [], [], []
    for code in codes:
        with recorded() as recording:
            data = written_again(Issuable(workspace.collection, national, national.system(code), compiled), 1, bytes(32))
        recordings.append(recording)
        replays.append(recording.script())
        spared.append(recording.script(PlainSheet))
        for replay in (replays[-1], spared[-1]):
            replay(stream := io.BytesIO())
            if stream.getvalue() != data:
                raise ValueError(f"The replay of {code} gives other bytes.")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts.append([package.read(name) for name in package.namelist()])
    return Works(workspace, national, codes, recordings, replays, spared, parts)


def _alone(work: Work) -> Work:
    """The work, while the collector of garbage leaves alone what was there before: the recordings are nobody's burden."""

    def alone() -> None:
        gc.freeze()
        work()
        gc.unfreeze()

    return alone


def by_processes(collection: Collection, national: NationalData) -> Timed:
    """Every system's workbook issued into a new folder, files included, by one process and by two."""
    codes = [system.code for system in national.systems]

    def into_a_new_folder(jobs: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            list(issue(Workspace(Path(folder), collection), national, codes, jobs=jobs))

    return interleaved({ONE: lambda: into_a_new_folder(1), TWO: lambda: into_a_new_folder(2)}, rounds=3)


def main() -> None:
    """Print the tables."""
    collection = load_collection(FOLDER)
    national = load_national(collection, FOLDER)
    codes = [system.code for system in national.systems][::EVERY]
    with tempfile.TemporaryDirectory() as folder:
        works = ready(Workspace(Path(folder), collection), national, codes)
        ways = {ISSUING: works.issue, XLSXWRITER: works.replay, SPARED: works.replay_spared}
        ways |= {OPENPYXL: works.openpyxl, DEFLATE: works.deflate}
        timed = interleaved({what: _alone(work) for what, work in ways.items()}, rounds=5)
    both = by_processes(collection, national)
    print(
        f"Issuing {len(codes)} of {len(national.systems)} systems, the definition and the national figures loaded beforehand, "
        "and all that the systems have in common worked out again in each round. Every call that this makes on XlsxWriter was "
        "recorded; replayed without our code it gives the same bytes. openpyxl writes the same cells, formulas (without their "
        "values), formats, validations, conditional formats, names and charts from the same recording. Processes: all systems, "
        "files included.\n"
    )
    done = (
        ("Issuing, times XlsxWriter alone", "at most 1.3", timed.ratio(ISSUING, XLSXWRITER)),
        ("Issuing, times XlsxWriter spared what we spare it", "", timed.ratio(ISSUING, SPARED)),
        ("openpyxl, times issuing", "at least 1.5", timed.ratio(OPENPYXL, ISSUING)),
        ("One process, times two", "at least 1.7", both.ratio(ONE, TWO)),
    )
    print("\n".join(table(("what", "asked", "median"), [(what, asked, f"{ratio:.2f}") for what, asked, ratio in done])))
    print("\n" + "\n".join(beside(timed, ISSUING, len(codes))))
    print("\n" + "\n".join(beside(both, ONE, len(national.systems))))


if __name__ == "__main__":
    main()
