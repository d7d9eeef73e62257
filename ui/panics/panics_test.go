package panics

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// secret is a text that must not get into a log.
const secret = "Goed-gekozen1 van S. Hoekstra"

// posing is an error that looks like an error of the Go runtime.
type posing struct{}

func (posing) Error() string { return secret }
func (posing) RuntimeError() {}

// of calls do, recovers its panic, and returns the trace of the panic.
func of(do func()) (t Trace) {
	defer func() {
		if p := recover(); p != nil {
			t = TraceOf(p)
		}
	}()
	do()
	return t
}

//go:noinline
func house(number int, street string) {
	panic(fmt.Sprint(street, number))
}

// TestOf checks the trace of each kind of panic, and that the trace contains no data of the program.
func TestOf(t *testing.T) {
	none := []string{}
	var nothing *strings.Builder
	var anything any = secret
	for want, do := range map[string]func(){
		"panic with a string":                                              func() { house(0xabcdef, secret) },
		"panic with a *errors.errorString":                                 func() { panic(errors.New(secret)) },
		"panic with a *fmt.wrapError":                                      func() { panic(fmt.Errorf("open %s: %w", secret, errors.ErrUnsupported)) },
		"panic with a map[string]string":                                   func() { panic(map[string]string{"name": secret}) },
		"panic with a panics.posing":                                       func() { panic(posing{}) },
		"runtime error: index out of range [3] with length 0":              func() { _ = none[len("abc")] },
		"runtime error: invalid memory address or nil pointer dereference": func() { nothing.WriteString(secret) },
		"interface conversion: interface {} is string, not int":            func() { _ = anything.(int) },
		"runtime error: hash of unhashable type []string":                  func() { _ = map[any]bool{[]string{secret}: true} },
	} {
		got := of(do)
		if got.What != want {
			t.Errorf("got %q, want %q", got.What, want)
		}
		if !strings.Contains(got.Where, "panics.TestOf") || !strings.Contains(got.Where, " panics_test.go:") {
			t.Errorf("%s: where is\n%s", want, got.Where)
		}
		for _, tells := range []string{"Goed", "Hoekstra", "abcdef", "0x", "Of panics.go", "panics.of.func1", "/"} {
			if strings.Contains(strings.ReplaceAll(got.Where, "loket/ui/", ""), tells) || strings.Contains(got.What, "Hoekstra") {
				t.Errorf("%s: it tells %s:\n%+v", want, tells, got)
			}
		}
	}
}

// TestString checks that the innermost function is the function that panicked, however deep the stack is.
func TestString(t *testing.T) {
	if got, want := of(func() { house(12, "Molenwerf") }).String(), "panic with a string, in loket/ui/panics.house panics_test.go:"; !strings.HasPrefix(got, want) {
		t.Errorf("got %q", got)
	}
	deep := of(func() { down(1000) })
	if lines := strings.Count(deep.Where, "\n") + 1; lines > maxDepth || !strings.Contains(deep.String(), "in loket/ui/panics.down ") {
		t.Errorf("%d lines of %s", lines, deep)
	}
}

//go:noinline
func down(deep int) int {
	if deep == 0 {
		panic("deep enough")
	}
	return down(deep-1) + 1
}
