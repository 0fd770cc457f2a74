#define _GNU_SOURCE
#include "process_groups.h"

#include "process_descendants.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

/// What the guard is told: a group to end, or one that has ended.
struct guard_message {
    int32_t is_added;
    int32_t group;
    uint64_t mark;
};

enum { maximum_groups = 4096 };

/// Where messages to the guard are written; -1 without one.
static int guard = -1;
static pid_t guard_process;

static void close_all_but(int kept) {
    int limit = (int)sysconf(_SC_OPEN_MAX);
#if defined(SYS_close_range)
    int below = kept == 0 ? 0 : (int)syscall(SYS_close_range, 0u, (unsigned)kept - 1, 0u);
    if (below == 0 && syscall(SYS_close_range, (unsigned)kept + 1, ~0u, 0u) == 0) return;
#endif
    for (int descriptor = 0; descriptor < limit; descriptor++)
        if (descriptor != kept) close(descriptor);
}

static ssize_t read_message(int descriptor, struct guard_message *message) {
    ssize_t count;
    // Messages are shorter than what a pipe writes at once, so they come whole.
    do count = read(descriptor, message, sizeof *message);
    while (count < 0 && errno == EINTR);
    return count;
}

/// The guard's whole life. Only what is safe after a fork of a process with several threads.
/// - mark: the value of this process's own mark, by which whoever ends this process would end the guard before its work is done; or NULL.
static void guard_groups(int descriptor, char *mark) {
    static struct guard_message groups[maximum_groups];
    int count = 0;
    // No signal ends it before its work is done.
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    setsid();
    if (mark != NULL) memset(mark, '-', strlen(mark));
    close_all_but(descriptor);
    if (chdir("/") != 0) _exit(1);
#if defined(__linux__)
    prctl(PR_SET_NAME, "group-guard", 0, 0, 0);
#endif
    struct guard_message message;
    while (read_message(descriptor, &message) == sizeof message) {
        int position = 0;
        while (position < count && groups[position].group != message.group) position++;
        if (message.is_added && position == count && count < maximum_groups) groups[count++] = message;
        if (!message.is_added && position < count) groups[position] = groups[--count];
    }
    // Nobody holds the other end any more.
    for (int position = 0; position < count; position++) {
        kill(-groups[position].group, SIGKILL);
        process_descendants_kill(groups[position].group, groups[position].mark);
    }
    _exit(0);
}

/// At the end of this process: what runs is ended before, and no process is left for others to wait for.
static void end_guard(void) {
    close(guard);
    guard = -1;
    while (waitpid(guard_process, NULL, 0) < 0 && errno == EINTR) {}
}

int process_group_guard_start(void) {
    int ends[2];
#if defined(__linux__)
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
#else
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
    char *mark = getenv(PROCESS_MARK_VARIABLE);
    pid_t child = fork();
    if (child < 0) {
        int reason = errno;
        close(ends[0]);
        close(ends[1]);
        errno = reason;
        return -1;
    }
    if (child == 0) guard_groups(ends[0], mark);
    close(ends[0]);
    guard = ends[1];
    guard_process = child;
    atexit(end_guard);
    return 0;
}

static void tell_guard(int is_added, pid_t group, uint64_t mark) {
    if (guard < 0) return;
    struct guard_message message = {is_added, (int32_t)group, mark};
    ssize_t written;
    do written = write(guard, &message, sizeof message);
    while (written < 0 && errno == EINTR);
}

void process_group_guard_add(pid_t leader, uint64_t mark) { tell_guard(1, leader, mark); }

/// The group's number is free as soon as its leader has been waited for, and the guard must not end another one by it.
static int end_and_wait(pid_t leader, uint64_t mark, int *status) {
    kill(-leader, SIGKILL);
    process_descendants_kill(leader, mark);
    tell_guard(0, leader, mark);
    pid_t waited;
    do waited = waitpid(leader, status, 0);
    while (waited < 0 && errno == EINTR);
    return waited == leader ? 1 : -1;
}

void process_group_end(pid_t leader, uint64_t mark) {
    int status = 0;
    end_and_wait(leader, mark, &status);
}

int process_group_wait(pid_t leader, uint64_t mark, int is_waiting, int *status) {
    siginfo_t details;
    int result;
    do {
        details.si_pid = 0;
        result = waitid(P_PID, (id_t)leader, &details, WEXITED | WNOWAIT | (is_waiting ? 0 : WNOHANG));
    } while (result < 0 && errno == EINTR);
    if (result < 0) return -1;
    return details.si_pid == 0 ? 0 : end_and_wait(leader, mark, status);
}

double process_processor_seconds(pid_t process) {
#if defined(__linux__)
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return -1;
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
#else
    (void)process;
    return -1;
#endif
}

void process_give_way(pid_t process) { setpriority(PRIO_PROCESS, (id_t)process, 19); }

uint64_t process_resident_bytes(pid_t process) {
#if defined(__linux__)
    char path[32];
    char text[128];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    // The second number is that of the resident pages; proc(5).
    unsigned long long mapped = 0, resident = 0;
    if (sscanf(text, "%llu %llu", &mapped, &resident) != 2) return 0;
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
#else
    (void)process;
    return 0;
#endif
}

void process_limit_files(pid_t process, uint64_t bytes) {
#if defined(__linux__)
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes};
    prlimit(process, RLIMIT_FSIZE, &limit, NULL);
    struct rlimit none = {.rlim_cur = 0, .rlim_max = 0};
    prlimit(process, RLIMIT_CORE, &none, NULL);
#else
    (void)process;
    (void)bytes;
#endif
}
