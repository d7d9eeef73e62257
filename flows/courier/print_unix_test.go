//go:build unix

package courier

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"loket/flows/text"
)

// TestPrintIsStoppedWithItsChildren: what a print command that hangs has
// started does not outlive it.
func TestPrintIsStoppedWithItsChildren(t *testing.T) {
	o := newOffice(t)
	o.Settings.Answer, o.Settings.Stop = 200*time.Millisecond, 100*time.Millisecond
	open := filepath.Join(t.TempDir(), "open") // as long as one of them runs
	if err := syscall.Mkfifo(open, 0o600); err != nil {
		t.Fatal(err)
	}
	o.spooling(t, script(t, "exec >"+open+"; sleep 60 & wait"))
	o.post(t, letterTo("username", text.Dutch))
	over := make(chan error, 1)
	go func() {
		f, err := os.Open(open)
		if err == nil {
			_, err = io.Copy(io.Discard, f)
		}
		over <- err
	}()
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Failed: 1}) {
		t.Errorf("%+v, %v", tally, err)
	}
	select {
	case err := <-over:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("a child still runs")
	}
}
