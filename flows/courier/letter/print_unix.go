//go:build unix

package letter

import (
	"os/exec"
	"syscall"
)

// setProcessGroup has what a command starts end with it when it is stopped: they are a
// process group. Keys that a terminal makes signals of do not reach it.
func setProcessGroup(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
