package faq

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/flows/text/texttest"
	"loket/store"
)

// fullDesk returns a desk that has all questions.
func fullDesk() *desk.Desk {
	app, err := desk.NewPhoneApp("https://app.example.org")
	if err != nil {
		panic(err)
	}
	d := deskWithLine("")
	d.App = app
	return d
}

func TestQuestions(t *testing.T) {
	asked := map[string]bool{}
	for _, section := range Sections(fullDesk()) {
		texttest.CheckScreenText(t, section.Name)
		for _, q := range section.Questions {
			texttest.CheckScreenText(t, q.Text)
			texttest.CheckScreenText(t, q.Answer)
			if !strings.HasSuffix(q.Text.NL, "?") || !strings.HasSuffix(q.Text.EN, "?") {
				t.Errorf("%v is no question", q.Text)
			}
			if !strings.HasSuffix(q.Answer.NL, ".") || !strings.HasSuffix(q.Answer.EN, ".") {
				t.Errorf("%v does not end as a sentence does", q.Answer)
			}
			if asked[q.Text.NL] || asked[q.Text.EN] {
				t.Errorf("%v is asked twice", q.Text)
			}
			asked[q.Text.NL], asked[q.Text.EN] = true, true
			if len(q.Places) == 0 {
				t.Errorf("%v leads nowhere", q.Text)
			}
			for _, p := range q.Places {
				if flows.PlaceAt(p).ID == "" {
					t.Errorf("%v leads to %q, which is no place", q.Text, p)
				}
			}
		}
	}
}

