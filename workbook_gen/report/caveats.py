"""What has to be said of national figures wherever they are shown."""

from workbook_gen.report.consolidate import Consolidation


def illustrative_said(found: Consolidation) -> str:
    """How many of the figures that the centre fills in are illustrative, and what follows."""
    prefilled = found.figures[found.figures.status.isin(["published", "illustrative"])]
    illustrative = int((prefilled.status == "illustrative").sum())
    return (
        f"{illustrative:,} of the {len(prefilled):,} figures that the centre fills in are illustrative: derived from published "
        "England totals, because none by system has been published. Every figure that rests on one is illustrative too."
    )
