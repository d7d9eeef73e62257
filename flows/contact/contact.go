package contact

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Helpline is a telephone line that customers can call (A6, S1).
type Helpline struct {
	ID         string // ID is the name of the helpline in messages and answers.
	Name       text.Text
	Purpose    text.Text       // Purpose says which questions the helpline answers.
	Telephone  dutch.Telephone // Telephone is empty if the desk does not know the number.
	LookupText text.Text       // LookupText says where customers can find the number if Telephone is empty.
	Hours      dutch.OpeningHours
}

// mortgagePhone is 088 663 06 63 (A6).
const mortgagePhone dutch.Telephone = "+31886630663"

// websiteText says where customers can find a telephone number that the desk does not know. It is short enough for a footer.
var websiteText = text.New("op nn.nl", "on nn.nl")

// officeHours returns the opening hours of the mortgage helpline (A6). Digital Support gets the same hours, because its own
// are not published.
func officeHours(d *desk.Desk) dutch.OpeningHours {
	return dutch.NewOfficeHours(8*dutch.Hour, 18*dutch.Hour, d.Settings.Holidays)
}

// Helplines returns the helplines that a customer can choose from. The last one is Digital Support, for all other questions.
func Helplines(d *desk.Desk) []Helpline { return []Helpline{MortgageLine(d), SupportLine(d)} }

// TelephoneNumbers returns the telephone numbers of the helplines, as they are written for customers.
func TelephoneNumbers(d *desk.Desk) (all []string) {
	for _, line := range Helplines(d) {
		if line.Telephone != "" {
			all = append(all, line.Telephone.Grouped())
		}
	}
	return all
}

// HelplineFor returns the helpline for questions about a kind of product. kind can be empty.
func HelplineFor(d *desk.Desk, kind store.ProductKind) Helpline {
	if kind == store.KindMortgage {
		return MortgageLine(d)
	}
	return SupportLine(d)
}

// SupportLine returns Digital Support, the helpline for questions that no other helpline answers.
func SupportLine(d *desk.Desk) Helpline {
	return Helpline{
		ID:         "support",
		Name:       text.SameInBoth("Digital Support"),
		Purpose:    text.New("Je account, inloggen en al je andere producten", "Your account, logging in and all other products"),
		Telephone:  d.Settings.SupportPhone,
		LookupText: text.New(websiteText.NL+", bij Service en contact", websiteText.EN+", under Service en contact"),
		Hours:      officeHours(d),
	}
}

func MortgageLine(d *desk.Desk) Helpline {
	return Helpline{
		ID:        "mortgage",
		Name:      text.New("Hypotheek", "Mortgage"),
		Purpose:   text.New("Alles over je hypotheek", "Everything about your mortgage"),
		Telephone: mortgagePhone,
		Hours:     officeHours(d),
	}
}

// PhoneText returns the helpline's telephone number, or where to find the number if the desk does not know it.
func (l Helpline) PhoneText() text.Text {
	if l.Telephone == "" {
		return l.LookupText
	}
	return text.SameInBoth(l.Telephone.Grouped())
}

// CallText returns half a sentence that says how to reach the helpline, such as "bel 088 663 06 63".
func (l Helpline) CallText() text.Text {
	if l.Telephone == "" {
		return text.New("kijk "+l.LookupText.NL, "look "+l.LookupText.EN)
	}
	return text.New("bel "+l.Telephone.Grouped(), "call "+l.Telephone.Grouped())
}

// WeeklyHours returns the helpline's opening hours in words, such as "maandag t/m vrijdag van 8.00 tot 18.00 uur".
func (l Helpline) WeeklyHours() text.Text { return l.Hours.WeeklyText() }

// OpenStatus says whether the helpline is open at a given time, and when it next opens or closes.
func (l Helpline) OpenStatus(at time.Time) text.Text { return l.Hours.StatusText(at) }

