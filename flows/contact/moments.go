package contact

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

// callMomentField asks for one of the windows. It refuses one that has begun meanwhile.
func (c *callBackFlow) callMomentField() flow.Field {
	f := flow.Field{Name: "when", Label: text.New("Wanneer", "When"), Help: callTimeHelp}
	for _, w := range c.moments {
		f.Options = append(f.Options, flow.Option{Value: callWindowID(w), Name: w.LongText()})
	}
	if len(f.Options) > 0 {
		f.InitialAnswer = f.Options[0].Value // the first window
	}
	f = flow.ChoiceField(&c.momentID, f)
	read := f.Accept
	f.Accept = func(s string) *text.Text {
		if why := read(s); why != nil {
			return why
		}
		if !c.visit.Clock.Now().Before(c.chosenCallWindow().From) {
			return new(text.New("Dit moment is al begonnen. Kies een ander.", "This moment has begun already. Choose another one."))
		}
		return nil
	}
	return f
}

const (
	momentsOffered = 4         // mornings and afternoons to choose from
	minCallNotice  = time.Hour // between a request and the first window
)

// nextCallWindows returns the next mornings and afternoons in which the service desk can call.
func nextCallWindows(d *desk.Desk) (next []dutch.TimeWindow) {
	now := d.Clock.Now()
	for w := range officeHours(d).OpenHalfDays(now) {
		if !w.From.Before(now.Add(minCallNotice)) {
			next = append(next, w)
		}
		if len(next) == momentsOffered {
			break
		}
	}
	return next
}

// callWindowID returns the ID of a window in answers: "2027-01-04 12:00".
func callWindowID(w dutch.TimeWindow) string {
	return w.From.In(dutch.AmsterdamZone).Format("2006-01-02 15:04")
}

// chosenCallWindow returns the window that was chosen, or the zero Window.
func (c *callBackFlow) chosenCallWindow() (chosen dutch.TimeWindow) {
	for _, w := range c.moments {
		if callWindowID(w) == c.momentID {
			chosen = w
		}
	}
	return chosen
}
