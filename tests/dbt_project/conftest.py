"""The dbt project, built once for all that is asked of it."""

from __future__ import annotations

import pytest

from tests.dbt_project.built import BuiltProject, build_project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> BuiltProject:
    """The project built and documented; nobody writes into its warehouse."""
    folder = tmp_path_factory.mktemp("dbt")
    warehouse = folder / "warehouse.duckdb"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("RETRACE_WAREHOUSE", str(warehouse))
        return build_project(folder, warehouse)
