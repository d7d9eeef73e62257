package contact

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

// momentField asks for one of the windows. It refuses one that has begun meanwhile.
func (c *callBack) momentField() flow.Field {
	f := flow.Field{Name: "when", Label: text.New("Wanneer", "When"), Help: whenHelp}
	for _, w := range c.moments {
		f.Options = append(f.Options, flow.Option{Value: windowID(w), Name: w.LongText()})
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
		if !c.visit.Clock.Now().Before(c.chosenMoment().From) {
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

// nextMoments returns the next mornings and afternoons in which the service desk can call.
func nextMoments(d *desk.Desk) (next []dutch.Window) {
	now := d.Clock.Now()
	for w := range officeHours(d).OpenWindows(now) {
		if !w.From.Before(now.Add(minCallNotice)) {
			next = append(next, w)
		}
		if len(next) == momentsOffered {
			break
		}
	}
	return next
}

// windowID returns the ID of a window in answers: "2027-01-04 12:00".
func windowID(w dutch.Window) string {
	return w.From.In(dutch.Amsterdam).Format("2006-01-02 15:04")
}

// chosenMoment returns the window that was chosen, or the zero Window.
func (c *callBack) chosenMoment() (chosen dutch.Window) {
	for _, w := range c.moments {
		if windowID(w) == c.momentID {
			chosen = w
		}
	}
	return chosen
}
