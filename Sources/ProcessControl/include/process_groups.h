// Child processes with all that they start: each leads a group and a session, and has a mark in its environment; they end as a whole. See
// process_descendants.h for marks.
#ifndef PROCESS_GROUPS_H
#define PROCESS_GROUPS_H

#include <stdint.h>
#include <sys/types.h>

/// Starts the guard: a process that ends the groups which it was told of as soon as this process is gone, however it went; where it went by
/// `exit`, before it is gone.
/// To be called once, before the first child. Returns 0, or -1 with errno; children are not guarded then.
int process_group_guard_start(void);

/// Has the guard end the group of a child that leads one, and what has the child's mark.
void process_group_guard_add(pid_t leader, uint64_t mark);

/// Ends a child with all that it started, and waits for the child.
void process_group_end(pid_t leader, uint64_t mark);

/// Whether a child has ended, and how, as `waitpid` says it; what is left of what it started is ended then, and its number is free.
/// Returns 1 where it has ended, 0 where it runs and `is_waiting` is 0, or -1 with errno.
int process_group_wait(pid_t leader, uint64_t mark, int is_waiting, int *status);

/// The processor time that all threads of a process have used, in seconds; negative where it cannot be had.
double process_processor_seconds(pid_t process);

/// Gives a process the lowest priority, with all that it starts from now on. What cannot be changed is left.
void process_give_way(pid_t process);

/// What a process has in memory, in bytes; 0 where it cannot be had.
uint64_t process_resident_bytes(pid_t process);

/// Limits the size of the files that a process writes from now on, in bytes; no core is dumped either. What cannot be limited is left.
void process_limit_files(pid_t process, uint64_t bytes);

#endif
