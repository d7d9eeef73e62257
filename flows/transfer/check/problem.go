package check

// A Problem is something that is wrong with a line.
type Problem struct {
	Field  string // that has it, with its path; empty if it is the line itself
	Reason string // a sentence, which repeats nothing that stands in the field
}

func (p Problem) String() string { return p.Reason }

// lineProblem returns a problem of a line itself.
func lineProblem(says string) Problem { return Problem{Reason: says} }
