package flows

import (
	"slices"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/flows/text"
)

// A Place is where a visitor can go at the desk: a menu, a flow, or a screen that only shows
// something. Each has a row in Places.
type Place struct {
	ID        place.ID
	Name, For text.Text // what a menu calls it, and what it is for
	In        place.ID  // the place whose menu offers it; "" if only a step leads there
	Menu      text.Text // the question of its menu; empty if it is no menu

	Guests     bool // only visitors who are not logged in are offered it
	Private    bool // only customers who are logged in can go there
	ForPhones  bool // it is about phones: a desk that phones cannot use leaves it out of its menus
	TakesPhone bool // the visitor needs a phone there
	OnPhone    bool // it runs on the page that a phone has open
	Overlay    bool // it only shows something: the flow that the visitor was in goes on after it

	Begin func(*flow.Visit) *flow.Flow // begins the flow; nil if the place is no flow
}

// helpName is what the place is called where language, view and pace are chosen.
var helpName = text.New("Taal, weergave en hulp", "Language, view and help")

// Places are all places, in the order of menus and documentation.
var Places = []Place{
	{
		ID: place.Home, Name: text.New("Naar het begin", "Back to the start"),
		Menu: text.New("Waarmee kunnen we je helpen?", "How can we help you?"),
	},
	{
		ID: place.Activate, Name: text.New("Account activeren", "Activate account"), For: text.New("Met je activatienummer", "With your activation number"),
		In: place.Home, Guests: true, Begin: Activate,
	},
	{
		ID: place.LogIn, Name: text.New("Inloggen", "Log in"), For: text.New("Bekijk je producten en gegevens", "See your products and details"),
		In: place.Home, Guests: true, Begin: LogIn,
	},
	{
		ID: place.LogInWithApp, Name: text.New("Inloggen met de NN App", "Log in with the NN App"), For: text.New("Met je telefoon, zonder wachtwoord", "With your phone, without a password"),
		In: place.Home, Guests: true, TakesPhone: true, Begin: phone.LogInWithApp,
	},
	{
		ID: place.ApproveOnPhone, Name: text.New("Goedkeuren op je telefoon", "Approve on your phone"),
		OnPhone: true, Begin: phone.ApproveOnPhone,
	},
	{
		ID: place.Forgotten, Name: text.New("Inloggegevens vergeten", "Forgotten your login details"), For: text.New("Gebruikersnaam of wachtwoord", "Username or password"),
		In: place.Home, Guests: true, Menu: text.New("Wat ben je vergeten?", "What have you forgotten?"),
	},
	{
		ID: place.ForgottenPassword, Name: text.New("Wachtwoord vergeten", "Forgotten password"), For: text.New("Vraag een tijdelijk wachtwoord aan", "Ask for a temporary password"),
		In: place.Forgotten, Begin: ForgottenPassword,
	},
	{
		ID: place.ForgottenUsername, Name: text.New("Gebruikersnaam vergeten", "Forgotten username"), For: text.New("Krijg je gebruikersnaam per e-mail", "Get your username by e-mail"),
		In: place.Forgotten, Begin: ForgottenUsername,
	},
	{
		ID: place.Request, Name: text.New("Activatienummer aanvragen", "Request activation number"), For: text.New("Verlopen, kwijt, of nog geen account", "Expired, lost, or no account yet"),
		In: place.Home, Guests: true, Menu: text.New("Wat wil je aanvragen?", "What would you like to request?"),
	},
	{
		ID: place.RequestNumber, Name: text.New("Nieuw activatienummer", "New activation number"), For: text.New("Je nummer is verlopen of kwijt", "Your number has expired or is lost"),
		In: place.Request, Begin: RequestNumber,
	},
	{
		ID: place.RequestAccount, Name: text.New("Account aanvragen", "Request an account"), For: text.New("Je bent nooit uitgenodigd", "You were never invited"),
		In: place.Request, Begin: RequestAccount,
	},
	{
		ID: place.CallBack, Name: text.New("Laat je terugbellen", "Let us call you back"), For: text.New("Wij bellen jou op een werkdag", "We call you on a working day"),
		In: place.Contact, Begin: contact.CallBack,
	},

	{
		ID: place.Products, Name: text.New("Mijn producten", "My products"), For: text.New("Rekeningen, leningen en polissen", "Accounts, loans and policies"),
		In: place.Home, Private: true,
	},
	{
		ID: place.AddProduct, Name: text.New("Product toevoegen", "Add a product"), For: text.New("Met een activatienummer", "With an activation number"),
		In: place.Home, Private: true, Begin: AddProduct,
	},
	{
		ID: place.Personal, Name: text.New("Gegevens en Instellingen", "Details and Settings"), For: text.New("Je inloggegevens, adressen en taal", "How you log in, addresses, language"),
		In: place.Home, Private: true, Menu: text.New("Gegevens en Instellingen", "Details and Settings"),
	},
	{
		ID: place.Security, Name: text.New("Toegang en beveiliging", "Access and security"), For: text.New("Gebruikersnaam, wachtwoord, activiteit", "Username, password, activity"),
		In: place.Personal, Private: true, Menu: text.New("Toegang en beveiliging", "Access and security"),
	},
	{
		ID: place.ChangeUsername, Name: text.New("Gebruikersnaam veranderen", "Change username"), For: text.New("Kies een andere naam om in te loggen", "Choose another name to log in with"),
		In: place.Security, Private: true, Begin: ChangeUsername,
	},
	{
		ID: place.ChangePassword, Name: text.New("Wachtwoord veranderen", "Change password"), For: text.New("Je hebt je huidige wachtwoord nodig", "You need your current password"),
		In: place.Security, Private: true, Begin: ChangePassword,
	},
	{
		ID: place.PairPhone, Name: text.New("Telefoon koppelen", "Pair a phone"), For: text.New("Om in te loggen met de NN App", "To log in with the NN App"),
		In: place.Security, Private: true, TakesPhone: true, Begin: phone.PairPhone,
	},
	{
		ID: place.RegisterOnPhone, Name: text.New("Koppelen op je telefoon", "Pair on your phone"),
		OnPhone: true, Begin: phone.RegisterOnPhone,
	},
	{
		ID: place.PairedPhones, Name: text.New("Gekoppelde telefoons", "Paired phones"), For: text.New("Bekijk of verwijder ze", "See or remove them"),
		In: place.Security, Private: true, ForPhones: true, Begin: phone.PairedPhones,
	},
	{
		ID: place.Activity, Name: text.New("Recente activiteit", "Recent activity"), For: text.New("Wat er met je account gebeurde", "What happened with your account"),
		In: place.Security, Private: true,
	},
	{
		ID: place.Details, Name: text.New("Mijn gegevens", "My details"), For: text.New("E-mail, telefoon, taal en adres", "E-mail, telephone, language, address"),
		In: place.Personal, Private: true,
	},
	{
		ID: place.ChangeEmail, Name: text.New("E-mailadres veranderen", "Change e-mail address"), For: text.New("We sturen een code naar het nieuwe", "We send a code to the new one"),
		In: place.Details, Private: true, Begin: ChangeEmail,
	},
	{
		ID: place.ConfirmEmail, Name: text.New("E-mailadres bevestigen", "Confirm e-mail address"), For: text.New("Met de code uit onze e-mail", "With the code from our e-mail"),
		In: place.Details, Private: true, Begin: ConfirmEmail,
	},
	{
		ID: place.ChangeTelephone, Name: text.New("Telefoonnummer veranderen", "Change telephone number"), For: text.New("Waarop we je kunnen bellen", "On which we can call you"),
		In: place.Details, Private: true, Begin: ChangeTelephone,
	},
	{
		ID: place.ChangeLanguage, Name: text.New("Taal van berichten", "Language of messages"), For: text.New("Nederlands of Engels", "Dutch or English"),
		In: place.Details, Private: true, Begin: ChangeLanguage,
	},

	{
		ID: place.Questions, Name: text.New("Veelgestelde vragen", "Frequently asked questions"), For: text.New("Antwoorden op wat vaak gevraagd wordt", "Answers to what is often asked"),
		In: place.Home, Overlay: true,
	},
	{
		ID: place.Contact, Name: text.New("Service en contact", "Service and contact"), For: text.New("Bellen, en wanneer dat kan", "Calling, and when you can"),
		In: place.Home, Overlay: true,
	},
	{
		ID: place.Help, Name: helpName, For: text.New("English, groter, of meer tijd", "Nederlands, larger, or more time"),
		Overlay: true,
	},
	{
		ID: place.Kept, Name: text.New("Wat dit loket bewaart", "What this desk keeps"), For: text.New("Van je bezoek, en hoe lang", "Of your visit, and for how long"),
		In: place.Help, Overlay: true,
	},
	{
		ID: place.LogOut, Name: text.New("Uitloggen", "Log out"),
		In: place.Home, Private: true,
	},
}

