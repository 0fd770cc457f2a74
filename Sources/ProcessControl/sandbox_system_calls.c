#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
enum { architecture = AUDIT_ARCH_X86_64 };
#else
enum { architecture = AUDIT_ARCH_AARCH64 };
#endif

/// System calls that nothing in a worker has a use for.
static const int denied_calls[] = {
    // Network and other sockets.
    SYS_socket, SYS_socketpair, SYS_bind, SYS_connect, SYS_listen, SYS_accept, SYS_accept4,
    // Programs and processes; threads are started by clone, which is looked at below.
    SYS_execve, SYS_execveat,
#if defined(SYS_fork)
    SYS_fork, SYS_vfork,
#endif
    SYS_setpgid, SYS_setsid,
    // Other processes.
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
    424 /* pidfd_send_signal */, 434 /* pidfd_open */, 438 /* pidfd_getfd */, 440 /* process_madvise */, 448 /* process_mrelease */,
    // Ways around a filter: other threads of the kernel do what is asked for.
    425 /* io_uring_setup */, 426 /* io_uring_enter */, 427 /* io_uring_register */,
    // Mounts and namespaces.
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, 428 /* open_tree */, 429 /* move_mount */,
    430 /* fsopen */, 431 /* fsconfig */, 432 /* fsmount */, 433 /* fspick */, 442 /* mount_setattr */,
    SYS_name_to_handle_at, SYS_open_by_handle_at,
    // Identities.
    SYS_setuid, SYS_setgid, SYS_setreuid, SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_setfsuid, SYS_setfsgid,
    SYS_capset, SYS_add_key, SYS_request_key, SYS_keyctl,
    // The kernel and the machine.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot,
    SYS_swapon, SYS_swapoff, SYS_acct, SYS_quotactl, SYS_syslog, SYS_sethostname, SYS_setdomainname, SYS_settimeofday, SYS_clock_settime,
    SYS_adjtimex, SYS_clock_adjtime, SYS_personality, SYS_fanotify_init, SYS_vhangup,
#if defined(SYS_iopl)
    SYS_iopl, SYS_ioperm, SYS_modify_ldt,
#endif
};

/// System calls that change files by their names.
static const int denied_changes[] = {
    SYS_mkdirat, SYS_mknodat, SYS_unlinkat, SYS_linkat, SYS_symlinkat, SYS_renameat2, SYS_fchmodat, SYS_fchownat, SYS_utimensat,
    SYS_truncate, SYS_setxattr, SYS_lsetxattr, SYS_removexattr, SYS_lremovexattr,
#if defined(SYS_renameat)
    SYS_renameat,
#endif
#if defined(SYS_creat)
    SYS_creat, SYS_mkdir, SYS_rmdir, SYS_mknod, SYS_unlink, SYS_link, SYS_symlink, SYS_rename, SYS_chmod, SYS_chown, SYS_lchown,
    SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

enum { maximum_instructions = 512 };

struct filter {
    struct sock_filter instructions[maximum_instructions];
    unsigned short count;
};

static void append(struct filter *filter, struct sock_filter instruction) {
    if (filter->count < maximum_instructions) filter->instructions[filter->count++] = instruction;
}

static void append_statement(struct filter *filter, uint16_t code, uint32_t operand) {
    append(filter, (struct sock_filter)BPF_STMT(code, operand));
}

/// Steps over some instructions unless a comparison holds.
static void append_unless(struct filter *filter, uint16_t comparison, uint32_t operand, uint8_t skipped) {
    append(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | comparison | BPF_K, operand, 0, skipped));
}

static void append_result(struct filter *filter, uint32_t result) { append_statement(filter, BPF_RET | BPF_K, result); }

static const uint32_t denial = SECCOMP_RET_ERRNO | EPERM;
static const uint32_t absence = SECCOMP_RET_ERRNO | ENOSYS;

static void append_call(struct filter *filter, uint32_t call, uint32_t result) {
    append_unless(filter, BPF_JEQ, call, 1);
    append_result(filter, result);
}

/// A call whose argument decides: the low 32 bits, which are first in memory, are compared.
static void append_argument(
    struct filter *filter,
    uint32_t call,
    int argument,
    uint16_t comparison,
    uint32_t operand,
    uint32_t result_if_so,
    uint32_t result_if_not
) {
    append_unless(filter, BPF_JEQ, call, 4);
    append_statement(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)(offsetof(struct seccomp_data, args) + 8 * (size_t)argument));
    append_unless(filter, comparison, operand, 1);
    append_result(filter, result_if_so);
    append_result(filter, result_if_not);
}

static void append_file_calls(struct filter *filter) {
    for (size_t i = 0; i < sizeof denied_changes / sizeof denied_changes[0]; i++)
        append_call(filter, (uint32_t)denied_changes[i], denial);
    uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
#if defined(SYS_open)
    append_argument(filter, SYS_open, 1, BPF_JSET, writing, denial, SECCOMP_RET_ALLOW);
#endif
    append_argument(filter, SYS_openat, 2, BPF_JSET, writing, denial, SECCOMP_RET_ALLOW);
    // Its flags are in memory, where a filter cannot look; who finds it missing takes openat.
    append_call(filter, 437 /* openat2 */, absence);
    append_call(filter, 452 /* fchmodat2 */, denial);
}

int sandbox_has_system_call_filter(void) {
    uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int sandbox_deny_system_calls(int writes_files) {
    struct filter filter = {.count = 0};
    append_statement(&filter, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    append(&filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)architecture, 1, 0));
    append_result(&filter, SECCOMP_RET_KILL_PROCESS);
    append_statement(&filter, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    // The calls of x32, which are others by the same numbers.
    append_unless(&filter, BPF_JGE, 0x40000000, 1);
    append_result(&filter, absence);
#endif
    for (size_t i = 0; i < sizeof denied_calls / sizeof denied_calls[0]; i++)
        append_call(&filter, (uint32_t)denied_calls[i], denial);
    if (!writes_files) append_file_calls(&filter);
    append_argument(&filter, SYS_clone, 0, BPF_JSET, CLONE_THREAD, SECCOMP_RET_ALLOW, denial);
    // As openat2 above: the C library takes clone.
    append_call(&filter, 435 /* clone3 */, absence);
    uint32_t process = (uint32_t)getpid();
    append_argument(&filter, SYS_kill, 0, BPF_JEQ, process, SECCOMP_RET_ALLOW, denial);
    append_argument(&filter, SYS_tgkill, 0, BPF_JEQ, process, SECCOMP_RET_ALLOW, denial);
    // Input for the terminal of whoever started this.
    append_argument(&filter, SYS_ioctl, 1, BPF_JEQ, 0x5412 /* TIOCSTI */, denial, SECCOMP_RET_ALLOW);
    append_result(&filter, SECCOMP_RET_ALLOW);
    if (filter.count >= maximum_instructions) {
        errno = E2BIG;
        return -1;
    }
    struct sock_fprog program = {filter.count, filter.instructions};
    // Of all threads; without the slower mode for programs that fear each other's speculation.
    unsigned flags = SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
    long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    if (result == 0) return 0;
    if (result > 0) errno = ESRCH;
    return -1;
}

#else

int sandbox_has_system_call_filter(void) { return 0; }

int sandbox_deny_system_calls(int writes_files) {
    (void)writes_files;
    errno = ENOSYS;
    return -1;
}

#endif
