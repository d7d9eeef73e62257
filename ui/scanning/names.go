package scanning

import "loket/flows/text"

// RowName returns what speech says for a row of items with the given names: the name of the only item, or from which item to
// which the row goes. It returns the empty text if there are no names.
func RowName(names []text.Text) text.Text {
	switch len(names) {
	case 0:
		return text.Text{}
	case 1:
		return names[0]
	}
	first, last := names[0], names[len(names)-1]
	return text.New("rij "+first.NL+" tot en met "+last.NL, "row "+first.EN+", to "+last.EN) // Before "to", a lone "a" would be an article.
}
