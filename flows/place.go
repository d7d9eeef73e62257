package flows

import "slices"

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
var Places = map[Place]struct{ Name, For Text }{
	Home: {Text{"Naar het begin", "Back to the start"}, Text{}},

	Activating:        {Text{"Account activeren", "Activate account"}, Text{"Met je activatienummer", "With your activation number"}},
	LoggingIn:         {Text{"Inloggen", "Log in"}, Text{"Bekijk je producten en gegevens", "See your products and details"}},
	LoggingInApp:      {Text{"Inloggen met de NN App", "Log in with the NN App"}, Text{"Met je telefoon, zonder wachtwoord", "With your phone, without a password"}},
	Forgotten:         {Text{"Inloggegevens vergeten", "Forgotten your login details"}, Text{"Gebruikersnaam of wachtwoord", "Username or password"}},
	ForgottenPassword: {Text{"Wachtwoord vergeten", "Forgotten password"}, Text{"Vraag een tijdelijk wachtwoord aan", "Ask for a temporary password"}},
	ForgottenUsername: {Text{"Gebruikersnaam vergeten", "Forgotten username"}, Text{"Krijg je gebruikersnaam per e-mail", "Get your username by e-mail"}},
	Requesting:        {Text{"Activatienummer aanvragen", "Request activation number"}, Text{"Verlopen, kwijt, of nog geen account", "Expired, lost, or no account yet"}},
	RequestingNumber:  {Text{"Nieuw activatienummer", "New activation number"}, Text{"Je nummer is verlopen of kwijt", "Your number has expired or is lost"}},
	RequestingAccount: {Text{"Account aanvragen", "Request an account"}, Text{"Je bent nooit uitgenodigd", "You were never invited"}},
	Questions:         {Text{"Veelgestelde vragen", "Frequently asked questions"}, Text{"Antwoorden op wat vaak gevraagd wordt", "Answers to what is often asked"}},
	Contact:           {Text{"Service en contact", "Service and contact"}, Text{"Bellen, en wanneer dat kan", "Calling, and when you can"}},
	CallingBack:       {Text{"Laat je terugbellen", "Let us call you back"}, Text{"Wij bellen jou op een werkdag", "We call you on a working day"}},

	Products:         {Text{"Mijn producten", "My products"}, Text{"Rekeningen, leningen en polissen", "Accounts, loans and policies"}},
	AddingProduct:    {Text{"Product toevoegen", "Add a product"}, Text{"Met een activatienummer", "With an activation number"}},
	Personal:         {Text{"Gegevens en Instellingen", "Details and Settings"}, Text{"Je inloggegevens, adressen en taal", "How you log in, addresses, language"}},
	Security:         {Text{"Toegang en beveiliging", "Access and security"}, Text{"Gebruikersnaam, wachtwoord, activiteit", "Username, password, activity"}},
	ChangingUsername: {Text{"Gebruikersnaam veranderen", "Change username"}, Text{"Kies een andere naam om in te loggen", "Choose another name to log in with"}},
	ChangingPassword: {Text{"Wachtwoord veranderen", "Change password"}, Text{"Met je huidige wachtwoord erbij", "You need your current password"}},
	PairingPhone:     {Text{"Telefoon koppelen", "Pair a phone"}, Text{"Om in te loggen met de NN App", "To log in with the NN App"}},
	PairedPhones:     {Text{"Gekoppelde telefoons", "Paired phones"}, Text{"Bekijk of verwijder ze", "See or remove them"}},
	Activity:         {Text{"Recente activiteit", "Recent activity"}, Text{"Wat er met je account gebeurde", "What happened with your account"}},
	Details:          {Text{"Mijn gegevens", "My details"}, Text{"E-mail, telefoon, taal en adres", "E-mail, telephone, language, address"}},
	ChangingEmail:    {Text{"E-mailadres veranderen", "Change e-mail address"}, Text{"We sturen een code naar het nieuwe", "We send a code to the new one"}},
	ConfirmingEmail:  {Text{"E-mailadres bevestigen", "Confirm e-mail address"}, Text{"Met de code uit onze e-mail", "With the code from our e-mail"}},
	ChangingPhone:    {Text{"Telefoonnummer veranderen", "Change telephone number"}, Text{"Waarop we je kunnen bellen", "On which we can call you"}},
	ChangingLanguage: {Text{"Taal van berichten", "Language of messages"}, Text{"Nederlands of Engels", "Dutch or English"}},
	LoggingOut:       {Text{"Uitloggen", "Log out"}, Text{}},

	Approving:   {Text{"Goedkeuren op je telefoon", "Approve on your phone"}, Text{}},
	Registering: {Text{"Koppelen op je telefoon", "Pair on your phone"}, Text{}},
}

// For is what a place is for, as it is now: at Contact that is whether somebody
// can be reached.
func (d *Desk) For(p Place) Text {
	switch {
	case p == Contact:
		return d.Support().Status(d.Clock.Now())
	case p == Security && d.App != nil:
		return Text{"Wachtwoord, telefoons, activiteit", "Password, phones, activity"}
	case p.takesPhone() && !d.App.reachable():
		return Text{"Kan niet in deze demo", "Not possible in this demo"}
	}
	return Places[p].For
}

// takesPhone tells whether a visitor needs a phone there.
func (p Place) takesPhone() bool { return p == LoggingInApp || p == PairingPhone }

// A Menu is a place where the visitor chooses where to go from there.
type Menu struct {
	Asks  Text
	Leads []Place
}

// Menu gives the menu that a place is; one that is none leads nowhere.
func (v *Visit) Menu(p Place) Menu {
	switch p {
	case Home:
		if v.LoggedIn() {
			return Menu{Text{"Wat wil je doen?", "What would you like to do?"}, []Place{Products, AddingProduct, Personal, Questions, Contact, LoggingOut}}
		}
		return Menu{Text{"Waarmee kunnen we je helpen?", "How can we help you?"}, v.possible(Activating, LoggingIn, LoggingInApp, Forgotten, Requesting, Questions, Contact)}
	case Forgotten:
		return Menu{Text{"Wat ben je vergeten?", "What have you forgotten?"}, []Place{ForgottenPassword, ForgottenUsername}}
	case Requesting:
		return Menu{Text{"Wat wil je aanvragen?", "What would you like to request?"}, []Place{RequestingNumber, RequestingAccount}}
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
