//go:build unix

package courier

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/text"
)

// TestStopsWhilePrinting tests that a hanging print command does not keep Loket from stopping.
func TestStopsWhilePrinting(t *testing.T) {
	o := newOffice(t)
	o.Settings.Stop = 50 * time.Millisecond
	begun := filepath.Join(t.TempDir(), "begun")
	if err := syscall.Mkfifo(begun, 0o600); err != nil {
		t.Fatal(err)
	}
	o.spooling(t, couriertest.WritePrintScript(t, "echo begun >"+begun+"; exec sleep 60"))
	o.post(t, couriertest.ExampleLetter("username", text.Dutch))
	stop := o.run(t)
	if _, err := os.ReadFile(begun); err != nil { // ReadFile returns as soon as the command has written to the pipe.
		t.Fatal(err)
	}
	stop()
	if m := o.outbox(t)[0]; !m.Due.Equal(m.Written) || m.Attempts != 0 {
		t.Errorf("handed back as %+v", m)
	}
}
