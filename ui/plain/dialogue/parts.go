package dialogue

import "loket/flows/text"

// A long list is written in parts, because a visitor who listens cannot skip lines.

// itemsPerPart is the number of list items that are written in one part.
const itemsPerPart = 10

// StartNewPage drops the pieces of the previous page that were not written.
func (s *Session) StartNewPage() { s.unsaidEntries = nil }

// QueuePiece queues a function that writes a piece of the page.
func (s *Session) QueuePiece(say func()) {
	s.unsaidEntries = append(s.unsaidEntries, queuedPiece{write: say})
}

// QueueListItem queues a function that writes an item of a list.
func (s *Session) QueueListItem(say func()) {
	s.unsaidEntries = append(s.unsaidEntries, queuedPiece{isItem: true, write: say})
}

// WriteQueuedPieces writes the next queued pieces: up to ten items of a list, with the text between them.
func (s *Session) WriteQueuedPieces() {
	for items := 0; len(s.unsaidEntries) > 0; s.unsaidEntries = s.unsaidEntries[1:] {
		next := s.unsaidEntries[0]
		if next.isItem && items == itemsPerPart {
			return
		}
		if next.write(); next.isItem {
			items++
		}
	}
}

// addMoreHint returns a question. If pieces are still queued, the question also says that Enter shows more.
func (s *Session) addMoreHint(question text.Text) text.Text {
	if len(s.unsaidEntries) == 0 {
		return question
	}
	const colon = 1
	return text.New(
		question.NL[:len(question.NL)-colon]+", of druk op Enter voor meer:",
		question.EN[:len(question.EN)-colon]+", or press Enter for more:")
}