// TestQuestionsTellTheFacts tests that each fact is in the answer where customers would look for it.
func TestQuestionsTellTheFacts(t *testing.T) {
	const access, loggingIn, productView, contact = "Access", "Logging in", "Product view", "Service and contact"
	const help, rights = "Help, and for somebody else", "Your rights and your safety"
	sections := Sections(fullDesk())
	for _, fact := range []struct{ id, section, nl, en string }{
		{"A1", access, "hoort bij één persoon en één aanvraag", "belongs to one person and one application"},
		{"A1", access, "twee aanvragen gedaan? Dan krijg je twee nummers", "two applications yourself? Then you get two numbers"},
		{"A2", access, "werkt 6 maanden", "works for 6 months"},
		{"A2", access, "werkt het vorige nummer voor die aanvraag niet meer", "the earlier one for that application no longer works"},
		{"A3", access, "het werkt één keer. Daarna is het voorgoed geblokkeerd", "it works once. After that it is blocked for good"},
		{"A4", access, "voeg je het product dat je hebt aangevraagd toe aan je account", "you add the product that you applied for to your account"},
		{"A5", access, "Met je activatienummer, je geboortedatum en je postcode", "With your activation number, your date of birth and your postcode"},
		{"A5", access, "Dan kloppen onze gegevens misschien niet. Neem dan contact", "Then our records may be wrong. Please contact us"},
		{"A6", access, "Bel voor een hypotheek 088 663 06 63, maandag t/m vrijdag van 8.00 tot 18.00 uur", "Call 088 663 06 63 for a mortgage, Monday to Friday from 8:00 to 18:00"},
		{"A6", access, "kan het een paar dagen duren", "it can take a few days"},
		{"A7", access, "een activatienummer per e-mail. Kennen we geen e-mailadres van je? Dan komt het per post", "an activation number by e-mail. If we don't have your e-mail address, it comes by post"},
		{"A8", access, "Je ziet er je producten", "You see your products there"},
		{"L1", loggingIn, "Met je gebruikersnaam en je wachtwoord", "With your username and your password"},
		{"L2", loggingIn, "Je gebruikersnaam en je wachtwoord heb je dan niet nodig", "You do not need your username and your password then"},
		{"L2", loggingIn, "Ja, als je telefoon is gekoppeld", "Yes, if your phone is paired"},
		{"L2", loggingIn, "Je hebt er 2 minuten voor", "You have 2 minutes"},
		{"L2", loggingIn, "Toegang en beveiliging, en dan Telefoon koppelen", "Access and security, and then Pair a phone"},
		{"L2", loggingIn, "Je hebt er 5 minuten voor. Daarna sturen we je een bericht", "You have 5 minutes. After that we send you a message"},
		{"L2", loggingIn, "verwijder de oude telefoon bij Gekoppelde telefoons", "remove the old phone under Paired phones"},
		{"L2", loggingIn, "hoogstens 5 hebben", "5 at most"},
		{"L2", loggingIn, "Een sleutel die je telefoon zelf maakt", "A key that your phone itself makes"},
		{"L2", loggingIn, "Kies alleen een getal dat je zelf op het scherm ziet staan", "Only choose a number that you see on the screen yourself"},
		{"L2", loggingIn, "Met die code alleen kan niemand in jouw account", "With that code alone nobody gets into your account"},
		{"L2", loggingIn, "Je vingerafdruk, je gezicht en je pincode krijgen we niet", "We do not get your fingerprint, your face or your PIN"},
		{"L3", loggingIn, "Een nieuw wachtwoord kiezen, meer niet", "Choose a new password, and nothing else"},
		{"F1", loggingIn, "Vul je gebruikersnaam, je geboortedatum en je postcode in", "Fill in your username, your date of birth and your postcode"},
		{"F1", loggingIn, "Klopt je gebruikersnaam niet? Dan krijg je niets", "Is your username wrong? Then you get nothing"},
		{"F2", loggingIn, "Als we geen e-mailadres van je kennen", "If we don't have your e-mail address"},
		{"F2", loggingIn, "binnen 5 werkdagen", "within 5 working days"},
		{"F3", loggingIn, "altijd als je account nog nooit is gebruikt", "always if your account was never used before"},
		{"F4", loggingIn, "kies daarna een wachtwoord dat je zelf onthoudt", "then choose a password that you will remember"},
		{"F5", loggingIn, "kijk ook bij je ongewenste e-mail (spam)", "look in your spam folder too"},
		{"F5", loggingIn, "Klopt je e-mailadres niet meer, of kom je er niet uit? Laat je dan terugbellen", "Is your e-mail address out of date, or are you stuck? Let us call you back"},
		{"F6", loggingIn, "Vul je geboortedatum, je postcode, je huisnummer en een productnummer in. Alleen als alles klopt", "Fill in your date of birth, your postcode, your house number and a product number. Only if everything is right"},
		{"F7", loggingIn, "de hele IBAN, zoals NL22NNBA0123456789", "the whole IBAN, such as NL22NNBA0123456789"},
		{"F7", loggingIn, "zonder nullen vooraan en zonder het nummer van het leningdeel", "without leading zeros and without the number of the loan part"},
		{"F7", loggingIn, "het polisnummer, precies zoals op je polisblad", "the policy number, exactly as on your policy sheet"},
		{"F8", loggingIn, "Op je polisblad, in je documenten en in eerdere e-mails", "On your policy sheet, in your documents and in earlier e-mails"},
		{"F4", loggingIn, "Uit een e-mail: 24 uur. Uit een brief: 21 dagen na", "From an e-mail: 24 hours. From a letter: 21 days after"},
		{"X5", loggingIn, "hoogstens 15 minuten", "15 minutes at most"},
		{"X4", loggingIn, "Kies Uitloggen in het menu", "Choose Log out in the menu"},
		{"P2", loggingIn, "Bij Recente activiteit zie je", "Under Recent activity you see"},
		{"V4", productView, "kies je rekening in je overzicht", "choose your account in your overview"},
		{"P2", contact, "Een code werkt 30 minuten. Zolang je de code niet invult, verandert er niets", "A code works for 30 minutes. Nothing changes until you enter it"},
		{"P2", contact, "De taal van onze e-mails en brieven kies je", "You choose the language of our e-mails and letters"},
		{"P1", loggingIn, "10 tot en met 30 tekens, minstens één cijfer, minstens één kleine letter, minstens één hoofdletter, geen spaties, geen euroteken en geen letters met een accent (ë)",
			"10 to 30 characters, at least one digit, at least one lower-case letter, at least one capital letter, no spaces, no euro sign and no letters with an accent (ë)"},
		{"P1", loggingIn, "anders dan je huidige wachtwoord", "differ from your current password"},
		{"P2", loggingIn, "Gegevens en Instellingen, en dan Toegang en beveiliging", "Details and Settings, and then Access and security"},
		{"V1", productView, "Al je verzekeringen, rekeningen en leningen bij elkaar", "All your insurance policies, accounts and loans together"},
		{"V2", productView, "vooral van levens- en schadeverzekeringen van lang geleden. We weten niet of en wanneer", "mostly for life and non-life insurance policies from long ago. We do not know whether or when"},
		{"V3", productView, "Neem contact met ons op", "Contact us"},
		{"V4", productView, "Kijk eerst bij het product zelf", "Look at the product itself first"},
		{"X19", help, "KPN Teletolk: een tolk zet het gesprek om in tekst of in gebarentaal", "KPN Teletolk. An interpreter turns the call into text or sign language"},
		{"X19", help, "elke dag van 7.00 tot 22.00 uur", "every day from 7:00 to 22:00"},
		{"X19", help, "Voor dit loket heb je geen telefoon nodig", "You need no telephone for this desk"},
		{"X19", help, "begin met +31, en laat de eerste 0 van ons nummer weg", "begin with +31, and leave out the first 0 of our number"},
		{"X19", help, "de beschikking van de rechter of de volmacht", "the court order or the power of attorney"},
		{"X19", help, "Log niet in met de gegevens van een ander, ook niet als dat mag", "Do not log in with the details of somebody else, even if they allow it"},
		{"X19", help, "laat niemand je wachtwoord of codes zien", "show nobody your password or codes"},
		{"X19", help, "de akte van overlijden, en de rekening- en polisnummers", "the death certificate, and the account and policy numbers"},
		{"X19", help, "een andere weergave: met meer contrast of met meer ruimte", "another view: with more contrast or with more room"},
		{"X19", rights, "naar Kifid, het klachteninstituut voor financiële diensten (kifid.nl)", "Kifid, the Dutch institute for complaints about financial services (kifid.nl)"},
		{"GDPR 13", rights, "wat je hier doet, wanneer en aan welk loket", "what you do here, when and at which desk"},
		{"GDPR 13", rights, "Dit bewaren we zolang de wet dat vraagt", "We keep this as long as the law requires"},
		{"GDPR 15", rights, "Binnen een maand hoor je van ons", "You hear from us within a month"},
		{"GDPR 77", rights, "Ga dan naar de Autoriteit Persoonsgegevens", "go to the Dutch data protection authority"},
		{"S1", contact, "hypotheek? Bel 088 663 06 63", "mortgage? Call 088 663 06 63"},
		{"S1", contact, "Digital Support: op nn.nl, bij Service en contact", "Digital Support: on nn.nl, under Service en contact"},
		{"S1", contact, "Op maandag t/m vrijdag van 8.00 tot 18.00 uur, maar niet op Nederlandse feestdagen", "Monday to Friday from 8:00 to 18:00, but not on Dutch public holidays"},
	} {
		i := slices.IndexFunc(sections, func(s Section) bool { return s.Name.EN == fact.section })
		if i < 0 || !slices.ContainsFunc(sections[i].Questions, func(q Question) bool {
			return strings.Contains(q.Answer.NL, fact.nl) && strings.Contains(q.Answer.EN, fact.en)
		}) {
			t.Errorf("%s: %s has no answer with %q and %q", fact.id, fact.section, fact.nl, fact.en)
		}
	}
}

