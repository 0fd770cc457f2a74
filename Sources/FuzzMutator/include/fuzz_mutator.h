// A mutator and a crossover for libFuzzer. An executable with this target has them; libFuzzer's own are used as long as none is set.
#ifndef FUZZ_MUTATOR_H
#define FUZZ_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

/// Changes the input in its place, which has room for so many bytes; gives its new size, or 0 to leave the change to libFuzzer.
typedef size_t (*fuzz_mutator)(uint8_t *data, size_t size, size_t greatest_size, unsigned seed);

/// Makes an input of two others, in a place which has room for so many bytes; gives its size, or 0 to leave the change to the mutator.
typedef size_t (*fuzz_crossover)(const uint8_t *first, size_t first_size, const uint8_t *second, size_t second_size,
                                 uint8_t *result, size_t greatest_size, unsigned seed);

/// Sets the mutator.
void fuzz_mutator_set(fuzz_mutator mutator);

/// Sets the crossover.
void fuzz_crossover_set(fuzz_crossover crossover);

#endif
