package flows

import (
	"context"
	"slices"
	"time"

	"loket/flows/text"
	"loket/store"
)

// Happening is something that happened with a customer's account, in plain words.
type Happening struct {
	At       time.Time
	Says     text.Text
	Terminal string // where
}

// NotYou tells what to do about something that the customer did not do.
var NotYou = text.New(
	"Staat er iets bij wat jij niet deed? Verander dan je wachtwoord en neem contact met ons op.",
	"Is there anything here that you did not do? Then change your password and contact us.",
)

// AtTerminal says where something happened: "terminal Utrecht 1".
func AtTerminal(name string) text.Text { return text.Same("terminal " + name) }

// mostHappenings is how far back a customer can look.
const mostHappenings = 50

// Activity gives what happened lately with the account of the customer who is
// logged in, newest first: their own entries in the audit log.
func (v *Visit) Activity(ctx context.Context) (happenings []Happening, err error) {
	if !v.LoggedIn() {
		return nil, errNotLoggedIn
	}
	err = v.look(ctx, func(tx *store.Tx) error {
		happenings = nil
		for e := range tx.Activity(v.customer) {
			if says, told := happened[event{e.Flow, e.Outcome}]; told {
				happenings = append(happenings, Happening{e.At, says, e.Terminal})
			}
		}
		return nil
	})
	slices.Reverse(happenings)
	return happenings[:min(len(happenings), mostHappenings)], err
}

// event is what an audit entry is about: a flow and what came of it.
type event struct{ flow, outcome string }

func came(p Place, o Outcome) event { return event{string(p), string(o)} }

// notByApp is told of what a phone said that showed nothing.
var notByApp = text.New("Geprobeerd in te loggen met de NN App: niet goedgekeurd", "Tried to log in with the NN App: not approved")

