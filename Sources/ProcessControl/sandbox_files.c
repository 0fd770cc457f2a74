#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>

#if defined(__linux__)

#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Of Linux's include/uapi/linux/landlock.h, which headers of older systems lack in whole or in part. The numbers of the system calls are
// the same on all architectures.
enum { call_create_ruleset = 444, call_add_rule = 445, call_restrict_self = 446 };
enum { create_ruleset_version = 1, rule_path_beneath = 1 };

struct ruleset_attribute {
    uint64_t handled_access_to_files;
    uint64_t handled_access_to_network;
    uint64_t scoped;
};

struct path_beneath_attribute {
    uint64_t allowed_access;
    int32_t parent;
} __attribute__((packed));

enum {
    access_write_file = 1 << 1,
    access_read_file = 1 << 2,
    access_read_folder = 1 << 3,
    access_make_character_device = 1 << 6,
    access_make_socket = 1 << 9,
    access_make_block_device = 1 << 11,
    access_execute = 1 << 0,
    access_truncate = 1 << 14,
    access_device_control = 1 << 15,
};

/// Everything that a version of Landlock knows.
static uint64_t all_access(long version) {
    if (version >= 5) return (1 << 16) - 1;
    if (version >= 3) return (1 << 15) - 1;
    if (version == 2) return (1 << 14) - 1;
    return (1 << 13) - 1;
}

static const uint64_t access_of_reader = access_read_file | access_read_folder;
static const uint64_t not_for_writers = access_execute | access_make_character_device | access_make_block_device | access_make_socket
    | access_device_control;
/// What a rule of something that is no folder can have.
static const uint64_t access_of_file = access_execute | access_write_file | access_read_file | access_truncate | access_device_control;

static long landlock_version(void) { return syscall(call_create_ruleset, NULL, 0, create_ruleset_version); }

static int allow(int ruleset, const char *path, uint64_t access) {
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
    struct stat status;
    int result = fstat(descriptor, &status);
    if (result == 0) {
        struct path_beneath_attribute rule = {S_ISDIR(status.st_mode) ? access : access & access_of_file, descriptor};
        result = (int)syscall(call_add_rule, ruleset, rule_path_beneath, &rule, 0);
    }
    int reason = errno;
    close(descriptor);
    errno = reason;
    return result;
}

static int restrict_to(
    int ruleset,
    const char *const *readable,
    size_t readable_count,
    const char *const *writable,
    size_t writable_count,
    uint64_t access_of_writer
) {
    for (size_t i = 0; i < readable_count; i++)
        if (allow(ruleset, readable[i], access_of_reader) != 0) return -1;
    for (size_t i = 0; i < writable_count; i++)
        if (allow(ruleset, writable[i], access_of_writer) != 0) return -1;
    return (int)syscall(call_restrict_self, ruleset, 0);
}

int sandbox_has_file_restriction(void) { return landlock_version() >= 1; }

int sandbox_renounce_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int sandbox_restrict_files(
    const char *const *readable,
    size_t readable_count,
    const char *const *writable,
    size_t writable_count
) {
    long version = landlock_version();
    if (version < 1) return -1;
    struct ruleset_attribute attribute = {all_access(version), 0, 0};
    // Older versions know the first member alone.
    int ruleset = (int)syscall(call_create_ruleset, &attribute, sizeof attribute.handled_access_to_files, 0);
    if (ruleset < 0) return -1;
    uint64_t access_of_writer = all_access(version) & ~not_for_writers;
    int result = restrict_to(ruleset, readable, readable_count, writable, writable_count, access_of_writer);
    int reason = errno;
    close(ruleset);
    errno = reason;
    return result;
}

#else

int sandbox_has_file_restriction(void) { return 0; }

int sandbox_renounce_privileges(void) { return 0; }

int sandbox_restrict_files(
    const char *const *readable,
    size_t readable_count,
    const char *const *writable,
    size_t writable_count
) {
    (void)readable, (void)readable_count, (void)writable, (void)writable_count;
    errno = ENOSYS;
    return -1;
}

#endif