// TestQuestionsFollowTheSettings tests that every number in an answer follows the settings of the desk.
func TestQuestionsFollowTheSettings(t *testing.T) {
	d := fullDesk()
	d.Settings.SupportPhone = "+31881234567"
	d.Settings.AppLogIn, d.Settings.AppPairing, d.Settings.AppPhones = time.Minute, 10*time.Minute, 2
	d.Settings.NumberMonths, d.Settings.LetterDays = 1, 3
	d.Settings.TemporaryByEmail, d.Settings.TemporaryByLetter = 90*time.Minute, 3*24*time.Hour
	d.Settings.CodeLasts, d.Settings.LongestWait = time.Hour, time.Minute
	d.Settings.RelayPhone, d.Settings.RelayHours = "+31880101010", dutch.DaySpan{From: 9 * dutch.Hour, Until: 17*dutch.Hour + 30}
	d.Settings.SupportEmail, d.LogRetention = "help@example.org", 61368*time.Hour
	var answers strings.Builder
	for _, section := range Sections(d) {
		for _, q := range section.Questions {
			answers.WriteString(q.Answer.NL + "\n" + q.Answer.EN + "\n")
		}
	}
	for _, want := range []string{
		"werkt 1 maand.", "works for 1 month.", "binnen 3 werkdagen", "within 3 working days",
		"Digital Support: 088 123 45 67.",
		"Uit een e-mail: 90 minuten. Uit een brief: 3 dagen na", "From an e-mail: 90 minutes. From a letter: 3 days after",
		"Je hebt er 1 minuut voor.", "You have 1 minute.", "Je hebt er 10 minuten voor.", "You have 10 minutes.", "hoogstens 2 hebben", "have 2 at most",
		"Het nummer is 088 010 10 10.", "The number is 088 010 10 10.", "elke dag van 9.00 tot 17.30 uur", "every day from 9:00 to 17:30",
		"Stuur een e-mail naar help@example.org.", "Send an e-mail to help@example.org.",
		"Dit bewaren we 7 jaar, daarna verwijderen we het.", "We keep this for 7 years, and then we remove it.",
		"Een code werkt 1 uur.", "A code works for 1 hour.", "hoogstens 1 minuut.", "1 minute at most.",
	} {
		if !strings.Contains(answers.String(), want) {
			t.Errorf("no answer says %q", want)
		}
	}
}

