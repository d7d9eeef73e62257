package dialogue

import "loket/flows/text"

// A long list is written in parts, because a visitor who listens cannot skip lines.

// atOnce is how many items of a list are written in one part.
const atOnce = 10

// An entry is a part of a page that is not written yet.
type entry struct {
	item bool // it is an item of a list
	say  func()
}

// NewPage drops what was not written of the page before.
func (s *Session) NewPage() { s.unsaid = nil }

// Later queues a function that writes a part of the page.
func (s *Session) Later(say func()) { s.unsaid = append(s.unsaid, entry{say: say}) }

// LaterItem queues a function that writes an item of a list.
func (s *Session) LaterItem(say func()) { s.unsaid = append(s.unsaid, entry{item: true, say: say}) }

// More writes the next part of the queue: up to ten items of a list, with the text between
// them.
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

// orMore returns a question. While the queue is not empty, the question also says that Enter
// shows more.
func (s *Session) orMore(question text.Text) text.Text {
	if len(s.unsaid) == 0 {
		return question
	}
	const colon = 1
	return text.New(
		question.NL[:len(question.NL)-colon]+", of druk op Enter voor meer:",
		question.EN[:len(question.EN)-colon]+", or press Enter for more:")
}
