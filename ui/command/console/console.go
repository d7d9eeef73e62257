// Package command holds what an operator can tell loket to do. Each command is a
// struct whose fields are its flags and arguments (tags of package kong) and
// whose Run does it. What it gives goes to Console.Out, in words or as JSON;
// what it says about it goes to Console.Err. An error is one sentence.
//
// Start at Database, which nearly every command has, then read stats.go. A command
// is given on a command line (Run), or through SSH to a desk that is open
// (Operate, in operate.go): then the console has the database that the desk holds
// (Held), since no other process can open it, and files are none of the
// operator's.
package console

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"

	"loket/flows"
)

// Console is where a command runs.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Clock    *flows.Clock
	Remote   bool   // it is at the other end of a connection: files of this machine are none of the caller's
	SpoolDir string // where what is sent to a remote one is kept until it is whole
}

// Usage is an error of who typed the command.
type Usage string

func (u Usage) Error() string { return string(u) }

// oneOf refuses what is given with a flag if it is none of these words. Kong has
// no enum that may also be left out without naming nothing among the words.
func OneOf[T ~string](flag string, given T, words ...T) error {
	if given == "" || slices.Contains(words, given) {
		return nil
	}
	all := fmt.Sprintf("%q", words)
	return Usage(fmt.Sprintf("--%s must be one of %s", flag, strings.Trim(strings.ReplaceAll(all, `" "`, `", "`), "[]")))
}

// say tells the operator something beside the result.
func (c *Console) Say(format string, args ...any) { fmt.Fprintf(c.Err, format+"\n", args...) }

// json gives a result to a program.
func (c *Console) JSON(result any) error {
	e := json.NewEncoder(c.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(result)
}

// isTerminal tells whether somebody looks at what is written, or types what is read.
func IsTerminal(end any) bool {
	f, is := end.(*os.File)
	return is && term.IsTerminal(f.Fd())
}
