"""Is that process still running? Without extra libraries, on Windows too.

`os.kill(pid, 0)` must not be used on Windows: there it ends the process.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED = 0x1000
    _ACCESS_DENIED = 5
    _STILL_ACTIVE = 259

    def find_beginn(vorgang: int) -> str | None:
        """Return a mark of when the process began, "" when it runs but cannot be asked, None when it does not run."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel.GetExitCodeProcess.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
        kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        griff = kernel.OpenProcess(_QUERY_LIMITED, False, vorgang)
        if not griff:
            return "" if ctypes.get_last_error() == _ACCESS_DENIED else None
        try:
            ende = wintypes.DWORD()
            if kernel.GetExitCodeProcess(griff, ctypes.byref(ende)) and ende.value != _STILL_ACTIVE:
                return None
            zeiten = [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetProcessTimes(griff, *[ctypes.byref(zeit) for zeit in zeiten]):
                return ""
            return f"{zeiten[0].dwHighDateTime:08x}{zeiten[0].dwLowDateTime:08x}"
        finally:
            kernel.CloseHandle(griff)

else:

    def find_beginn(vorgang: int) -> str | None:
        """Return a mark of when the process began, "" when it runs but cannot be asked, None when it does not run."""
        if vorgang <= 0:
            return None
        try:
            os.kill(vorgang, 0)
        except ProcessLookupError:
            return None
        except (PermissionError, OverflowError):
            return ""
        return _read_proc(vorgang)

    def _read_proc(vorgang: int) -> str | None:
        """Linux: time of start since boot, with the mark of the boot; a zombie does not run any more."""
        try:
            stat = Path(f"/proc/{vorgang}/stat").read_text(encoding="utf-8", errors="replace")
            boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            return ""
        felder = stat.rpartition(")")[2].split()
        return None if felder[0] == "Z" else f"{boot}-{felder[19]}"
