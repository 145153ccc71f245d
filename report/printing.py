"""Print a document to PDF with headless Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import RetraceError

PATIENCE_SECONDS = 120
BROWSERS = ("chromium", "google-chrome")
WHAT_TO_DO = (
    "Install Chromium (Debian and Ubuntu: apt-get install chromium), put it on the PATH or name it in the variable "
    "CHROMIUM; or print the HTML from any browser."
)


class PrintingError(RetraceError):
    """There is no PDF: no browser was found, or it did not print. Exit code 3."""


def browser() -> str | None:
    """Return the browser that prints: what the variable CHROMIUM names, else what is on the PATH; None for none."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name)
    return next((path for path in found if path), None)


def printed(html: str, chromium: str) -> bytes:
    """Return an HTML document as PDF.

    The browser gets a profile of its own, which goes away with it. Raises PrintingError when it does not print.
    """
    with tempfile.TemporaryDirectory(prefix="retrace-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(html, encoding="utf-8")
        said = _run([*_command(chromium, Path(folder)), f"--print-to-pdf={target}", source.as_uri()])
        if not target.is_file():
            raise PrintingError(f"{chromium} printed no PDF: {said[-300:] or 'it said nothing'}. {WHAT_TO_DO}")
        return target.read_bytes()


def _command(chromium: str, folder: Path) -> list[str]:
    return [
        *(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer"),
        f"--user-data-dir={folder / 'profile'}",
    ]


def _run(command: list[str]) -> str:
    """Run the browser and return what it said, on one line."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    except OSError as error:
        raise PrintingError(f"{command[0]} cannot be started ({error.strerror}). {WHAT_TO_DO}") from error
    except subprocess.TimeoutExpired as error:
        raise PrintingError(f"{command[0]} did not print within {PATIENCE_SECONDS} seconds. {WHAT_TO_DO}") from error
    return " ".join(done.stderr.decode("utf-8", "replace").split())
