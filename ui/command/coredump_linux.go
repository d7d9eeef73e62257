package command

import "golang.org/x/sys/unix"

// disableCoreDumps prevents core dumps, because the memory of the process contains what visitors typed. It also stops other
// processes of the same user from reading that memory (PR_SET_DUMPABLE(2const)).
func disableCoreDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return err
	}
	return unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
