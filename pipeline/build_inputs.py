"""What a build is made with besides its rows: the files it read, the product's own files, and the tools."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pipeline.fingerprint import FileHash, content_sha256, file_hashes
from pipeline.settings import PROJECT, SEEDS, product_version
from pipeline.warehouse import Connection

TABLE = "raw.build_inputs"
_CODE = {"expectations": "*.py", "macros": "*.sql", "models": "*.*", "pipeline": "*.py", "tests/dbt": "*.sql"}
_FILES = ("dbt_project.yml", "pipeline/contract.yml")
_TOOLS = ("dbt-core", "dbt-duckdb", "duckdb")
_TOOLS_OF_SPARK = (*_TOOLS, "dbt-spark", "pyspark")
_GIT_SECONDS = 5


def keep_build_inputs(con: Connection, files: Iterable[FileHash], target: str = "duckdb") -> None:
    """Write `TABLE`: one row per input with `kind`, `name`, `size` (bytes, null for versions) and `content`.

    The kinds are `extract` (a file that was read; the content is its SHA-256), `code` (the product's seeds and the
    folders of its code, SHA-256 each) and `version` (of the product and its tools, and the commit where there is one).
    """
    con.execute(f"create or replace table {TABLE} (kind varchar, name varchar, size bigint, content varchar)")
    rows: list[tuple[str, str, int | None, str]] = [("extract", file.name, file.size, file.sha256) for file in files]
    rows += [("code", one.name, one.size, one.sha256) for one in _code()]
    tools = _TOOLS_OF_SPARK if target == "spark" else _TOOLS
    rows += [("version", name, None, content) for name, content in _versions(tools).items()]
    con.executemany(f"insert into {TABLE} values (?, ?, ?, ?)", rows)  # noqa: S608 -- the program's own name


def files_of_build(con: Connection) -> tuple[FileHash, ...]:
    """Return the files that the build on `con` has read, in order of their names."""
    rows = con.execute(f"select name, size, content from {TABLE} where kind = 'extract' order by name").fetchall()  # noqa: S608 -- own name
    return tuple(FileHash(name, size, content) for name, size, content in rows)


def made_with(con: Connection) -> dict[str, str]:
    """Return what the build on `con` was made with, as `code_and_tools` would have told it then."""
    rows = con.execute(f"select name, content from {TABLE} where kind <> 'extract'").fetchall()  # noqa: S608 -- own name
    return {str(name): str(content) for name, content in rows}


def code_and_tools() -> dict[str, str]:
    """Return what names the product's own files and the tools, by name, as `TABLE` has it in a build made now."""
    return {**{one.name: one.sha256 for one in _code()}, **_versions(_TOOLS)}


def _code() -> tuple[FileHash, ...]:
    """The seeds and the files of the project one by one, and each folder of code as a whole."""
    seeds = file_hashes((f"{SEEDS.name}/{path.name}", path) for path in SEEDS.iterdir() if path.is_file())
    files = file_hashes((name, PROJECT / name) for name in _FILES)
    folders = tuple(_folder(name, pattern) for name, pattern in _CODE.items())
    return (*seeds, *files, *folders)


def _folder(name: str, pattern: str) -> FileHash:
    paths = (PROJECT / name).rglob(pattern)
    files = file_hashes((path.relative_to(PROJECT).as_posix(), path) for path in paths)
    return FileHash(name, sum(file.size for file in files), content_sha256(files))


def _versions(tools: tuple[str, ...]) -> dict[str, str]:
    commit = _commit(PROJECT)
    return {
        "retrace": product_version(),
        **{tool: version(tool) for tool in tools},
        **({"git commit": commit} if commit else {}),
    }


def _commit(folder: Path) -> str | None:
    """Return the commit that is checked out, None where the product is not run from a checkout."""
    if not (folder / ".git").exists():
        return None
    try:
        asked = subprocess.run(
            ["git", "-C", str(folder), "rev-parse", "HEAD"],
            capture_output=True,
            check=True,
            text=True,
            timeout=_GIT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()
