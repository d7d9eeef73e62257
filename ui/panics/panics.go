// Package panics describes a panic without personal data, so that the description may be logged. The value of a panic can
// contain anything: a formatted record, an error that quotes its input, or an answer of a visitor. So the description has only
// the type of the value. Errors of the Go runtime are an exception, because they contain only types, addresses and indices.
// The stack has functions and lines, but not the arguments, which runtime/debug.Stack would print.
//
// Start at TraceOf.
package panics

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// A Trace describes a panic.
type Trace struct {
	// What is the type of the value or, for a runtime error, its message: "runtime error: index out of range [3] with length
	// 3".
	What  string
	Where string // Where has the functions on the stack, one a line, innermost first: "loket/ui.(*App).View view.go:43".
}

// maxDepth is the maximum number of functions in a Trace.
const maxDepth = 40

// TraceOf describes the panic with value p. The deferred function that recovered p must call it
// itself.
func TraceOf(p any) Trace { return Trace{describePanic(p), stackLines()} }

func describePanic(p any) string {
	if err, is := p.(runtime.Error); is && strings.HasPrefix(strings.TrimPrefix(fmt.Sprintf("%T", p), "*"), "runtime.") {
		return err.Error()
	}
	return fmt.Sprintf("panic with a %T", p)
}

// stackLines returns the functions on the stack up to the panic. It leaves out the functions
// that handle the panic.
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

// String returns the panic and the innermost function in one line.
func (t Trace) String() string {
	innermost, _, _ := strings.Cut(t.Where, "\n")
	return t.What + ", in " + innermost
}