// TestLeads tests that no answer links to a place that is closed to the visitor, to a step that the visitor has already done,
// or to the same place twice.
func TestLeads(t *testing.T) {
	out, in := visits()
	for _, v := range []*flow.Visit{out, in} {
		for _, section := range Sections(v.Desk) {
			for _, q := range section.Questions {
				leads := LinkedPlaces(v, q)
				for i, p := range leads {
					if flows.PlaceAt(p).CustomersOnly && !v.LoggedIn() || (p == place.LogIn || p == place.LogInWithApp || p == place.Activate || p == place.RequestAccount) && v.LoggedIn() || slices.Contains(leads[:i], p) {
						t.Errorf("logged in is %t, and %v leads to %q", v.LoggedIn(), q.Text, leads)
					}
				}
			}
		}
	}
}

func TestLead(t *testing.T) {
	out, in := visits()
	for _, c := range []struct{ to, out, in place.ID }{
		{place.Contact, place.Contact, place.Contact},
		{place.RequestNumber, place.RequestNumber, place.RequestNumber},
		{place.RequestAccount, place.RequestAccount, place.Products},
		{place.LogIn, place.LogIn, place.Products},
		{place.LogInWithApp, place.LogInWithApp, place.Products},
		{place.PairPhone, place.LogIn, place.PairPhone},
		{place.PairedPhones, place.LogIn, place.PairedPhones},
		{place.Activate, place.Activate, place.AddProduct},
		{place.Products, place.LogIn, place.Products},
		{place.ChangePassword, place.LogIn, place.ChangePassword},
	} {
		if gotOut, gotIn := resolveLinkedPlace(out, c.to), resolveLinkedPlace(in, c.to); gotOut != c.out || gotIn != c.in {
			t.Errorf("to %q leads %q and, logged in, %q", c.to, gotOut, gotIn)
		}
	}
}

// TestNoAppQuestions tests that a desk without an App has no questions about phones.
func TestNoAppQuestions(t *testing.T) {
	for _, section := range Sections(deskWithLine("")) {
		for _, q := range section.Questions {
			if strings.Contains(q.Text.NL, "telefoon ") || slices.ContainsFunc(q.Places, func(p place.ID) bool { return flows.PlaceAt(p).NeedsPhone || p == place.PairedPhones }) {
				t.Errorf("it answers %v", q.Text)
			}
		}
	}
}

// TestCallOnlyAKnownNumber tests that no answer asks visitors to call a number that is not set.
func TestCallOnlyAKnownNumber(t *testing.T) {
	for phone, want := range map[dutch.Telephone]text.Text{
		"":             text.New("of kijk op nn.nl, bij Service en contact.", "or look on nn.nl, under Service en contact."),
		"+31881234567": text.New("of bel 088 123 45 67.", "or call 088 123 45 67."),
	} {
		d := deskWithLine(phone)
		var texts []text.Text
		for _, section := range contact.PageSections(d) {
			texts = append(texts, section.Paragraphs...)
		}
		for _, section := range Sections(d) {
			for _, q := range section.Questions {
				texts = append(texts, q.Answer)
			}
		}
		told := 0
		for _, text := range texts {
			if strings.Contains(text.NL, "el ons") || strings.Contains(text.EN, "us a call") {
				t.Errorf("support phone %q: a call to no number: %v", phone, text)
			}
			if strings.Contains(text.NL, want.NL) && strings.Contains(text.EN, want.EN) {
				told++
			}
		}
		if told < 5 {
			t.Errorf("support phone %q: %d texts say %v", phone, told, want)
		}
	}
}

// deskWithLine returns a desk without a store, on which Digital Support has the given telephone number.
func deskWithLine(telephone dutch.Telephone) *desk.Desk {
	settings := desk.DefaultSettings()
	settings.SupportPhone = telephone
	return &desk.Desk{Clock: clock.New(), Settings: settings}
}

// visits returns a visit by a guest, and a visit by a logged-in customer.
func visits() (out, in *flow.Visit) {
	d := deskWithLine("")
	out, in = flow.NewVisit(d), flow.NewVisit(d)
	in.LogIn(store.Account{Customer: "K06"}, store.Customer{}, nil)
	return out, in
}
