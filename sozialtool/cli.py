"""Every step as a command; without a command the terminal UI starts."""

from __future__ import annotations


def run(argumente: list[str]) -> int:
    """Run one command; return 0 done, 1 done with findings, 2 wrong use, 3 file problem."""
    raise NotImplementedError(argumente)
