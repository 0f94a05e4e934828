"""Can this console window show the terminal UI at all? Asked before anything is drawn.

Windows 10 and 11 understand the sequences that Textual draws with; a console in legacy mode ("Legacykonsole verwenden" in
its properties) and Windows before 10 print them as garbage. Source: learn.microsoft.com, "SetConsoleMode", flag
ENABLE_VIRTUAL_TERMINAL_PROCESSING.
"""

from __future__ import annotations

import sys
from typing import Protocol

from sozialtool.fehler import BedienFehler

_VT = 0x0004
_HILFE = "Jeder Schritt geht auch als Befehl: sozialtool --hilfe"


class Fenster(Protocol):
    """A console window."""

    def read_modus(self) -> int | None:
        """Return the flags of its output, None when it is none (a file, NUL, the window of another system)."""

    def set_modus(self, modus: int) -> bool:
        """Set the flags; False when it does not know them."""


def check_fenster(fenster: Fenster | None = None) -> None:
    """Do nothing when the window can show the UI; it is left as it was.

    Args:
        fenster: the window; None: the one of this process (elsewhere than on Windows every terminal can).

    Raises:
        BedienFehler: FENSTER-KEINES or FENSTER-ALT, with what works instead.
    """
    fenster = fenster or _own()
    if fenster is None:
        return
    modus = fenster.read_modus()
    if modus is None:
        raise BedienFehler("Die Oberfläche braucht ein Konsolenfenster; hier ist keines.", _HILFE, "FENSTER-KEINES")
    if modus & _VT:
        return
    if not fenster.set_modus(modus | _VT):
        raise BedienFehler(
            "Dieses Konsolenfenster kann die Oberfläche nicht zeichnen: Es ist zu alt oder läuft im Legacymodus.",
            "Rechtsklick auf die Titelleiste, Eigenschaften, Optionen: „Legacykonsole verwenden“ ausschalten und sozialtool "
            f"neu starten. {_HILFE}",
            "FENSTER-ALT",
        )
    fenster.set_modus(modus)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _AUSGABE = -11

    class _Konsole:
        def __init__(self) -> None:
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.GetStdHandle.restype = wintypes.HANDLE
            self._kernel.GetStdHandle.argtypes = (wintypes.DWORD,)
            self._kernel.GetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
            self._kernel.SetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.DWORD)
            self._griff = self._kernel.GetStdHandle(wintypes.DWORD(_AUSGABE))

        def read_modus(self) -> int | None:
            modus = wintypes.DWORD()
            return modus.value if self._kernel.GetConsoleMode(self._griff, ctypes.byref(modus)) else None

        def set_modus(self, modus: int) -> bool:
            return bool(self._kernel.SetConsoleMode(self._griff, modus))

    def _own() -> Fenster | None:
        return _Konsole()

else:

    def _own() -> Fenster | None:
        return None
