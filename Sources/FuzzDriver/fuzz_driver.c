#include "fuzz_driver.h"

// Weak: zero in executables without libFuzzer. See LLVM's compiler-rt/lib/fuzzer/FuzzerDriver.cpp.
__attribute__((weak)) int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*check)(const uint8_t *data, size_t size));

// Weak: zero in executables without AddressSanitizer.
__attribute__((weak)) void __asan_init(void);
// Weak: zero in executables without LeakSanitizer.
__attribute__((weak)) void __lsan_disable(void);
__attribute__((weak)) void __lsan_enable(void);

static fuzz_driver_check own_check;

// Fleets of fuzzing machines take a program for a fuzz target if it has this name.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return own_check ? own_check(data, size) : 0; }

bool fuzz_driver_is_linked(void) { return LLVMFuzzerRunDriver != 0; }

bool fuzz_driver_has_shadow_memory(void) { return __asan_init != 0; }

void fuzz_driver_leak_tracking(bool is_on) {
    if (__lsan_disable && __lsan_enable) (is_on ? __lsan_enable : __lsan_disable)();
}

int fuzz_driver_run(int argc, char **argv, fuzz_driver_check check) {
    own_check = check;
    return LLVMFuzzerRunDriver(&argc, &argv, LLVMFuzzerTestOneInput);
}
