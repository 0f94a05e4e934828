r"""Consoles that show less: no sequences where they would be garbage; AltGr characters arrive."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.widgets import Input

from sozialtool.cli import run
from sozialtool.fehler import BedienFehler
from sozialtool.tui.app import SozialtoolApp
from sozialtool.tui.fenster import check_fenster
from sozialtool.tui.treiber import secure_driver

VT = 4
ALTGR = "@\\[]{}|~€²³µ"
"""What a German keyboard has on AltGr."""


class Fenster:
    """A console window with some flags, old or new, or none at all."""

    def __init__(self, modus: int | None, *, kennt_vt: bool = True) -> None:
        self.modus, self._kennt_vt = modus, kennt_vt

    def read_modus(self) -> int | None:
        return self.modus

    def set_modus(self, modus: int) -> bool:
        if modus & VT and not self._kennt_vt:
            return False
        self.modus = modus
        return True


@pytest.mark.parametrize("modus", [3, 3 | VT])
def test_a_window_that_can_is_left_as_it_was(modus):
    fenster = Fenster(modus)
    check_fenster(fenster)
    assert fenster.modus == modus


@pytest.mark.parametrize(
    ("fenster", "code"), [(Fenster(3, kennt_vt=False), "FENSTER-ALT"), (Fenster(None), "FENSTER-KEINES")]
)
def test_a_window_that_cannot_points_to_the_commands(fenster, code):
    with pytest.raises(BedienFehler) as fehler:
        check_fenster(fenster)
    assert fehler.value.code == code
    assert "sozialtool --hilfe" in fehler.value.abhilfe


@pytest.mark.skipif(sys.platform != "win32", reason="anderswo kann es jedes Terminal")
def test_the_own_window_is_asked_on_windows():
    # The tests run without any console: what is there is a pipe or NUL.
    code = (
        f"import sys; sys.path[:0] = {[p for p in sys.path if p]!r}\n"
        "from sozialtool.tui.fenster import check_fenster\n"
        "from sozialtool.fehler import BedienFehler\n"
        "try:\n    check_fenster()\nexcept BedienFehler as fehler:\n    print(fehler.code)"
    )
    lauf = subprocess.run([sys.executable, "-c", code], capture_output=True, stdin=subprocess.DEVNULL, check=True)
    assert lauf.stdout.strip() == b"FENSTER-KEINES"


def test_the_ui_asks_the_window_first(monkeypatch, capsys):
    monkeypatch.setattr("sozialtool.konsole.is_terminal", lambda: True)
    monkeypatch.setattr("sozialtool.tui.fenster._own", lambda: Fenster(3, kennt_vt=False))
    monkeypatch.setattr(SozialtoolApp, "run", lambda _: pytest.fail("gezeichnet"))
    assert run([]) == 2
    assert "Legacykonsole" in capsys.readouterr().err


@pytest.mark.parametrize("zeichensatz", ["cp1252", "cp850", "cp437", "ascii"])
@pytest.mark.parametrize("befehl", [["--hilfe"], ["einlesen", "--hilfe"], ["gibtesnicht"], []])
def test_commands_print_no_sequences_on_any_console(befehl, zeichensatz):
    code = f"import sys; sys.path[:0] = {[p for p in sys.path if p]!r}\nfrom sozialtool.cli import run\nsys.exit(run(sys.argv[1:]))"
    # As an argument, because the tests' Python on Windows is isolated from the environment by its _pth file.
    strom = f"import io, sys; [setattr(sys, n, io.TextIOWrapper(getattr(sys, n).buffer, {zeichensatz!r})) for n in ('stdout', 'stderr')]\n"
    lauf = subprocess.run(
        [sys.executable, "-c", strom + code, *befehl],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "FORCE_COLOR": "1"},
    )
    text = (lauf.stdout + lauf.stderr).decode(zeichensatz)
    assert "\x1b" not in text
    assert "Traceback" not in text
    assert "sozialtool" in text


# --- AltGr --------------------------------------------------------------------------------------------------


class _Schreibt(Driver):
    """A driver that writes down what it is told to."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, data: str) -> None:
        self.text += data

    def start_application_mode(self) -> None:
        """Begin as Textual's Windows driver does."""
        self.write("\x1b[?1049h")
        self.write("\x1b[>1u")

    def stop_application_mode(self) -> None:
        self.write("\x1b[<u")
        self.write("\x1b[?1049l")

    def disable_input(self) -> None: ...


def test_the_kitty_protocol_is_never_switched_on():
    treiber = secure_driver(_Schreibt)()
    treiber.start_application_mode()
    treiber.stop_application_mode()
    assert treiber.text == "\x1b[?1049h\x1b[?1049l"


@pytest.mark.skipif(sys.platform != "win32", reason="den Treiber für Windows gibt es nur dort")
def test_the_driver_of_the_app_is_textuals_without_the_protocol():
    from textual.drivers.windows_driver import WindowsDriver

    klasse = SozialtoolApp().get_driver_class()
    assert issubclass(klasse, WindowsDriver)

    class Schreiber:
        def __init__(self) -> None:
            self.text = ""

        def write(self, data: str) -> None:
            self.text += data

        def stop(self) -> None: ...

    treiber = klasse.__new__(klasse)
    treiber._writer_thread = Schreiber()
    for stueck in ("\x1b[?1049h", "\x1b[>1u", "Größe \x1b[31m", "\x1b[<u", "\x1b[=5u"):
        treiber.write(stueck)
    assert treiber._writer_thread.text == "\x1b[?1049hGröße \x1b[31m"


def test_the_protocol_is_still_what_textual_writes():
    """If Textual changes its sequence or its place, the driver of our own must be looked at again."""
    import inspect
    from pathlib import Path

    import textual.drivers as ordner

    quelle = (Path(inspect.getfile(ordner)).parent / "windows_driver.py").read_text(encoding="utf-8")
    assert 'self.write("\\x1b[>1u")' in quelle
    assert 'self.write("\\x1b[<u")' in quelle


class _Feld(App[None]):
    def compose(self) -> ComposeResult:
        yield Input(id="feld")


@pytest.mark.parametrize("zeichen", list(ALTGR))
async def test_altgr_characters_arrive_in_a_field(zeichen):
    app = _Feld()
    async with app.run_test() as pilot:
        # As the console hands it to Textual's EventMonitor: one character, no modifier.
        for ereignis in XTermParser().feed(zeichen):
            app.post_message(ereignis)
        await pilot.pause()
        assert app.query_one(Input).value == zeichen


async def test_they_arrive_in_the_path_line_of_the_ui(tmp_path):
    from sozialtool.tui.dialoge.dateiwahl import Dateiwahl

    app = SozialtoolApp()
    async with app.run_test() as pilot:
        await app.push_screen(Dateiwahl("Datei", tmp_path, (".xlsx",)))
        await pilot.pause()
        zeile = app.screen.query_one(Input)
        zeile.value = ""
        for ereignis in XTermParser().feed("".join(ALTGR)):
            app.post_message(ereignis)
        await pilot.pause()
        assert zeile.value == "".join(ALTGR)


async def test_ctrl_c_in_the_ui_ends_nothing_and_says_how_to_leave():
    app = SozialtoolApp()
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.is_running
        assert app.return_code is None
