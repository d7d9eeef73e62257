package flows

import (
	"context"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
	"slices"
	"time"
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

// ActivityOf gives what happened lately with the account of the customer who is
// logged in, newest first: their own entries in the audit log.
func ActivityOf(ctx context.Context, v *flow.Visit) (happenings []Happening, err error) {
	if !v.LoggedIn() {
		return nil, errNotLoggedIn
	}
	err = v.Read(ctx, func(tx *store.Tx) error {
		happenings = nil
		for e := range tx.Activity(v.Customer()) {
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

func came(p place.ID, o flow.Outcome) event { return event{string(p), string(o)} }

// notByApp is told of what a phone said that showed nothing.
var notByApp = text.New("Geprobeerd in te loggen met de NN App: niet goedgekeurd", "Tried to log in with the NN App: not approved")

// happened puts into words what customers are told about their account. What is
// not in it is a step on the way, or nothing of theirs: a test holds each
// outcome against unremarkable.
var happened = map[event]text.Text{
	came(place.LogIn, right):     text.New("Ingelogd", "Logged in"),
	came(place.LogIn, temporary): text.New("Ingelogd met een tijdelijk wachtwoord", "Logged in with a temporary password"),
	came(place.LogIn, wrong):     text.New("Geprobeerd in te loggen met een verkeerd wachtwoord", "Tried to log in with a wrong password"),
	came(place.LogIn, expired):   text.New("Geprobeerd in te loggen met een verlopen tijdelijk wachtwoord", "Tried to log in with an expired temporary password"),
	came(place.LogIn, off):       text.New("Geprobeerd in te loggen; het wachtwoord staat uit", "Tried to log in; the password is off"),
	came(place.LogIn, stored):    text.New("Nieuw wachtwoord gekozen", "Chose a new password"),

	came(place.Activate, newcomer):  text.New("Activatienummer ingevuld", "Filled in an activation number"),
	came(place.Activate, holder):    text.New("Activatienummer ingevuld", "Filled in an activation number"),
	came(place.Activate, activated): text.New("Account geactiveerd", "Activated the account"),
	came(place.Activate, added):     text.New("Product toegevoegd", "Added a product"),
	came(place.Activate, used):      text.New("Activatienummer ingevuld dat al gebruikt was", "Filled in an activation number that was used already"),
	came(place.Activate, expired):   text.New("Activatienummer ingevuld dat verlopen was", "Filled in an activation number that had expired"),
	came(place.Activate, replaced):  text.New("Activatienummer ingevuld dat vervangen was", "Filled in an activation number that was replaced"),

	came(place.AddProduct, added):    text.New("Product toegevoegd", "Added a product"),
	came(place.AddProduct, used):     text.New("Activatienummer ingevuld dat al gebruikt was", "Filled in an activation number that was used already"),
	came(place.AddProduct, expired):  text.New("Activatienummer ingevuld dat verlopen was", "Filled in an activation number that had expired"),
	came(place.AddProduct, replaced): text.New("Activatienummer ingevuld dat vervangen was", "Filled in an activation number that was replaced"),

	came(place.ForgottenPassword, emailed):   text.New("Tijdelijk wachtwoord aangevraagd, per e-mail", "Asked for a temporary password, by e-mail"),
	came(place.ForgottenPassword, posted):    text.New("Tijdelijk wachtwoord aangevraagd, per brief", "Asked for a temporary password, by letter"),
	came(place.ForgottenPassword, oftenSent): text.New("Te vaak een tijdelijk wachtwoord aangevraagd", "Asked for a temporary password too often"),
	came(place.ForgottenUsername, emailed):   text.New("Gebruikersnaam opgevraagd, per e-mail", "Asked for the username, by e-mail"),
	came(place.ForgottenUsername, posted):    text.New("Gebruikersnaam opgevraagd, per brief", "Asked for the username, by letter"),
	came(place.ForgottenUsername, oftenSent): text.New("Te vaak de gebruikersnaam opgevraagd", "Asked for the username too often"),

	came(place.RequestNumber, emailed):      text.New("Activatienummer aangevraagd, per e-mail", "Asked for an activation number, by e-mail"),
	came(place.RequestNumber, posted):       text.New("Activatienummer aangevraagd, per brief", "Asked for an activation number, by letter"),
	came(place.RequestNumber, oftenSent):    text.New("Te vaak een activatienummer aangevraagd", "Asked for an activation number too often"),
	came(place.RequestNumber, toldByEmail):  text.New("Activatienummer aangevraagd, maar er wachtte er geen", "Asked for an activation number, but there was none to send"),
	came(place.RequestNumber, toldByPost):   text.New("Activatienummer aangevraagd, maar er wachtte er geen", "Asked for an activation number, but there was none to send"),
	came(place.RequestAccount, emailed):     text.New("Account aangevraagd, per e-mail", "Asked for an account, by e-mail"),
	came(place.RequestAccount, posted):      text.New("Account aangevraagd, per brief", "Asked for an account, by letter"),
	came(place.RequestAccount, oftenSent):   text.New("Te vaak een account aangevraagd", "Asked for an account too often"),
	came(place.RequestAccount, toldByEmail): text.New("Account aangevraagd, dat er al is", "Asked for an account, which is there already"),
	came(place.RequestAccount, toldByPost):  text.New("Account aangevraagd, dat er al is", "Asked for an account, which is there already"),

	came(place.ChangeUsername, renamed): text.New("Gebruikersnaam veranderd", "Changed the username"),
	came(place.ChangeUsername, wrong):   text.New("Gebruikersnaam niet veranderd: verkeerd wachtwoord", "Username not changed: wrong password"),
	came(place.ChangePassword, stored):  text.New("Wachtwoord veranderd", "Changed the password"),
	came(place.ChangePassword, wrong):   text.New("Wachtwoord niet veranderd: verkeerd wachtwoord", "Password not changed: wrong password"),
	came(place.ChangeEmail, wrong):      text.New("E-mailadres niet veranderd: verkeerd wachtwoord", "E-mail address not changed: wrong password"),
	came(place.ChangeEmail, wrongCode):  text.New("Verkeerde code ingevuld", "Filled in a wrong code"),
	came(place.ConfirmEmail, wrongCode): text.New("Verkeerde code ingevuld", "Filled in a wrong code"),
	came(place.ChangeEmail, sent):       text.New("Code gevraagd voor een nieuw e-mailadres", "Asked for a code for a new e-mail address"),
	came(place.ChangeEmail, confirmed):  text.New("E-mailadres veranderd", "Changed the e-mail address"),
	came(place.ConfirmEmail, confirmed): text.New("E-mailadres veranderd", "Changed the e-mail address"),
	came(place.ChangeEmail, spent):      text.New("Te vaak een verkeerde code ingevuld", "Filled in a wrong code too often"),
	came(place.ConfirmEmail, spent):     text.New("Te vaak een verkeerde code ingevuld", "Filled in a wrong code too often"),
	came(place.CallBack, callAsked):     text.New("Gevraagd om teruggebeld te worden", "Asked to be called back"),
	came(place.ChangeTelephone, wrong):  text.New("Telefoonnummer niet veranderd: verkeerd wachtwoord", "Telephone number not changed: wrong password"),
	came(place.ChangeTelephone, stored): text.New("Telefoonnummer veranderd", "Changed the telephone number"),
	came(place.ChangeLanguage, stored):  text.New("Taal van berichten veranderd", "Changed the language of messages"),

	came(place.LogInWithApp, approved):         text.New("Ingelogd met de NN App", "Logged in with the NN App"),
	came(place.LogInWithApp, wrongNumber):      text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen"),
	came(place.ApproveOnPhone, wrongNumber):    text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen"),
	came(place.ApproveOnPhone, formerPhone):    text.New("Geprobeerd in te loggen met een telefoon die niet gekoppeld is", "Tried to log in with a phone that is not paired"),
	came(place.ApproveOnPhone, staleCounter):   notByApp,
	came(place.ApproveOnPhone, otherChallenge): notByApp,
	came(place.ApproveOnPhone, otherOrigin):    notByApp,
	came(place.ApproveOnPhone, unverified):     notByApp,
	came(place.ApproveOnPhone, notValid):       notByApp,
	came(place.PairPhone, paired):              text.New("Telefoon gekoppeld", "Paired a phone"),
	came(place.PairPhone, wrong):               text.New("Telefoon niet gekoppeld: verkeerd wachtwoord", "Phone not paired: wrong password"),
	came(place.PairPhone, wrongNumber):         text.New("Telefoon niet gekoppeld: verkeerd getal", "Phone not paired: wrong number"),
	came(place.PairedPhones, removedPhone):     text.New("Telefoon verwijderd", "Removed a phone"),
	came(place.PairedPhones, wrong):            text.New("Telefoon niet verwijderd: verkeerd wachtwoord", "Phone not removed: wrong password"),

	{"visit", string(flow.LoggedOut)}:    text.New("Uitgelogd", "Logged out"),
	{"visit", string(flow.StayedIdle)}:   text.New("Uitgelogd, omdat er niets meer gebeurde", "Logged out after a period of inactivity"),
	{"visit", string(flow.TookTooLong)}:  text.New("Uitgelogd, omdat het bezoek te lang duurde", "Logged out because the visit took too long"),
	{"visit", string(flow.Disconnected)}: text.New("Uitgelogd, omdat de terminal uitging", "Logged out because the terminal went off"),
	{"visit", string(flow.ShutOut)}:      text.New("Uitgelogd, omdat ergens anders veranderde hoe je inlogt", "Logged out because how you log in changed elsewhere"),

	{"number", "issued"}:                 text.New("Wij maakten een activatienummer voor je", "We made an activation number for you"),
	{"number", "issued and sent"}:        text.New("Wij stuurden je een activatienummer", "We sent you an activation number"),
	{store.ByOperator, string(unlocked)}: text.New("Wij haalden de blokkade na verkeerde antwoorden weg", "We lifted the block after wrong answers"),

	{"number", "revoked"}: text.New("Wij trokken een activatienummer in", "We withdrew an activation number"),
}
