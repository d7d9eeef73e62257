//go:build !unix

package letter

import "os/exec"

// setProcessGroup does nothing: a command is stopped without what it started.
func setProcessGroup(*exec.Cmd) {}
