// libFuzzer, where the executable was linked with it.
#ifndef FUZZ_DRIVER_H
#define FUZZ_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Checks one input; 0 to keep it for the corpus, -1 to drop it.
typedef int (*fuzz_driver_check)(const uint8_t *data, size_t size);

/// Whether the executable was linked with libFuzzer (-sanitize=fuzzer).
bool fuzz_driver_is_linked(void);

/// Whether the executable was linked with AddressSanitizer, which maps terabytes that it hardly touches.
bool fuzz_driver_has_shadow_memory(void);

/// Whether LeakSanitizer, where it is linked, looks for what this thread allocates from now on. Off as often as on.
void fuzz_driver_leak_tracking(bool is_on);

/// Runs libFuzzer with the command's arguments; returns its exit status. libFuzzer must be linked.
int fuzz_driver_run(int argc, char **argv, fuzz_driver_check check);

#endif
