package dialogue

import "loket/flows/text"

// A long list is said in parts: whoever listens to it cannot skip with their eyes.

// atOnce is how many items of a list are said at once.
const atOnce = 10

// An entry is something that is still to be said, in its turn.
type entry struct {
	item bool // of a list
	say  func()
}

// NewPage forgets what was not said of the page before.
func (s *Session) NewPage() { s.unsaid = nil }

// Later has something be said in its turn, once More comes to it.
func (s *Session) Later(say func()) { s.unsaid = append(s.unsaid, entry{say: say}) }

// LaterItem is Later for an item of a list.
func (s *Session) LaterItem(say func()) { s.unsaid = append(s.unsaid, entry{item: true, say: say}) }

// More says the next part of what is still to be said: up to ten items of a list, with what
// stands between.
func (s *Session) More() {
	for items := 0; len(s.unsaid) > 0; s.unsaid = s.unsaid[1:] {
		next := s.unsaid[0]
		if next.item && items == atOnce {
			return
		}
		if next.say(); next.item {
			items++
		}
	}
}

// orMore is a question, to which an empty line is an answer as long as there is more to say.
func (s *Session) orMore(question text.Text) text.Text {
	if len(s.unsaid) == 0 {
		return question
	}
	const colon = 1
	return text.New(
		question.NL[:len(question.NL)-colon]+", of druk op Enter voor meer:",
		question.EN[:len(question.EN)-colon]+", or press Enter for more:")
}
