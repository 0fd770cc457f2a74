#define _GNU_SOURCE
#include "process_sessions.h"

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

/// The session of a process that runs; -1 for one that is dead or gone. See proc_pid_stat(5).
static long session_of(int proc, const char *name) {
    char path[64];
    size_t length = strlen(name);
    if (length > 20) return -1;
    memcpy(path, name, length);
    memcpy(path + length, "/stat", sizeof "/stat");
    int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
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

/// Returns how many were there.
static int kill_once(int proc, pid_t leader) {
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
            if (process <= 1 || process == getpid() || session_of(proc, entry->name) != leader) continue;
            if (kill((pid_t)process, SIGKILL) == 0) found++;
        }
    }
}

void process_session_kill(pid_t leader) {
    int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (proc < 0) return;
    // What was started while the others were killed is found by the next pass.
    for (int pass = 0; pass < 20 && kill_once(proc, leader) > 0; pass++) {}
    close(proc);
}

#else

void process_session_kill(pid_t leader) { (void)leader; }

#endif
