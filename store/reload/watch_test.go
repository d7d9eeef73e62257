package reload

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// TestWatch checks that the log has each change of a file between good and faulty, and nothing in between.
func TestWatch(t *testing.T) {
	var said bytes.Buffer
	gauge := map[FileUse]bool{}
	w := &FaultWatch{Log: slog.New(slog.NewTextHandler(&said, nil)), SetGauge: func(use FileUse, right bool) { gauge[use] = right }}
	wrong, worse := errors.New("terminals:3: no key"), errors.New("terminals:4: no key")
	for i, step := range []struct {
		use   FileUse
		fault error
		level string // level is a part of the log line; it is empty if nothing is logged.
	}{
		{TerminalsFile, nil, ""},
		{TerminalsFile, wrong, "ERROR"},
		{TerminalsFile, wrong, ""},
		{OperatorsFile, wrong, "ERROR"},
		{TerminalsFile, worse, "ERROR"},
		{TerminalsFile, nil, "INFO"},
		{TerminalsFile, nil, ""},
		{TerminalsFile, worse, "ERROR"},
		{OperatorsFile, nil, "INFO"},
	} {
		said.Reset()
		w.NoteFault(step.use, step.fault)
		logged := said.String()
		if step.level == "" && logged != "" || !strings.Contains(logged, step.level) || step.fault != nil && logged != "" && !strings.Contains(logged, step.fault.Error()) {
			t.Errorf("step %d logs %q", i, logged)
		}
		if gauge[step.use] != (step.fault == nil) {
			t.Errorf("step %d: the gauge says %v", i, gauge)
		}
	}
	(*FaultWatch)(nil).NoteFault(TerminalsFile, wrong)
	(*FaultWatch)(nil).AddFileReader(func() {})
}

// TestReadAll checks that ReadAll calls all functions that were added.
func TestReadAll(t *testing.T) {
	w, read := &FaultWatch{}, 0
	w.AddFileReader(func() { read++ })
	w.AddFileReader(func() { read += 10 })
	w.RereadAll()
	w.RereadAll()
	if read != 22 {
		t.Errorf("read %d", read)
	}
}
