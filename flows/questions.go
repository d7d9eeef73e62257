package flows

import (
	"fmt"
	"slices"
	"strings"
)

// Question is one that is often asked, with its answer (S2).
type Question struct {
	Asks, Answer Text
	Leads        []Place // where to do what the answer speaks of, best first; see Visit.Leads
}

// QuestionSection is the questions about one thing.
type QuestionSection struct {
	Name      Text
	Questions []Question
}

// Leads is where the answer to a question leads the visitor, each place once.
func (v *Visit) Leads(q Question) (places []Place) {
	for _, p := range q.Leads {
		if p = v.lead(p); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	return places
}

// lead is where to send a visitor to be at a place: to log in first, where that
// is needed. What is of no use to who is logged in becomes what they do instead.
func (v *Visit) lead(p Place) Place {
	switch {
	case p.Private() && !v.LoggedIn():
		return LoggingIn
	case p == LoggingIn && v.LoggedIn():
		return Products
	case p == Activating && v.LoggedIn():
		return AddingProduct
	}
	return p
}

// QuestionSections is every question that the desk can answer, with the numbers
// that it works with filled in.
func (d *Desk) QuestionSections() []QuestionSection {
	return []QuestionSection{
		{Text{"Toegang", "Access"}, d.accessQuestions()},
		{Text{"Inloggen", "Logging in"}, d.logInQuestions()},
		{Text{"Productinzicht", "Product view"}, productQuestions},
		{Text{"Service en contact", "Service and contact"}, d.contactQuestions()},
	}
}

func (d *Desk) accessQuestions() []Question {
	works := counted(d.Settings.NumberMonths, Text{"maand", "month"}, Text{"maanden", "months"})
	return []Question{
		{ // A8
			Text{"Wat is mijn.nn?", "What is mijn.nn?"},
			Text{
				"Jouw persoonlijke omgeving. Je ziet er je producten, zoals je rekeningen, leningen en verzekeringen, en je geeft er wijzigingen door.",
				"Your personal environment. You see your products there, such as accounts, loans and insurances, and you make your changes there.",
			},
			[]Place{Products},
		},
		{ // A4, A5
			Text{"Hoe activeer ik mijn account?", "How do I activate my account?"},
			Text{
				"Met je activatienummer, je geboortedatum en je postcode. Kloppen ze alle drie? Dan kies je een gebruikersnaam en een wachtwoord, en is je account klaar.",
				"With your activation number, your date of birth and your postcode. Are all three right? Then you choose a username and a password, and your account is ready.",
			},
			[]Place{Activating},
		},
		{ // A5
			Text{"Mijn gegevens worden niet herkend. Wat nu?", "My details are not recognised. What now?"},
			Text{
				"Controleer wat je hebt ingevuld: het activatienummer, je geboortedatum en je postcode. Voor de veiligheid zeggen we niet wat er niet klopt. Weet je zeker dat alles goed is? Dan kloppen onze gegevens misschien niet. Neem dan contact met ons op.",
				"Check what you filled in: the activation number, your date of birth and your postcode. For safety we do not say what is wrong. Are you sure that everything is right? Then our data may be wrong. Please contact us.",
			},
			[]Place{Contact},
		},
		{ // A1
			Text{"Krijgen mijn partner en ik samen één activatienummer?", "Do my partner and I share one activation number?"},
			Text{
				"Nee, jullie krijgen er allebei een. Een activatienummer hoort bij één persoon en één aanvraag. Heb je zelf twee aanvragen gedaan? Dan krijg je twee nummers.",
				"No, you each get one. An activation number belongs to one person and one application. Did you make two applications yourself? Then you get two numbers.",
			},
			[]Place{Activating},
		},
		{ // A2
			Text{"Hoe lang werkt een activatienummer?", "How long does an activation number work?"},
			Text{
				"Een activatienummer werkt " + works.NL + ". Daarna is het verlopen, en vraag je hier een nieuw nummer aan.",
				"An activation number works for " + works.EN + ". After that it has expired, and you ask for a new one here.",
			},
			[]Place{RequestingNumber},
		},
		{ // A2
			Text{"Mijn activatienummer is verlopen of kwijt. Wat nu?", "My activation number has expired or is lost. What now?"},
			Text{
				"Vraag hier een nieuw nummer aan, met je geboortedatum, je postcode en je huisnummer. Het komt binnen enkele minuten per e-mail. Kennen we geen e-mailadres van je? Dan komt het per post. Zodra je een nieuw nummer krijgt, werkt het vorige nummer voor die aanvraag niet meer.",
				"Ask for a new one here, with your date of birth, your postcode and your house number. It comes by e-mail within minutes. Do we know no e-mail address of yours? Then it comes by post. As soon as you get a new number, the earlier one for that application no longer works.",
			},
			[]Place{RequestingNumber},
		},
		{ // A3
			Text{"Kan ik een activatienummer vaker gebruiken?", "Can I use an activation number more than once?"},
			Text{
				"Nee, het werkt één keer. Daarna is het voorgoed geblokkeerd. Je hebt het dan ook niet meer nodig: voortaan log je in.",
				"No, it works once. After that it is blocked for ever. You no longer need it then: from now on you log in.",
			},
			[]Place{LoggingIn},
		},
		{ // A4
			Text{"Ik heb al een account. Wat doe ik met een nieuw activatienummer?", "I have an account already. What do I do with a new activation number?"},
			Text{
				"Daarmee voeg je het product dat je hebt aangevraagd toe aan je account. Vul het nummer in en log in. Daarna staat het product in je overzicht.",
				"With it you add the product that you applied for to your account. Fill in the number and log in. After that the product is in your overview.",
			},
			[]Place{Activating},
		},
		{ // A6
			Text{"Waar blijft mijn activatienummer?", "Where is my activation number?"},
			d.stillWaiting(),
			[]Place{Contact, CallingBack},
		},
		{ // A7
			Text{"Ik heb geen uitnodiging gekregen. Kan ik toch een account krijgen?", "I was not invited. Can I have an account anyway?"},
			Text{
				"Ja, vraag hier een account aan. Je krijgt dan een activatienummer per e-mail. Kennen we geen e-mailadres van je? Dan komt het per post.",
				"Yes, ask for an account here. You then get an activation number by e-mail. Do we know no e-mail address of yours? Then it comes by post.",
			},
			[]Place{RequestingAccount},
		},
	}
}

func (d *Desk) logInQuestions() []Question {
	within := counted(d.Settings.LetterDays, Text{"werkdag", "working day"}, Text{"werkdagen", "working days"})
	rules := rulesInWords()
	return []Question{
		{ // L1
			Text{"Hoe kan ik inloggen?", "How do I log in?"},
			Text{
				"Met je gebruikersnaam en je wachtwoord. Let in je wachtwoord op hoofdletters en kleine letters.",
				"With your username and your password. Mind capitals and small letters in your password.",
			},
			[]Place{LoggingIn},
		},
		{ // L2
			Text{"Kan ik ook inloggen met de NN App?", "Can I log in with the NN App as well?"},
			Text{
				"Ja, bij mijn.nn op je computer of telefoon. Je gebruikersnaam en je wachtwoord heb je dan niet nodig. Aan dit loket heb je ze wel nodig.",
				"Yes, at mijn.nn on your computer or phone. You do not need your username and your password then. At this desk you do.",
			},
			[]Place{LoggingIn},
		},
		{ // F1
			Text{"Ik ben mijn wachtwoord vergeten. Wat nu?", "I forgot my password. What now?"},
			Text{
				"Vul je gebruikersnaam, je geboortedatum en je postcode in. Klopt alles? Dan krijg je binnen enkele minuten een e-mail met een tijdelijk wachtwoord. Klopt je gebruikersnaam niet? Dan krijg je niets. Op het scherm zie je geen verschil: zo kan niemand uitvinden welke gebruikersnamen bestaan.",
				"Fill in your username, your date of birth and your postcode. Is everything right? Then you get an e-mail with a temporary password within minutes. Is your username wrong? Then you get nothing. The screen looks the same either way: so nobody can find out which usernames exist.",
			},
			[]Place{ForgottenPassword},
		},
		{ // F2, F3
			Text{"Wanneer komt een tijdelijk wachtwoord per brief?", "When does a temporary password come by letter?"},
			Text{
				"Als we geen e-mailadres van je kennen, en altijd als je account nog nooit is gebruikt. De brief komt binnen " + within.NL + " op het postadres dat we van je kennen.",
				"If we know no e-mail address of yours, and always if your account was never used before. The letter comes within " + within.EN + ", to the postal address that we know.",
			},
			[]Place{ForgottenPassword},
		},
		{ // L3, F4
			Text{"Wat kan ik met een tijdelijk wachtwoord?", "What can I do with a temporary password?"},
			Text{
				"Een nieuw wachtwoord kiezen, meer niet. Log in met je gebruikersnaam en het tijdelijke wachtwoord, en kies daarna een wachtwoord dat je zelf onthoudt.",
				"Choose a new password, and nothing else. Log in with your username and the temporary password, and then choose a password that you will remember.",
			},
			[]Place{LoggingIn},
		},
		{ // F5
			Text{"Ik krijg geen e-mail. Wat nu?", "I get no e-mail. What now?"},
			Text{
				"Wacht een paar minuten en kijk ook bij je ongewenste e-mail (spam). Niets gekregen? Probeer het dan nog een keer en controleer wat je invult. Klopt je e-mailadres niet meer, of kom je er niet uit? Bel ons dan.",
				"Wait a few minutes and look in your spam folder too. Nothing there? Then try once more and check what you fill in. Is your e-mail address out of date, or are you stuck? Then give us a call.",
			},
			[]Place{Contact, CallingBack},
		},
		{ // F6
			Text{"Ik ben mijn gebruikersnaam vergeten. Wat nu?", "I forgot my username. What now?"},
			Text{
				"Vul je geboortedatum, je postcode, je huisnummer en een productnummer in. Alleen als alles klopt, krijg je binnen enkele minuten een e-mail met je gebruikersnaam, op het adres dat we van je kennen. Kennen we geen e-mailadres van je? Dan komt hij per brief.",
				"Fill in your date of birth, your postcode, your house number and a product number. Only if everything is right do you get an e-mail with your username within minutes, at the address that we know. Do we know no e-mail address of yours? Then it comes by letter.",
			},
			[]Place{ForgottenUsername},
		},
		{ // F7
			Text{"Wat is een productnummer?", "What is a product number?"},
			Text{
				"Het nummer van een van je producten. Bij een rekening: de hele IBAN, zoals NL22NNBA0123456789. Bij een lening: het leningnummer, zonder nullen vooraan en zonder het nummer van het leningdeel. Bij een verzekering: het polisnummer, precies zoals op je polisblad. Het moet helemaal kloppen.",
				"The number of one of your products. For an account: the whole IBAN, such as NL22NNBA0123456789. For a loan: the loan number, without leading zeros and without the number of the loan part. For an insurance: the policy number, exactly as on your policy sheet. It must match exactly.",
			},
			[]Place{ForgottenUsername},
		},
		{ // F8
			Text{"Waar vind ik mijn productnummer?", "Where do I find my product number?"},
			Text{
				"Op je polisblad, in je documenten en in eerdere e-mails van ons.",
				"On your policy sheet, in your documents and in earlier e-mails from us.",
			},
			[]Place{ForgottenUsername},
		},
		{ // P1
			Text{"Hoe kies ik een goed wachtwoord?", "How do I choose a good password?"},
			Text{
				"Een wachtwoord heeft " + rules.NL + ". En het is anders dan je huidige wachtwoord. Terwijl je typt, zie je bij elke regel of het goed is.",
				"A password has " + rules.EN + ". It must also differ from your current password. While you type, you see for each rule whether it is met.",
			},
			[]Place{ChangingPassword},
		},
		{ // P2
			Text{"Kan ik mijn gebruikersnaam of wachtwoord veranderen?", "Can I change my username or password?"},
			Text{
				"Ja. Log in en kies " + Places[Personal].Name.NL + ", en dan " + Places[Security].Name.NL + ". Daar kies je een andere gebruikersnaam of een ander wachtwoord.",
				"Yes. Log in and choose " + Places[Personal].Name.EN + ", and then " + Places[Security].Name.EN + ". There you choose another username or another password.",
			},
			[]Place{ChangingPassword, ChangingUsername},
		},
	}
}

var productQuestions = []Question{
	{ // V1
		Text{"Wat zie ik in mijn overzicht?", "What do I see in my overview?"},
		Text{
			"Al je verzekeringen, rekeningen en leningen bij elkaar. Een product dat je net hebt aangevraagd, staat erbij zodra je het activatienummer hebt gebruikt.",
			"All your insurances, accounts and loans together. A product that you have just applied for is there as soon as you have used its activation number.",
		},
		[]Place{Products},
	},
	{ // V2
		Text{"Waarom zie ik van een product geen details?", "Why do I see no details for a product?"},
		Text{
			"Van de meeste producten zie je details. Van sommige kan dat nog niet, vooral van levens- en schadeverzekeringen van lang geleden. We weten niet of en wanneer die details er komen. Wil je iets over zo'n product weten? Neem dan contact met ons op.",
			"For most products you see details. For some that is not possible yet, mostly for life and non-life insurances from long ago. We do not know whether or when those details will come. Do you want to know something about such a product? Then please contact us.",
		},
		[]Place{Contact, CallingBack},
	},
	{ // V3
		Text{"Ik zie een product dat ik niet ken. Of ik mis er een. Wat nu?", "I see a product that I do not know. Or I miss one. What now?"},
		Text{
			"Neem contact met ons op, dan kijken we wat er aan de hand is.",
			"Contact us, and we will look into it.",
		},
		[]Place{Contact, CallingBack},
	},
	{ // V4
		Text{"Ik wil iets weten over mijn product. Waar kijk ik eerst?", "I want to know something about my product. Where do I look first?"},
		Text{
			"Kijk eerst bij het product zelf. Log daarvoor in en kies het product in je overzicht. Staat je antwoord er niet? Neem dan contact met ons op.",
			"Look at the product itself first. Log in and choose the product in your overview. Is your answer not there? Then please contact us.",
		},
		[]Place{Products, Contact},
	},
}

func (d *Desk) contactQuestions() []Question {
	mortgage, support := d.mortgageLine(), d.Support()
	return []Question{
		{ // S1, A6
			Text{"Hoe bereik ik jullie?", "How do I reach you?"},
			Text{
				"Heb je een vraag over je hypotheek? Bel " + mortgage.Reach().NL + ". Voor al het andere is er " + support.Name.NL + ": " + support.Reach().NL + ".",
				"Do you have a question about your mortgage? Call " + mortgage.Reach().EN + ". For everything else there is " + support.Name.EN + ": " + support.Reach().EN + ".",
			},
			[]Place{Contact, CallingBack},
		},
		{ // S1
			Text{"Wanneer kan ik bellen?", "When can I call?"},
			Text{
				"Op " + mortgage.Weekly().NL + ", maar niet op Nederlandse feestdagen. Bij Service en contact zie je of we nu open zijn.",
				mortgage.Weekly().EN + ", but not on Dutch public holidays. Under Service and contact you see whether we are open now.",
			},
			[]Place{Contact},
		},
		{ // S1
			Text{"Kunnen jullie mij terugbellen?", "Can you call me back?"},
			Text{
				"Ja. Zeg hier op welk nummer en wanneer, dan bellen we je op een werkdag.",
				"Yes. Say here on which number and when, and we call you on a working day.",
			},
			[]Place{CallingBack},
		},
		{ // P2, F5
			Text{"Mijn adres, e-mailadres of telefoonnummer verandert. Wat nu?", "My address, e-mail address or telephone number changes. What now?"},
			Text{
				"Log in en kies " + Places[Personal].Name.NL + ", en dan " + Places[Details].Name.NL + ". Daar verander je je e-mailadres en je telefoonnummer, en zie je hoe je een nieuw postadres doorgeeft.",
				"Log in and choose " + Places[Personal].Name.EN + ", and then " + Places[Details].Name.EN + ". There you change your e-mail address and your telephone number, and see how to tell us a new postal address.",
			},
			[]Place{Details},
		},
	}
}

// rulesInWords sums up the rules for a password in half a sentence.
func rulesInWords() Text {
	var nl, en []string
	for _, rule := range passwordRules {
		nl, en = append(nl, rule.Says.NL), append(en, rule.Says.EN)
	}
	return Text{inOneSentence(nl, "en"), inOneSentence(en, "and")}
}

// inOneSentence puts commas between the parts, and a word before the last.
func inOneSentence(parts []string, and string) string {
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " " + and + " " + parts[last]
}

// counted is a number with what it counts.
func counted(n int, one, many Text) Text {
	if n == 1 {
		many = one
	}
	return Text{fmt.Sprintf("%d %s", n, many.NL), fmt.Sprintf("%d %s", n, many.EN)}
}
