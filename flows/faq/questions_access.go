package faq

import (
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

// accessQuestions returns the questions about activation numbers and about opening an account (A1–A8).
func accessQuestions(d *desk.Desk) []Question {
	works := countedNounText(d.Settings.NumberMonths, text.New("maand", "month"), text.New("maanden", "months"))
	return []Question{
		{
			Text: text.New("Wat is mijn.nn?", "What is mijn.nn?"),
			Answer: text.New(
				"Jouw persoonlijke omgeving. Je ziet er je producten, zoals je rekeningen, leningen en verzekeringen, en je geeft er wijzigingen door.",
				"Your personal environment. You see your products there, such as accounts, loans and insurance policies, and you make your changes there.",
			),
			Places: []place.ID{place.Products},
		},
		{
			Text:        text.New("Hoe activeer ik mijn account?", "How do I activate my account?"),
			searchWords: text.New("eerste keer beginnen", "first time start"),
			Answer: text.New(
				"Met je activatienummer, je geboortedatum en je postcode. Kloppen ze alle drie? Dan kies je een gebruikersnaam en een wachtwoord, en is je account klaar.",
				"With your activation number, your date of birth and your postcode. Are all three right? Then you choose a username and a password, and your account is ready.",
			),
			Places: []place.ID{place.Activate},
		},
		{
			Text:        text.New("Mijn gegevens worden niet herkend. Wat nu?", "My details are not recognised. What now?"),
			searchWords: text.New("activatiecode werkt niet", "activation code not working"),
			Answer: text.New(
				"Controleer wat je hebt ingevuld: het activatienummer, je geboortedatum en je postcode. Voor de veiligheid zeggen we niet wat er niet klopt. Weet je zeker dat alles goed is? Dan kloppen onze gegevens misschien niet. Neem dan contact met ons op.",
				"Check what you filled in: the activation number, your date of birth and your postcode. For security we do not say what is wrong. Are you sure that everything is right? Then our records may be wrong. Please contact us.",
			),
			Places: []place.ID{place.Contact},
		},
		{
			Text: text.New("Krijgen mijn partner en ik samen één activatienummer?", "Do my partner and I share one activation number?"),
			Answer: text.New(
				"Nee, jullie krijgen er allebei een. Een activatienummer hoort bij één persoon en één aanvraag. Heb je zelf twee aanvragen gedaan? Dan krijg je twee nummers.",
				"No, you each get one. An activation number belongs to one person and one application. Did you make two applications yourself? Then you get two numbers.",
			),
			Places: []place.ID{place.Activate},
		},
		{
			Text: text.New("Hoe lang werkt een activatienummer?", "How long does an activation number work?"),
			Answer: text.New(
				"Een activatienummer werkt "+works.NL+". Daarna is het verlopen, en vraag je hier een nieuw nummer aan.",
				"An activation number works for "+works.EN+". After that it has expired, and you ask for a new one here.",
			),
			Places: []place.ID{place.RequestNumber},
		},
		{
			Text:        text.New("Mijn activatienummer is verlopen of kwijt. Wat nu?", "My activation number has expired or is lost. What now?"),
			searchWords: text.New("nieuwe code nummer aanvragen werkt niet meer", "new code number request not working any more"),
			Answer: text.New(
				"Vraag hier een nieuw nummer aan, met je geboortedatum, je postcode en je huisnummer. Het komt binnen enkele minuten per e-mail. Kennen we geen e-mailadres van je? Dan komt het per post. Zodra je een nieuw nummer krijgt, werkt het vorige nummer voor die aanvraag niet meer.",
				"Ask for a new one here, with your date of birth, your postcode and your house number. It comes by e-mail within minutes. If we don't have your e-mail address, it comes by post. As soon as you get a new number, the earlier one for that application no longer works.",
			),
			Places: []place.ID{place.RequestNumber},
		},
		{
			Text:        text.New("Kan ik een activatienummer vaker gebruiken?", "Can I use an activation number more than once?"),
			searchWords: text.New("al gebruikt", "already used twice again"),
			Answer: text.New(
				"Nee, het werkt één keer. Daarna is het voorgoed geblokkeerd. Je hebt het dan ook niet meer nodig: voortaan log je in.",
				"No, it works once. After that it is blocked for good. You no longer need it: from then on you log in.",
			),
			Places: []place.ID{place.LogIn},
		},
		{
			Text: text.New("Ik heb al een account. Wat doe ik met een nieuw activatienummer?", "I have an account already. What do I do with a new activation number?"),
			Answer: text.New(
				"Daarmee voeg je het product dat je hebt aangevraagd toe aan je account. Vul het nummer in en log in. Daarna staat het product in je overzicht.",
				"With it you add the product that you applied for to your account. Fill in the number and log in. After that the product is in your overview.",
			),
			Places: []place.ID{place.Activate},
		},
		{
			Text:   text.New("Waar blijft mijn activatienummer?", "Where is my activation number?"),
			Answer: contact.ActivationWaitAdvice(d),
			Places: []place.ID{place.Contact, place.CallBack},
		},
		{
			Text:        text.New("Ik heb geen uitnodiging gekregen. Kan ik toch een account krijgen?", "I was not invited. Can I have an account anyway?"),
			searchWords: text.New("account aanvragen nieuwe klant", "sign up signup request"),
			Answer: text.New(
				"Ja, vraag hier een account aan. Je krijgt dan een activatienummer per e-mail. Kennen we geen e-mailadres van je? Dan komt het per post.",
				"Yes, ask for an account here. You then get an activation number by e-mail. If we don't have your e-mail address, it comes by post.",
			),
			Places: []place.ID{place.RequestAccount},
		},
	}
}
