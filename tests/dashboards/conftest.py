"""The pages over a small literal warehouse and over a real build, under AppTest and in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from browsing import chromium, serving_workspace
from literal_warehouse import publish, write_warehouse
from playwright.sync_api import Browser

from pipeline.settings import WORKSPACE_VARIABLE


@pytest.fixture(scope="session")
def literal_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The literal warehouse as a file; nobody writes into it."""
    path = tmp_path_factory.mktemp("literal") / "warehouse.duckdb"
    write_warehouse(path)
    return path


@pytest.fixture
def workspace(literal_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace with the literal warehouse as build 1, which the pages show."""
    st.cache_data.clear()
    st.cache_resource.clear()
    folder = tmp_path / "workspace"
    publish(literal_warehouse, folder, 1)
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(folder))
    yield folder
    st.cache_resource.clear()


@pytest.fixture
def real_workspace(built_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The workspace of a real build of simulated returns, which the pages show; nobody writes into it."""
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(built_workspace))
    yield built_workspace
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def address(built_workspace: Path) -> Iterator[str]:
    """The address of a server of the built workspace's pages."""
    with serving_workspace(built_workspace) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the tests fail."""
    with chromium() as started:
        yield started
