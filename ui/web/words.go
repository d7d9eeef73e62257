package web

// LabelValues are the values of labels that other packages define. The caller of NewMetrics lists the values that it uses.
type LabelValues struct {
	SessionKinds []string // SessionKinds are the kinds of sessions.
	EndReasons   []string // EndReasons are the reasons why sessions end.
	Refusals     []string // Refusals are the reasons why connections are refused.
	Commands     []string // Commands are the names of operators' commands.
}

// otherLabel replaces a value that is not in the list of its label.
const otherLabel = "other"

// allowedLabels is the set of values that a label may have.
type allowedLabels map[string]bool

func newAllowedLabels[T ~string](words []T) allowedLabels {
	k := allowedLabels{otherLabel: true}
	for _, word := range words {
		k[string(word)] = true
	}
	return k
}

// labelFor returns s if it is allowed, and otherLabel otherwise.
func (k allowedLabels) labelFor(s string) string {
	if k[s] {
		return s
	}
	return otherLabel
}
