// Package panics tells of a panic what may stand in a log.
//
// What a program panics with can hold anything: fmt.Sprintf of a record, the
// error of a library that quotes its input, an answer that somebody typed. So of
// that there is only its type, but for errors of the Go runtime, which tell types,
// addresses and indices. The stack has functions and lines; that of runtime/debug
// also has arguments, in which numbers stand as they are.
//
// Start at Of.
package panics

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// A Trace is what may be told of a panic.
type Trace struct {
	What  string // "runtime error: index out of range [3] with length 3", or what kind of value it was
	Where string // the functions that it went through, innermost first, a line each: "loket/ui.(*App).View view.go:43"
}

// maxDepth is how many functions a Trace tells of.
const maxDepth = 40

// Of tells of a panic. It is to be called by the deferred function that recovered
// it, with what it got from recover.
func Of(p any) Trace { return Trace{describePanic(p), stackLines()} }

func describePanic(p any) string {
	if err, is := p.(runtime.Error); is && strings.HasPrefix(strings.TrimPrefix(fmt.Sprintf("%T", p), "*"), "runtime.") {
		return err.Error()
	}
	return fmt.Sprintf("panic with a %T", p)
}

// stackLines leaves out what recovered, down to the runtime's own part in the panic.
func stackLines() string {
	var pcs [maxDepth]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	var lines []string
	for {
		f, more := frames.Next()
		switch {
		case f.Function == "runtime.gopanic":
			lines = nil
		case !strings.HasPrefix(f.Function, "runtime."):
			lines = append(lines, fmt.Sprintf("%s %s:%d", f.Function, filepath.Base(f.File), f.Line))
		}
		if !more {
			return strings.Join(lines, "\n")
		}
	}
}

// String is what happened, and where, in one line.
func (t Trace) String() string {
	innermost, _, _ := strings.Cut(t.Where, "\n")
	return t.What + ", in " + innermost
}
