package view

import (
	"testing"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/faq"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
	"loket/ui/navigation"
)

var monday = time.Date(2026, 11, 23, 14, 7, 0, 0, dutch.AmsterdamZone)

// everyPage has one page of each kind, with every field that it can have.
func everyPage() map[string]Page {
	d := desk.New(nil, clock.New(), "Terminal 1", desk.DefaultSettings())
	v := flow.NewVisit(d)
	says := text.New("Gebeurd", "Happened")
	step := flow.Step{Title: text.TextFunc(says), Body: text.TextFunc(says), Offers: []place.ID{place.LogIn, place.Contact}}
	letter := demo.Mail{Channel: store.ByLetter, Name: "D. Oosterling", ArrivesBy: monday}
	read := letter
	read.Arrived, read.Subject, read.Body = true, says, says
	pages := map[string]Page{
		"contact":     ContactPage(d, monday),
		"details":     DetailsPage(d, monday, []flows.Detail{{Name: says, Value: says, ChangePlace: place.ChangeEmail}}),
		"activity":    ActivityPage(d, monday, []flows.AccountEvent{{At: monday, Text: says, Terminal: "1"}}),
		"unavailable": UnavailablePage(d, monday, place.Details),
		"ending":      EndingPage(v, monday, step, false),
		"resumes":     EndingPage(v, monday, step, true),
		"letter":      MessagePage(letter),
		"message":     MessagePage(read),
	}
	for _, section := range faq.Sections(d) {
		for _, q := range section.Questions {
			pages[q.Text.EN] = AnswerPage(v, monday, q)
		}
	}
	return pages
}

// TestPages checks that every page has a title and a way to leave, and that every choice has a name
// and leads somewhere, in both languages.
func TestPages(t *testing.T) {
	for name, p := range everyPage() {
		t.Run(name, func(t *testing.T) {
			if p.Title.NL == "" || p.Title.EN == "" || p.LeaveMove == nil || len(p.Sections) == 0 {
				t.Errorf("called %v, with %d sections, and left for %v", p.Title, len(p.Sections), p.LeaveMove)
			}
			for _, c := range p.AllChoices() {
				to, goes := c.Move.(navigation.GoTo)
				if c.Name.NL == "" || c.Name.EN == "" || c.Move == nil || goes && flows.PlaceAt(to.Place).ID == "" {
					t.Errorf("%v leads to %v", c.Name, c.Move)
				}
			}
		})
	}
}

// TestReachSomebody checks that pages on which a visitor may need help have the helplines, and whether the helplines are open
// now (S1).
func TestReachSomebody(t *testing.T) {
	for name, p := range everyPage() {
		said := len(p.Helplines) + len(p.FootLines)
		for _, s := range p.Sections {
			said += len(s.Helplines)
			for _, line := range s.Helplines {
				if !line.IsOpen || line.Status.NL == "" || line.PhoneText.EN == "" {
					t.Errorf("%s: on a Monday afternoon %v is %v", name, line.Name, line.Status)
				}
			}
		}
		needs := name == "details" || name == "activity" || name == "unavailable"
		for _, c := range p.Choices {
			needs = needs || c.Move == navigation.GoTo{Place: place.Contact}
		}
		if needs && said == 0 {
			t.Errorf("%s does not say how to reach anybody", name)
		}
	}
}

// TestEnding checks where the end of a flow leads: home, or back to an unfinished form.
func TestEnding(t *testing.T) {
	pages := everyPage()
	if p := pages["ending"]; p.LeaveMove != (navigation.GoTo{Place: place.Home}) || p.Choices[len(p.Choices)-1].Move != p.LeaveMove {
		t.Errorf("it is left for %v, and the last choice is %v", p.LeaveMove, p.Choices[len(p.Choices)-1].Move)
	}
	if p := pages["resumes"]; p.LeaveMove != (navigation.Resume{}) || p.Choices[0].Move != p.LeaveMove {
		t.Errorf("it is left for %v, and the first choice is %v", p.LeaveMove, p.Choices[0].Move)
	}
}

// TestMessage checks that the page of a letter on its way does not reveal its text, and that an
// arrived letter is in its own language for any reader.
func TestMessage(t *testing.T) {
	m := demo.Mail{Arrived: true}
	m.Subject, m.Body, m.Language = text.New("Onderwerp", "Subject"), text.New("Inhoud", "Body"), text.English
	if p := MessagePage(m); p.Title != text.SameInBoth("Subject") || p.Sections[0].Paragraphs[0] != text.SameInBoth("Body") {
		t.Errorf("it is called %v and says %v", p.Title, p.Sections)
	}
	m.Arrived = false
	if p := MessagePage(m); p.Title.EN == "Subject" || p.Sections[0].Paragraphs[0] == text.SameInBoth("Body") {
		t.Errorf("it is called %v and says %v", p.Title, p.Sections)
	}
}
