package flows

func (d *Desk) contactQuestions() []Question {
	mortgage, support, code := d.mortgageLine(), d.Support(), lasting(d.Settings.CodeLasts)
	return []Question{
		{ // S1, A6
			Asks:  Text{"Hoe bereik ik jullie?", "How do I reach you?"},
			finds: Text{"telefoon", "phone number"},
			Answer: Text{
				"Heb je een vraag over je hypotheek? Bel " + mortgage.Reach().NL + ". Voor al het andere is er " + support.Name.NL + ": " + support.Reach().NL + ".",
				"Do you have a question about your mortgage? Call " + mortgage.Reach().EN + ". For everything else there is " + support.Name.EN + ": " + support.Reach().EN + ".",
			},
			Leads: []Place{Contact, CallingBack},
		},
		{ // S1
			Asks:  Text{"Wanneer kan ik bellen?", "When can I call?"},
			finds: Text{"koningsdag feestdag kerst pasen pinksteren hemelvaart nieuwjaar zaterdag zondag weekend", "closed saturday sunday weekend kings day christmas easter holiday"},
			Answer: Text{
				"Op " + mortgage.Weekly().NL + ", maar niet op Nederlandse feestdagen. Bij Service en contact zie je of we nu open zijn.",
				mortgage.Weekly().EN + ", but not on Dutch public holidays. Under Service and contact you see whether we are open now.",
			},
			Leads: []Place{Contact},
		},
		{ // S1
			Asks:  Text{"Kunnen jullie mij terugbellen?", "Can you call me back?"},
			finds: Text{"terugbelverzoek terugbelafspraak", "callback"},
			Answer: Text{
				"Ja. Zeg hier op welk nummer en wanneer, dan bellen we je op een werkdag.",
				"Yes. Tell us here on which number and when, and we will call you on a working day.",
			},
			Leads: []Place{CallingBack},
		},
		{ // P2, F5
			Asks: Text{"Mijn adres, e-mailadres of telefoonnummer verandert. Wat nu?", "My address, e-mail address or telephone number changes. What now?"},
			Answer: Text{
				"Log in en kies " + Places[Personal].Name.NL + ", en dan " + Places[Details].Name.NL + ". Daar verander je je e-mailadres en je telefoonnummer, en zie je hoe je een nieuw postadres doorgeeft.",
				"Log in and choose " + Places[Personal].Name.EN + ", and then " + Places[Details].Name.EN + ". There you change your e-mail address and your telephone number, and see how to tell us a new postal address.",
			},
			Leads: []Place{Details},
		},
		{ // P2
			Asks:  Text{"Wat doe ik met de code voor mijn nieuwe e-mailadres?", "What do I do with the code for my new e-mail address?"},
			finds: Text{"code bevestigen bevestigingscode mail", "confirm code confirmation email"},
			Answer: Text{
				"Daarmee laat je zien dat het adres van jou is. Log in, kies " + Places[Details].Name.NL + " en vul de code in. Een code werkt " + code.NL + ". Zolang je de code niet invult, verandert er niets. Geen code gekregen, of is hij verlopen? Vraag hem daar opnieuw aan.",
				"With it you show that the address is yours. Log in, choose " + Places[Details].Name.EN + " and enter the code. A code works for " + code.EN + ". Nothing changes until you enter it. If you did not get a code, or if it has expired, ask for a new one there.",
			},
			Leads: []Place{Details},
		},
		{ // P2, R13
			Asks:  Text{"Kan ik een andere taal kiezen?", "Can I choose another language?"},
			finds: Text{"taal engels nederlands", "language english dutch"},
			Answer: Text{
				"Ja, Nederlands of Engels. De taal van dit loket wissel je op elk moment. De taal van onze e-mails en brieven kies je, als je bent ingelogd, bij " + Places[Details].Name.NL + ".",
				"Yes, Dutch or English. You can switch the language of this desk at any moment. You choose the language of our e-mails and letters, when you are logged in, under " + Places[Details].Name.EN + ".",
			},
			Leads: []Place{ChangingLanguage},
		},
	}
}
