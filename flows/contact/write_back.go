package contact

import (
	"strings"
	"unicode"

	"loket/flows/desk"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// Visitors who cannot or do not want to be called can have the answer in writing (R35). The desk itself sends nothing to an
// address that a visitor types: the address is in the message to the service desk, which checks whose it is.

// writtenAnswer holds the answers of a visitor who asks for an answer in writing.
type writtenAnswer struct {
	channel string // channel is the ID of a store.Channel.
	address string // address is an e-mail address or a postal address. It is empty for the address that the desk knows.
}

// isByEmail reports whether the answer must come by e-mail, and not by letter.
func (w writtenAnswer) isByEmail() bool { return w.channel == string(store.ByEmail) }

// maxWrittenQuestion is the largest number of characters in a question that is answered in writing.
const maxWrittenQuestion = 300

// setRequestFields makes the step ask where to write or where to call, as the visitor prefers.
func (c *callBackFlow) setRequestFields(f *flow.Flow, at flow.State) {
	step := f.Steps[at]
	step.Fields = c.requestFields()
	step.Switches = []flow.FieldSwitch{{
		Name: map[bool]text.Text{false: preferWritingText, true: preferCallText}[c.isWritten],
		Do: func() {
			c.isWritten = !c.isWritten
			step.Next[outcomeNoAddress] = flow.Edge{To: at, Field: "address", Note: text.NewFunc("We kennen geen e-mailadres van je. Vul er een in, of kies een brief.", "We know no e-mail address of you. Fill one in, or choose a letter.")}
			c.setRequestFields(f, at)
		},
	}}
	if c.isWritten && c.visit.LetterPrint != store.LargePrint {
		step.Switches = append(step.Switches, fields.NewPrintSwitch(c.visit, func() { c.setRequestFields(f, at) }))
	}
	f.Steps[at] = step
}

// answerChannelField asks by which channel the service desk must answer.
func (c *callBackFlow) answerChannelField() flow.Field {
	return flow.ChoiceField(&c.written.channel, flow.Field{
		Name: "channel", Label: text.New("Antwoord", "Answer"), InitialAnswer: string(store.ByEmail),
		Help: text.New("Kies hoe je ons antwoord wilt krijgen.", "Choose how you want to get our answer."),
		Options: []flow.Option{
			{Value: string(store.ByEmail), Name: text.New("Per e-mail", "By e-mail")},
			{Value: string(store.ByLetter), Name: text.New("Per brief", "By letter")},
		},
	})
}

// answerAddressField asks for the address of the channel, which must have been accepted before. A customer who is logged in can
// leave it empty.
func (c *callBackFlow) answerAddressField() flow.Field {
	f := flow.Field{
		Name: "address", MaxCharacters: desk.LongestEmail,
		Label: text.New("E-mailadres of postadres", "E-mail or postal address"),
		Help:  text.New("Voor een e-mail: je e-mailadres. Voor een brief: je straat en huisnummer, postcode en plaats.", "For an e-mail: your e-mail address. For a letter: your street and house number, postcode and place."),
		Accept: func(s string) (wrong *text.Text) {
			s = text.SingleLine(s)
			switch {
			case s == "" && c.visit.LoggedIn():
			case s == "":
				return new(text.New("Vul in waar we naartoe kunnen schrijven.", "Fill in where we can write to."))
			case c.written.isByEmail():
				s, wrong = desk.ParseEmail(desk.ExtractEmail(s))
			case !isPostalAddress(s):
				return new(text.New("Vul je straat en huisnummer, postcode en plaats in.", "Fill in your street and house number, postcode and place."))
			}
			if wrong == nil {
				c.written.address = s
			}
			return wrong
		},
	}
	if c.visit.LoggedIn() {
		f.Hint = text.NewFunc("Mag leeg blijven. Dan gebruiken we het adres dat we kennen.", "Optional. Otherwise we use the address that we know.")
	}
	return f
}

// isPostalAddress reports whether a text can be a postal address: it has letters and digits, and no @.
func isPostalAddress(s string) bool {
	const shortest = 8
	return len(s) >= shortest && strings.ContainsFunc(s, unicode.IsLetter) && strings.ContainsFunc(s, unicode.IsDigit) && !strings.Contains(s, "@")
}

// writtenAnswerFields returns the fields of a request for an answer in writing. The question is mandatory, because nobody will ask
// for it by telephone.
func (c *callBackFlow) writtenAnswerFields() []flow.Field {
	question := c.newQuestionField()
	question.MaxCharacters = maxWrittenQuestion
	question.Hint = text.NewFunc("Zet hier geen wachtwoord of code.", "Do not put a password or code here.")
	question = fields.RequireAnswer(question, text.New("Schrijf je vraag op. Dan kunnen we antwoorden.", "Write down your question. Then we can answer."))
	return []flow.Field{c.answerChannelField(), c.answerAddressField(), c.helplineField(), question}
}

// knownAddress returns the customer's own address as one line, for e-mails or for letters, or "" if the desk knows none.
func knownAddress(c store.Customer, isForEmail bool) string {
	if isForEmail {
		return c.Email
	}
	return strings.Join(desk.AddressLines(c), ", ")
}

// sendWrittenRequest puts the request for an answer in writing into the outbox, unless today's quota of the address is spent.
func (c *callBackFlow) sendWrittenRequest(tx *store.Tx) flow.Outcome {
	facts, address := c.commonFacts(tx), c.written.address
	if known, found := tx.Customer(c.visit.Customer()); found {
		own := knownAddress(known, c.written.isByEmail())
		if address == "" {
			address = own
		}
		facts["compared"] = compareWithKnown(address, own)
	}
	switch {
	case address == "":
		return outcomeNoAddress
	case !c.takeAddressQuota(tx, strings.ToLower(address)):
		return outcomePhoneQuota
	}
	facts["channel"], facts["address"] = c.written.channel, address
	if c.isInLargePrint() {
		facts["print"] = string(store.LargePrint)
	}
	c.visit.NotifyServiceDesk(tx, c.visit.Customer(), desk.TemplateWriteBack, facts)
	return outcomeAnswerRequested
}

// isInLargePrint reports whether the answer must be a letter in large print.
func (c *callBackFlow) isInLargePrint() bool {
	return !c.written.isByEmail() && (c.visit.WantsLargePrint || c.visit.LetterPrint == store.LargePrint)
}

// requestSentTitle returns the title of the last step.
func (c *callBackFlow) requestSentTitle() text.Text {
	if c.isWritten {
		return text.New("Je krijgt antwoord", "You will get an answer")
	}
	return text.New("We bellen je terug", "We will call you back")
}

// answerPromiseText says how and where the answer comes.
func (c *callBackFlow) answerPromiseText(about text.Text) text.Text {
	how, to := text.New("per brief", "by letter"), text.SameInBoth(c.written.address)
	switch {
	case c.written.isByEmail():
		how = text.New("per e-mail", "by e-mail")
	case c.isInLargePrint():
		how = text.New("per brief in grote letters", "by letter in large print")
	}
	if c.written.address == "" {
		to = text.New("het adres dat we van je kennen", "the address that we know of you")
	}
	return text.New(
		"Onze medewerkers lezen je vraag op een werkdag. Ze antwoorden "+how.NL+", aan "+to.NL+".\nHet gaat over: "+about.NL+".\n\n"+
			"We vragen nooit om een wachtwoord of een code.",
		"Our staff read your question on a working day. They answer "+how.EN+", to "+to.EN+".\nIt is about: "+about.EN+".\n\n"+
			"We never ask for a password or a code.",
	)
}
