// A mutator for libFuzzer. An executable with this target has it; libFuzzer's own is used as long as none is set.
#ifndef FUZZ_MUTATOR_H
#define FUZZ_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

/// Changes the input in its place, which has room for so many bytes; gives its new size, or 0 to leave the change to libFuzzer.
typedef size_t (*fuzz_mutator)(uint8_t *data, size_t size, size_t greatest_size, unsigned seed);

/// Sets the mutator.
void fuzz_mutator_set(fuzz_mutator mutator);

#endif
