package app

import (
	"net/http"

	"loket/flows"
)

// What the page says of itself. What it asks, and what came of that, is in the words
// of the flow.
var (
	house     = flows.Both("mijn.nn")
	standsFor = flows.Either("Deze pagina is hier de NN App.", "This page is the NN App here.")
	noScript  = flows.Either(
		"Deze pagina heeft JavaScript nodig voor je vinger, je gezicht of je pincode. Zet het aan in je browser, en laad de pagina opnieuw.",
		"This page needs JavaScript for your finger, your face or your PIN. Turn it on in your browser, and load the page again.")

	askCode = message{
		flows.Either("Typ de code van het scherm", "Type the code from the screen"),
		flows.Either("Op het scherm waar je wilt inloggen of je telefoon koppelt, staat een code van acht letters.",
			"The screen where you log in, or pair your phone, shows a code of eight letters."),
	}
	codeLabel = flows.Either("Code", "Code")
	codeHint  = flows.Either("Bijvoorbeeld BCDF-GHJK. Hoofdletters en het streepje hoeven niet.", "For example BCDF-GHJK. Capitals and the dash do not matter.")
	codeWrong = flows.Either("Een code heeft acht letters, zoals BCDF-GHJK. Kijk nog eens op het scherm.", "A code has eight letters, such as BCDF-GHJK. Please look at the screen again.")
	onward    = flows.Either("Verder", "Continue")
	openAgain = flows.Either("Open de code opnieuw", "Open the code again")

	unknownCode = message{
		flows.Either("Deze code kennen we niet", "We do not know this code"),
		flows.Either("Misschien is een letter anders, of is de code al een tijd verlopen. Kijk nog eens op het scherm.",
			"Perhaps a letter is different, or the code expired a while ago. Please look at the screen again."),
	}

	pair       = flows.Either("Koppel deze telefoon", "Pair this phone")
	yourNumber = flows.Either("Jouw getal", "Your number")
)

// What page.js may have to say. Each stands in the page under its name.
var (
	working     = flows.Either("Volg de stappen van je telefoon…", "Follow the steps on your phone…")
	insecure    = flows.Either("Dit adres is niet beveiligd. Daarom kan je telefoon hier geen toegangssleutel gebruiken. Let op dat het adres met https:// begint.", "This address is not secure. That is why your phone cannot use a passkey here. Make sure that the address begins with https://.")
	unsupported = flows.Either("Deze browser kent geen toegangssleutels. Open dit adres in een nieuwe versie van Chrome, Safari, Edge of Firefox.", "This browser does not know passkeys. Open this address in a recent version of Chrome, Safari, Edge or Firefox.")
	cancelledIn = flows.Either("Dat ging niet door: het is afgebroken, het duurde te lang, of deze telefoon is niet gekoppeld. Je kunt het opnieuw proberen.", "That did not go through: it was cancelled, it took too long, or this phone is not paired. You can try again.")
	cancelled   = flows.Either("Dat ging niet door: het is afgebroken of het duurde te lang. Je kunt het opnieuw proberen.", "That did not go through: it was cancelled or it took too long. You can try again.")
	present     = flows.Either("Deze telefoon is al gekoppeld. Je kunt er al mee inloggen.", "This phone is paired already. You can log in with it.")
	elsewhere   = flows.Either("Je browser vertrouwt dit adres niet voor toegangssleutels. Scan de code op het scherm opnieuw.", "Your browser does not trust this address with passkeys. Scan the code on the screen again.")
	failed      = flows.Either("Je telefoon kon geen toegangssleutel gebruiken. Staat je schermvergrendeling aan? Probeer het dan opnieuw.", "Your phone could not use a passkey. Is your screen lock on? Then try again.")
)

// A message is a heading, with what there is to know.
type message struct{ says, tells flows.Text }

// refusals say why a request is refused.
var refusals = map[int]message{
	http.StatusBadRequest: {
		flows.Either("Dit konden we niet lezen", "We could not read this"),
		flows.Either("Scan de code op het scherm opnieuw en probeer het nog eens.", "Scan the code on the screen again and try once more."),
	},
	http.StatusForbidden: {
		flows.Either("Dit antwoord telt niet", "This answer does not count"),
		flows.Either("Het kwam niet van onze eigen pagina. Zo weten we niet of jij het was. Open de code opnieuw.", "It did not come from our own page. So we do not know whether it was you. Open the code again."),
	},
	http.StatusNotFound: {
		flows.Either("Deze pagina is er niet", "There is no such page"),
		flows.Either("Scan de code op het scherm opnieuw, of typ hem over.", "Scan the code on the screen again, or type it in."),
	},
	http.StatusMethodNotAllowed: {
		flows.Either("Zo werkt deze pagina niet", "This page does not work like that"),
		flows.Either("Scan de code op het scherm opnieuw, of typ hem over.", "Scan the code on the screen again, or type it in."),
	},
	http.StatusRequestTimeout: {
		flows.Either("Dit duurde te lang", "That took too long"),
		flows.Either("Je antwoord kwam niet helemaal aan. Heb je goed bereik? Probeer het dan opnieuw.", "Your answer did not arrive completely. Is your connection good? Then try again."),
	},
	http.StatusRequestEntityTooLarge: {
		flows.Either("Dit is te veel", "This is too much"),
		flows.Either("Je antwoord is langer dan dat van een telefoon kan zijn. Scan de code op het scherm opnieuw.", "Your answer is longer than that of a phone can be. Scan the code on the screen again."),
	},
	http.StatusUnsupportedMediaType: {
		flows.Either("Dit konden we niet lezen", "We could not read this"),
		flows.Either("Antwoord met de knoppen van onze eigen pagina. Scan daarvoor de code op het scherm opnieuw.", "Answer with the buttons of our own page. To do so, scan the code on the screen again."),
	},
	http.StatusMisdirectedRequest: {
		flows.Either("Dit is niet het goede adres", "This is not the right address"),
		flows.Either("Toegangssleutels werken alleen op ons eigen adres. Ga daar verder:", "Passkeys only work at our own address. Continue there:"),
	},
	http.StatusTooManyRequests: {
		flows.Either("Even wachten", "One moment"),
		flows.Either("Er is te vaak een code of een antwoord geprobeerd. Wacht een minuut, of begin op het scherm opnieuw.", "Codes or answers were tried too often. Wait a minute, or start again on the screen."),
	},
	http.StatusInternalServerError: {
		flows.Either("Er ging bij ons iets mis", "Something went wrong on our side"),
		flows.Either("Kijk op het scherm hoe het verder gaat, of begin daar opnieuw.", "Look at the screen to see how it goes on, or start again there."),
	},
	http.StatusServiceUnavailable: {
		flows.Either("Het is nu erg druk", "We are very busy now"),
		flows.Either("Wacht even en probeer het dan opnieuw.", "Wait a moment and then try again."),
	},
}
