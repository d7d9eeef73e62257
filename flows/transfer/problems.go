package transfer

import (
	"fmt"
	"strings"
)

// Problem is what is wrong with a line.
type Problem struct {
	Line int    `json:"line"` // the first is 1
	Says string `json:"says"`
}

func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Says) }

// maxProblems is how many problems are kept in full: whoever mends a file looks at
// some, and then imports again.
const maxProblems = 20

// Problems is everything that is wrong with a file, of which nothing was stored.
type Problems struct {
	First []Problem // in full
	Count int       // of all
}

func (p *Problems) addProblem(line int, says string) {
	if p.Count++; len(p.First) < maxProblems {
		p.First = append(p.First, Problem{line, says})
	}
}

func (p *Problems) Error() string {
	var b strings.Builder
	for _, problem := range p.First {
		fmt.Fprintf(&b, "%s\n", problem)
	}
	if more := p.Count - len(p.First); more > 0 {
		fmt.Fprintf(&b, "and %d more\n", more)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
