"""Entry point: nothing is imported before it is known what is asked for."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    from sozialtool.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
