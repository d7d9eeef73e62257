package faq

import (
	"loket/flows"
	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

// logInQuestions returns the questions about logging in, and about usernames and passwords (L1, L3, F1–F8, P1, P2, X4, X5).
func logInQuestions(d *desk.Desk) []Question {
	within := countedNounText(d.Settings.LetterDays, text.New("werkdag", "working day"), text.New("werkdagen", "working days"))
	rules, call := passwordRulesText(), contact.SupportLine(d).CallText()
	byEmail, byLetter, wait := durationText(d.Settings.TemporaryByEmail), durationText(d.Settings.TemporaryByLetter), durationText(d.Settings.LongestWait)
	return append([]Question{
		{
			Text: text.New("Hoe kan ik inloggen?", "How do I log in?"),
			Answer: text.New(
				"Met je gebruikersnaam en je wachtwoord. Let in je wachtwoord op hoofdletters en kleine letters.",
				"With your username and your password. Passwords are case-sensitive.",
			),
			Places: []place.ID{place.LogIn},
		},
		appLoginQuestion(d),
		{
			Text: text.New("Ik ben mijn wachtwoord vergeten. Wat nu?", "I forgot my password. What now?"),
			Answer: text.New(
				"Vul je gebruikersnaam, je geboortedatum en je postcode in. Klopt alles? Dan krijg je binnen enkele minuten een e-mail met een tijdelijk wachtwoord. Klopt je gebruikersnaam niet? Dan krijg je niets. Op het scherm zie je geen verschil: zo kan niemand uitvinden welke gebruikersnamen bestaan.",
				"Fill in your username, your date of birth and your postcode. Is everything right? Then you get an e-mail with a temporary password within minutes. Is your username wrong? Then you get nothing. The screen looks the same either way, so that nobody can find out which usernames exist.",
			),
			Places: []place.ID{place.ForgottenPassword},
		},
		{
			Text:        text.New("Wanneer komt een tijdelijk wachtwoord per brief?", "When does a temporary password come by letter?"),
			searchWords: text.New("brief duurt", "letter take"),
			Answer: text.New(
				"Als we geen e-mailadres van je kennen, en altijd als je account nog nooit is gebruikt. De brief komt binnen "+within.NL+" op het postadres dat we van je kennen.",
				"If we don't have your e-mail address, and always if your account was never used before. The letter comes within "+within.EN+", to the postal address that we know.",
			),
			Places: []place.ID{place.ForgottenPassword},
		},
		{
			Text: text.New("Hoe lang werkt een tijdelijk wachtwoord?", "How long does a temporary password work?"),
			Answer: text.New(
				"Uit een e-mail: "+byEmail.NL+". Uit een brief: "+byLetter.NL+" na de dag waarop de brief er uiterlijk is. Het werkt één keer, en in het bericht staat tot wanneer. Vraag je later een nieuw aan? Dan werkt het vorige niet meer.",
				"From an e-mail: "+byEmail.EN+". From a letter: "+byLetter.EN+" after the day by which the letter arrives. It works once, and the message says until when. If you ask for a new one later, the earlier one no longer works.",
			),
			Places: []place.ID{place.LogIn, place.ForgottenPassword},
		},
		{
			Text: text.New("Wat kan ik met een tijdelijk wachtwoord?", "What can I do with a temporary password?"),
			Answer: text.New(
				"Een nieuw wachtwoord kiezen, meer niet. Log in met je gebruikersnaam en het tijdelijke wachtwoord, en kies daarna een wachtwoord dat je zelf onthoudt.",
				"Choose a new password, and nothing else. Log in with your username and the temporary password, and then choose a password that you will remember.",
			),
			Places: []place.ID{place.LogIn},
		},
		{
			Text: text.New("Ik krijg geen e-mail. Wat nu?", "I get no e-mail. What now?"),
			Answer: text.New(
				"Wacht een paar minuten en kijk ook bij je ongewenste e-mail (spam). Niets gekregen? Probeer het dan nog een keer en controleer wat je invult. Klopt je e-mailadres niet meer, of kom je er niet uit? Laat je dan terugbellen, of "+call.NL+".",
				"Wait a few minutes and look in your spam folder too. Nothing there? Then try once more and check what you fill in. Is your e-mail address out of date, or are you stuck? Let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.Contact, place.CallBack},
		},
		{
			Text: text.New("Ik ben mijn gebruikersnaam vergeten. Wat nu?", "I forgot my username. What now?"),
			Answer: text.New(
				"Vul je geboortedatum, je postcode, je huisnummer en een productnummer in. Alleen als alles klopt, krijg je binnen enkele minuten een e-mail met je gebruikersnaam, op het adres dat we van je kennen. Kennen we geen e-mailadres van je? Dan krijg je een brief.",
				"Fill in your date of birth, your postcode, your house number and a product number. Only if everything is right do you get an e-mail with your username within minutes, at the address that we know. If we don't have your e-mail address, it comes by letter.",
			),
			Places: []place.ID{place.ForgottenUsername},
		},
		{
			Text: text.New("Wat is een productnummer?", "What is a product number?"),
			Answer: text.New(
				"Het nummer van een van je producten. Bij een rekening: de hele IBAN, zoals NL22NNBA0123456789. Bij een lening: het leningnummer, zonder nullen vooraan en zonder het nummer van het leningdeel. Bij een verzekering: het polisnummer, precies zoals op je polisblad. Het moet helemaal kloppen.",
				"The number of one of your products. For an account: the whole IBAN, such as NL22NNBA0123456789. For a loan: the loan number, without leading zeros and without the number of the loan part. For an insurance policy: the policy number, exactly as on your policy sheet. It must match exactly.",
			),
			Places: []place.ID{place.ForgottenUsername},
		},
		{
			Text: text.New("Waar vind ik mijn productnummer?", "Where do I find my product number?"),
			Answer: text.New(
				"Op je polisblad, in je documenten en in eerdere e-mails van ons.",
				"On your policy sheet, in your documents and in earlier e-mails from us.",
			),
			Places: []place.ID{place.ForgottenUsername},
		},
		{
			Text:        text.New("Ik kom niet in mijn account, of het is geblokkeerd. Wat nu?", "I cannot get into my account, or it is blocked. What now?"),
			searchWords: text.New("vergrendeld buitengesloten toegang inloggen lukt niet", "locked out access"),
			Answer: text.New(
				"Na een paar verkeerde antwoorden wacht je even voordat je het opnieuw kunt proberen, hoogstens "+wait.NL+". Ben je je wachtwoord vergeten, of staat het uit? Vraag dan een tijdelijk wachtwoord aan. Kom je er niet uit? Laat je dan terugbellen, of "+call.NL+".",
				"After a few wrong answers you wait a while before you can try again, "+wait.EN+" at most. Did you forget your password, or is it off? Then ask for a temporary password. If you are stuck, let us call you back, or "+call.EN+".",
			),
			Places: []place.ID{place.ForgottenPassword, place.ForgottenUsername, place.Contact},
		},
		{
			Text: text.New("Hoe kan ik uitloggen?", "How do I log out?"),
			Answer: text.New(
				"Kies "+flows.PlaceAt(place.LogOut).Name.NL+" in het menu. Doe je een tijdje niets? Dan log je vanzelf uit.",
				"Choose "+flows.PlaceAt(place.LogOut).Name.EN+" in the menu. If you do nothing for a while, you are logged out automatically.",
			),
			Places: []place.ID{place.LogOut},
		},
		{
			Text:        text.New("Hoe kies ik een goed wachtwoord?", "How do I choose a good password?"),
			searchWords: text.New("regels eisen", "rules requirements"),
			Answer: text.New(
				"Een wachtwoord heeft "+rules.NL+". En het is anders dan je huidige wachtwoord. Terwijl je typt, zie je bij elke regel of het goed is.",
				"A password has "+rules.EN+". It must also differ from your current password. While you type, you see for each rule whether it is met.",
			),
			Places: []place.ID{place.ChangePassword},
		},
		{
			Text: text.New("Kan ik mijn gebruikersnaam of wachtwoord veranderen?", "Can I change my username or password?"),
			Answer: text.New(
				"Ja. Log in en kies "+flows.PlaceAt(place.PersonalMenu).Name.NL+", en dan "+flows.PlaceAt(place.Security).Name.NL+". Daar kies je een andere gebruikersnaam of een ander wachtwoord.",
				"Yes. Log in and choose "+flows.PlaceAt(place.PersonalMenu).Name.EN+", and then "+flows.PlaceAt(place.Security).Name.EN+". There you choose another username or another password.",
			),
			Places: []place.ID{place.ChangePassword, place.ChangeUsername},
		},
		{
			Text:        text.New("Hoe zie ik wie er in mijn account is geweest?", "How do I see who has been in my account?"),
			searchWords: text.New("ingelogd gehackt hacker ingebroken", "logged hacked hacker"),
			Answer: text.New(
				"Bij "+flows.PlaceAt(place.Activity).Name.NL+" zie je wanneer er is ingelogd, en wat er is veranderd of aangevraagd. "+flows.UnfamiliarEventAdvice.NL,
				"Under "+flows.PlaceAt(place.Activity).Name.EN+" you see when somebody logged in, and what was changed or asked for. "+flows.UnfamiliarEventAdvice.EN,
			),
			Places: []place.ID{place.Activity, place.ChangePassword, place.Contact},
		},
	}, appLoginQuestions(d)...)
}