// At returns the place with an id, or the zero Place if no place has it.
func At(id place.ID) Place {
	if i := slices.IndexFunc(Places, func(p Place) bool { return p.ID == id }); i >= 0 {
		return Places[i]
	}
	return Place{}
}

// SubjectAt returns the subject of a question that a visitor at a place has.
func SubjectAt(id place.ID) flow.Subject {
	if id == place.CallBack || id == "" {
		return flow.Subject{}
	}
	return flow.Subject{Name: At(id).Name}
}

// NameFor returns the name of a place for a visitor. Home is the main menu to a customer who
// is logged in, because at the start nobody is logged in (R30).
func NameFor(v *flow.Visit, id place.ID) text.Text {
	if id == place.Home && v.LoggedIn() {
		return text.New("Hoofdmenu", "Main menu")
	}
	return At(id).Name
}

// Flows returns the places that are flows.
func Flows() (flows []Place) {
	for _, p := range Places {
		if p.Begin != nil {
			flows = append(flows, p)
		}
	}
	return flows
}

// Begin begins the flow of a place. It returns nil at a place without one, and at a
// private one if the visitor is not logged in.
func Begin(v *flow.Visit, id place.ID) *flow.Flow {
	p := At(id)
	if p.Begin == nil || p.Private && !v.LoggedIn() {
		return nil
	}
	return p.Begin(v)
}

