#include "native_entry.h"

void native_entry_synchronize_code(void *start, size_t size) {
    __builtin___clear_cache((char *)start, (char *)start + size);
}
