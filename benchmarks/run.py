"""Run every benchmark, each in a process of its own, and write what they print into docs/PERFORMANCE.md."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.interleaved import machine

PAGE = Path("docs/PERFORMANCE.md")
_PLACE = re.compile(r"(<!-- measured by benchmarks/(\w+)\.py -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Measure what is named, or everything that the page has a place for, and put it there."""
    named = set(sys.argv[1:])
    page = PAGE.read_text(encoding="utf-8")
    for place in list(_PLACE.finditer(page)):
        script = place[2]
        if not named or script in named:
            text = measured(script)
            page = page.replace(place[0], f"{place[1]}{text}\n{place[3]}")
            PAGE.write_text(page, encoding="utf-8")


def measured(script: str) -> str:
    """What a benchmark prints, and on which day and machine."""
    print(f"benchmarks/{script}.py", flush=True)
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{script}"], check=True, stdout=subprocess.PIPE, text=True)
    print(done.stdout, flush=True)
    return f"{datetime.now(UTC):%d %B %Y}, {machine()}.\n\n{done.stdout.strip()}"


if __name__ == "__main__":
    main()