// FooterLine returns a line for the bottom of a screen that refers customers to a helpline (S1), such as "Hypotheek: 088 663
// 06 63 · Nu open, tot 18.00 uur". The line is at most 72 columns wide.
func (l Helpline) FooterLine(at time.Time) text.Text {
	reach, status := websiteText, l.OpenStatus(at)
	if l.Telephone != "" {
		reach = l.PhoneText()
	}
	return text.New(
		l.Name.NL+": "+reach.NL+" · "+status.NL,
		l.Name.EN+": "+reach.EN+" · "+status.EN,
	)
}

// PageSection is a part of the screen Service and contact. It says why a customer would call and what to know first. It may list
// helplines and lead to another place at the desk.
type PageSection struct {
	Heading    text.Text
	Paragraphs []text.Text
	Helplines  []Helpline
	Target     place.ID // Target is the place that the section leads to; "" if there is no such place.
}

// PageSections returns all sections of the screen Service and contact.
func PageSections(d *desk.Desk) []PageSection {
	call := SupportLine(d).CallText()
	return []PageSection{
		{
			Heading: text.New("Zo bereik je ons", "How to reach us"),
			Paragraphs: []text.Text{text.New(
				"Kies de lijn die bij je vraag past. Op feestdagen zijn we gesloten.",
				"Choose the line that fits your question. We are closed on public holidays.",
			)},
			Helplines: Helplines(d),
			Target:    place.CallBack,
		},
		{
			Heading:    text.New("Hoor je niet goed, of kun je niet bellen?", "Do you not hear well, or can you not call?"),
			Paragraphs: []text.Text{RelayAdvice(d), WrittenAnswerAdvice, WritingAdvice(d)},
		},
		{
			Heading:    text.New("Wacht je op je activatienummer?", "Are you waiting for your activation number?"),
			Paragraphs: []text.Text{ActivationWaitAdvice(d)},
		},
		{
			Heading: text.New("Krijg je geen e-mail van ons?", "No e-mail from us?"),
			Paragraphs: []text.Text{
				text.New(
					"Een e-mail komt binnen enkele minuten. Kijk ook bij je ongewenste e-mail (spam).",
					"Our e-mails arrive within minutes. Check your spam folder too.",
				),
				text.New(
					"Klopt je e-mailadres niet meer, of kom je er niet uit? Laat je dan terugbellen, of "+call.NL+".",
					"Is your e-mail address out of date, or are you stuck? Let us call you back, or "+call.EN+".",
				),
			},
		},
		{
			Heading: text.New("Ga je verhuizen?", "Are you moving house?"),
			Paragraphs: []text.Text{text.New(
				"Een nieuw postadres kun je aan dit loket niet zelf doorgeven. Geef het door aan onze medewerkers: laat je terugbellen, of "+call.NL+". Houd je nieuwe adres bij de hand, en de datum waarop je verhuist.",
				"You cannot change your postal address at this desk yourself. Tell our staff: let us call you back, or "+call.EN+". Have your new address ready, and the date on which you move.",
			)},
		},
		{
			Heading: text.New("Klopt je overzicht niet?", "Is something wrong with your overview?"),
			Paragraphs: []text.Text{text.New(
				"Zie je een product dat je niet kent, of mis je er een? Laat je dan terugbellen, of "+call.NL+".",
				"Do you see a product that you do not know, or is one missing? Let us call you back, or "+call.EN+".",
			)},
		},
		{
			Heading: text.New("Heb je een vraag over je product?", "A question about your product?"),
			Paragraphs: []text.Text{text.New(
				"Log in en kijk eerst bij het product zelf. Staat je antwoord er niet? Laat je dan terugbellen, of kies hierboven de lijn die erbij past.",
				"Log in and look at the product itself first. If your answer is not there, let us call you back, or choose the line above that fits.",
			)},
		},
		{
			Heading:    text.New("Regel je iets voor een ander?", "Do you act for somebody else?"),
			Paragraphs: []text.Text{RepresentativeAdvice(d)},
		},
		{
			Heading:    text.New("Is er iemand overleden?", "Has somebody died?"),
			Paragraphs: []text.Text{DeathAdvice(d)},
		},
		{
			Heading:    text.New("Heb je een klacht?", "Do you have a complaint?"),
			Paragraphs: []text.Text{ComplaintAdvice(d)},
		},
	}
}
