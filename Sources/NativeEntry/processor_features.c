#include "native_entry.h"

uint32_t native_entry_processor_features(void) {
    uint32_t features = 0;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("sse4.2")) features |= NATIVE_ENTRY_SSE42;
    if (__builtin_cpu_supports("popcnt")) features |= NATIVE_ENTRY_POPCNT;
    if (__builtin_cpu_supports("bmi")) features |= NATIVE_ENTRY_BMI1;
    // LZCNT is bit 5 of ECX of leaf 0x80000001; not every compiler has a name for it here.
    uint32_t eax = 0x80000001, ebx, ecx, edx;
    __asm__("cpuid" : "+a"(eax), "=b"(ebx), "=c"(ecx), "=d"(edx));
    if (ecx & 1u << 5) features |= NATIVE_ENTRY_LZCNT;
    if (__builtin_cpu_supports("avx")) features |= NATIVE_ENTRY_AVX;
    if (__builtin_cpu_supports("avx2")) features |= NATIVE_ENTRY_AVX2;
    if (__builtin_cpu_supports("fma")) features |= NATIVE_ENTRY_FMA;
#endif
    return features;
}
