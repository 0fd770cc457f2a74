// Sessions: a process that leads one, with all that it started, in whatever groups.
#ifndef PROCESS_SESSIONS_H
#define PROCESS_SESSIONS_H

#include <sys/types.h>

/// Kills every process of a session, as build systems put each compiler in a group of its own. Safe after a fork of a process with several
/// threads. Does nothing where the system has no `/proc`.
void process_session_kill(pid_t leader);

#endif
