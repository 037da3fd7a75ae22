"""Runs every benchmark, writes var/bench.json, prints a table: `make bench`."""

import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks import reading, record, reports, web

OUT = Path("var/bench.json")
BENCHES = (
    web.first_visit,
    web.responses_per_second,
    reports.summary_of_100k,
    record.events_per_second,
    record.checkpoint_of_100k,
    reading.size_and_training,
    reading.speed,
)


def main() -> None:
    """Run all; progress on stderr, the table on stdout."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    rows = []
    for bench in BENCHES:
        began = time.monotonic()
        for row in bench():
            rows.append(asdict(row) | {"command": "make bench", "commit": commit})
        print(f"{bench.__module__}.{bench.__name__}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(rows, ensure_ascii=False, indent=1))
    print(f"{'figure':44} {'median':>12} {'spread':>17}  floor · peer")
    for row in rows:
        samples = row["samples"]
        spread = f"{min(samples):.1f}–{max(samples):.1f}" if len(samples) > 1 else ""
        said = " · ".join(part for part in (row["floor"], row["peer"], row["note"]) if part)
        print(f"{row['name']:44} {statistics.median(samples):>9.1f} {row['unit']:<3} {spread:>16}  {said}")


if __name__ == "__main__":
    main()
