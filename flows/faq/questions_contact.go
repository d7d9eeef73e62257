package faq

import (
	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

func contactQuestions(d *desk.Desk) []Question {
	mortgage, support, code := contact.MortgageLine(d), contact.SupportLine(d), durationText(d.Settings.CodeLasts)
	return []Question{
		{ // S1, A6
			Asks:  text.New("Hoe bereik ik jullie?", "How do I reach you?"),
			finds: text.New("telefoon", "phone number"),
			Answer: text.New(
				"Heb je een vraag over je hypotheek? Bel "+mortgage.PhoneText().NL+". Voor al het andere is er "+support.Name.NL+": "+support.PhoneText().NL+".",
				"Do you have a question about your mortgage? Call "+mortgage.PhoneText().EN+". For everything else there is "+support.Name.EN+": "+support.PhoneText().EN+".",
			),
			Leads: []place.ID{place.Contact, place.CallBack},
		},
		{ // S1
			Asks:  text.New("Wanneer kan ik bellen?", "When can I call?"),
			finds: text.New("open geopend opening openingstijden gesloten dicht paasdag koningsdag feestdag kerst pasen pinksteren hemelvaart nieuwjaar zaterdag zondag weekend", "open opening hours closed saturday sunday weekend kings day christmas easter holiday"),
			Answer: text.New(
				"Op "+mortgage.WeeklyHours().NL+", maar niet op Nederlandse feestdagen. Bij Service en contact zie je of we nu open zijn.",
				mortgage.WeeklyHours().EN+", but not on Dutch public holidays. Under Service and contact you see whether we are open now.",
			),
			Leads: []place.ID{place.Contact},
		},
		{ // S1
			Asks:  text.New("Kunnen jullie mij terugbellen?", "Can you call me back?"),
			finds: text.New("terugbelverzoek terugbelafspraak", "callback"),
			Answer: text.New(
				"Ja. Zeg hier op welk nummer en wanneer, dan bellen we je op een werkdag.",
				"Yes. Tell us here on which number and when, and we will call you on a working day.",
			),
			Leads: []place.ID{place.CallBack},
		},
		{ // P2, F5
			Asks: text.New("Mijn adres, e-mailadres of telefoonnummer verandert. Wat nu?", "My address, e-mail address or telephone number changes. What now?"),
			Answer: text.New(
				"Log in en kies "+flows.At(place.Personal).Name.NL+", en dan "+flows.At(place.Details).Name.NL+". Daar verander je je e-mailadres en je telefoonnummer, en zie je hoe je een nieuw postadres doorgeeft.",
				"Log in and choose "+flows.At(place.Personal).Name.EN+", and then "+flows.At(place.Details).Name.EN+". There you change your e-mail address and your telephone number, and see how to tell us a new postal address.",
			),
			Leads: []place.ID{place.Details},
		},
		{ // P2
			Asks:  text.New("Wat doe ik met de code voor mijn nieuwe e-mailadres?", "What do I do with the code for my new e-mail address?"),
			finds: text.New("code bevestigen bevestigingscode mail", "confirm code confirmation email"),
			Answer: text.New(
				"Daarmee laat je zien dat het adres van jou is. Log in, kies "+flows.At(place.Details).Name.NL+" en vul de code in. Een code werkt "+code.NL+". Zolang je de code niet invult, verandert er niets. Geen code gekregen, of is hij verlopen? Vraag hem daar opnieuw aan.",
				"With it you show that the address is yours. Log in, choose "+flows.At(place.Details).Name.EN+" and enter the code. A code works for "+code.EN+". Nothing changes until you enter it. If you did not get a code, or if it has expired, ask for a new one there.",
			),
			Leads: []place.ID{place.Details},
		},
		{ // P2, R13
			Asks:  text.New("Kan ik een andere taal kiezen?", "Can I choose another language?"),
			finds: text.New("taal engels nederlands", "language english dutch"),
			Answer: text.New(
				"Ja, Nederlands of Engels. De taal van dit loket wissel je op elk moment. De taal van onze e-mails en brieven kies je, als je bent ingelogd, bij "+flows.At(place.Details).Name.NL+".",
				"Yes, Dutch or English. You can switch the language of this desk at any moment. You choose the language of our e-mails and letters, when you are logged in, under "+flows.At(place.Details).Name.EN+".",
			),
			Leads: []place.ID{place.ChangeLanguage},
		},
	}
}
