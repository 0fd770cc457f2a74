#include "fuzz_mutator.h"

static fuzz_mutator own_mutator;
static fuzz_crossover own_crossover;

void fuzz_mutator_set(fuzz_mutator mutator) { own_mutator = mutator; }

void fuzz_crossover_set(fuzz_crossover crossover) { own_crossover = crossover; }

// Weak: zero in executables without libFuzzer. See LLVM's compiler-rt/lib/fuzzer/FuzzerInterface.h.
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t greatest_size);

// libFuzzer calls them by these names.
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t greatest_size, unsigned seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *result, size_t greatest_size, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t greatest_size, unsigned seed) {
    size_t changed = own_mutator ? own_mutator(data, size, greatest_size, seed) : 0;
    return changed ? changed : LLVMFuzzerMutate(data, size, greatest_size);
}

// Where it gives 0, libFuzzer goes on to another mutation.
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *result, size_t greatest_size, unsigned seed) {
    return own_crossover ? own_crossover(first, first_size, second, second_size, result, greatest_size, seed) : 0;
}
