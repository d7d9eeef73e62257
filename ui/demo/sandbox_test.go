package demo

import (
	"bufio"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"loket/flows/clock"
)

// TestSandboxLeavesNoFile checks that no file is left while a sandbox is open and after it is closed.
func TestSandboxLeavesNoFile(t *testing.T) {
	directory := t.TempDir()
	t.Setenv("TMPDIR", directory)
	sandbox, err := OpenSandbox(t.Context(), clock.New())
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		wantEmpty(t, directory)
	}
	if err := sandbox.Close(); err != nil {
		t.Fatal(err)
	}
	wantEmpty(t, directory)
}

// held is the output of the test process after its sandbox has opened.
const held = "the sandbox is open"

// TestSandboxSurvivesNoKill kills a process that has a sandbox open, and checks that no file is left.
func TestSandboxSurvivesNoKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open keeps its name")
	}
	directory := t.TempDir()
	program := exec.Command(os.Args[0], "-test.run=^TestHoldSandbox$")
	program.Env = append(os.Environ(), "TMPDIR="+directory, holdSandbox+"=1")
	input, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	output, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(output).ReadString('\n')
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := program.Wait(); err == nil || strings.TrimSpace(line) != held {
		t.Fatalf("the program said %q and ended with %v", line, err)
	}
	wantEmpty(t, directory)
}

// holdSandbox is the environment variable that enables TestHoldSandbox.
const holdSandbox = "LOKET_TEST_HOLD_SANDBOX"

// TestHoldSandbox runs in the process that is killed. It keeps a sandbox open.
func TestHoldSandbox(t *testing.T) {
	if os.Getenv(holdSandbox) == "" {
		t.Skip("only for TestSandboxSurvivesNoKill")
	}
	if _, err := OpenSandbox(t.Context(), clock.New()); err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString(held + "\n")
	os.Stdin.Read(make([]byte, 1))
}

func wantEmpty(t *testing.T, directory string) {
	t.Helper()
	entries, err := os.ReadDir(directory)
	if err != nil || len(entries) > 0 {
		t.Errorf("the temporary directory holds %v, %v", entries, err)
	}
}
