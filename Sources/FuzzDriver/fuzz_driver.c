#include "fuzz_driver.h"

// Weak: zero in executables without libFuzzer. See LLVM's compiler-rt/lib/fuzzer/FuzzerDriver.cpp.
__attribute__((weak)) int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*check)(const uint8_t *data, size_t size));

bool fuzz_driver_is_linked(void) { return LLVMFuzzerRunDriver != 0; }

int fuzz_driver_run(int argc, char **argv, fuzz_driver_check check) { return LLVMFuzzerRunDriver(&argc, &argv, check); }
