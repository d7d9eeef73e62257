package flows

import (
	"slices"

	"loket/flows/text"
)

// A Place is somewhere at the desk that a visitor can go to: a menu, a flow, or
// a screen that only shows something.
type Place string

const (
	Home Place = "home"

	Activating        Place = "activate"
	LoggingIn         Place = "log in"
	LoggingInApp      Place = "log in with app"
	Forgotten         Place = "forgotten"
	ForgottenPassword Place = "forgotten password"
	ForgottenUsername Place = "forgotten username"
	Requesting        Place = "request"
	RequestingNumber  Place = "request number"
	RequestingAccount Place = "request account"
	Questions         Place = "questions"
	Contact           Place = "contact"
	CallingBack       Place = "call back"

	Products         Place = "products"
	AddingProduct    Place = "add product"
	Personal         Place = "personal"
	Security         Place = "security"
	ChangingUsername Place = "change username"
	ChangingPassword Place = "change password"
	PairingPhone     Place = "pair phone"
	PairedPhones     Place = "paired phones"
	Activity         Place = "activity"
	Details          Place = "details"
	ChangingEmail    Place = "change e-mail"
	ConfirmingEmail  Place = "confirm e-mail"
	ChangingPhone    Place = "change telephone"
	ChangingLanguage Place = "change language"
	LoggingOut       Place = "log out"

	// On a phone:
	Approving   Place = "approve on phone"
	Registering Place = "register on phone"
)

// Places names every place as a menu does: what it is, and what for.
var Places = map[Place]struct{ Name, For text.Text }{
	Home: {text.New("Naar het begin", "Back to the start"), text.Text{}},

	Activating:        {text.New("Account activeren", "Activate account"), text.New("Met je activatienummer", "With your activation number")},
	LoggingIn:         {text.New("Inloggen", "Log in"), text.New("Bekijk je producten en gegevens", "See your products and details")},
	LoggingInApp:      {text.New("Inloggen met de NN App", "Log in with the NN App"), text.New("Met je telefoon, zonder wachtwoord", "With your phone, without a password")},
	Forgotten:         {text.New("Inloggegevens vergeten", "Forgotten your login details"), text.New("Gebruikersnaam of wachtwoord", "Username or password")},
	ForgottenPassword: {text.New("Wachtwoord vergeten", "Forgotten password"), text.New("Vraag een tijdelijk wachtwoord aan", "Ask for a temporary password")},
	ForgottenUsername: {text.New("Gebruikersnaam vergeten", "Forgotten username"), text.New("Krijg je gebruikersnaam per e-mail", "Get your username by e-mail")},
	Requesting:        {text.New("Activatienummer aanvragen", "Request activation number"), text.New("Verlopen, kwijt, of nog geen account", "Expired, lost, or no account yet")},
	RequestingNumber:  {text.New("Nieuw activatienummer", "New activation number"), text.New("Je nummer is verlopen of kwijt", "Your number has expired or is lost")},
	RequestingAccount: {text.New("Account aanvragen", "Request an account"), text.New("Je bent nooit uitgenodigd", "You were never invited")},
	Questions:         {text.New("Veelgestelde vragen", "Frequently asked questions"), text.New("Antwoorden op wat vaak gevraagd wordt", "Answers to what is often asked")},
	Contact:           {text.New("Service en contact", "Service and contact"), text.New("Bellen, en wanneer dat kan", "Calling, and when you can")},
	CallingBack:       {text.New("Laat je terugbellen", "Let us call you back"), text.New("Wij bellen jou op een werkdag", "We call you on a working day")},

	Products:         {text.New("Mijn producten", "My products"), text.New("Rekeningen, leningen en polissen", "Accounts, loans and policies")},
	AddingProduct:    {text.New("Product toevoegen", "Add a product"), text.New("Met een activatienummer", "With an activation number")},
	Personal:         {text.New("Gegevens en Instellingen", "Details and Settings"), text.New("Je inloggegevens, adressen en taal", "How you log in, addresses, language")},
	Security:         {text.New("Toegang en beveiliging", "Access and security"), text.New("Gebruikersnaam, wachtwoord, activiteit", "Username, password, activity")},
	ChangingUsername: {text.New("Gebruikersnaam veranderen", "Change username"), text.New("Kies een andere naam om in te loggen", "Choose another name to log in with")},
	ChangingPassword: {text.New("Wachtwoord veranderen", "Change password"), text.New("Met je huidige wachtwoord erbij", "You need your current password")},
	PairingPhone:     {text.New("Telefoon koppelen", "Pair a phone"), text.New("Om in te loggen met de NN App", "To log in with the NN App")},
	PairedPhones:     {text.New("Gekoppelde telefoons", "Paired phones"), text.New("Bekijk of verwijder ze", "See or remove them")},
	Activity:         {text.New("Recente activiteit", "Recent activity"), text.New("Wat er met je account gebeurde", "What happened with your account")},
	Details:          {text.New("Mijn gegevens", "My details"), text.New("E-mail, telefoon, taal en adres", "E-mail, telephone, language, address")},
	ChangingEmail:    {text.New("E-mailadres veranderen", "Change e-mail address"), text.New("We sturen een code naar het nieuwe", "We send a code to the new one")},
	ConfirmingEmail:  {text.New("E-mailadres bevestigen", "Confirm e-mail address"), text.New("Met de code uit onze e-mail", "With the code from our e-mail")},
	ChangingPhone:    {text.New("Telefoonnummer veranderen", "Change telephone number"), text.New("Waarop we je kunnen bellen", "On which we can call you")},
	ChangingLanguage: {text.New("Taal van berichten", "Language of messages"), text.New("Nederlands of Engels", "Dutch or English")},
	LoggingOut:       {text.New("Uitloggen", "Log out"), text.Text{}},

	Approving:   {text.New("Goedkeuren op je telefoon", "Approve on your phone"), text.Text{}},
	Registering: {text.New("Koppelen op je telefoon", "Pair on your phone"), text.Text{}},
}

