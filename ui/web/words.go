package web

// Words are the values that labels have which are not known here. Each caller of
// Metrics says beforehand which ones it uses.
type Words struct {
	Kinds    []string // of sessions
	Ends     []string // why sessions end
	Refusals []string // why connections are refused
	Commands []string // of operators
}

// other is the value of a label that would otherwise have one that nobody
// expects.
const other = "other"

// known is the values that a label can have.
type known map[string]bool

func newKnown[T ~string](words []T) known {
	k := known{other: true}
	for _, word := range words {
		k[string(word)] = true
	}
	return k
}

// word is s, if it is known.
func (k known) word(s string) string {
	if k[s] {
		return s
	}
	return other
}
