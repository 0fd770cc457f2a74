// What a process gives up before it runs code that it does not trust.
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stddef.h>

/// Whether the kernel filters system calls (seccomp) for processes that ask for it.
int sandbox_has_system_call_filter(void);

/// Whether the kernel restricts files (Landlock) for processes that ask for it.
int sandbox_has_file_restriction(void);

/// Programs that are executed from now on get no privileges that this process has not.
/// Returns 0, or -1 with errno.
int sandbox_renounce_privileges(void);

/// From now on this thread, and those that it starts, cannot open any file but those that are named: at or beneath `readable` for
/// reading, at or beneath `writable` for everything but executing and special files. A path that does not exist is left out. What is open
/// stays open. Privileges have to be renounced before.
/// Returns 0, or -1 with errno; ENOSYS or EOPNOTSUPP where the kernel has no Landlock.
int sandbox_restrict_files(
    const char *const *readable,
    size_t readable_count,
    const char *const *writable,
    size_t writable_count
);

/// From now on the system calls of this process fail with EPERM that make or use sockets, execute programs, start processes, touch other
/// processes, or are of an administrator; where `writes_files` is 0, also those that change files by their names. A system call of another
/// architecture ends the process. Threads, memory, and descriptors that are open are as before. Privileges have to be renounced before.
/// Returns 0, or -1 with errno; ENOSYS or EINVAL where the kernel has no seccomp, or this is not written for the processor.
int sandbox_deny_system_calls(int writes_files);

#endif
