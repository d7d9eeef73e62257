package transfer

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"loket/store/spill"
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

// Problems has all errors of a file: the first in memory, and the others on disk if they are many. The caller closes it.
type Problems struct {
	Count        int  // Count is the number of problems.
	Lines        int  // Lines is the number of lines with problems.
	RestImported bool // RestImported reports whether the other lines were imported; if not, nothing was.

	first    []Problem    // first has at most maxReported problems.
	lastLine int          // lastLine is the line of the newest problem.
	all      *spill.Table // all has the problems as JSON, by number.
}

func newProblems(place spill.Place) *Problems { return &Problems{all: spill.NewTable(place)} }

// addProblem adds a problem. Problems of the same line must be added one after the other.
func (p *Problems) addProblem(problem Problem) {
	if problem.Line != p.lastLine {
		p.Lines++
	} else {
		problem.Text = ""
	}
	p.lastLine = problem.Line
	if len(p.first) < maxReported {
		p.first = append(p.first, problem)
	}
	text, err := json.Marshal(problem)
	if err != nil {
		panic(err) // A number and three texts can always be encoded.
	}
	p.all.Put(string(binary.BigEndian.AppendUint64(nil, uint64(p.Count))), text)
	p.Count++
}

// AllProblems yields all problems in the order in which they were found. After an error it yields no more.
func (p *Problems) AllProblems() iter.Seq2[Problem, error] {
	return func(yield func(Problem, error) bool) {
		for _, text := range p.all.EntriesUnderPrefix("", "") {
			var problem Problem
			if err := json.Unmarshal(text, &problem); !yield(problem, err) || err != nil {
				return
			}
		}
		if err := p.all.Err(); err != nil {
			yield(Problem{}, err)
		}
	}
}

// Close deletes what is on disk.
func (p *Problems) Close() error { return p.all.Close() }

// maxReported is the maximum number of problems in the text of an error.
const maxReported = 20

// FirstProblems returns the first maxReported problems, and the number of remaining ones. A person who corrects a file looks
// at a few problems and then imports it again.
func (p *Problems) FirstProblems() (first []Problem, more int) {
	return p.first, p.Count - len(p.first)
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
