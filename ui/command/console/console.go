// Package console is where a command reads and writes: the result goes to Console.Out,
// in words or as JSON, and what is said about it to Console.Err. It has what every
// command prints with: tables, counts, a bar that shows progress, and the files that a
// command reads and writes.
//
// Start at Console. It stands on nothing of loket but the clock.
package console

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"

	"loket/flows/clock"
)

// Console is where a command runs.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Clock    *clock.Clock
	Hangup   *Hangup
	Files    Files  // that can be named in a command; those of this machine if it is nil
	SpoolDir string // where what goes through a connection is kept until it is whole; empty without one
}

// UsageError is an error of whoever typed the command: it was wrong usage, and nothing was
// done.
type UsageError string

func (u UsageError) Error() string { return string(u) }

// CheckOneOf refuses what is given with a flag unless it is one of these words. Kong has
// no enum that may also be left out without naming nothing among the words.
func CheckOneOf[T ~string](flag string, given T, words ...T) error {
	if given == "" || slices.Contains(words, given) {
		return nil
	}
	all := fmt.Sprintf("%q", words)
	return UsageError(fmt.Sprintf("--%s must be one of %s", flag, strings.Trim(strings.ReplaceAll(all, `" "`, `", "`), "[]")))
}

// PrintNotice tells the operator something beside the result.
func (c *Console) PrintNotice(format string, args ...any) { c.write(c.Err, format+"\n", args) }

// PrintResult writes text of the result.
func (c *Console) PrintResult(format string, args ...any) { c.write(c.Out, format, args) }

// write writes what somebody reads. Output keeps an error, and nobody could be told that
// nobody can be told.
func (c *Console) write(to io.Writer, format string, args []any) {
	_, _ = io.WriteString(to, Escaped(fmt.Sprintf(format, args...)))
}

// JSON writes a result for a program.
func (c *Console) JSON(result any) error {
	e := json.NewEncoder(NewEscapingWriter(c.Out))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(result)
}

// IsTerminal reports whether somebody looks at what is written there, or types what is
// read there.
func IsTerminal(end any) bool {
	if o, is := end.(*Output); is {
		end = o.to
	}
	f, is := end.(*os.File)
	return is && term.IsTerminal(f.Fd())
}
