package reload

import (
	"log/slog"
	"sync"
)

// A FileUse is the purpose of a file that is reread.
type FileUse string

// All uses.
const (
	Terminals   FileUse = "terminals"
	Operators   FileUse = "operators"
	Certificate FileUse = "certificate"
	KeyFile     FileUse = "key file"
)

// A Watch reports the faults of reread files: in the log at each change, and to SetGauge. A
// nil Watch reports nothing.
type Watch struct {
	Log      *slog.Logger
	SetGauge func(use FileUse, right bool) // may be nil

	mu       sync.Mutex
	faults   map[FileUse]string
	warnings map[FileUse]string
	files    []func() // functions that read the files
}

// NoteFault records the fault of a file, or nil if it is right. It does not log the same fault
// of a file twice.
func (w *Watch) NoteFault(use FileUse, fault error) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.SetGauge != nil {
		w.SetGauge(use, fault == nil)
	}
	before := w.faults[use]
	switch {
	case fault == nil && before != "":
		delete(w.faults, use)
		w.Log.Info("a file is right again", "file", use)
	case fault != nil && fault.Error() != before:
		if w.faults == nil {
			w.faults = map[FileUse]string{}
		}
		w.faults[use] = fault.Error()
		w.Log.Error("a file is wrong, and what was good stays in force", "file", use, "error", fault)
	}
}

// NoteWarning records a warning about a file that is right, or "" if there is none. It does not log
// the same warning about a file twice.
func (w *Watch) NoteWarning(use FileUse, warning string) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.warnings == nil {
		w.warnings = map[FileUse]string{}
	}
	if warning != "" && warning != w.warnings[use] {
		w.Log.Warn(warning, "file", use)
	}
	w.warnings[use] = warning
}

// Add adds a function for ReadAll to call. It reads a file and notes its fault.
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
