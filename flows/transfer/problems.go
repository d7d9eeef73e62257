package transfer

import (
	"fmt"
	"strings"
)

// Problem is what is wrong with a line.
type Problem struct {
	Line   int    `json:"line"`            // the first is 1
	Field  string `json:"field,omitempty"` // empty if it is the line itself
	Reason string `json:"reason"`
	Text   string `json:"text,omitempty"` // the line, with the first of its problems, if that was asked for
}

func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Reason) }

// Problems is everything that is wrong with a file.
type Problems struct {
	All          []Problem
	Lines        int  // that have one
	RestImported bool // the other lines went in; or else nothing did
}

// maxReported is how many problems the text of an error tells.
const maxReported = 20

// FirstProblems returns the problems that people read, and how many there are more: whoever mends
// a file looks at some, and then imports again.
func (p *Problems) FirstProblems() (first []Problem, more int) {
	first = p.All[:min(len(p.All), maxReported)]
	return first, len(p.All) - len(first)
}

func (p *Problems) Error() string {
	var b strings.Builder
	first, more := p.FirstProblems()
	for _, problem := range first {
		fmt.Fprintf(&b, "%s\n", problem)
	}
	if more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
