"""What stands beside the cells: areas merged, comments and their threads, and links to other workbooks."""

from pathlib import Path

import xlsxwriter

from tests.unit import handmade
from workbook_gen.excel.package import open_package
from workbook_gen.excel.scan import Scan, scan

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = {
    "comments": handmade.RELATIONSHIPS,
    "hyperlink": handmade.RELATIONSHIPS,
    "externalLink": handmade.RELATIONSHIPS,
    "externalLinkPath": handmade.RELATIONSHIPS,
    "threadedComment": "http://schemas.microsoft.com/office/2017/10/relationships",
}


def relations(*rows: tuple[str, str], mode: str = "") -> str:
    """A list of relationships: kind and target of each."""
    outside = f' TargetMode="{mode}"' if mode else ""
    lines = (
        f'<Relationship Id="x{number}" Type="{KINDS[kind]}/{kind}" Target="{target}"{outside}/>'
        for number, (kind, target) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def scanned(after: str = "", **members: str) -> Scan:
    """The scan of a good workbook with these members beside it; `__` stands for `/`, `___` for `/_`."""
    found = handmade.parts({"Plan": handmade.worksheet(handmade.ROWS, after=after)})
    for key, content in members.items():
        name = key.replace("___", "/_").replace("__", "/").replace("RELS", ".xml.rels")
        found[name if name.endswith(".rels") else name + ".xml"] = content
    return scan(open_package(handmade.zipped(found)))


SHEET_RELATIONS = "xl__worksheets___rels__sheet1RELS"
NOTE = '<comment ref="B3" authorId="0"><text><r><rPr><b/></rPr><t>Why </t></r><r><t>300?</t></r></text></comment>'
THREAD = '<threadedComment ref="B3"><text>Why 300?</text></threadedComment>'


def notes(*comments: str) -> str:
    return f'<comments xmlns="{handmade.MAIN}"><authors/><commentList>{"".join(comments)}</commentList></comments>'


def threads(*comments: str) -> str:
    return f'<ThreadedComments xmlns="urn:threads">{"".join(comments)}</ThreadedComments>'


def test_merged_areas_are_kept_as_written() -> None:
    merged = '<mergeCells count="9"><mergeCell ref="A1:C1"/><mergeCell ref="B3:B4"/></mergeCells>'
    assert scanned(merged).sheets[0].merged == ("A1:C1", "B3:B4")
    assert scanned().sheets[0].merged == ()


def test_notes_are_read_from_all_their_runs() -> None:
    found = scanned(**{SHEET_RELATIONS: relations(("comments", "../comments1.xml")), "xl__comments1": notes(NOTE)})
    assert found.sheets[0].comments == {(3, 2): "Why 300?"}
    assert scanned().sheets[0].comments == {}


def test_a_thread_with_its_replies_stands_for_the_note_that_repeats_it() -> None:
    both = relations(("comments", "../comments1.xml"), ("threadedComment", "../threadedComments/t.xml"))
    legacy = NOTE.replace("Why ", "[Threaded comment] ")
    found = scanned(
        **{
            SHEET_RELATIONS: both,
            "xl__comments1": notes(legacy, NOTE.replace("B3", "AA10")),
            "xl__threadedComments__t": threads(THREAD, THREAD.replace("Why 300?", "As agreed.")),
        }
    )
    assert found.sheets[0].comments == {(3, 2): "Why 300?\nAs agreed.", (10, 27): "Why 300?"}


def test_comments_at_no_cell_and_parts_that_are_gone_are_left_out() -> None:
    odd = [NOTE.replace("B3", ref) for ref in ("", "B0", "XFE1", "A1048577", "A1:B2", "x")]
    found = scanned(**{SHEET_RELATIONS: relations(("comments", "../comments1.xml")), "xl__comments1": notes(*odd)})
    assert found.sheets[0].comments == {}
    assert scanned(**{SHEET_RELATIONS: relations(("comments", "../gone.xml"))}).sheets[0].comments == {}


def test_a_very_long_comment_is_cut() -> None:
    long = NOTE.replace("300?", "x" * 40_000)
    found = scanned(**{SHEET_RELATIONS: relations(("comments", "../comments1.xml")), "xl__comments1": notes(long)})
    assert len(found.sheets[0].comments[3, 2]) == 32_767


def test_comments_that_xlsxwriter_writes(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as workbook:
        sheet = workbook.add_worksheet("Plan")
        sheet.write_comment(2, 1, "Why 300?")
        sheet.merge_range("A1:C1", "Title")
        sheet.write_url("A9", "https://example.org/")
    found = scan(open_package((tmp_path / "made.xlsx").read_bytes()))
    assert found.sheets[0].comments == {(3, 2): "Why 300?"}
    assert found.sheets[0].merged == ("A1:C1",)
    assert found.links == ()


def linked(**members: str) -> tuple[str, ...]:
    """The links of a workbook whose workbook part names one external link."""
    found = handmade.parts({"Plan": handmade.worksheet(handmade.ROWS)})
    key = "xl/_rels/workbook.xml.rels"
    link = f'<Relationship Id="e" Type="{handmade.RELATIONSHIPS}/externalLink" Target="externalLinks/e1.xml"/>'
    found[key] = str(found[key]).replace("</Rel", link + "</Rel")
    found |= {"xl/externalLinks/e1.xml": "<externalLink/>"} | {name.replace("__", "/"): text for name, text in members.items()}
    return scan(open_package(handmade.zipped(found))).links


def test_links_to_other_workbooks_are_named_and_hyperlinks_are_not() -> None:
    outside = relations(("externalLinkPath", "file:///S:/Plans/last%20year.xlsx"), mode="External")
    assert linked(**{"xl__externalLinks___rels__e1.xml.rels".replace("___", "/_"): outside}) == (
        "file:///S:/Plans/last%20year.xlsx",
    )
    page = relations(("hyperlink", "https://example.org/"), mode="External")
    assert scanned(**{SHEET_RELATIONS: page}).links == ()


def test_a_link_that_says_no_target_is_named_by_its_part() -> None:
    assert linked() == ("xl/externalLinks/e1.xml",)
