"""A landing folder that grows, is corrected and loses files, step by step, from the extracts of a whole world."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.multiply import DOCUMENT_IDS, MASTER_TABLES
from tests.oracle.columns import TABLES
from tests.oracle.landing import changed

Fields = list[str]
STANDING = ("reference", "wms.sites")
ON_TIME = 0.85


@dataclass
class PartFile:
    """One file of a table in the landing folder: its header and its records."""

    header: Fields
    rows: list[Fields]


@dataclass
class Arrivals:
    """What lies in the landing folder by name, and what has not arrived yet by table."""

    folder: Path
    rng: random.Random
    files: dict[str, PartFile] = field(default_factory=dict)
    waiting: dict[str, PartFile] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    most: int = 6
    steps: int = 0

    def step(self) -> list[str]:
        """Let one to three things happen to the folder; return them in words."""
        self.steps += 1
        acts = (self.arrive, self.arrive, self.correct, self.grow, self.lose_rows, self.remove, self.come_back)
        return [act() for act in self.rng.sample(acts, self.rng.choice((1, 2, 3)))]

    def arrive(self) -> str:
        """Rows that waited come in files of their own, those of all tables or of a few."""
        tables = [name for name, part in self.waiting.items() if part.rows]
        if not tables:
            return "nothing was left to arrive"
        for name in self.rng.sample(tables, self.rng.randint(1, min(4, len(tables)))):
            part = self.waiting[name]
            count = self.rng.randint(1, self.most)
            arrived, part.rows = part.rows[:count], part.rows[count:]
            self._put(f"{name.replace('.', '/')}/late-{self.rng.choice('abxyz')}{self.steps}.csv", part.header, arrived)
        return "rows arrived in new files"

    def correct(self) -> str:
        """Other versions of rows that are there come in a new file."""
        name, part = self._some_file()
        header, table = part.header, TABLES[_table(name)]
        versions = [
            changed(table, dict(zip(header, row, strict=False)), self.rng)
            for row in self.rng.sample(part.rows, min(3, len(part.rows)))
            if len(row) == len(header)
        ]
        rows = [[row.get(column, "") for column in header] for row in versions]
        self._put(f"{table.system}/{table.name}/corrected-{self.steps}.csv", header, rows)
        return f"rows of {name} were corrected"

    def grow(self) -> str:
        """A file that was read gets more rows at its end, or in its midst."""
        name, part = self._some_file()
        more = self.waiting.get(_table(name), PartFile(part.header, []))
        rows, more.rows = more.rows[:4], more.rows[4:]
        place = self.rng.choice((len(part.rows), self.rng.randint(0, len(part.rows))))
        named = [[dict(zip(more.header, row, strict=False)).get(column, "") for column in part.header] for row in rows]
        self._put(name, part.header, [*part.rows[:place], *named, *part.rows[place:]])
        return f"{name} has {len(rows)} more rows"

    def lose_rows(self) -> str:
        """A file is exported again without some of its last rows."""
        name, part = self._some_file()
        lost = self.rng.randint(0, min(4, len(part.rows)))
        self._put(name, part.header, part.rows[: len(part.rows) - lost])
        return f"{name} lost {lost} rows"

    def remove(self) -> str:
        """A file that is not the only one of its table goes; what it had may come back."""
        names = [name for name in self._moving() if sum(_table(other) == _table(name) for other in self.files) > 1]
        if not names:
            return "nothing could be removed"
        name = self.rng.choice(names)
        (self.folder / name).unlink()
        self.waiting.setdefault(_table(name), PartFile(self.files[name].header, []))
        self.files.pop(name)
        return f"{name} was removed"

    def come_back(self) -> str:
        """A return is deleted or comes back: its header is written again."""
        headers = [name for name in self._moving() if _table(name) == "erp.returns" and self.files[name].rows]
        part = self.files[self.rng.choice(headers)]
        row = dict(zip(part.header, self.rng.choice(part.rows), strict=False))
        row |= {"updated_at": "2089-12-30", "deleted_at": self.rng.choice(("", "2025-03-01", "2025-02-01T10:00:00Z"))}
        columns = list(row)
        self._put(f"erp/returns/header-{self.steps}.csv", columns, [list(row.values())])
        return f"return {row.get('return_id')} is deleted: {bool(row['deleted_at'])}"

    def _some_file(self) -> tuple[str, PartFile]:
        name = self.rng.choice([name for name in self._moving() if self.files[name].rows])
        return name, self.files[name]

    def _moving(self) -> list[str]:
        return sorted(name for name in self.files if not _table(name).startswith(STANDING))

    def _put(self, name: str, header: Fields, rows: list[Fields]) -> None:
        self.files[name] = PartFile(header, rows)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([header, *rows])


def first_arrival(world: Path, folder: Path, seed: int, copies: int = 1) -> Arrivals:
    """Put most rows of `world` into `folder`, its documents in `copies` under ids of their own; the rest waits."""
    arrivals = Arrivals(folder, random.Random(seed))
    for path in sorted(path for path in world.rglob("*.csv") if path.parent != world):
        name = path.relative_to(world).as_posix()
        with path.open(encoding="utf-8-sig", newline="") as handle:
            header, *rows = [record for record in csv.reader(handle) if record]
        table = _table(name)
        known = arrivals.waiting.setdefault(table, PartFile(header, []))
        if not table.startswith(STANDING):
            rows = [_copied(header, row, copy) for copy in range(_copies(table, copies)) for row in rows]
            is_late = [arrivals.rng.random() > ON_TIME for _ in rows]
            late = [dict(zip(header, row, strict=False)) for row, waits in zip(rows, is_late, strict=True) if waits]
            known.rows += [[row.get(column, "") for column in known.header] for row in late]
            rows = [row for row, waits in zip(rows, is_late, strict=True) if not waits]
        arrivals._put(name, header, rows)
        arrivals.rng.shuffle(known.rows)
    return arrivals


def _copies(table: str, copies: int) -> int:
    return 1 if table.replace(".", "__") in MASTER_TABLES else copies


def _copied(header: Fields, row: Fields, copy: int) -> Fields:
    """The row of a copy: what names documents has the copy's number."""
    if copy == 0:
        return row
    return [
        f"{value}K{copy}" if value and name in DOCUMENT_IDS else value for name, value in zip(header, row, strict=False)
    ]


def _table(name: str) -> str:
    """The table of a file: `erp/returns.csv` and `erp/returns/late-1.csv` are both of erp.returns."""
    system, table, *_ = name.removesuffix(".csv").split("/")
    return f"{system}.{table}"
