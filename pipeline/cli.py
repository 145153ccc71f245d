"""The command line: one command, ``retrace``, and the exit code that each outcome has."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import Annotated

import typer

from pipeline.commands import baselining, building, checking, exporting, mining, proving, reading, reporting, serving
from pipeline.errors import RetraceError

UNEXPECTED = 3

app = typer.Typer(
    name="retrace",
    help="How a distributor's returns really run, what that costs, and whether a redesign helped.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show a stack trace when something fails.")] = False,
) -> None:
    """How a distributor's returns really run, what that costs, and whether a redesign helped."""


app.command(epilog="Example: retrace demo --returns 2000 --no-serve")(building.demo)
app.command(epilog="Example: retrace simulate --out landing --returns 5000 --scenario redesign")(building.simulate)
app.command(epilog="Example: retrace build --extracts landing --workspace returns --as-of 2025-06-30T18:00:00Z")(
    building.build
)
app.command("load-report", epilog="Example: retrace load-report --workspace returns")(reading.load_report)
app.command(epilog="Example: retrace kpis --workspace returns --from 2025-01-01 --to 2025-04-01 --by site")(
    reading.kpis
)
app.command(epilog="Example: retrace exceptions --workspace returns --type excess_credit --open --format csv")(
    reading.exceptions
)
app.command(epilog="Example: retrace export events --workspace returns --format xes --output returns.xes")(
    exporting.export
)
app.command(epilog="Example: retrace mine --log tickets.csv --case id --activity step --timestamp at --out mined")(
    mining.mine
)
app.command(epilog="Example: retrace report --workspace returns --from 2025-04-01 --to 2025-07-01 --out board.pdf")(
    reporting.report
)
app.command(
    epilog="Example: retrace compare --workspace returns --baseline before-portal --from 2025-05-01 --to 2025-07-01 "
    "--rollout rollout.csv"
)(proving.compare)
app.add_typer(baselining.baseline)
app.command(epilog="Example: retrace validate --workspace returns --docs docs")(checking.validate)
app.command(epilog="Example: retrace dashboard --workspace returns --port 8600")(serving.dashboard)
app.command(epilog="Example: retrace doctor --workspace returns")(checking.doctor)


def main() -> None:
    """Run the command line on the arguments of this process and end it with the exit code.

    The process ends without the interpreter's teardown: nothing is open any more, tearing the libraries down takes up
    to a second, and the engine's binding would print its own reference counts on standard error.
    """
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BrokenPipeError):
            stream.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 a check found failures, 2 wrong usage, 3 failed inside.

    ``--debug`` is understood anywhere in the line.
    """
    debug = "--debug" in arguments
    try:
        app([argument for argument in arguments if argument != "--debug"], prog_name="retrace")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except RetraceError as error:
        if debug:
            traceback.print_exc()
        print(f"retrace: {error}", file=sys.stderr)
        return error.exit_code
    except Exception as error:  # the last line of defence: the user gets a sentence, not a trace
        if debug:
            traceback.print_exc()
        text = " ".join(str(error).split()) or type(error).__name__
        print(f"retrace: unexpected failure: {text} (run again with --debug for the stack trace)", file=sys.stderr)
        return UNEXPECTED
    return 0
