"""The errors a user meets, each with the exit code that the command line answers with."""

from __future__ import annotations


class RetraceError(Exception):
    """Something a user can mend; the message says what was found, what was expected and what to do."""

    exit_code = 3


class UsageError(RetraceError):
    """Wrong usage, or extracts that break the contract. Exit code 2."""

    exit_code = 2


class ChecksFailedError(RetraceError):
    """A check or validation ran and found failures. Exit code 1."""

    exit_code = 1


class BuildError(RetraceError):
    """A build failed inside; the published warehouse is what it was. Exit code 3."""

    exit_code = 3
