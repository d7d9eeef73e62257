package transfer

import (
	"fmt"
	"strings"
)

// Problem is one error in a line of the file.
type Problem struct {
	Line   int    `json:"line"`            // Line is the line number, starting at 1.
	Field  string `json:"field,omitempty"` // Field is empty if the line itself is wrong.
	Reason string `json:"reason"`
	// Text is the line, if Options.KeepLineTexts is set. Only the first problem of a line has it.
	Text string `json:"text,omitempty"`
}

func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Reason) }

// Problems has all errors of a file.
type Problems struct {
	All          []Problem
	Lines        int  // Lines is the number of lines with problems.
	RestImported bool // RestImported reports whether the other lines were imported; if not, nothing was.
}

// maxReported is the maximum number of problems in the text of an error.
const maxReported = 20

// FirstProblems returns the first maxReported problems, and the number of remaining ones. A person who corrects a file looks
// at a few problems and then imports it again.
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
