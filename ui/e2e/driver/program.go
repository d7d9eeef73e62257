// Package driver is for tests alone: it starts loket as its users do, and reads what
// they see.
//
// Start at Build, which builds the program, or at Main and Program, by which the binary
// of a test is the program; and at Terminal, which is a program on a terminal.
package driver

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"loket/ui/command"
)

// Build builds the program as it is given to others, and returns its path.
func Build(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "loket")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "loket").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// argumentsVariable is the variable that makes the binary of a test the program, with these arguments.
const argumentsVariable = "LOKET_TEST_ARGUMENTS"

// Main is the TestMain of a package whose tests call Program.
func Main(m *testing.M) {
	args := os.Getenv(argumentsVariable)
	if args == "" {
		os.Exit(m.Run())
	}
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) // until the process ends
	os.Exit(command.Main(ctx, strings.Fields(args), os.Stdin, os.Stdout, os.Stderr))
}

// Program returns the program as a command to start, and the temporary directory that
// it has for itself.
func Program(t *testing.T, args string) (_ *exec.Cmd, temporary string) {
	t.Helper()
	temporary = t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), argumentsVariable+"="+args, "TMPDIR="+temporary, "LOKET_STATE="+t.TempDir())
	return cmd, temporary
}
