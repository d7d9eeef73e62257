package command

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestNoDumps checks that the running program writes no core dump.
func TestNoDumps(t *testing.T) {
	var out, said bytes.Buffer
	if code := Main(t.Context(), []string{"--version"}, strings.NewReader(""), &out, &said); code != 0 {
		t.Fatalf("exit code %d, %s", code, &said)
	}
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil || dumpable != 0 {
		t.Errorf("dumpable %d, %v", dumpable, err)
	}
	var core unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err != nil || core.Max != 0 {
		t.Errorf("core files of %d bytes, %v", core.Max, err)
	}
}
