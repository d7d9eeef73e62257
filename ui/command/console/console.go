// Package console is what a command reads from and writes to. The result goes to Console.Out, in words or as JSON, and
// notices go to Console.Err. The package prints tables, counts and a progress bar, and opens the files that a command
// reads and writes.
//
// Start at Console. Of the packages of Loket, it imports clock, dutch and durable.
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

// Console has the input, the outputs and the files of a command.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Clock    *clock.Clock
	Hangup   *Hangup
	Files    Files // Files are the files that arguments can name. If Files is nil, they are the files of this machine.
	// SpoolDir is the folder in which output for a network connection is stored until all of it exists. It is empty if there
	// is no connection.
	SpoolDir string
}

// UsageError is the error of a command that was typed wrongly. Such a command changes nothing.
type UsageError string

func (u UsageError) Error() string { return string(u) }

// CheckOneOf returns an error unless the value of a flag is empty or one of the words. Kong's own enums cannot leave a flag
// without a default out.
func CheckOneOf[T ~string](flag string, given T, words ...T) error {
	if given == "" || slices.Contains(words, given) {
		return nil
	}
	all := fmt.Sprintf("%q", words)
	return UsageError(fmt.Sprintf("--%s must be one of %s", flag, strings.Trim(strings.ReplaceAll(all, `" "`, `", "`), "[]")))
}

// PrintNotice prints a message for the operator to standard error, separate from the result.
func (c *Console) PrintNotice(format string, args ...any) { c.write(c.Err, format+"\n", args) }

// PrintResult prints text to standard output, as a part of the result.
func (c *Console) PrintResult(format string, args ...any) { c.write(c.Out, format, args) }

// write writes formatted text with escaped control characters. It ignores errors: Output remembers its own, and a failure of
// standard error cannot be reported.
func (c *Console) write(to io.Writer, format string, args []any) {
	_, _ = io.WriteString(to, EscapeInvisible(fmt.Sprintf(format, args...)))
}

// PrintJSON writes the result of a command as indented JSON.
func (c *Console) PrintJSON(result any) error {
	e := json.NewEncoder(NewEscapingWriter(c.Out))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(result)
}

// IsTerminal reports whether an input or output is a terminal, of this machine or of an operator on another one.
func IsTerminal(end any) bool {
	if o, is := end.(*Output); is {
		end = o.to
	}
	if remote, is := end.(interface{ IsTerminal() bool }); is {
		return remote.IsTerminal()
	}
	f, is := end.(*os.File)
	return is && term.IsTerminal(f.Fd())
}
