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

// callBackFlow holds the answers of the visitor.
type callBackFlow struct {
	visit        *flow.Visit
	name         string // given by a visitor who is not logged in
	telephone    dutch.Telephone
	lineID       string // the ID of the helpline that was chosen
	momentID     string // the ID of the window that was chosen
	question     string
	moments      []dutch.TimeWindow // the windows that the visitor can choose from
	isWritten    bool               // isWritten is true if the visitor wants an answer in writing instead of a call.
	written      writtenAnswer
	throughRelay string               // throughRelay is the ID of the chosen way to call: directly or through KPN Teletolk.
	visitSubject flow.QuestionSubject // what the visitor looked at before
}

// Outcomes of asking to be called. When the quota of a telephone number is spent, the visitor
// gets the same answer and no call is added: others may have asked for that number.
const (
	outcomePhoneQuota      flow.Outcome = "asked too often today, nothing sent"
	outcomeCallRequested   flow.Outcome = "call asked for"
	outcomeCustomerQuota   flow.Outcome = "customer asked too often today"
	outcomeTerminalQuota   flow.Outcome = "terminal asked too often today"
	outcomeAnswerRequested flow.Outcome = "answer in writing asked for"
	outcomeNoAddress       flow.Outcome = "no address known"
)

// terminalCallQuota is how many calls visitors who are not logged in can ask for at one terminal in a day: more than
// they want, and few enough for the service desk to read.
const terminalCallQuota = 20

// CallBack asks the service desk to call the visitor, in a window that the visitor chooses
// (S1).
func CallBack(v *flow.Visit) *flow.Flow {
	const (
		askHow      flow.State = "ask how"
		requestSent flow.State = "asked"
	)
	c := &callBackFlow{visit: v, telephone: v.Telephone, visitSubject: v.Subject}
	c.moments = nextCallWindows(v.Desk)
	f := &flow.Flow{Name: string(place.CallBack), Start: askHow}
	f.Steps = map[flow.State]flow.Step{
		askHow: {
			Title:     c.requestFormTitle,
			Body:      c.requestFormText,
			IsNeutral: true,
			Do:        c.sendRequest,
			Next: map[flow.Outcome]flow.Edge{
				outcomeCallRequested:   {To: requestSent, ActivityText: text.New("Gevraagd om teruggebeld te worden", "Asked to be called back")},
				outcomeAnswerRequested: {To: requestSent, ActivityText: text.New("Gevraagd om antwoord per e-mail of brief", "Asked for an answer by e-mail or letter")},
				outcomePhoneQuota:      {To: requestSent},
				outcomeCustomerQuota:   {To: askHow, Note: c.refusalNote(text.New("Je hebt vandaag al vaak genoeg gevraagd om contact met je op te nemen.", "You have asked us to contact you often enough today."))},
				outcomeTerminalQuota:   {To: askHow, Note: c.refusalNote(text.New("Aan deze terminal is vandaag al te vaak gevraagd om contact op te nemen.", "Too many requests for contact were made at this terminal today."))},
			},
			Offers: []place.ID{place.Questions, place.Contact},
		},
		requestSent: {
			Title:  c.requestSentTitle,
			Body:   c.callPromiseText,
			Offers: []place.ID{place.Questions, place.Contact, place.Home},
		},
	}
	c.setRequestFields(f, askHow)
	return f.Begin(v)
}

// sendRequest puts the request into the outbox, unless a quota of today is spent. A customer who is logged in has a quota of their
// own: what strangers ask for at the same terminal, or with the number or address of the customer, does not use it up (R24).
func (c *callBackFlow) sendRequest(tx *store.Tx) (flow.Outcome, error) {
	v := c.visit
	switch {
	case v.LoggedIn() && !v.TakeQuota(tx, desk.CallQuota.KeyForCustomer(v.Customer())):
		return outcomeCustomerQuota, nil
	case !v.LoggedIn() && !desk.TakeQuotaUpTo(tx, terminalCallQuota, "call back at "+v.Terminal):
		return outcomeTerminalQuota, nil
	case c.isWritten:
		return c.sendWrittenRequest(tx), nil
	case !c.takeAddressQuota(tx, string(c.telephone)):
		return outcomePhoneQuota, nil
	}
	v.NotifyServiceDesk(tx, v.Customer(), desk.TemplateCallBack, c.callMessageFacts(tx))
	return outcomeCallRequested, nil
}

