package contact

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// callBack holds the answers of the visitor.
type callBack struct {
	visit        *flow.Visit
	name         string // given by a visitor who is not logged in
	telephone    dutch.Telephone
	lineID       string // the ID of the helpline that was chosen
	momentID     string // the ID of the window that was chosen
	question     string
	moments      []dutch.Window // the windows that the visitor can choose from
	visitSubject flow.Subject   // what the visitor looked at before
}

// Outcomes of asking to be called. When the quota of a telephone number is spent, the visitor
// gets the same answer and no call is added: others may have asked for that number.
const (
	phoneQuotaSpent    flow.Outcome = "asked too often today, nothing sent"
	callRequested      flow.Outcome = "call asked for"
	customerQuotaSpent flow.Outcome = "customer asked too often today"
	terminalQuotaSpent flow.Outcome = "terminal asked too often today"
)

// terminalCallQuota is how many calls can be asked for at one terminal in a day: more than
// visitors want, and few enough for the service desk to read.
const terminalCallQuota = 20

// CallBack asks the service desk to call the visitor, in a window that the visitor chooses
// (S1).
func CallBack(v *flow.Visit) *flow.Flow {
	const (
		askHow      flow.State = "ask how"
		requestSent flow.State = "asked"
	)
	c := &callBack{visit: v, telephone: v.Telephone, visitSubject: v.Subject}
	c.moments = nextMoments(v.Desk)
	f := &flow.Flow{Name: string(place.CallBack), Start: askHow}
	f.Steps = map[flow.State]flow.Step{
		askHow: {
			Title:     text.NewFunc("Laat je terugbellen", "Let us call you back"),
			Body:      c.formText,
			Fields:    c.fields(),
			IsNeutral: true,
			Do:        c.sendRequest,
			Next: map[flow.Outcome]flow.Edge{
				callRequested:      {To: requestSent, ActivityText: text.New("Gevraagd om teruggebeld te worden", "Asked to be called back")},
				phoneQuotaSpent:    {To: requestSent},
				customerQuotaSpent: {To: askHow, Note: c.refusalNote(text.New("Je hebt vandaag al vaak genoeg gevraagd om terug te bellen.", "You have asked us to call often enough today."))},
				terminalQuotaSpent: {To: askHow, Note: c.refusalNote(text.New("Aan deze terminal is vandaag al te vaak gevraagd om terug te bellen.", "Too many calls were asked for at this terminal today."))},
			},
			Offers: []place.ID{place.Questions, place.Contact},
		},
		requestSent: {
			Title:  text.NewFunc("We bellen je terug", "We will call you back"),
			Body:   c.promiseText,
			Offers: []place.ID{place.Questions, place.Contact, place.Home},
		},
	}
	return f.Begin(v)
}

// sendRequest puts the request into the outbox, unless a quota of today is spent.
func (c *callBack) sendRequest(tx *store.Tx) (flow.Outcome, error) {
	v := c.visit
	switch {
	case !desk.TakeQuotaUpTo(tx, terminalCallQuota, "call back at "+v.Terminal):
		return terminalQuotaSpent, nil
	case v.LoggedIn() && !v.TakeQuota(tx, desk.CallQuota.KeyFor(v.Customer())):
		return customerQuotaSpent, nil
	case !v.TakeQuota(tx, desk.CallQuotaKey(string(c.telephone))):
		return phoneQuotaSpent, nil
	}
	v.NotifyServiceDesk(tx, v.Customer(), desk.TemplateCallBack, c.messageFacts(tx))
	return callRequested, nil
}

// refusalNote returns a note that says why no call was added, and what to do instead.
func (c *callBack) refusalNote(why text.Text) func() text.Text {
	return func() text.Text {
		call := c.chosenHelpline().CallText()
		return text.New(why.NL+" Er komt geen nieuw gesprek bij. Je kunt zelf contact opnemen: "+call.NL+".", why.EN+" No new call was added. You can contact us yourself: "+call.EN+".")
	}
}

func (c *callBack) fields() []flow.Field {
	fields := []flow.Field{c.phoneField(), c.helplineField(), c.momentField(), c.topicField()}
	if c.visit.LoggedIn() {
		return fields
	}
	return slices.Insert(fields, 0, c.nameField())
}

var (
	nameHelp = text.New("Dan weten we naar wie we vragen.", "So that we know whom to ask for.")
	lineHelp = text.New("Daarmee kiezen we wie je belt.", "By this we choose who calls you.")
	whenHelp = text.New("Kies het dagdeel waarop je kunt opnemen. Vroeger dan het eerste kunnen we niet bellen.", "Choose when you can answer. We cannot call earlier than the first of these.")
)

func (c *callBack) nameField() flow.Field {
	return flow.Field{Name: "name", Label: text.New("Je naam", "Your name"), Help: nameHelp, Accept: func(s string) *text.Text {
		if !strings.ContainsFunc(s, unicode.IsLetter) {
			return new(text.New("Vul je naam in.", "Fill in your name."))
		}
		c.name = text.SingleLine(s)
		return nil
	}}
}

