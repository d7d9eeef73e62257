package faq

import (
	"fmt"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
)

// appLoginQuestion is the question whether customers can log in without a password (L2).
func appLoginQuestion(d *desk.Desk) Question {
	q := Question{
		Text:        text.New("Kan ik ook inloggen met de NN App?", "Can I log in with the NN App as well?"),
		searchWords: text.New("vingerafdruk gezichtsherkenning app", "fingerprint face app"),
		Answer: text.New(
			"Ja, bij mijn.nn op je computer of telefoon. Je gebruikersnaam en je wachtwoord heb je dan niet nodig. Aan dit loket heb je ze wel nodig.",
			"Yes, at mijn.nn on your computer or phone. You do not need your username and your password then. At this desk you do.",
		),
		Places: []place.ID{place.LogIn},
	}
	if !d.App.IsReachable() {
		return q
	}
	within := durationText(d.Settings.AppLogIn)
	q.searchWords = text.New(q.searchWords.NL+" qr qrcode scannen", q.searchWords.EN+" qr qrcode scan")
	q.Answer = text.New(
		"Ja, als je telefoon is gekoppeld. Je gebruikersnaam en je wachtwoord heb je dan niet nodig. Kies "+flows.PlaceAt(place.LogInWithApp).Name.NL+" en scan met je telefoon de QR-code op het scherm. Of ga op je telefoon naar het adres op het scherm, en typ de letters. Kies dan op je telefoon het getal dat op het scherm staat, en bevestig met je vinger, je gezicht of je pincode. Je hebt er "+within.NL+" voor.",
		"Yes, if your phone is paired. You do not need your username and your password then. Choose "+flows.PlaceAt(place.LogInWithApp).Name.EN+" and scan the QR code on the screen with your phone. Or go to the address on the screen on your phone, and type the letters. Then choose on your phone the number that the screen shows, and confirm with your finger, your face or your PIN. You have "+within.EN+".",
	)
	q.Places = []place.ID{place.LogInWithApp, place.PairPhone}
	return q
}