// takeAddressQuota counts a request for an answer at a telephone number or address, and reports whether today's quota allows it. The
// quota is for visitors who are not logged in, whose number or address may be somebody else's.
func (c *callBackFlow) takeAddressQuota(tx *store.Tx, address string) bool {
	return c.visit.LoggedIn() || c.visit.TakeQuota(tx, desk.CallQuotaKey(address))
}

// refusalNote returns a note that says why no call was added, and what to do instead.
func (c *callBackFlow) refusalNote(why text.Text) func() text.Text {
	return func() text.Text {
		call := c.chosenHelpline().CallText()
		return text.New(why.NL+" Er komt geen nieuw verzoek bij. Je kunt zelf contact opnemen: "+call.NL+".", why.EN+" No new request was added. You can contact us yourself: "+call.EN+".")
	}
}

func (c *callBackFlow) requestFields() []flow.Field {
	fields := []flow.Field{c.phoneField()}
	if c.visit.Settings.RelayPhone != "" {
		fields = append(fields, c.relayField())
	}
	fields = append(fields, c.helplineField(), c.callMomentField(), c.newQuestionField())
	if c.isWritten {
		fields = c.writtenAnswerFields()
	}
	if c.visit.LoggedIn() {
		return fields
	}
	return slices.Insert(fields, 0, c.nameField())
}

var (
	nameFieldHelp     = text.New("Dan weten we naar wie we vragen.", "So that we know whom to ask for.")
	helplineFieldHelp = text.New("Daarmee kiezen we wie je helpt.", "By this we choose who helps you.")
	callTimeHelp      = text.New("Kies het dagdeel waarop je kunt opnemen. Vroeger dan het eerste kunnen we niet bellen.", "Choose when you can answer. We cannot call earlier than the first of these.")
)

func (c *callBackFlow) nameField() flow.Field {
	return flow.Field{Name: "name", Label: text.New("Je naam", "Your name"), Help: nameFieldHelp, Accept: func(s string) *text.Text {
		if !strings.ContainsFunc(s, unicode.IsLetter) {
			return new(text.New("Vul je naam in.", "Fill in your name."))
		}
		c.name = text.SingleLine(s)
		return nil
	}}
}

