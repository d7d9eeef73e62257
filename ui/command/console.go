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
package command

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"loket/flows/clock"
)

// Console is where a command runs.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Clock    *clock.Clock
	Operator string // fingerprint of the key of who is at it over SSH; none
	command  string // that is done; none if it was not named on a command line
	Held     *Held  // the database that the process has open already; nil if none: see Operate
}

// Usage is an error of who typed the command.
type Usage string

func (u Usage) Error() string { return string(u) }

// oneOf refuses what is given with a flag if it is none of these words. Kong has
// no enum that may also be left out without naming nothing among the words.
func oneOf[T ~string](flag string, given T, words ...T) error {
	if given == "" || slices.Contains(words, given) {
		return nil
	}
	all := fmt.Sprintf("%q", words)
	return Usage(fmt.Sprintf("--%s must be one of %s", flag, strings.Trim(strings.ReplaceAll(all, `" "`, `", "`), "[]")))
}

// say tells the operator something beside the result.
func (c *Console) say(format string, args ...any) { fmt.Fprintf(c.Err, format+"\n", args...) }

// json gives a result to a program.
func (c *Console) json(result any) error {
	e := json.NewEncoder(c.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(result)
}

// isTerminal tells whether somebody looks at what is written, or types what is read.
func isTerminal(end any) bool {
	f, is := end.(*os.File)
	return is && term.IsTerminal(f.Fd())
}

// A row is what stands in one line of a table: strings, and numbers.
type row []any

// table writes rows, of which there must be one, under a heading; numbers stand at the right of their column.
func (c *Console) table(heading []string, rows []row) {
	lines := [][]string{heading}
	for _, r := range rows {
		line := make([]string, len(r))
		for i, cell := range r {
			line[i] = fmt.Sprint(cell)
		}
		lines = append(lines, line)
	}
	for i := range heading {
		widest := 0
		for _, line := range lines {
			widest = max(widest, utf8.RuneCountInString(line[i]))
		}
		if !isNumber(rows[0][i]) {
			widest = -widest // which stands for left
		}
		for _, line := range lines {
			line[i] = fmt.Sprintf("%*s", widest, line[i])
		}
	}
	for _, line := range lines {
		fmt.Fprintln(c.Out, strings.TrimRight(strings.Join(line, "  "), " "))
	}
}

func isNumber(cell any) bool {
	switch cell.(type) {
	case count, int, int64:
		return true
	}
	return false
}

// count is how many there are of something, written with a comma before every three digits.
type count int

func (n count) String() string {
	s := strconv.Itoa(int(n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
