package dialogue

import (
	"strconv"
	"strings"

	"loket/flows"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// A Choice is a choice in a list, and where it leads.
type Choice struct {
	Name, About text.Text
	Next        NextAction
}

// PlaceChoice returns the choice that leads to a place.
func (s *Session) PlaceChoice(p place.ID) Choice {
	return Choice{Name: flows.PlaceAt(p).Name, About: flows.PlacePurpose(s.Desk, p), Next: NextMoveAction(navigation.GoTo{Place: p})}
}

// PlaceChoices returns the choices that lead to the given places.
func (s *Session) PlaceChoices(places []place.ID) (all []Choice) {
	for _, p := range places {
		all = append(all, s.PlaceChoice(p))
	}
	return all
}

var (
	ChooseNumberText = text.New("Kies een nummer:", "Choose a number:")
	notInListText    = text.New("Kies een nummer uit de lijst.", "Choose a number from the list.")
)

// Choose lists choices and lets the visitor choose one by its number. If back is true, the number 0 goes back.
func (s *Session) Choose(all []Choice, back bool) (NextAction, error) {
	s.WriteChoices(all, back)
	n, _, err := s.AskChoiceNumber(all, back, ChooseNumberText, false)
	return n, err
}

// WriteChoices writes choices with their numbers. A long list is written in parts.
func (s *Session) WriteChoices(all []Choice, back bool) {
	s.Out.WriteGap()
	for i, c := range all {
		if i < itemsPerPart {
			s.WriteChoice(i+1, c)
		} else {
			s.QueueListItem(func() { s.WriteChoice(i+1, c) })
		}
	}
	if back {
		s.WriteChoice(0, Choice{Name: words.Back})
	}
}

// WriteChoice writes a choice with its number. It begins with a capital, because Dutch synthesizers read "1. maandag" as "first
// Monday".
func (s *Session) WriteChoice(number int, c Choice) {
	s.Out.WriteChoice(number, joinSentences(s.SpokenText(words.Capitalise(c.Name)), s.SpokenText(c.About)))
}

// joinSentences joins two sentences. It adds a full stop to the first one if necessary.
func joinSentences(first, second string) string {
	switch {
	case second == "":
		return first
	case strings.ContainsAny(first[len(first)-1:], ".?!"):
		return first + " " + second
	}
	return first + ". " + second
}

// AskChoiceNumber asks for the number of a choice. If orWords is true, any other text is also an answer, and AskChoiceNumber returns it.
func (s *Session) AskChoiceNumber(all []Choice, back bool, question text.Text, orWords bool) (NextAction, string, error) {
	for {
		line, err := s.Ask(s.addMoreHint(question), false, func(line string) bool { return orWords && s.isSearchText(line) })
		if err != nil {
			return NextAction{}, "", err
		}
		line = strings.TrimSpace(line)
		n, err := strconv.Atoi(strings.TrimPrefix(line, "/"))
		switch {
		case line == "" && len(s.unsaidEntries) > 0:
			s.Out.WriteGap()
			s.WriteQueuedPieces()
			continue
		case err == nil && 1 <= n && n <= len(all):
			return all[n-1].Next, "", nil
		case err == nil && n == 0 && back:
			return NextMoveAction(navigation.Back{}), "", nil
		case err != nil && orWords && line != "":
			return NextAction{}, line, nil
		}
		s.SayProblem(notInListText)
	}
}

// ChooseWhileWaiting lets the visitor choose while w polls. The visitor does not count as idle, because w itself limits the
// wait.
func (s *Session) ChooseWhileWaiting(w EventWatch, all []Choice) (NextAction, error) {
	s.watch = &w
	defer func() {
		s.watch = nil
		s.postponeIdle()
	}()
	return s.Choose(all, true)
}
