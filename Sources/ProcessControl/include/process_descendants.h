// What a child process started, in whatever groups and sessions.
#ifndef PROCESS_DESCENDANTS_H
#define PROCESS_DESCENDANTS_H

#include <stdint.h>
#include <sys/types.h>

/// The variable by which a child and what it starts are known, with 16 hexadecimal digits of the child's mark as its value.
#define PROCESS_MARK_VARIABLE "FUZZ_MULTIVALUE_MARK"

/// Kills every process of a session, as build systems put each compiler in a group of its own, and every one whose environment has the mark,
/// as daemons take sessions of their own. Safe after a fork of a process with several threads. Does nothing where the system has no `/proc`.
void process_descendants_kill(pid_t session, uint64_t mark);

#endif
