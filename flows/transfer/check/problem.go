package check

// A Problem is one error in a line of an import file.
type Problem struct {
	Field  string // Field is the path of the wrong field; empty if the line itself is wrong.
	Reason string // Reason is a sentence that does not quote the value of the field.
}

func (p Problem) String() string { return p.Reason }

// newLineProblem returns a problem of the line as a whole.
func newLineProblem(says string) Problem { return Problem{Reason: says} }
