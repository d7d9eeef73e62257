package pages

import (
	"fmt"

	"loket/flows"
	"loket/flows/faq"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/view"
	"loket/ui/words"
)

var chooseOrSearchText = text.New("Kies een nummer, of typ een woord om te zoeken:", "Choose a number, or type a word to search for:")

// questions is the screen of the frequently asked questions, by section or by a search word (S2).
type questions struct{}

// NewQuestions returns the screen of the frequently asked questions.
func NewQuestions() dialogue.Screen { return &questions{} }

func (q *questions) MarkAsOverlay() {}

func (q *questions) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	s.SayHeading(flows.PlaceAt(place.Questions).Name)
	var sections []dialogue.Choice
	for _, section := range faq.Sections(s.Visit.Desk) {
		sections = append(sections, dialogue.Choice{Name: section.Name, Next: dialogue.NextAction{Open: &questionList{name: section.Name, all: section.Questions}}})
	}
	return askOrSearch(s, sections)
}

// askOrSearch lets the visitor choose, or type a word to search the questions for.
func askOrSearch(s *dialogue.Session, choices []dialogue.Choice) (dialogue.NextAction, error) {
	s.WriteChoices(choices, true)
	n, typed, err := s.AskChoiceNumber(choices, true, chooseOrSearchText, true)
	if err != nil || typed == "" {
		return n, err
	}
	found := faq.NewQuestionIndex(s.Visit.Desk).Find(typed)
	return dialogue.NextAction{Open: &questionList{name: foundCountText(len(found)), all: found, searched: typed}}, nil
}

// questionList lists the questions of a section, or the results of a search.
type questionList struct {
	name     text.Text
	all      []faq.Question
	searched string // searched is what the visitor searched for; "" for a section.
}

func (a *questionList) MarkAsOverlay() {}

func (a *questionList) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	var choices []dialogue.Choice
	if len(a.all) == 0 {
		s.SayHeading(words.NothingFound)
		s.SayHelplines()
		choices = s.PlaceChoices([]place.ID{place.CallBack})
	} else {
		s.SayHeading(a.name)
	}
	for _, q := range a.all {
		choices = append(choices, dialogue.Choice{Name: q.Text, Next: dialogue.NextAction{Open: &answerPage{q}}})
	}
	return askOrSearch(s, choices)
}

// PrefillAnswers returns the words that the visitor searched for, as the question of a call-back, if nothing was found.
func (a *questionList) PrefillAnswers() map[string]string {
	if len(a.all) > 0 {
		return nil
	}
	return view.CallBackPrefill(a.searched)
}

// answerPage reads out the answer to a question, and lists the places that the answer mentions.
type answerPage struct{ question faq.Question }

func (a *answerPage) MarkAsOverlay() {}

func (a *answerPage) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	return ShowPage(s, view.AnswerPage(s.Visit, s.Desk.Clock.Now(), a.question))
}

// foundCountText returns a text that says how many questions a search found.
func foundCountText(n int) text.Text {
	if n == 1 {
		return text.New("1 vraag gevonden.", "1 question found.")
	}
	return text.New(fmt.Sprintf("%d vragen gevonden.", n), fmt.Sprintf("%d questions found.", n))
}
