//go:build unix

package letter

import (
	"os/exec"
	"syscall"
)

// setProcessGroup runs a command in a process group of its own. When the command is stopped, the processes that it started are
// stopped too. Signals from the terminal's keys, such as Ctrl+C, do not reach the group.
func setProcessGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