// appLoginQuestions returns the questions about logging in with a phone, for a desk that serves phones (L2).
func appLoginQuestions(d *desk.Desk) []Question {
	if !d.App.IsReachable() {
		return nil
	}
	within, most := durationText(d.Settings.AppPairing), fmt.Sprint(d.Settings.AppPhones)
	return []Question{
		{
			Text:        text.New("Hoe koppel ik mijn telefoon?", "How do I pair my phone?"),
			searchWords: text.New("koppelen app", "app"),
			Answer: text.New(
				"Log in en kies "+flows.PlaceAt(place.PersonalMenu).Name.NL+", dan "+flows.PlaceAt(place.Security).Name.NL+", en dan "+flows.PlaceAt(place.PairPhone).Name.NL+". We vragen nog een keer je wachtwoord. Scan met je telefoon de QR-code op het scherm, en volg wat je telefoon vraagt. Je telefoon laat dan een getal zien: typ dat op het scherm. Geef je telefoon ook een naam, als je wilt. Je hebt er "+within.NL+" voor. Daarna sturen we je een bericht.",
				"Log in and choose "+flows.PlaceAt(place.PersonalMenu).Name.EN+", then "+flows.PlaceAt(place.Security).Name.EN+", and then "+flows.PlaceAt(place.PairPhone).Name.EN+". We ask for your password once more. Scan the QR code on the screen with your phone, and do what your phone asks. Your phone then shows a number: type it on the screen. Give your phone a name too, if you like. You have "+within.EN+". After that we send you a message.",
			),
			Places: []place.ID{place.PairPhone},
		},
		{
			Text:        text.New("Ik ben mijn telefoon kwijt, of ik heb een nieuwe. Wat nu?", "I lost my phone, or I have a new one. What now?"),
			searchWords: text.New("gestolen kapot verwijderen", "stolen broken remove"),
			Answer: text.New(
				"Log in met je gebruikersnaam en je wachtwoord, en verwijder de oude telefoon bij "+flows.PlaceAt(place.PairedPhones).Name.NL+". Niemand kan er dan nog mee inloggen. Koppel daarna je nieuwe telefoon. Je kunt er hoogstens "+most+" hebben: zijn het er al zoveel, verwijder er dan eerst een. Kun je zelf niet inloggen? Neem dan contact met ons op.",
				"Log in with your username and your password, and remove the old phone under "+flows.PlaceAt(place.PairedPhones).Name.EN+". Nobody can log in with it any more. After that, pair your new phone. You can have "+most+" at most: if there are that many, remove one first. Can you not log in yourself? Then please contact us.",
			),
			Places: []place.ID{place.PairedPhones, place.PairPhone, place.ForgottenPassword, place.Contact},
		},
		{
			Text:        text.New("Wat is een toegangssleutel (passkey)?", "What is a passkey?"),
			searchWords: text.New("sleutel webauthn", "key passkeys webauthn"),
			Answer: text.New(
				"Een sleutel die je telefoon zelf maakt als je hem koppelt. Hij neemt de plaats in van je wachtwoord, dus je hoeft niets te onthouden. Je telefoon houdt hem geheim, en gebruikt hem alleen na je vinger, je gezicht of je pincode. En alleen op ons eigen adres: op een nagemaakte pagina werkt hij niet.",
				"A key that your phone itself makes when you pair it. It takes the place of your password, so there is nothing to remember. Your phone keeps it secret, and uses it only after your finger, your face or your PIN. And only at our own address: on a fake page it does not work.",
			),
			Places: []place.ID{place.PairPhone},
		},
		{
			Text:        text.New("Waarom moet ik op mijn telefoon een getal kiezen?", "Why do I have to choose a number on my phone?"),
			searchWords: text.New("getal verkeerd app", "wrong number app"),
			Answer: text.New(
				"Zo weten we dat jij zelf voor het scherm staat, en niet iemand anders die jou laat goedkeuren. Kies alleen een getal dat je zelf op het scherm ziet staan. Vraagt iemand je om goed te keuren, of noemt iemand je een getal? Doe het dan niet. Was het een ander getal? Dan stoppen we voor de zekerheid, en begin je opnieuw.",
				"That is how we know that you are standing at the screen yourself, and not somebody else who has you approve. Only choose a number that you see on the screen yourself. Does somebody ask you to approve, or tell you a number? Then do not do it. Was it a different number? Then we stop to be safe, and you start again.",
			),
			Places: []place.ID{place.LogInWithApp},
		},
		{
			Text:        text.New("Iemand anders zag de code op mijn scherm. Is dat erg?", "Somebody else saw the code on my screen. Is that a problem?"),
			searchWords: text.New("afgekeken meekijken gezien", "watching watched seen"),
			Answer: text.New(
				"Nee. Met die code alleen kan niemand in jouw account: daar is jouw telefoon bij nodig. Koppel je een telefoon, en staat het getal niet op jouw telefoon? Dan was iemand anders je voor. Ga terug: er is niets gekoppeld. Begin opnieuw als niemand meekijkt.",
				"No. With that code alone nobody gets into your account: that takes your phone. Are you pairing a phone, and does your phone not show the number? Then somebody else was first. Go back: nothing has been paired. Start again when nobody is watching.",
			),
			Places: []place.ID{place.PairPhone, place.Contact},
		},
		{
			Text:        text.New("Wat weten jullie van mijn telefoon?", "What do you know of my phone?"),
			searchWords: text.New("vingerafdruk gezichtsherkenning", "fingerprint face"),
			Answer: text.New(
				"Een openbare sleutel, de naam die je de telefoon gaf, en wanneer je hem koppelde en gebruikte. Je vingerafdruk, je gezicht en je pincode krijgen we niet: die blijven op je telefoon.",
				"A public key, the name that you gave the phone, and when you paired and used it. We do not get your fingerprint, your face or your PIN: they stay on your phone.",
			),
			Places: []place.ID{place.PairedPhones},
		},
	}
}
