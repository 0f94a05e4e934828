"""An old processor: a German sentence before anything is computed."""

from __future__ import annotations

import sys

import pytest

from sozialtool import prozessor
from sozialtool.fehler import BedienFehler


def test_too_old_is_said_in_german() -> None:
    with pytest.raises(BedienFehler, match="zu alt") as fehler:
        prozessor.check_prozessor(lambda: False, lambda: False)
    assert "neueren PC" in fehler.value.abhilfe


def test_a_windows_that_does_not_know_the_question_is_tried() -> None:
    gefragt: list[str] = []

    def laeuft() -> bool:
        gefragt.append("laeuft")
        return True

    prozessor.check_prozessor(lambda: False, laeuft)
    assert gefragt == ["laeuft"]


def test_nothing_is_tried_where_the_instructions_are_there() -> None:
    def laeuft() -> bool:
        raise AssertionError("unnötig gestartet")

    prozessor.check_prozessor(lambda: True, laeuft)


@pytest.mark.skipif(sys.platform != "win32", reason="fragt Windows nach dem Prozessor")
def test_windows_answers_and_the_probe_works() -> None:
    assert prozessor._has_sse4_2()
    assert prozessor._engine_runs()
    prozessor.check_prozessor()


def test_commands_ask_first(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from sozialtool import cli

    def alt() -> None:
        raise BedienFehler("zu alt", "anderer PC", "PROZESSOR-ALT")

    monkeypatch.setattr(prozessor, "check_prozessor", alt)
    assert cli.run(["stand"]) == 2
    assert "PROZESSOR-ALT" in capsys.readouterr().err
