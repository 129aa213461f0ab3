"""Several cells of a sheet that were changed alike are one message, which tells of each what it holds and was issued as."""

from tests.returns import by_code, check, completed, file_name, place_of, sound
from tests.spoil import Spoiled
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.grouping import messages
from workbook_gen.desk.receipt import as_text

CODE = "QSL"
TOTALS = tuple(Key("agency", line, "fot") for line in ("nursing", "medical", "other"))


def test_each_changed_formula_is_told_with_old_and_new() -> None:
    file = Spoiled(completed(CODE))
    places = [place_of(CODE, key) for key in TOTALS]
    for key, (sheet, cell) in zip(TOTALS, places, strict=True):
        value = sound(CODE).values[key]
        assert isinstance(value, float)
        file.put(sheet, cell, value, formula=f"{value:.0f}+0*{cell[0]}1")
    checked = check(file.data(), file_name(CODE))
    (found,) = by_code(checked, "STR-307")
    assert found.cells == tuple(cell for _, cell in places)
    assert len(found.details) == len(TOTALS)
    for detail, (_, cell) in zip(found.details, places, strict=True):
        assert detail.startswith(f"{cell}: =")
        assert "; issued as =" in detail
    (message,) = [one for one in messages(checked.findings) if one.first.code == "STR-307"]
    assert message.details == found.details
    lines = list(as_text(checked))
    assert [line.strip() for line in lines if line.strip() in found.details] == list(found.details)


def test_one_cell_alone_is_told_in_the_message() -> None:
    file = Spoiled(completed(CODE))
    sheet, cell = place_of(CODE, TOTALS[0])
    file.put(sheet, cell, sound(CODE).values[TOTALS[0]], formula="C99")
    (found,) = by_code(check(file.data(), file_name(CODE)), "STR-307")
    assert found.details == ()
    assert "=C99" in found.message
    assert found.expected in found.message


def test_cells_filled_or_emptied_are_told_one_by_one() -> None:
    file = Spoiled(completed(CODE))
    file.put("Checks", "D9", None)
    file.put("Checks", "D10", None)
    (found,) = by_code(check(file.data(), file_name(CODE)), "STR-310")
    assert [detail.partition("; ")[0] for detail in found.details] == ["D9: empty", "D10: empty"]
