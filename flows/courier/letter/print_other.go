//go:build !unix

package letter

import "os/exec"

// setProcessGroup does nothing on this system: when a command is stopped, the processes that it started continue.
func setProcessGroup(*exec.Cmd) {}
