// Package panics describes a panic without personal data, so that the description may be
// logged.
//
// The value of a panic can hold anything: a formatted record, the error of a library that
// quotes its input, an answer of a visitor. So the description has only the type of the
// value. Errors of the Go runtime are an exception, because they have only types, addresses
// and indices. The stack has functions and lines, but no arguments, which
// runtime/debug.Stack would print.
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
	What  string // "runtime error: index out of range [3] with length 3", or the type of the value
	Where string // the functions on the stack, innermost first, a line each: "loket/ui.(*App).View view.go:43"
}

// maxDepth is how many functions a Trace has at most.
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
