// Says where in a program a trap instruction was reached, before the process dies of it.
#ifndef TRAP_REPORT_H
#define TRAP_REPORT_H

#include <stdint.h>

/// From now on a trap instruction in the program's own code or in a library's writes a line to standard error before the process ends
/// by its signal: `trap at`, and where the trapping function and its callers are in the executable's file, innermost first, as
/// `0x1f40` and so on. Traps elsewhere, as in code made at run time, change nothing. Does nothing where the platform is not ELF.
void trap_report_install(void);

/// The address in the executable's file of something in memory; zero where it is not of the executable.
uint64_t trap_report_address_in_file(const void *address);

/// The callers of the function that asks, innermost first, by their addresses in the executable's file; what is of no function in it is left out.
/// Returns how many there are, at most `count`.
int trap_report_callers(uint64_t *addresses, int count);

#endif
