//go:build unix

package letter

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/delivery"
)

// TestPrintIsStoppedWithItsChildren tests that the processes which a hanging print command has started are stopped together
// with it.
func TestPrintIsStoppedWithItsChildren(t *testing.T) {
	open := filepath.Join(t.TempDir(), "open") // open is a named pipe that stays open as long as one of the processes runs.
	if err := syscall.Mkfifo(open, 0o600); err != nil {
		t.Fatal(err)
	}
	c := carrier(t, couriertest.WritePrintScript(t, "exec >"+open+"; sleep 60 & wait"))
	c.AnswerTimeout, c.StopTimeout = 200*time.Millisecond, 100*time.Millisecond
	over := make(chan error, 1)
	go func() {
		f, err := os.Open(open)
		if err == nil {
			_, err = io.Copy(io.Discard, f)
		}
		over <- err
	}()
	if err := send(t.Context(), c, numbered("1")); delivery.DescribeError(err) != "the print command took longer than 200ms" {
		t.Errorf("error %v", err)
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

// TestStopsPrinting tests that a letter does not count as printed if Loket stops while it is being printed.
func TestStopsPrinting(t *testing.T) {
	begun := filepath.Join(t.TempDir(), "begun")
	if err := syscall.Mkfifo(begun, 0o600); err != nil {
		t.Fatal(err)
	}
	c := carrier(t, couriertest.WritePrintScript(t, "echo begun >"+begun+"; exec sleep 60"))
	c.StopTimeout = time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	came := make(chan error, 1)
	go func() { came <- send(ctx, c, numbered("1")) }()
	if _, err := os.ReadFile(begun); err != nil { // ReadFile returns as soon as the command has written to the pipe.
		t.Fatal(err)
	}
	stop()
	if err := <-came; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
