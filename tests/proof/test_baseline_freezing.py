"""A baseline of a real build: what is frozen, and that nobody changes it unseen."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from mining.cohort import Attribute, Cohort
from pipeline.cli import run
from pipeline.errors import UsageError
from pipeline.kpis import kpi_rows
from pipeline.publish import open_published
from proof.baseline.freezing import freeze
from proof.baseline.record import Baseline
from proof.baseline.store import open_baseline
from proof.baseline.verifying import verify
from proof.question import Side
from tests.proof.frozen import NAME, QUARTER


def test_the_values_are_those_of_the_kpis_to_the_last_digit(frozen_workspace: Path, baseline: Baseline) -> None:
    with open_published(frozen_workspace) as published:
        rows = kpi_rows(published.connection, QUARTER.start, QUARTER.end)
    told = [(row.kpi, row.value, row.n, row.numerator, row.denominator, row.left_out, row.coverage) for row in rows]
    kept = [
        (one.measure.measure, one.value, one.n, one.numerator, one.denominator, one.left_out, one.coverage)
        for one in baseline.values
    ]
    assert kept[1:] == told


def test_returns_requested_in_the_period_are_those_that_a_comparison_follows(
    frozen_workspace: Path, baseline: Baseline
) -> None:
    with open_published(frozen_workspace) as published:
        [(n,)] = published.connection.execute(
            """
            select count(*)
            from event_log.cases
            where timezone(time_zone, timezone('UTC', requested_at))::date between '2025-01-01' and '2025-03-31'
            """
        ).fetchall()
    assert baseline.value("returns_requested").n == n > 0


def test_what_is_left_out_and_how_values_are_spread_is_kept(baseline: Baseline) -> None:
    for one in baseline.values:
        assert sum(n for _, n in one.left_out_reasons) == one.left_out
        if one.interval is not None:
            assert one.interval[0] <= one.value <= one.interval[1]
    cycle = baseline.value("cycle_time_days.mean")
    spread = dict(cycle.distribution)
    assert spread["p50"] == baseline.value("cycle_time_days.median").value
    assert list(spread.values()) == sorted(spread.values())
    assert cycle.interval is not None
    assert baseline.value("value_returned").interval is None


def test_the_record_names_all_that_it_was_made_of(baseline: Baseline, extracts: Path) -> None:
    kinds = {kind: {one.name for one in baseline.inputs if one.kind == kind} for kind in ("extract", "code", "version")}
    landed = {path.relative_to(extracts).as_posix() for path in extracts.rglob("*") if path.parent != extracts}
    assert kinds["extract"] >= {name for name in landed if name.endswith((".csv", ".parquet"))}
    assert kinds["code"] >= {"models", "macros", "pipeline", "seeds/kpis.csv", "pipeline/contract.yml"}
    assert kinds["version"] >= {"retrace", "duckdb", "dbt-core"}
    assert {one.table for one in baseline.references} >= {"reference.calendars", "reference.kpi_targets"}
    assert baseline.side == QUARTER
    assert Baseline.from_json(baseline.to_json()) == baseline


def test_nothing_of_a_person_or_a_place_is_in_it(frozen_workspace: Path, baseline: Baseline) -> None:
    record = baseline.to_json()
    with open_published(frozen_workspace) as published:
        con = published.connection
        ids = con.execute(
            "select user_id from staging.stg_erp__users where not is_automation "
            "union all select customer_id from staging.stg_erp__customers"
        ).fetchall()
        texts = [record]
        for kept in baseline.kept:
            path = published.workspace.baselines / NAME / kept.name
            texts += [str(row) for row in con.execute(f"select * from '{path}'").fetchall()]
    told = "\n".join(texts)
    assert not [one for (one,) in ids if f"'{one}'" in told or f'"{one}"' in told]
    assert str(frozen_workspace.parent) not in told


def test_the_same_build_freezes_to_the_same_seal_and_a_name_is_frozen_once(
    workspace_copy: Path, frozen_workspace: Path
) -> None:
    with open_published(workspace_copy) as published:
        first = freeze(published, NAME, QUARTER)
        with pytest.raises(UsageError, match="never overwritten"):
            freeze(published, NAME, QUARTER)
        with pytest.raises(UsageError, match="nothing to freeze; the build has items from 2025-01-"):
            freeze(published, "empty", Side(date(2031, 1, 1), date(2031, 2, 1)))
        for name in ("../up", "", ".hidden", "a/b", "x" * 65, "line\n"):
            with pytest.raises(UsageError, match="is no name for a baseline"):
                freeze(published, name, QUARTER)
        known = [path.name for path in published.workspace.baselines.iterdir()]
    with open_published(frozen_workspace) as published:
        assert open_baseline(published.workspace, NAME).seal == first.seal
    assert known == [NAME]


def test_a_cohort_has_its_own_items(workspace_copy: Path, baseline: Baseline) -> None:
    with open_published(workspace_copy) as published:
        [(entity, n)] = published.connection.execute(
            "select entity_id, count(*) from marts.kpi_items where kpi = 'cycle_time_days' "
            "and anchor_date >= '2025-01-01' and anchor_date < '2025-04-01' group by all order by all limit 1"
        ).fetchall()
        made = freeze(published, "one", Side(QUARTER.start, QUARTER.end, Cohort((Attribute("entity_id", (entity,)),))))
        assert made.baseline.value("cycle_time_days.mean").n == n < baseline.value("cycle_time_days.mean").n
        assert verify(published, "one").restatements == ()


def test_nothing_is_restated_on_the_build_that_was_frozen(frozen_workspace: Path) -> None:
    with open_published(frozen_workspace) as published:
        found = verify(published, NAME)
    assert (found.stored.changed, found.inputs, found.rows, found.restatements) == ((), (), (), ())


def test_any_byte_of_any_file_is_found(frozen_workspace: Path, tmp_path: Path) -> None:
    shutil.copytree(frozen_workspace, tmp_path / "moved")
    with open_published(tmp_path / "moved") as published:
        folder = published.workspace.baselines / NAME
        files = sorted(folder.iterdir())
        assert {path.stat().st_mode & 0o222 for path in files} == {0}
        for path in files:
            whole = path.read_bytes()
            path.chmod(0o644)
            for place in (0, len(whole) // 3, len(whole) - 1):
                path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
                changed = open_baseline(published.workspace, NAME).changed
                assert any(path.name in told for told in changed), (path.name, place)
            path.unlink()
            assert open_baseline(published.workspace, NAME).changed
            path.write_bytes(whole)
        assert open_baseline(published.workspace, NAME).changed == ()
        (folder / "more.txt").touch()
        assert open_baseline(published.workspace, NAME).changed == ("more.txt was added",)


def test_the_command_line(frozen_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = tmp_path / "moved"
    shutil.copytree(frozen_workspace, workspace)
    options = ["--workspace", str(workspace)]
    assert run(["baseline", "list", *options, "--format", "json"]) == 0
    [listed] = json.loads(capsys.readouterr().out)
    assert run(["baseline", "freeze", NAME, *options, "--from", "2025-01-01", "--to", "2025-04-01"]) == 2
    assert run(["baseline", "freeze", "again", *options, "--from", "2025-01-01", "--to", "2025-04-01"]) == 0
    assert len(capsys.readouterr().out.strip()) == 64
    assert run(["baseline", "list", *options]) == 0
    assert "whole" in capsys.readouterr().out
    assert run(["baseline", "verify", NAME, *options, "--seal", listed["seal"].upper()]) == 0
    assert "to the last digit" in capsys.readouterr().out
    assert run(["baseline", "verify", NAME, *options, "--seal", "0" * 64]) == 1
    assert "it was replaced" in capsys.readouterr().err
    record = workspace / "baselines" / NAME / "record.json"
    record.chmod(0o644)
    record.write_text(record.read_text().replace("2025-01-01", "2025-01-02", 1))
    assert run(["baseline", "verify", NAME, *options, "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["tampered"] == ["record.json or seal was changed: the seal is not that of the record"]
    assert "Restore its folder" in err
    assert run(["baseline", "verify", "nobody", *options]) == 2