// phoneField asks for a telephone number. It begins with the one that the desk has.
func (c *callBack) phoneField() flow.Field {
	f := TelephoneField(&c.telephone, c.visit.Telephone)
	read := f.Accept
	f.Hint = nil
	f.Accept = func(s string) *text.Text {
		if strings.TrimSpace(s) == "" {
			return new(text.New("Vul het nummer in waarop we je kunnen bellen.", "Fill in the number on which we can call you."))
		}
		return read(s)
	}
	return f
}

func (c *callBack) helplineField() flow.Field {
	f := flow.Field{Name: "line", Label: text.New("Waarover", "About"), Help: lineHelp, InitialAnswer: HelplineFor(c.visit.Desk, c.visitSubject.Kind).ID}
	for _, line := range Helplines(c.visit.Desk) {
		f.Options = append(f.Options, flow.Option{Value: line.ID, Name: line.Purpose})
	}
	return flow.ChoiceField(&c.lineID, f)
}

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

// QuestionField is the name of the field for the visitor's question.
const QuestionField = "about"

func (c *callBack) topicField() flow.Field {
	return flow.Field{
		Name: QuestionField, Label: text.New("Je vraag", "Your question"),
		Hint:   text.NewFunc("Mag leeg blijven. Zet hier geen wachtwoord of code.", "Optional. Do not put a password or code here."),
		Help:   text.New("Een paar woorden zijn genoeg. Dan weten we vast waar het over gaat.", "A few words are enough. Then we know beforehand what it is about."),
		Accept: func(s string) *text.Text { c.question = strings.TrimSpace(s); return nil },
	}
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

// chosenHelpline returns the helpline that was chosen, or the zero Helpline.
func (c *callBack) chosenHelpline() (chosen Helpline) {
	for _, l := range Helplines(c.visit.Desk) {
		if l.ID == c.lineID {
			chosen = l
		}
	}
	return chosen
}

// noValueText stands in a message for a fact that is missing.
const noValueText = "-"

// How the number to call compares with the number of the customer who is logged in. The
// service desk is told, because a stranger at the terminal may have typed it.
const (
	phoneMatches = "known"
	phoneDiffers = "other"
	noPhoneKnown = "none known"
)

// messageFacts returns the facts of the message to the service desk.
func (c *callBack) messageFacts(tx *store.Tx) map[string]string {
	caller, customer, compared, about := c.name, noValueText, noValueText, noValueText
	if known, found := tx.Customer(c.visit.Customer()); found {
		caller, customer, compared = desk.CustomerName(known), string(known.ID), c.comparePhone(known.Phone)
	}
	if c.question != "" {
		about = c.question
	}
	if subject := c.visitSubject.Name.In(desk.ServiceDeskLanguage); subject != "" {
		about = subject + ": " + about
	}
	w, line := c.chosenMoment(), c.chosenHelpline()
	return map[string]string{
		"caller": caller, "customer": customer, "phone": c.telephone.Grouped(), "compared": compared, "about": about,
		"line": line.Name.In(desk.ServiceDeskLanguage), "reach": line.PhoneText().In(desk.ServiceDeskLanguage),
		"from": w.From.Format(time.RFC3339), "until": w.Until.Format(time.RFC3339),
	}
}

// comparePhone compares the number to call with the customer's number, which can be empty.
func (c *callBack) comparePhone(known string) string {
	switch known {
	case "":
		return noPhoneKnown
	case string(c.telephone):
		return phoneMatches
	}
	return phoneDiffers
}

// formText says what the form is for, and the subject of the question if the visitor has one.
func (c *callBack) formText() text.Text {
	about := text.Text{}
	if name := c.visitSubject.Name; name != (text.Text{}) {
		about = text.New("\nJe vraag gaat over: "+name.NL+".", "\nYour question is about: "+name.EN+".")
	}
	return text.New("Zeg hoe en wanneer we je kunnen bereiken. Dan bellen we jou."+about.NL, "Tell us how and when we can reach you, and we will call you."+about.EN)
}

// promiseText says when the call comes, and what to do if it does not come.
func (c *callBack) promiseText() text.Text {
	line, when := c.chosenHelpline(), c.chosenMoment().LongText()
	call, weekly := line.CallText(), line.WeeklyHours()
	about := line.Purpose
	if c.visitSubject.Name != (text.Text{}) {
		about = c.visitSubject.Name
	}
	return text.New(
		"We bellen je op "+c.telephone.Grouped()+", op "+when.NL+".\nHet gaat over: "+about.NL+".\n\n"+
			"Heeft niemand je dan gebeld? Vraag het hier opnieuw, of "+call.NL+". "+line.Name.NL+" is open op "+weekly.NL+".",
		"We will call "+c.telephone.Grouped()+" on "+when.EN+".\nIt is about: "+about.EN+".\n\n"+
			"If nobody has called you by then, ask again here, or "+call.EN+". "+line.Name.EN+" is open "+weekly.EN+".",
	)
}
