// What Swift cannot do with the process by itself: entering machine code that was made at run time, tuning the C allocator.
#ifndef NATIVE_ENTRY_H
#define NATIVE_ENTRY_H

/// What native_entry_call returns where the stub changed a register that the C convention gives to its caller; beyond all codes of
/// stubs but those of the audit.
#define NATIVE_ENTRY_REGISTERS_CHANGED 0x20FF

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

/// Calls an entry stub on a stack of its own: stub(context, callee, values).
///
/// The stack grows down from stack_top, a multiple of 16. Returns what the stub returns, or NATIVE_ENTRY_REGISTERS_CHANGED.
uint32_t native_entry_call(
    const void *stub, void *context, const void *callee, void *values, void *stack_top);

/// Makes instructions that were written as data visible to instruction fetch.
void native_entry_synchronize_code(void *start, size_t size);

/// Keeps freed blocks of up to 32 MiB for the next use; nothing with C libraries other than glibc. See mallopt(3).
void allocator_keep_large_blocks(void);

/// Extensions of the x86_64 instruction set that code made at run time uses, or might use.
enum {
    NATIVE_ENTRY_SSE42 = 1 << 0,
    NATIVE_ENTRY_POPCNT = 1 << 1,
    NATIVE_ENTRY_LZCNT = 1 << 2,
    NATIVE_ENTRY_BMI1 = 1 << 3,
    NATIVE_ENTRY_AVX = 1 << 4,
    NATIVE_ENTRY_AVX2 = 1 << 5,
    NATIVE_ENTRY_FMA = 1 << 6,
};

/// The extensions that the processor has, as a set of the bits above; none on other processors.
uint32_t native_entry_processor_features(void);

#endif // __ASSEMBLER__

#endif
