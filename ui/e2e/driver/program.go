// Package driver helps end-to-end tests: it starts loket as users do, and reads its output.
//
// Start at BuildProgram, which builds the program. TestMain and ProgramCommand run the binary of a test as the program
// instead. Terminal is a program that runs on a terminal.
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

// BuildProgram builds the program as it is released, and returns its path.
func BuildProgram(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "loket")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "loket").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// argumentsVariable is the environment variable that makes the binary of a test run as the program. Its value has the
// arguments.
const argumentsVariable = "LOKET_TEST_ARGUMENTS"

// TestMain must be called by the TestMain of a package whose tests run the program.
func TestMain(m *testing.M) {
	args := os.Getenv(argumentsVariable)
	if args == "" {
		os.Exit(m.Run())
	}
	// The context lasts until the process ends.
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	os.Exit(command.Main(ctx, strings.Fields(args), os.Stdin, os.Stdout, os.Stderr))
}

// ProgramCommand returns a command that starts the program, and the path of the program's own temporary directory.
func ProgramCommand(t *testing.T, args string) (_ *exec.Cmd, temporary string) {
	t.Helper()
	temporary = t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), argumentsVariable+"="+args, "TMPDIR="+temporary, "LOKET_STATE="+t.TempDir())
	return cmd, temporary
}
