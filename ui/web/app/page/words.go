package page

import (
	"net/http"

	"loket/flows/text"
)

// The texts of the page itself. Questions and results come from the flow.
var (
	bankName         = text.SameInBoth("mijn.nn")
	standsForAppText = text.New("Deze pagina is hier de NN App.", "This page is the NN App here.")
	NoScriptText     = text.New(
		"Deze pagina heeft JavaScript nodig voor je vinger, je gezicht of je pincode. Zet het aan in je browser, en laad de pagina opnieuw.",
		"This page needs JavaScript for your finger, your face or your PIN. Turn it on in your browser, and load the page again.")

	AskCodeMessage = Message{
		text.New("Typ de code van het scherm", "Type the code from the screen"),
		text.New("Op het scherm waar je wilt inloggen of je telefoon koppelt, staat een code van acht letters.",
			"The screen where you log in, or pair your phone, shows a code of eight letters."),
	}
	codeLabel     = text.New("Code", "Code")
	codeHint      = text.New("Bijvoorbeeld BCDF-GHJK. Hoofdletters en het streepje hoeven niet.", "For example BCDF-GHJK. Capitals and the dash do not matter.")
	codeWrongText = text.New("Een code heeft acht letters, zoals BCDF-GHJK. Kijk nog eens op het scherm.", "A code has eight letters, such as BCDF-GHJK. Please look at the screen again.")
	continueText  = text.New("Verder", "Continue")
	OpenAgainText = text.New("Open de code opnieuw", "Open the code again")

	UnknownCodeMessage = Message{
		text.New("Deze code kennen we niet", "We do not know this code"),
		text.New("Misschien is een letter anders, of is de code al een tijd verlopen. Kijk nog eens op het scherm.",
			"Perhaps a letter is different, or the code expired a while ago. Please look at the screen again."),
	}

	pairText        = text.New("Koppel deze telefoon", "Pair this phone")
	yourNumberLabel = text.New("Jouw getal", "Your number")
)

// The texts of page.js. The page has them as data attributes, by name.
var (
	followPhoneStepsText = text.New("Volg de stappen van je telefoon…", "Follow the steps on your phone…")
	insecureText         = text.New("Dit adres is niet beveiligd. Daarom kan je telefoon hier geen toegangssleutel gebruiken. Let op dat het adres met https:// begint.", "This address is not secure. That is why your phone cannot use a passkey here. Make sure that the address begins with https://.")
	noPasskeysText       = text.New("Deze browser kent geen toegangssleutels. Open dit adres in een nieuwe versie van Chrome, Safari, Edge of Firefox.", "This browser does not know passkeys. Open this address in a recent version of Chrome, Safari, Edge or Firefox.")
	loginCancelledText   = text.New("Dat ging niet door: het is afgebroken, het duurde te lang, of deze telefoon is niet gekoppeld. Je kunt het opnieuw proberen.", "That did not go through: it was cancelled, it took too long, or this phone is not paired. You can try again.")
	pairingCancelledText = text.New("Dat ging niet door: het is afgebroken of het duurde te lang. Je kunt het opnieuw proberen.", "That did not go through: it was cancelled or it took too long. You can try again.")
	alreadyPairedText    = text.New("Deze telefoon is al gekoppeld. Je kunt er al mee inloggen.", "This phone is paired already. You can log in with it.")
	wrongAddressText     = text.New("Je browser vertrouwt dit adres niet voor toegangssleutels. Scan de code op het scherm opnieuw.", "Your browser does not trust this address with passkeys. Scan the code on the screen again.")
	passkeyFailedText    = text.New("Je telefoon kon geen toegangssleutel gebruiken. Staat je schermvergrendeling aan? Probeer het dan opnieuw.", "Your phone could not use a passkey. Is your screen lock on? Then try again.")
)

// A Message is a heading with a text below it.
type Message struct{ Heading, Text text.Text }

// RefusalMessages has the message for each HTTP status of a refused request.
var RefusalMessages = map[int]Message{
	http.StatusBadRequest: {
		text.New("Dit konden we niet lezen", "We could not read this"),
		text.New("Scan de code op het scherm opnieuw en probeer het nog eens.", "Scan the code on the screen again and try once more."),
	},
	http.StatusForbidden: {
		text.New("Dit antwoord telt niet", "This answer does not count"),
		text.New("Het kwam niet van onze eigen pagina. Zo weten we niet of jij het was. Open de code opnieuw.", "It did not come from our own page. So we do not know whether it was you. Open the code again."),
	},
	http.StatusNotFound: {
		text.New("Deze pagina is er niet", "There is no such page"),
		text.New("Scan de code op het scherm opnieuw, of typ hem over.", "Scan the code on the screen again, or type it in."),
	},
	http.StatusMethodNotAllowed: {
		text.New("Zo werkt deze pagina niet", "This page does not work like that"),
		text.New("Scan de code op het scherm opnieuw, of typ hem over.", "Scan the code on the screen again, or type it in."),
	},
	http.StatusRequestTimeout: {
		text.New("Dit duurde te lang", "That took too long"),
		text.New("Je antwoord kwam niet helemaal aan. Heb je goed bereik? Probeer het dan opnieuw.", "Your answer did not arrive completely. Is your connection good? Then try again."),
	},
	http.StatusRequestEntityTooLarge: {
		text.New("Dit is te veel", "This is too much"),
		text.New("Je antwoord is langer dan dat van een telefoon kan zijn. Scan de code op het scherm opnieuw.", "Your answer is longer than that of a phone can be. Scan the code on the screen again."),
	},
	http.StatusUnsupportedMediaType: {
		text.New("Dit konden we niet lezen", "We could not read this"),
		text.New("Antwoord met de knoppen van onze eigen pagina. Scan daarvoor de code op het scherm opnieuw.", "Answer with the buttons of our own page. To do so, scan the code on the screen again."),
	},
	http.StatusMisdirectedRequest: {
		text.New("Dit is niet het goede adres", "This is not the right address"),
		text.New("Toegangssleutels werken alleen op ons eigen adres. Ga daar verder:", "Passkeys only work at our own address. Continue there:"),
	},
	http.StatusTooManyRequests: {
		text.New("Even wachten", "One moment"),
		text.New("Er is te vaak een code of een antwoord geprobeerd. Wacht een minuut, of begin op het scherm opnieuw.", "Codes or answers were tried too often. Wait a minute, or start again on the screen."),
	},
	http.StatusInternalServerError: {
		text.New("Er ging bij ons iets mis", "Something went wrong on our side"),
		text.New("Kijk op het scherm hoe het verder gaat, of begin daar opnieuw.", "Look at the screen to see how it goes on, or start again there."),
	},
	http.StatusServiceUnavailable: {
		text.New("Het is nu erg druk", "We are very busy now"),
		text.New("Wacht even en probeer het dan opnieuw.", "Wait a moment and then try again."),
	},
}
