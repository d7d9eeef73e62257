package reload

import (
	"log/slog"
	"sync"
)

// A Use is what a file is for that a program reads again.
type Use string

// The uses.
const (
	Terminals   Use = "terminals"
	Operators   Use = "operators"
	Certificate Use = "certificate"
	KeyFile     Use = "key file"
)

// A Watch says how the files are that a program reads again: in its log at each change for
// the worse and for the better, and to Gauge. One that is nil says nothing.
type Watch struct {
	Log   *slog.Logger
	Gauge func(use Use, right bool) // or nil

	mu     sync.Mutex
	faults map[Use]string
	files  []func() // that read them
}

// Note says what is wrong with a file; nil if nothing is. What it said before of the same
// file it does not log again.
func (w *Watch) Note(use Use, fault error) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Gauge != nil {
		w.Gauge(use, fault == nil)
	}
	before := w.faults[use]
	switch {
	case fault == nil && before != "":
		delete(w.faults, use)
		w.Log.Info("a file is right again", "file", use)
	case fault != nil && fault.Error() != before:
		if w.faults == nil {
			w.faults = map[Use]string{}
		}
		w.faults[use] = fault.Error()
		w.Log.Error("a file is wrong, and what was good stays in force", "file", use, "error", fault)
	}
}

// Add has ReadAll call read too, which reads a file and notes how it is.
func (w *Watch) Add(read func()) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files = append(w.files, read)
}

// ReadAll reads all files again.
func (w *Watch) ReadAll() {
	w.mu.Lock()
	files := w.files
	w.mu.Unlock()
	for _, read := range files {
		read()
	}
}
