"""Mine the process model of a build and keep it in its warehouse."""

from __future__ import annotations

from pipeline.warehouse import Connection

MODEL_NAME = "returns"
MINED_VARIANTS = 2000


def store_model(con: Connection) -> None:
    """Discover the returns process and store it as ``marts.models`` (name, format, content).

    The miner sees the 2,000 variants with the most cases; among equally frequent ones their ids, which are hashes,
    make the choice, so that it is the same in every build and prefers no kind of case.
    """
    from mining.discovery import discover_bpmn

    rows = con.execute(
        "select variant, cases from marts.variants order by cases desc, variant_id limit ?", [MINED_VARIANTS]
    ).fetchall()
    variants = {tuple(str(variant).split(" > ")): int(cases) for variant, cases in rows}
    con.execute("create or replace table marts.models (name varchar, format varchar, content varchar)")
    content = discover_bpmn(variants, MODEL_NAME)
    con.execute("insert into marts.models values (?, 'bpmn', ?)", [MODEL_NAME, content])
