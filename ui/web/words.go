package web

// LabelValues are the values of labels that other packages define. The caller of NewMetrics lists those
// that it uses.
type LabelValues struct {
	Kinds    []string // of sessions
	Ends     []string // why sessions end
	Refusals []string // why connections are refused
	Commands []string // of operators
}

// otherLabel replaces a value that is not in the list of a label.
const otherLabel = "other"

// allowedLabels is the set of values that a label can have.
type allowedLabels map[string]bool

func newAllowedLabels[T ~string](words []T) allowedLabels {
	k := allowedLabels{otherLabel: true}
	for _, word := range words {
		k[string(word)] = true
	}
	return k
}

// labelFor returns s if it is allowed, or else otherLabel.
func (k allowedLabels) labelFor(s string) string {
	if k[s] {
		return s
	}
	return otherLabel
}
