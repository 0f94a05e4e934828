"""Changes, the log, undo and redo."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from projekthilfe import change_rows

from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import Gebiet, Kommune, Umsteiger
from sozialtool.fehler import Abgebrochen, BedienFehler
from sozialtool.projekt import Projekt, create_projekt, open_projekt, protokoll
from sozialtool.projekt.tabellen import GESPEICHERT, Einstellung

STAND = dt.date(2025, 12, 31)


def put_gebiet(projekt: Projekt, schluessel: str, name: str = "x") -> None:
    with projekt.change(f"{schluessel} = {name}", "Test") as schreiber:
        schreiber.put(Gebiet(schluessel, name, "sozialraum"))


def names(projekt: Projekt) -> dict[str, str]:
    return {gebiet.schluessel: gebiet.name for gebiet in projekt.read(Gebiet)}


def test_every_change_is_in_the_log_with_time_person_text_and_origin(projekt: Projekt) -> None:
    davor = dt.datetime.now().replace(microsecond=0)
    with projekt.change("Rücklauf Jugendamt übernommen", "eingang/2025/jugendamt.xlsx") as schreiber:
        schreiber.put_messwerte(Messwert(str(i), "ew", STAND, float(i)) for i in range(1000))
        schreiber.put(Umsteiger("a", "b", 1.0))
    eintrag, anfang = projekt.verlauf()
    assert (eintrag.wer, eintrag.text, eintrag.herkunft, eintrag.anzahl, eintrag.zurueckgenommen) == (
        "Erika Beispiel", "Rücklauf Jugendamt übernommen", "eingang/2025/jugendamt.xlsx", 1001, False,
    )  # fmt: skip
    assert davor <= eintrag.zeit <= dt.datetime.now()
    assert (anfang.text, anfang.anzahl) == ("Projekt angelegt", 1)
    assert eintrag.nummer > anfang.nummer


def test_undo_and_redo_over_several_steps(projekt: Projekt) -> None:
    for wert in "abc":
        put_gebiet(projekt, "01", wert)
    assert projekt.undo().text == "01 = c"
    assert names(projekt) == {"01": "b"}
    assert projekt.undo().zurueckgenommen
    assert names(projekt) == {"01": "a"}
    assert projekt.undo().text == "01 = a"
    assert names(projekt) == {}
    with pytest.raises(BedienFehler, match="nichts"):
        projekt.undo()
    assert [projekt.redo().text for _ in range(3)] == ["01 = a", "01 = b", "01 = c"]
    assert names(projekt) == {"01": "c"}
    with pytest.raises(BedienFehler, match="nichts"):
        projekt.redo()


def test_a_new_change_closes_the_way_back_to_those_taken_back(projekt: Projekt) -> None:
    put_gebiet(projekt, "01", "a")
    put_gebiet(projekt, "01", "b")
    projekt.undo()
    put_gebiet(projekt, "02", "neu")
    with pytest.raises(BedienFehler):
        projekt.redo()
    projekt.undo()
    assert projekt.redo().text == "02 = neu"
    assert [e.zurueckgenommen for e in projekt.verlauf(3)] == [False, True, False]
    projekt.undo()
    assert names(projekt) == {"01": "a"}
    assert projekt.undo().text == "01 = a"
    assert names(projekt) == {}


def test_one_key_touched_many_times_in_one_change(projekt: Projekt) -> None:
    put_gebiet(projekt, "01", "alt")
    with projekt.change("hin und her") as schreiber:
        schreiber.put(Gebiet("01", "neu", "s"), Gebiet("02", "kurz", "s"))
        schreiber.remove(Gebiet, "01")
        schreiber.remove(Gebiet, "02")
        schreiber.put(Gebiet("01", "wieder", "s"), Gebiet("03", "bleibt", "s"))
        schreiber.put(Gebiet("03", "bleibt doch", "s"))
    danach = names(projekt)
    assert danach == {"01": "wieder", "03": "bleibt doch"}
    assert projekt.undo().anzahl == 3
    assert names(projekt) == {"01": "alt"}
    projekt.redo()
    assert names(projekt) == danach


@pytest.fixture
def uhr(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], dt.datetime]:
    """Set the clock of the project file to a minute of a day."""

    def stelle(minute: int) -> dt.datetime:
        zeit = dt.datetime(2030, 5, 2, 12) + dt.timedelta(minutes=minute)
        monkeypatch.setattr(protokoll, "read_uhr", lambda: zeit)
        return zeit

    return stelle


def test_which_classes_changed_since_a_time(projekt: Projekt, uhr: Callable[[int], dt.datetime]) -> None:
    uhr(1)
    put_gebiet(projekt, "01", "vorher")
    jetzt = uhr(2)
    assert projekt.changed_since(jetzt) == frozenset()
    uhr(3)
    with projekt.change("Zahlen und Gewichte") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew", STAND, 5.0)])
        schreiber.put(Umsteiger("a", "b", 1.0))
        schreiber.set_setting("farbe", "blau")
    neu = {Messwert, Umsteiger, Einstellung}
    assert projekt.changed_since(jetzt) == neu
    projekt.undo()
    assert projekt.changed_since(jetzt) == frozenset(), "taken back: as it was"
    projekt.redo()
    assert projekt.changed_since(jetzt) == neu
    with projekt.change("gestrichen") as schreiber:
        schreiber.remove(Umsteiger, "a", "b")
    assert projekt.changed_since(uhr(3)) == frozenset()
    uhr(4)
    for _ in range(3):
        projekt.undo()
    assert projekt.changed_since(jetzt) == {Gebiet}, "what was there at that time has been taken back"


def test_what_the_log_no_longer_knows_counts_as_everything(
    projekt: Projekt, uhr: Callable[[int], dt.datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protokoll, "TIEFE", 6)
    jetzt = uhr(1)
    uhr(2)
    for i in range(protokoll.TIEFE):
        put_gebiet(projekt, "01", str(i))
    assert projekt.changed_since(jetzt) == {Gebiet}
    put_gebiet(projekt, "01", "noch einer")
    assert projekt.changed_since(jetzt) == set(GESPEICHERT)
    projekt.close()
    with open_projekt(projekt.pfad, nur_lesen=True) as gelesen:
        assert gelesen.changed_since(jetzt) == set(GESPEICHERT)
        assert gelesen.changed_since(uhr(3)) == frozenset()


def test_the_creation_cannot_be_taken_back(projekt: Projekt) -> None:
    with pytest.raises(BedienFehler):
        projekt.undo()
    assert projekt.kommune.name == "Lindenrath"


def test_log_and_way_back_survive_reopening(projekt: Projekt) -> None:
    put_gebiet(projekt, "01", "a")
    put_gebiet(projekt, "01", "b")
    projekt.undo()
    projekt.close()
    with open_projekt(projekt.pfad, wer="Vertretung") as wieder:
        assert wieder.redo().text == "01 = b"
        assert wieder.undo().text == "01 = b"
        assert wieder.undo().text == "01 = a"
        assert names(wieder) == {}


class EigenerFehler(Exception):
    pass


@pytest.mark.parametrize("fehler", [EigenerFehler, Abgebrochen("Abgebrochen."), OSError(2, "weg"), KeyboardInterrupt])
def test_an_exception_rolls_back_and_arrives_as_it_is(projekt: Projekt, fehler: type[BaseException]) -> None:
    def fail() -> None:
        with projekt.change("scheitert") as schreiber:
            schreiber.put(Gebiet("01", "x", "s"))
            assert projekt.get(Gebiet, "01") is not None  # the change sees what it wrote
            raise fehler

    art = fehler if isinstance(fehler, type) else type(fehler)
    with pytest.raises(art) as gefangen:
        fail()
    assert type(gefangen.value) is art
    assert names(projekt) == {}
    assert len(projekt.verlauf()) == 1
    put_gebiet(projekt, "02")
    assert names(projekt) == {"02": "x"}


def test_an_exception_in_the_middle_of_a_generator_rolls_back(projekt: Projekt) -> None:
    def deliver():
        for i in range(500):
            yield Messwert(str(i), "ew", STAND, 1.0)
        raise FileNotFoundError(2, "Netzlaufwerk weg")

    with pytest.raises(FileNotFoundError), projekt.change("Import") as schreiber:
        schreiber.put_messwerte(deliver())
    assert projekt.count_messwerte() == 0


def test_nested_changes_are_a_clear_error(projekt: Projekt) -> None:
    with projekt.change("außen") as schreiber:
        schreiber.put(Gebiet("01", "x", "s"))
        with pytest.raises(RuntimeError, match="nest"), projekt.change("innen"):
            pass
        for verboten in (projekt.undo, projekt.redo, projekt.back_up, projekt.close):
            with pytest.raises(RuntimeError):
                verboten()
    assert names(projekt) == {"01": "x"}


def test_changes_of_one_act_are_one_entry_or_none(projekt: Projekt) -> None:
    put_gebiet(projekt, "01", "a")
    with projekt.together("Beides"):
        put_gebiet(projekt, "01", "b")
        assert names(projekt) == {"01": "b"}
        put_gebiet(projekt, "02")
    assert [a.text for a in projekt.verlauf(2)] == ["Beides", "01 = a"]

    def stop_half_way() -> None:
        with projekt.together("Halb"):
            put_gebiet(projekt, "03")
            raise BedienFehler("doch nicht", "")

    with pytest.raises(BedienFehler, match="doch nicht"):
        stop_half_way()
    assert names(projekt) == {"01": "b", "02": "x"}
    put_gebiet(projekt, "04")
    assert [g.schluessel for g in projekt.read_zurueck(Gebiet)[0]] == ["04"]
    projekt.undo()
    weg, wieder = projekt.read_zurueck(Gebiet)
    assert ([g.schluessel for g in weg], wieder) == (["02"], []), "01 only changed"
    projekt.undo()
    assert names(projekt) == {"01": "a"}
    with projekt.change("weg") as schreiber:
        schreiber.remove(Gebiet, "01")
    eins = Gebiet("01", "a", "sozialraum")
    assert projekt.read_zurueck(Gebiet) == ([], [eins])
    assert projekt.read_wieder(Gebiet) == ([], []), "a new change has closed the way"
    projekt.undo()
    assert projekt.read_wieder(Gebiet) == ([eins], []), "done again, it goes"
    projekt.undo()
    assert projekt.read_wieder(Gebiet) == ([], [eins]), "of two steps the next one"


def test_a_change_without_effect_leaves_no_entry(projekt: Projekt) -> None:
    put_gebiet(projekt, "01", "a")
    put_gebiet(projekt, "01", "a")
    with projekt.change("leer"):
        pass
    assert [e.text for e in projekt.verlauf()] == ["01 = a", "Projekt angelegt"]
    with pytest.raises(ValueError, match="text"), projekt.change("  "):
        pass


def test_the_writer_ends_with_its_change(projekt: Projekt) -> None:
    with projekt.change("zu") as schreiber:
        pass
    with pytest.raises(BedienFehler, match="abgeschlossen"):
        schreiber.put(Gebiet("01", "x", "s"))


def test_nobody_can_write_past_the_log(projekt: Projekt) -> None:
    put_gebiet(projekt, "01")
    pfad = projekt.pfad
    projekt.close()
    fremd = sqlite3.connect(pfad)
    for sql in ("INSERT INTO umsteiger VALUES ('a', 'b', 1)", "DELETE FROM gebiet", "UPDATE gebiet SET name = 'y'"):
        with pytest.raises(sqlite3.IntegrityError, match="outside"):
            fremd.execute(sql)
    fremd.close()


def test_an_undo_that_does_not_fit_any_more_is_refused_whole(projekt: Projekt) -> None:
    with projekt.change("zwei") as schreiber:
        schreiber.put(Gebiet("01", "x", "s"), Gebiet("02", "x", "s"))
    pfad = projekt.pfad
    projekt.close()
    change_rows(pfad, "DELETE FROM gebiet WHERE schluessel = '01'")
    with open_projekt(pfad) as wieder:
        with pytest.raises(Exception, match="außerhalb von sozialtool"):
            wieder.undo()
        assert names(wieder) == {"02": "x"}
        put_gebiet(wieder, "03")


def test_only_the_last_changes_keep_their_images(projekt: Projekt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protokoll, "TIEFE", 5)
    for nummer in range(12):
        put_gebiet(projekt, f"{nummer:02}")
    assert len(projekt.verlauf(100)) == 13
    for _ in range(5):
        projekt.undo()
    with pytest.raises(BedienFehler):
        projekt.undo()
    assert len(names(projekt)) == 7
    (bilder,) = projekt._verbindung.execute("SELECT count(*) FROM gebiet_bild").fetchone()  # type: ignore[union-attr]
    assert bilder == 5


def test_reading_only_refuses_changes(projekt: Projekt) -> None:
    with open_projekt(projekt.pfad, nur_lesen=True) as leser:
        assert leser.nur_lesen
        with pytest.raises(BedienFehler, match="nur zum Lesen"), leser.change("geht nicht"):
            pass
        with pytest.raises(BedienFehler, match="nur zum Lesen"):
            leser.undo()


def test_other_threads_wait_for_their_turn(projekt: Projekt) -> None:
    def work(faden: int) -> None:
        for runde in range(20):
            with projekt.change(f"{faden}/{runde}") as schreiber:
                schreiber.put(Gebiet(f"{faden}-{runde}", "x", "s"))
                schreiber.put(Umsteiger(f"{faden}", f"{runde}", 0.5))
            assert len(projekt.read(Gebiet)) >= runde

    with ThreadPoolExecutor(4) as faeden:
        list(faeden.map(work, range(4)))
    assert len(projekt.read(Gebiet)) == 80
    assert {e.anzahl for e in projekt.verlauf(80)} == {2}


def raise_if(abbruch: bool) -> None:
    if abbruch:
        raise EigenerFehler


class Modell(RuleBasedStateMachine):
    """Random changes, undos and redos against a list of snapshots."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.ordner = tempfile.TemporaryDirectory()
        from pathlib import Path

        self.pfad = Path(self.ordner.name) / "modell.sozial"
        self.projekt = create_projekt(self.pfad, Kommune("1", "Modell"))
        self.staende: list[dict[str, str]] = [{}]
        self.jetzt = 0

    schluessel = st.sampled_from("abcdef")

    @rule(
        schritte=st.lists(st.tuples(schluessel, st.one_of(st.none(), st.sampled_from("xyz"))), max_size=6),
        abbruch=st.booleans(),
    )
    def change(self, schritte: list[tuple[str, str | None]], abbruch: bool) -> None:
        neu = dict(self.staende[self.jetzt])
        vorher = len(self.projekt.verlauf(10_000))
        try:
            with self.projekt.change("Schritt") as schreiber:
                for schluessel, wert in schritte:
                    if wert is None:
                        schreiber.remove(Gebiet, schluessel)
                        neu.pop(schluessel, None)
                    else:
                        schreiber.put(Gebiet(schluessel, wert, "s"))
                        neu[schluessel] = wert
                raise_if(abbruch)
        except EigenerFehler:
            assert abbruch
        else:
            if len(self.projekt.verlauf(10_000)) > vorher:
                self.staende[self.jetzt + 1 :] = [neu]
                self.jetzt += 1
        assert names(self.projekt) == self.staende[self.jetzt]

    @precondition(lambda self: self.jetzt > 0)
    @rule()
    def undo(self) -> None:
        self.projekt.undo()
        self.jetzt -= 1
        assert names(self.projekt) == self.staende[self.jetzt]

    @precondition(lambda self: self.jetzt + 1 < len(self.staende))
    @rule()
    def redo(self) -> None:
        self.projekt.redo()
        self.jetzt += 1
        assert names(self.projekt) == self.staende[self.jetzt]

    @rule()
    def reopen(self) -> None:
        self.projekt.close()
        self.projekt = open_projekt(self.pfad)
        assert names(self.projekt) == self.staende[self.jetzt]

    def teardown(self) -> None:
        self.projekt.close()
        self.ordner.cleanup()


TestModell = Modell.TestCase
# Every run makes a project and changes it; where files cost much more (Windows, Wine), fewer runs show that it is the same.
TestModell.settings = settings(
    max_examples=10 if sys.platform == "win32" else 25, stateful_step_count=25, deadline=None
)