// phoneField asks for a telephone number. It begins with the one that the desk has.
func (c *callBackFlow) phoneField() flow.Field {
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

// Ways to call, for the desk that knows the number of KPN Teletolk.
const (
	callDirectly = "direct"
	callViaRelay = "relay"
)

// relayField asks whether an interpreter of KPN Teletolk must be in the call (Telecommunicatiewet 7.35).
func (c *callBackFlow) relayField() flow.Field {
	return flow.ChoiceField(&c.throughRelay, flow.Field{
		Name: "relay", Label: text.New("Hoe bellen we", "How we call"), InitialAnswer: callDirectly,
		Help: text.New("Hoor of praat je niet goed? Via KPN Teletolk zet een tolk het gesprek om in tekst of gebaren.", "Is it hard for you to hear or speak? Through KPN Teletolk an interpreter turns the call into text or signs."),
		Options: []flow.Option{
			{Value: callDirectly, Name: text.New("Gewoon", "As usual")},
			{Value: callViaRelay, Name: text.New("Via KPN Teletolk", "Through KPN Teletolk")},
		},
	})
}

func (c *callBackFlow) helplineField() flow.Field {
	f := flow.Field{Name: "line", Label: text.New("Waarover", "About"), Help: helplineFieldHelp, InitialAnswer: HelplineFor(c.visit.Desk, c.visitSubject.Kind).ID}
	for _, line := range Helplines(c.visit.Desk) {
		f.Options = append(f.Options, flow.Option{Value: line.ID, Name: line.Purpose})
	}
	return flow.ChoiceField(&c.lineID, f)
}

// QuestionField is the name of the field for the visitor's question.
const QuestionField = "about"

func (c *callBackFlow) newQuestionField() flow.Field {
	return flow.Field{
		Name: QuestionField, Label: text.New("Je vraag", "Your question"),
		Hint:   text.NewFunc("Mag leeg blijven. Zet hier geen wachtwoord of code.", "Optional. Do not put a password or code here."),
		Help:   text.New("Een paar woorden zijn genoeg. Dan weten we vast waar het over gaat.", "A few words are enough. Then we know beforehand what it is about."),
		Accept: func(s string) *text.Text { c.question = strings.TrimSpace(s); return nil },
	}
}

// chosenHelpline returns the helpline that was chosen, or the zero Helpline.
func (c *callBackFlow) chosenHelpline() (chosen Helpline) {
	for _, l := range Helplines(c.visit.Desk) {
		if l.ID == c.lineID {
			chosen = l
		}
	}
	return chosen
}

// missingFactText stands in a message for a fact that is missing.
const missingFactText = "-"

// These values say how a number or an address compares with the one of the customer who is logged in. The
// service desk is told, because a stranger at the terminal may have typed it.
const (
	matchesKnown     = "known"
	differsFromKnown = "other"
	noneKnown        = "none known"
)

// callMessageFacts returns the facts of the message to the service desk.
func (c *callBackFlow) callMessageFacts(tx *store.Tx) map[string]string {
	facts := c.commonFacts(tx)
	if known, found := tx.Customer(c.visit.Customer()); found {
		facts["compared"] = compareWithKnown(string(c.telephone), known.Phone)
	}
	w, line := c.chosenCallWindow(), c.chosenHelpline()
	facts["phone"], facts["reach"] = c.telephone.Grouped(), line.PhoneText().In(desk.ServiceDeskLanguage)
	facts["from"], facts["until"] = w.From.Format(time.RFC3339), w.Until.Format(time.RFC3339)
	if c.throughRelay == callViaRelay {
		facts["relay"] = c.visit.Settings.RelayPhone.Grouped()
	}
	return facts
}

// commonFacts returns the facts that a message has whatever kind of answer the visitor wants.
func (c *callBackFlow) commonFacts(tx *store.Tx) map[string]string {
	caller, customer, about := c.name, missingFactText, missingFactText
	if known, found := tx.Customer(c.visit.Customer()); found {
		caller, customer = desk.CustomerName(known), string(known.ID)
	}
	if c.question != "" {
		about = c.question
	}
	if subject := c.visitSubject.Name.In(desk.ServiceDeskLanguage); subject != "" {
		about = subject + ": " + about
	}
	return map[string]string{
		"caller": caller, "customer": customer, "compared": missingFactText, "about": about,
		"line": c.chosenHelpline().Name.In(desk.ServiceDeskLanguage),
	}
}

// compareWithKnown compares a number or address with the one that the desk knows of the customer, which can be empty.
func compareWithKnown(typed, known string) string {
	switch {
	case known == "":
		return noneKnown
	case strings.EqualFold(typed, known):
		return matchesKnown
	}
	return differsFromKnown
}

// requestFormTitle returns the title of the form.
func (c *callBackFlow) requestFormTitle() text.Text {
	if c.isWritten {
		return text.New("Antwoord per e-mail of brief", "An answer by e-mail or letter")
	}
	return text.New("Laat je terugbellen", "Let us call you back")
}

// requestFormText says what the form is for, and the subject of the question if the visitor has one.
func (c *callBackFlow) requestFormText() text.Text {
	about := text.Text{}
	if name := c.visitSubject.Name; name != (text.Text{}) {
		about = text.New("\nJe vraag gaat over: "+name.NL+".", "\nYour question is about: "+name.EN+".")
	}
	if c.isWritten {
		return text.New("Schrijf je vraag op, en kies hoe je antwoord wilt."+about.NL, "Write down your question, and choose how you want the answer."+about.EN)
	}
	return text.New(
		"Zeg hoe en wanneer we je kunnen bereiken. Dan bellen we jou. Kun je niet bellen? Kies dan voor antwoord per e-mail of brief."+about.NL,
		"Tell us how and when we can reach you, and we will call you. Can you not call? Then choose an answer by e-mail or letter."+about.EN)
}

// callPromiseText says when the call comes, and what to do if it does not come.
func (c *callBackFlow) callPromiseText() text.Text {
	line, when := c.chosenHelpline(), c.chosenCallWindow().LongText()
	call, weekly := line.CallText(), line.WeeklyHours()
	about := line.Purpose
	if c.visitSubject.Name != (text.Text{}) {
		about = c.visitSubject.Name
	}
	if c.isWritten {
		return c.answerPromiseText(about)
	}
	how := text.Text{}
	if c.throughRelay == callViaRelay {
		how = text.New("via KPN Teletolk ", "through KPN Teletolk ")
	}
	return text.New(
		"We bellen je "+how.NL+"op "+c.telephone.Grouped()+", op "+when.NL+".\nHet gaat over: "+about.NL+".\n\n"+
			"Heeft niemand je dan gebeld? Vraag het hier opnieuw, of "+call.NL+". "+line.Name.NL+" is open op "+weekly.NL+".",
		"We will call "+how.EN+c.telephone.Grouped()+" on "+when.EN+".\nIt is about: "+about.EN+".\n\n"+
			"If nobody has called you by then, ask again here, or "+call.EN+". "+line.Name.EN+" is open "+weekly.EN+".",
	)
}
