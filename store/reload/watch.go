package reload

import (
	"log/slog"
	"sync"
)

// A FileUse is the purpose of a file that the program rereads.
type FileUse string

// The purposes of the files that the program rereads.
const (
	TerminalsFile   FileUse = "terminals"
	OperatorsFile   FileUse = "operators"
	CertificateFile FileUse = "certificate"
	KeyFile         FileUse = "key file"
)

// A FaultWatch reports faults in reread files: to the log whenever a file's fault changes, and to SetGauge. A nil FaultWatch reports
// nothing.
type FaultWatch struct {
	Log      *slog.Logger
	SetGauge func(use FileUse, right bool) // SetGauge is called with whether the file has no fault; it may be nil.

	mu       sync.Mutex
	faults   map[FileUse]string
	warnings map[FileUse]string
	files    []func() // files holds the functions that read the files.
}

// NoteFault records the fault of a file; a nil fault means that the file is good. It logs a fault only if it differs from the
// last one of the file.
func (w *FaultWatch) NoteFault(use FileUse, fault error) {
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

// NoteWarning records a warning about a good file, or "" if there is no warning. It logs a warning only if it differs from the
// last one about the file.
func (w *FaultWatch) NoteWarning(use FileUse, warning string) {
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

// AddFileReader adds a function that reads a file and notes its fault. ReadAll calls the function.
func (w *FaultWatch) AddFileReader(read func()) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files = append(w.files, read)
}

// RereadAll reads all files again, by calling the functions that were added.
func (w *FaultWatch) RereadAll() {
	w.mu.Lock()
	files := w.files
	w.mu.Unlock()
	for _, read := range files {
		read()
	}
}
