"""The project file: SQLite, one file `<kommune>.sozial`; open, lock, change, take back, migrate, back up."""

from sozialtool.projekt.oeffnen import create_projekt, open_projekt
from sozialtool.projekt.projekt import Projekt
from sozialtool.projekt.protokoll import Aenderung
from sozialtool.projekt.schreiber import Schreiber
from sozialtool.projekt.sicherung import Sicherung, find_sicherungen
from sozialtool.projekt.sperre import Sperre, read_sperre

__all__ = [
    "Aenderung",
    "Projekt",
    "Schreiber",
    "Sicherung",
    "Sperre",
    "create_projekt",
    "find_sicherungen",
    "open_projekt",
    "read_sperre",
]
