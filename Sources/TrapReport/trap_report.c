#define _GNU_SOURCE
#include "trap_report.h"

#if defined(__linux__) && defined(__GLIBC__) && defined(__LP64__)

#include <execinfo.h>
#include <link.h>
#include <signal.h>
#include <stddef.h>
#include <ucontext.h>
#include <unistd.h>

/// Executable memory that belongs to a file.
struct code_range {
    uintptr_t start;
    uintptr_t end;
    uintptr_t base;
    int is_program;
};

enum { maximum_ranges = 64, maximum_frames = 24, shown_frames = 8 };
static struct code_range ranges[maximum_ranges];
static int range_count;

static int add_ranges(struct dl_phdr_info *info, size_t size, void *count) {
    (void)size;
    // The program itself comes first.
    int is_program = (*(int *)count)++ == 0;
    for (int i = 0; i < info->dlpi_phnum && range_count < maximum_ranges; i++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[i];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
        uintptr_t start = info->dlpi_addr + header->p_vaddr;
        ranges[range_count++] = (struct code_range){start, start + header->p_memsz, info->dlpi_addr, is_program};
    }
    return 0;
}

static const struct code_range *range_of(uintptr_t address) {
    for (int i = 0; i < range_count; i++)
        if (ranges[i].start <= address && address < ranges[i].end) return &ranges[i];
    return NULL;
}

static char *append_text(char *end, const char *text) {
    while (*text) *end++ = *text++;
    return end;
}

static char *append_number(char *end, uintptr_t number) {
    end = append_text(end, " 0x");
    int shift = 60;
    while (shift > 0 && (number >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) *end++ = "0123456789abcdef"[(number >> shift) & 15];
    return end;
}

static uintptr_t interrupted_address(void *context) {
    ucontext_t *state = context;
#if defined(__x86_64__)
    return (uintptr_t)state->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (uintptr_t)state->uc_mcontext.pc;
#else
    (void)state;
    return 0;
#endif
}

static void report(int number, siginfo_t *details, void *context) {
    (void)details;
    // The instruction is executed again when this returns, and then ends the process.
    signal(number, SIG_DFL);
    uintptr_t trapped = interrupted_address(context);
    if (range_of(trapped) == NULL) return;
    void *frames[maximum_frames];
    int count = backtrace(frames, maximum_frames);
    // The frames of this function and of the delivery of the signal come before the interrupted one.
    int first = 0;
    while (first < count && (uintptr_t)frames[first] != trapped) first++;
    char line[32 + shown_frames * 20];
    char *end = append_text(line, "trap at");
    int shown = 0;
    for (int i = first; i < count && shown < shown_frames; i++) {
        // What is on the stack of a caller is where it goes on, behind the call.
        uintptr_t address = (uintptr_t)frames[i] - (i > first);
        const struct code_range *range = range_of(address);
        if (range == NULL || !range->is_program) continue;
        end = append_number(end, address - range->base);
        shown++;
    }
    if (shown == 0) return;
    *end++ = '\n';
    ssize_t written = write(STDERR_FILENO, line, (size_t)(end - line));
    (void)written;
}

static void find_ranges(void) {
    if (range_count > 0) return;
    int count = 0;
    dl_iterate_phdr(add_ranges, &count);
}

void trap_report_install(void) {
    find_ranges();
    // The first call loads a library, which a signal handler must not do.
    void *frame;
    backtrace(&frame, 1);
    struct sigaction action = {0};
    action.sa_sigaction = report;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGILL, &action, NULL);
    sigaction(SIGTRAP, &action, NULL);
}

uint64_t trap_report_address_in_file(const void *address) {
    find_ranges();
    const struct code_range *range = range_of((uintptr_t)address);
    return range != NULL && range->is_program ? (uintptr_t)address - range->base : 0;
}

int trap_report_callers(uint64_t *addresses, int count) {
    find_ranges();
    enum { maximum_callers = 128 };
    void *frames[maximum_callers];
    int found = backtrace(frames, maximum_callers);
    int told = 0;
    // The first is this function.
    for (int i = 1; i < found && told < count; i++) {
        uintptr_t address = (uintptr_t)frames[i] - 1;
        const struct code_range *range = range_of(address);
        if (range != NULL && range->is_program) addresses[told++] = address - range->base;
    }
    return told;
}

#else

void trap_report_install(void) {}

uint64_t trap_report_address_in_file(const void *address) {
    (void)address;
    return 0;
}

int trap_report_callers(uint64_t *addresses, int count) {
    (void)addresses;
    (void)count;
    return 0;
}

#endif
