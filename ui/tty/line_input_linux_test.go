package tty_test

import (
	"testing"
	"time"

	"loket/ui/e2e/driver"
	"loket/ui/tty"
)

// TestLineInputCloses checks that a LineInput that is closed while a Read waits takes nothing of what is typed afterwards.
func TestLineInputCloses(t *testing.T) {
	keys, terminal := driver.Pseudoterminal(t)
	defer keys.Close()
	defer terminal.Close()
	input, err := tty.OpenLineInput(terminal, false)
	if err != nil {
		t.Fatal(err)
	}
	read := func(from interface{ Read([]byte) (int, error) }) chan string {
		got := make(chan string, 1)
		go func() {
			var line [64]byte
			n, _ := from.Read(line[:])
			got <- string(line[:n])
		}()
		return got
	}
	first := read(input)
	if _, err := keys.WriteString("one\n"); err != nil {
		t.Fatal(err)
	}
	if got := <-first; got != "one\n" {
		t.Errorf("read %q", got)
	}
	waits := read(input)
	input.Close()
	select {
	case got := <-waits:
		if got != "" {
			t.Errorf("read %q", got)
		}
	case <-time.After(driver.WaitLimit):
		t.Fatal("the read goes on after it was closed")
	}
	if _, err := keys.WriteString("two\n"); err != nil {
		t.Fatal(err)
	}
	if got := <-read(terminal); got != "two\n" {
		t.Errorf("the next reader gets %q", got)
	}
}
