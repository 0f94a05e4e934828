r"""The Windows driver without the kitty keyboard protocol (trap 21).

Textual 8.2.8 switches it on unconditionally on Windows; newer Windows Terminals then send AltGr+Q as `alt+q` without a
character, and a German keyboard loses @ \ [ ] { } | ~ €. Everything here works without that protocol.
"""

from __future__ import annotations

import re
from typing import Protocol

from textual.driver import Driver

_KITTY = re.compile(r"\x1b\[[<>=]\d*u")


class Schreiber(Protocol):
    """What has a `write` for terminal sequences."""

    def write(self, data: str) -> None:
        """Write to the terminal."""


def ohne_kitty(data: str) -> str:
    """Remove the sequences that switch the kitty keyboard protocol on or off."""
    return _KITTY.sub("", data) if "\x1b[" in data else data


def secure_driver(klasse: type[Driver]) -> type[Driver]:
    """Return the driver class without the kitty protocol."""

    class AltGrTreiber(klasse):  # type: ignore[valid-type,misc]  # the base is only known on the running system
        """Driver that keeps AltGr as the system delivers it."""

        def write(self, data: str) -> None:
            """Write to the terminal, without the kitty sequences."""
            sauber = ohne_kitty(data)
            if sauber:
                super().write(sauber)

    return AltGrTreiber