// PurposeOf returns what a place is for. At Contact it says whether the service desk is open
// now.
func PurposeOf(d *desk.Desk, id place.ID) text.Text {
	p := At(id)
	switch {
	case id == place.Contact:
		return contact.SupportLine(d).OpenStatus(d.Clock.Now())
	case id == place.Security && d.App != nil:
		return text.New("Wachtwoord, telefoons, activiteit", "Password, phones, activity")
	case p.TakesPhone && !d.App.IsReachable():
		return text.New("Kan niet in deze demo", "Not possible in this demo")
	}
	return p.For
}

// A Menu is what a visitor chooses from at a place.
type Menu struct {
	Question text.Text
	Leads    []place.ID
}

// MenuAt returns the menu of a place for a visitor, of which help is always the last. It is
// empty at a place that is no menu.
func MenuAt(v *flow.Visit, id place.ID) Menu {
	m := Menu{Question: At(id).Menu}
	if m.Question == (text.Text{}) {
		return m
	}
	if id == place.Home && v.LoggedIn() {
		m.Question = text.New("Wat wil je doen?", "What would you like to do?")
	}
	for _, p := range Places {
		if p.In == id && p.isOffered(v) {
			m.Leads = append(m.Leads, p.ID)
		}
	}
	m.Leads = append(m.Leads, place.Help)
	return m
}

// isOffered reports whether a menu offers the place to a visitor.
func (p Place) isOffered(v *flow.Visit) bool {
	if (p.ForPhones || p.TakesPhone) && v.App == nil {
		return false
	}
	return !(p.Guests && v.LoggedIn()) && !(p.Private && !v.LoggedIn())
}

// ParentMenu returns the menu from which a place is chosen, and Home where no menu
// below Home leads to it.
func ParentMenu(id place.ID) place.ID {
	for p := At(id); p.In != ""; p = At(p.In) {
		if At(p.In).Menu != (text.Text{}) {
			return p.In
		}
	}
	return place.Home
}
