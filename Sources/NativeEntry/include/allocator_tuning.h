// What the process asks of its C allocator.
#ifndef ALLOCATOR_TUNING_H
#define ALLOCATOR_TUNING_H

/// Keeps freed blocks of up to 32 MiB for the next use; nothing with C libraries other than glibc. See mallopt(3).
void allocator_keep_large_blocks(void);

#endif
