package faq

import (
	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

// contactQuestions returns the questions about reaching the bank and changing personal data (S1, A6, F5, P2, R13).
func contactQuestions(d *desk.Desk) []Question {
	mortgage, support, code := contact.MortgageLine(d), contact.SupportLine(d), durationText(d.Settings.CodeLasts)
	return []Question{
		{
			Text:        text.New("Hoe bereik ik jullie?", "How do I reach you?"),
			searchWords: text.New("telefoon", "phone number"),
			Answer: text.New(
				"Heb je een vraag over je hypotheek? Bel "+mortgage.PhoneText().NL+". Voor al het andere is er "+support.Name.NL+": "+support.PhoneText().NL+".",
				"Do you have a question about your mortgage? Call "+mortgage.PhoneText().EN+". For everything else there is "+support.Name.EN+": "+support.PhoneText().EN+".",
			),
			Places: []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Wanneer kan ik bellen?", "When can I call?"),
			searchWords: text.New("open geopend opening openingstijden gesloten dicht paasdag koningsdag feestdag kerst pasen pinksteren hemelvaart nieuwjaar zaterdag zondag weekend", "open opening hours closed saturday sunday weekend kings day christmas easter holiday"),
			Answer: text.New(
				"Op "+mortgage.WeeklyHours().NL+", maar niet op Nederlandse feestdagen. Bij Service en contact zie je of we nu open zijn.",
				mortgage.WeeklyHours().EN+", but not on Dutch public holidays. Under Service and contact you see whether we are open now.",
			),
			Places: []place.ID{place.Contact},
		},
		{
			Text:        text.New("Kunnen jullie mij terugbellen?", "Can you call me back?"),
			searchWords: text.New("terugbelverzoek terugbelafspraak", "callback"),
			Answer: text.New(
				"Ja. Zeg hier op welk nummer en wanneer, dan bellen we je op een werkdag.",
				"Yes. Tell us here on which number and when, and we will call you on a working day.",
			),
			Places: []place.ID{place.CallBack},
		},
		{
			Text: text.New("Mijn adres, e-mailadres of telefoonnummer verandert. Wat nu?", "My address, e-mail address or telephone number changes. What now?"),
			Answer: text.New(
				"Log in en kies "+flows.PlaceAt(place.PersonalMenu).Name.NL+", en dan "+flows.PlaceAt(place.Details).Name.NL+". Daar verander je je e-mailadres en je telefoonnummer, en zie je hoe je een nieuw postadres doorgeeft.",
				"Log in and choose "+flows.PlaceAt(place.PersonalMenu).Name.EN+", and then "+flows.PlaceAt(place.Details).Name.EN+". There you change your e-mail address and your telephone number, and see how to tell us a new postal address.",
			),
			Places: []place.ID{place.Details},
		},
		{
			Text:        text.New("Wat doe ik met de code voor mijn nieuwe e-mailadres?", "What do I do with the code for my new e-mail address?"),
			searchWords: text.New("code bevestigen bevestigingscode mail", "confirm code confirmation email"),
			Answer: text.New(
				"Daarmee laat je zien dat het adres van jou is. Log in, kies "+flows.PlaceAt(place.Details).Name.NL+" en vul de code in. Een code werkt "+code.NL+". Zolang je de code niet invult, verandert er niets. Geen code gekregen, of is hij verlopen? Vraag hem daar opnieuw aan.",
				"With it you show that the address is yours. Log in, choose "+flows.PlaceAt(place.Details).Name.EN+" and enter the code. A code works for "+code.EN+". Nothing changes until you enter it. If you did not get a code, or if it has expired, ask for a new one there.",
			),
			Places: []place.ID{place.Details},
		},
		{
			Text:        text.New("Kan ik een andere taal kiezen?", "Can I choose another language?"),
			searchWords: text.New("taal engels nederlands", "language english dutch"),
			Answer: text.New(
				"Ja, Nederlands of Engels. De taal van dit loket wissel je op elk moment. De taal van onze e-mails en brieven kies je, als je bent ingelogd, bij "+flows.PlaceAt(place.Details).Name.NL+".",
				"Yes, Dutch or English. You can switch the language of this desk at any moment. You choose the language of our e-mails and letters, when you are logged in, under "+flows.PlaceAt(place.Details).Name.EN+".",
			),
			Places: []place.ID{place.ChangeLanguage},
		},
	}
}