// happened puts into words what customers are told about their account. What is
// not in it is a step on the way, or nothing of theirs: a test holds each
// outcome against unremarkable.
var happened = map[event]text.Text{
	came(LoggingIn, right):     text.New("Ingelogd", "Logged in"),
	came(LoggingIn, temporary): text.New("Ingelogd met een tijdelijk wachtwoord", "Logged in with a temporary password"),
	came(LoggingIn, wrong):     text.New("Geprobeerd in te loggen met een verkeerd wachtwoord", "Tried to log in with a wrong password"),
	came(LoggingIn, expired):   text.New("Geprobeerd in te loggen met een verlopen tijdelijk wachtwoord", "Tried to log in with an expired temporary password"),
	came(LoggingIn, off):       text.New("Geprobeerd in te loggen; het wachtwoord staat uit", "Tried to log in; the password is off"),
	came(LoggingIn, stored):    text.New("Nieuw wachtwoord gekozen", "Chose a new password"),

	came(Activating, newcomer):  text.New("Activatienummer ingevuld", "Filled in an activation number"),
	came(Activating, holder):    text.New("Activatienummer ingevuld", "Filled in an activation number"),
	came(Activating, activated): text.New("Account geactiveerd", "Activated the account"),
	came(Activating, added):     text.New("Product toegevoegd", "Added a product"),
	came(Activating, used):      text.New("Activatienummer ingevuld dat al gebruikt was", "Filled in an activation number that was used already"),
	came(Activating, expired):   text.New("Activatienummer ingevuld dat verlopen was", "Filled in an activation number that had expired"),
	came(Activating, replaced):  text.New("Activatienummer ingevuld dat vervangen was", "Filled in an activation number that was replaced"),

	came(AddingProduct, added):    text.New("Product toegevoegd", "Added a product"),
	came(AddingProduct, used):     text.New("Activatienummer ingevuld dat al gebruikt was", "Filled in an activation number that was used already"),
	came(AddingProduct, expired):  text.New("Activatienummer ingevuld dat verlopen was", "Filled in an activation number that had expired"),
	came(AddingProduct, replaced): text.New("Activatienummer ingevuld dat vervangen was", "Filled in an activation number that was replaced"),

	came(ForgottenPassword, emailed):   text.New("Tijdelijk wachtwoord aangevraagd, per e-mail", "Asked for a temporary password, by e-mail"),
	came(ForgottenPassword, posted):    text.New("Tijdelijk wachtwoord aangevraagd, per brief", "Asked for a temporary password, by letter"),
	came(ForgottenPassword, oftenSent): text.New("Te vaak een tijdelijk wachtwoord aangevraagd", "Asked for a temporary password too often"),
	came(ForgottenUsername, emailed):   text.New("Gebruikersnaam opgevraagd, per e-mail", "Asked for the username, by e-mail"),
	came(ForgottenUsername, posted):    text.New("Gebruikersnaam opgevraagd, per brief", "Asked for the username, by letter"),
	came(ForgottenUsername, oftenSent): text.New("Te vaak de gebruikersnaam opgevraagd", "Asked for the username too often"),

	came(RequestingNumber, emailed):      text.New("Activatienummer aangevraagd, per e-mail", "Asked for an activation number, by e-mail"),
	came(RequestingNumber, posted):       text.New("Activatienummer aangevraagd, per brief", "Asked for an activation number, by letter"),
	came(RequestingNumber, oftenSent):    text.New("Te vaak een activatienummer aangevraagd", "Asked for an activation number too often"),
	came(RequestingNumber, toldByEmail):  text.New("Activatienummer aangevraagd, maar er wachtte er geen", "Asked for an activation number, but there was none to send"),
	came(RequestingNumber, toldByPost):   text.New("Activatienummer aangevraagd, maar er wachtte er geen", "Asked for an activation number, but there was none to send"),
	came(RequestingAccount, emailed):     text.New("Account aangevraagd, per e-mail", "Asked for an account, by e-mail"),
	came(RequestingAccount, posted):      text.New("Account aangevraagd, per brief", "Asked for an account, by letter"),
	came(RequestingAccount, oftenSent):   text.New("Te vaak een account aangevraagd", "Asked for an account too often"),
	came(RequestingAccount, toldByEmail): text.New("Account aangevraagd, dat er al is", "Asked for an account, which is there already"),
	came(RequestingAccount, toldByPost):  text.New("Account aangevraagd, dat er al is", "Asked for an account, which is there already"),

	came(ChangingUsername, renamed):  text.New("Gebruikersnaam veranderd", "Changed the username"),
	came(ChangingUsername, wrong):    text.New("Gebruikersnaam niet veranderd: verkeerd wachtwoord", "Username not changed: wrong password"),
	came(ChangingPassword, stored):   text.New("Wachtwoord veranderd", "Changed the password"),
	came(ChangingPassword, wrong):    text.New("Wachtwoord niet veranderd: verkeerd wachtwoord", "Password not changed: wrong password"),
	came(ChangingEmail, wrong):       text.New("E-mailadres niet veranderd: verkeerd wachtwoord", "E-mail address not changed: wrong password"),
	came(ChangingEmail, wrongCode):   text.New("Verkeerde code ingevuld", "Filled in a wrong code"),
	came(ConfirmingEmail, wrongCode): text.New("Verkeerde code ingevuld", "Filled in a wrong code"),
	came(ChangingEmail, sent):        text.New("Code gevraagd voor een nieuw e-mailadres", "Asked for a code for a new e-mail address"),
	came(ChangingEmail, confirmed):   text.New("E-mailadres veranderd", "Changed the e-mail address"),
	came(ConfirmingEmail, confirmed): text.New("E-mailadres veranderd", "Changed the e-mail address"),
	came(ChangingEmail, spent):       text.New("Te vaak een verkeerde code ingevuld", "Filled in a wrong code too often"),
	came(ConfirmingEmail, spent):     text.New("Te vaak een verkeerde code ingevuld", "Filled in a wrong code too often"),
	came(CallingBack, callAsked):     text.New("Gevraagd om teruggebeld te worden", "Asked to be called back"),
	came(ChangingPhone, wrong):       text.New("Telefoonnummer niet veranderd: verkeerd wachtwoord", "Telephone number not changed: wrong password"),
	came(ChangingPhone, stored):      text.New("Telefoonnummer veranderd", "Changed the telephone number"),
	came(ChangingLanguage, stored):   text.New("Taal van berichten veranderd", "Changed the language of messages"),

	came(LoggingInApp, approved):     text.New("Ingelogd met de NN App", "Logged in with the NN App"),
	came(LoggingInApp, wrongNumber):  text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen"),
	came(Approving, wrongNumber):     text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen"),
	came(Approving, formerPhone):     text.New("Geprobeerd in te loggen met een telefoon die niet gekoppeld is", "Tried to log in with a phone that is not paired"),
	came(Approving, staleCounter):    notByApp,
	came(Approving, otherChallenge):  notByApp,
	came(Approving, otherOrigin):     notByApp,
	came(Approving, unverified):      notByApp,
	came(Approving, notValid):        notByApp,
	came(PairingPhone, paired):       text.New("Telefoon gekoppeld", "Paired a phone"),
	came(PairingPhone, wrong):        text.New("Telefoon niet gekoppeld: verkeerd wachtwoord", "Phone not paired: wrong password"),
	came(PairingPhone, wrongNumber):  text.New("Telefoon niet gekoppeld: verkeerd getal", "Phone not paired: wrong number"),
	came(PairedPhones, removedPhone): text.New("Telefoon verwijderd", "Removed a phone"),
	came(PairedPhones, wrong):        text.New("Telefoon niet verwijderd: verkeerd wachtwoord", "Phone not removed: wrong password"),

	{"visit", string(LoggedOut)}:    text.New("Uitgelogd", "Logged out"),
	{"visit", string(StayedIdle)}:   text.New("Uitgelogd, omdat er niets meer gebeurde", "Logged out after a period of inactivity"),
	{"visit", string(TookTooLong)}:  text.New("Uitgelogd, omdat het bezoek te lang duurde", "Logged out because the visit took too long"),
	{"visit", string(Disconnected)}: text.New("Uitgelogd, omdat de terminal uitging", "Logged out because the terminal went off"),
	{"visit", string(ShutOut)}:      text.New("Uitgelogd, omdat ergens anders veranderde hoe je inlogt", "Logged out because how you log in changed elsewhere"),

	{"number", "issued"}:                 text.New("Wij maakten een activatienummer voor je", "We made an activation number for you"),
	{"number", "issued and sent"}:        text.New("Wij stuurden je een activatienummer", "We sent you an activation number"),
	{store.ByOperator, string(unlocked)}: text.New("Wij haalden de blokkade na verkeerde antwoorden weg", "We lifted the block after wrong answers"),

	{"number", "revoked"}: text.New("Wij trokken een activatienummer in", "We withdrew an activation number"),
}
