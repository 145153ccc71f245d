"""Write the mined process model."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import MODEL_NAME
from pipeline.warehouse import Connection


def write_bpmn(con: Connection, path: Path) -> None:
    """Write the model of the build as BPMN 2.0 XML, as it was mined."""
    [(content,)] = con.execute(
        "select content from marts.models where name = ? and format = 'bpmn'", [MODEL_NAME]
    ).fetchall()
    path.write_text(content, encoding="utf-8")
