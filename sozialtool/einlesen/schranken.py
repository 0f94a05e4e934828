"""Limits that the reading child process puts on itself before it opens anything.

POSIX: address space, processor time, no core file. Windows: a job object with a limit on committed memory and
processor time, and no error dialog when the process dies
(learn.microsoft.com, "JOBOBJECT_EXTENDED_LIMIT_INFORMATION" and "SetErrorMode").
"""

from __future__ import annotations

import sys


def limit_process(speicher: int, sekunden: float) -> None:
    """Limit this process.

    Args:
        speicher: bytes; asking for more fails (and with it the reading).
        sekunden: processor time; also ends a child whose parent was killed.
    """
    if sys.platform == "win32":
        _limit_windows(speicher, sekunden)
    else:
        _limit_posix(speicher, sekunden)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _PROCESS_TIME = 0x0000_0002
    _PROCESS_MEMORY = 0x0000_0100
    _DIE_ON_UNHANDLED = 0x0000_0400
    _KILL_ON_CLOSE = 0x0000_2000
    _EXTENDED_LIMITS = 9
    _NO_DIALOGS = 0x0001 | 0x0002 | 0x8000
    _HUNDRED_NANOSECONDS = 10_000_000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _limit_windows(speicher: int, sekunden: float) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.SetErrorMode(_NO_DIALOGS)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        grenzen = _Extended()
        grenzen.BasicLimitInformation.LimitFlags = _PROCESS_TIME | _PROCESS_MEMORY | _DIE_ON_UNHANDLED | _KILL_ON_CLOSE
        grenzen.BasicLimitInformation.PerProcessUserTimeLimit = int(sekunden * _HUNDRED_NANOSECONDS)
        grenzen.ProcessMemoryLimit = speicher
        # The handle stays open on purpose: the job, and with it the limit, lives as long as this process. Where the
        # system refuses a job (one inside another before Windows 8), the parent's clock remains.
        auftrag = kernel.CreateJobObjectW(None, None)
        if auftrag and kernel.SetInformationJobObject(
            auftrag, _EXTENDED_LIMITS, ctypes.byref(grenzen), ctypes.sizeof(grenzen)
        ):
            kernel.AssignProcessToJobObject(auftrag, kernel.GetCurrentProcess())

else:

    def _limit_posix(speicher: int, sekunden: float) -> None:
        import resource

        for art, wert in (
            (resource.RLIMIT_AS, speicher),
            (resource.RLIMIT_CPU, int(sekunden) + 1),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hart = resource.getrlimit(art)
            neu = wert if hart == resource.RLIM_INFINITY else min(wert, hart)
            try:
                resource.setrlimit(art, (neu, neu))
            except (OSError, ValueError):
                # macOS knows no limit of the address space; the parent's clock remains.
                continue
