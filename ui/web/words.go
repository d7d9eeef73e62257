package web

// LabelValues are the values that labels have which are not known here. Each caller of
// Metrics says beforehand which ones it uses.
type LabelValues struct {
	Kinds    []string // of sessions
	Ends     []string // why sessions end
	Refusals []string // why connections are refused
	Commands []string // of operators
}

// otherLabel is the value of a label that would otherwise have one that nobody
// expects.
const otherLabel = "other"

// allowedLabels is the values that a label can have.
type allowedLabels map[string]bool

func newAllowedLabels[T ~string](words []T) allowedLabels {
	k := allowedLabels{otherLabel: true}
	for _, word := range words {
		k[string(word)] = true
	}
	return k
}

// labelFor is s, if it is known.
func (k allowedLabels) labelFor(s string) string {
	if k[s] {
		return s
	}
	return otherLabel
}