// For is what a place is for, as it is now: at Contact that is whether somebody
// can be reached.
func (d *Desk) For(p Place) text.Text {
	switch {
	case p == Contact:
		return d.Support().Status(d.Clock.Now())
	case p == Security && d.App != nil:
		return text.New("Wachtwoord, telefoons, activiteit", "Password, phones, activity")
	case p.takesPhone() && !d.App.reachable():
		return text.New("Kan niet in deze demo", "Not possible in this demo")
	}
	return Places[p].For
}

// takesPhone tells whether a visitor needs a phone there.
func (p Place) takesPhone() bool { return p == LoggingInApp || p == PairingPhone }

// A Menu is a place where the visitor chooses where to go from there.
type Menu struct {
	Asks  text.Text
	Leads []Place
}

// Menu gives the menu that a place is; one that is none leads nowhere.
func (v *Visit) Menu(p Place) Menu {
	switch p {
	case Home:
		if v.LoggedIn() {
			return Menu{text.New("Wat wil je doen?", "What would you like to do?"), []Place{Products, AddingProduct, Personal, Questions, Contact, LoggingOut}}
		}
		return Menu{text.New("Waarmee kunnen we je helpen?", "How can we help you?"), v.possible(Activating, LoggingIn, LoggingInApp, Forgotten, Requesting, Questions, Contact)}
	case Forgotten:
		return Menu{text.New("Wat ben je vergeten?", "What have you forgotten?"), []Place{ForgottenPassword, ForgottenUsername}}
	case Requesting:
		return Menu{text.New("Wat wil je aanvragen?", "What would you like to request?"), []Place{RequestingNumber, RequestingAccount}}
	case Personal:
		return Menu{Places[Personal].Name, []Place{Security, Details}}
	case Security:
		return Menu{Places[Security].Name, v.possible(ChangingUsername, ChangingPassword, PairingPhone, PairedPhones, Activity)}
	}
	return Menu{}
}

// possible leaves out places where nobody has anything to do at this desk.
func (d *Desk) possible(all ...Place) []Place {
	return slices.DeleteFunc(all, func(p Place) bool { return (p.takesPhone() || p == PairedPhones) && d.App == nil })
}

// Above is the menu from which a place is chosen; Home, if from none below it.
func (v *Visit) Above(p Place) Place {
	switch p {
	case ChangingEmail, ConfirmingEmail, ChangingPhone, ChangingLanguage:
		p = Details // from where they are chosen, which is no menu
	}
	for _, menu := range []Place{Forgotten, Requesting, Personal, Security} {
		if slices.Contains(v.Menu(menu).Leads, p) {
			return menu
		}
	}
	return Home
}

// Private tells whether a place is for customers alone who are logged in.
func (p Place) Private() bool {
	switch p {
	case Products, AddingProduct, Personal, Security, ChangingUsername, ChangingPassword, PairingPhone, PairedPhones, Activity,
		Details, ChangingEmail, ConfirmingEmail, ChangingPhone, ChangingLanguage, LoggingOut:
		return true
	}
	return false
}

// OnPhone tells whether a place is on a phone that comes to the desk.
func (p Place) OnPhone() bool { return p == Approving || p == Registering }

// Aside tells whether a place only shows something, so that what the visitor was
// doing can wait meanwhile.
func (p Place) Aside() bool { return p == Contact || p == Questions }

// Flows are the places where the visitor walks through a table of steps, in the
// order of the documentation.
var Flows = []struct {
	Place Place
	Begin func(*Visit) *Flow
}{
	{Activating, Activate},
	{LoggingIn, LogIn},
	{LoggingInApp, LogInApp},
	{Approving, Approve},
	{ForgottenPassword, ForgetPassword},
	{ForgottenUsername, ForgetUsername},
	{RequestingNumber, RequestNumber},
	{RequestingAccount, RequestAccount},
	{CallingBack, CallBack},
	{AddingProduct, AddProduct},
	{ChangingUsername, ChangeUsername},
	{ChangingPassword, ChangePassword},
	{PairingPhone, PairPhone},
	{Registering, Register},
	{PairedPhones, RemovePhone},
	{ChangingEmail, ChangeEmail},
	{ConfirmingEmail, ConfirmEmail},
	{ChangingPhone, ChangePhone},
	{ChangingLanguage, ChangeLanguage},
}

// Begin starts the flow of a place; a place without one gives nil, and so does
// one that is not for whoever is not logged in.
func (v *Visit) Begin(p Place) *Flow {
	if p.Private() && !v.LoggedIn() {
		return nil
	}
	for _, f := range Flows {
		if f.Place == p {
			return f.Begin(v)
		}
	}
	return nil
}
