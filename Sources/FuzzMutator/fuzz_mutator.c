#include "fuzz_mutator.h"

static fuzz_mutator own;

void fuzz_mutator_set(fuzz_mutator mutator) { own = mutator; }

// Weak: zero in executables without libFuzzer. See LLVM's compiler-rt/lib/fuzzer/FuzzerInterface.h.
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t greatest_size);

// libFuzzer calls it by this name.
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t greatest_size, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t greatest_size, unsigned seed) {
    size_t changed = own ? own(data, size, greatest_size, seed) : 0;
    return changed ? changed : LLVMFuzzerMutate(data, size, greatest_size);
}
