/* Wine 8 has no ProcessPrng, which every Rust program calls for random numbers. Only for the tests; never shipped. */
#include <windows.h>

BOOLEAN WINAPI SystemFunction036(PVOID puffer, ULONG laenge); /* RtlGenRandom of advapi32 */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE daten, SIZE_T laenge)
{
    while (laenge > 0) {
        ULONG stueck = laenge > 0x10000000 ? 0x10000000 : (ULONG)laenge;
        if (!SystemFunction036(daten, stueck))
            return FALSE;
        daten += stueck;
        laenge -= stueck;
    }
    return TRUE;
}
