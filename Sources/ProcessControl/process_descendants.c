#define _GNU_SOURCE
#include "process_descendants.h"

#if defined(__linux__)

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/// An entry as `getdents64` gives it.
struct entry {
    uint64_t inode;
    int64_t offset;
    uint16_t size;
    uint8_t type;
    char name[];
};

static long number(const char *text) {
    long value = 0;
    if (*text == 0) return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return -1;
        value = value * 10 + (*text - '0');
    }
    return value;
}

/// Opens a file of a process; -1 where it cannot be had.
static int open_of(int proc, const char *process, const char *file) {
    char path[64];
    size_t length = strlen(process);
    if (length > 20) return -1;
    memcpy(path, process, length);
    path[length] = '/';
    strcpy(path + length + 1, file);
    return openat(proc, path, O_RDONLY | O_CLOEXEC);
}

/// The session of a process that runs; -1 for one that is dead or gone. See proc_pid_stat(5).
static long session_of(int proc, const char *name) {
    int file = open_of(proc, name, "stat");
    if (file < 0) return -1;
    char text[512];
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return -1;
    text[count] = 0;
    // The name of the program may hold anything.
    char *field = strrchr(text, ')');
    if (field == NULL || field[1] != ' ' || field[2] == 'Z' || field[2] == 'X') return -1;
    field += 2;
    // State, parent and group come before it.
    for (int skipped = 0; skipped < 3; skipped++) {
        field = strchr(field, ' ');
        if (field == NULL) return -1;
        field++;
    }
    char *end = strchr(field, ' ');
    if (end == NULL) return -1;
    *end = 0;
    return number(field);
}

enum { mark_size = sizeof PROCESS_MARK_VARIABLE "=" - 1 + 16 };

static void write_mark(char text[mark_size], uint64_t mark) {
    size_t name = mark_size - 16;
    memcpy(text, PROCESS_MARK_VARIABLE "=", name);
    for (int digit = 0; digit < 16; digit++) text[name + (size_t)digit] = "0123456789abcdef"[mark >> (60 - 4 * digit) & 15];
}

/// Whether a process was started with a text in its environment. See proc_pid_environ(5).
static int has_mark(int proc, const char *name, const char mark[mark_size]) {
    int file = open_of(proc, name, "environ");
    if (file < 0) return 0;
    char text[mark_size + 4096];
    size_t kept = 0;
    int found = 0;
    while (!found) {
        ssize_t count = read(file, text + kept, 4096);
        if (count <= 0) break;
        size_t size = kept + (size_t)count;
        found = memmem(text, size, mark, mark_size) != NULL;
        // It may go on in the next piece.
        kept = size < mark_size ? size : mark_size;
        memmove(text, text + size - kept, kept);
    }
    close(file);
    return found;
}

/// Returns how many were there.
static int kill_once(int proc, pid_t session, const char mark[mark_size]) {
    _Alignas(struct entry) char buffer[8192];
    int found = 0;
    if (lseek(proc, 0, SEEK_SET) != 0) return 0;
    while (1) {
        long count = syscall(SYS_getdents64, proc, buffer, sizeof buffer);
        if (count <= 0) return found;
        for (long offset = 0; offset < count;) {
            struct entry *entry = (struct entry *)(buffer + offset);
            offset += entry->size;
            long process = number(entry->name);
            if (process <= 1 || process == getpid()) continue;
            long of_process = session_of(proc, entry->name);
            if (of_process < 0) continue;
            if (of_process != session && !has_mark(proc, entry->name, mark)) continue;
            if (kill((pid_t)process, SIGKILL) == 0) found++;
        }
    }
}

void process_descendants_kill(pid_t session, uint64_t mark) {
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (proc < 0) return;
    char text[mark_size];
    write_mark(text, mark);
    // What was started while the others were killed is found by the next pass.
    for (int pass = 0; pass < 20 && kill_once(proc, session, text) > 0; pass++) {}
    close(proc);
}

#else

void process_descendants_kill(pid_t session, uint64_t mark) {
    (void)session;
    (void)mark;
}

#endif
