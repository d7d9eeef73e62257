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

// A Place is a destination for visitors at the desk: a menu, a flow, or a screen that only shows something. Each place has a
// row in Places.
type Place struct {
	ID            place.ID
	Name, Purpose text.Text // Name and Purpose are the place's name in menus and a description of its use.
	Parent        place.ID  // Parent is the place whose menu offers this place; "" if only a step of a flow leads here.
	MenuQuestion  text.Text // MenuQuestion is the question over the place's menu; empty if the place has no menu.

	GuestsOnly    bool // GuestsOnly means that only visitors who are not logged in are offered the place.
	CustomersOnly bool // CustomersOnly means that only logged-in customers can go to the place.
	AboutPhones   bool // AboutPhones means that a desk without support for phones leaves the place out of its menus.
	NeedsPhone    bool // NeedsPhone means that the visitor needs a phone to use the place.
	NeedsCard     bool // NeedsCard means that the service desk must have the card of a customer open.
	RunsOnPhone   bool // RunsOnPhone means that the place appears on the page that the visitor's phone has open.
	Overlay       bool // Overlay means that the place only shows something, and that an unfinished flow continues after it.

	Begin func(*flow.Visit) *flow.Flow // Begin begins the flow; it is nil if the place is not a flow.
}

// helpPlaceName is the name of the place where visitors choose language, view and pace.
var helpPlaceName = text.New("Taal, weergave en hulp", "Language, view and help")

// Places lists all places, in the order of the menus and the documentation.
var Places = []Place{
	{
		ID: place.Home, Name: text.New("Naar het begin", "Back to the start"),
		MenuQuestion: text.New("Waarmee kunnen we je helpen?", "How can we help you?"),
	},
	{
		ID: place.Activate, Name: text.New("Account activeren", "Activate account"), Purpose: text.New("Met je activatienummer", "With your activation number"),
		Parent: place.Home, GuestsOnly: true, Begin: Activate,
	},
	{
		ID: place.LogIn, Name: text.New("Inloggen", "Log in"), Purpose: text.New("Bekijk je producten en gegevens", "See your products and details"),
		Parent: place.Home, GuestsOnly: true, Begin: LogIn,
	},
	{
		ID: place.LogInWithApp, Name: text.New("Inloggen met de NN App", "Log in with the NN App"), Purpose: text.New("Met je telefoon, zonder wachtwoord", "With your phone, without a password"),
		Parent: place.Home, GuestsOnly: true, NeedsPhone: true, Begin: phone.LogInWithApp,
	},
	{
		ID: place.ApproveOnPhone, Name: text.New("Goedkeuren op je telefoon", "Approve on your phone"),
		RunsOnPhone: true, Begin: phone.ApproveOnPhone,
	},
	{
		ID: place.ForgottenMenu, Name: text.New("Inloggegevens vergeten", "Forgotten your login details"), Purpose: text.New("Gebruikersnaam of wachtwoord", "Username or password"),
		Parent: place.Home, GuestsOnly: true, MenuQuestion: text.New("Wat ben je vergeten?", "What have you forgotten?"),
	},
	{
		ID: place.ForgottenPassword, Name: text.New("Wachtwoord vergeten", "Forgotten password"), Purpose: text.New("Vraag een tijdelijk wachtwoord aan", "Ask for a temporary password"),
		Parent: place.ForgottenMenu, Begin: ForgottenPassword,
	},
	{
		ID: place.ForgottenUsername, Name: text.New("Gebruikersnaam vergeten", "Forgotten username"), Purpose: text.New("Krijg je gebruikersnaam per e-mail", "Get your username by e-mail"),
		Parent: place.ForgottenMenu, Begin: ForgottenUsername,
	},
	{
		ID: place.RequestMenu, Name: text.New("Activatienummer aanvragen", "Request activation number"), Purpose: text.New("Verlopen, kwijt, of nog geen account", "Expired, lost, or no account yet"),
		Parent: place.Home, GuestsOnly: true, MenuQuestion: text.New("Wat wil je aanvragen?", "What would you like to request?"),
	},
	{
		ID: place.RequestNumber, Name: text.New("Nieuw activatienummer", "New activation number"), Purpose: text.New("Je nummer is verlopen of kwijt", "Your number has expired or is lost"),
		Parent: place.RequestMenu, Begin: RequestNumber,
	},
	{
		ID: place.RequestAccount, Name: text.New("Account aanvragen", "Request an account"), Purpose: text.New("Je bent nooit uitgenodigd", "You were never invited"),
		Parent: place.RequestMenu, Begin: RequestAccount,
	},
	{
		ID: place.CallBack, Name: text.New("Laat je terugbellen", "Let us call you back"), Purpose: text.New("Op een werkdag, of per e-mail of brief", "On a working day, or by e-mail or letter"),
		Parent: place.Contact, Begin: contact.CallBack,
	},

	{
		ID: place.Products, Name: text.New("Mijn producten", "My products"), Purpose: text.New("Rekeningen, leningen en polissen", "Accounts, loans and policies"),
		Parent: place.Home, CustomersOnly: true,
	},
	{
		ID: place.AddProduct, Name: text.New("Product toevoegen", "Add a product"), Purpose: text.New("Met een activatienummer", "With an activation number"),
		Parent: place.Home, CustomersOnly: true, Begin: AddProduct,
	},
	{
		ID: place.PersonalMenu, Name: text.New("Gegevens en Instellingen", "Details and Settings"), Purpose: text.New("Je inloggegevens, adressen en taal", "How you log in, addresses, language"),
		Parent: place.Home, CustomersOnly: true, MenuQuestion: text.New("Gegevens en Instellingen", "Details and Settings"),
	},
	{
		ID: place.Security, Name: text.New("Toegang en beveiliging", "Access and security"), Purpose: text.New("Gebruikersnaam, wachtwoord, activiteit", "Username, password, activity"),
		Parent: place.PersonalMenu, CustomersOnly: true, MenuQuestion: text.New("Toegang en beveiliging", "Access and security"),
	},
	{
		ID: place.ChangeUsername, Name: text.New("Gebruikersnaam veranderen", "Change username"), Purpose: text.New("Kies een andere naam om in te loggen", "Choose another name to log in with"),
		Parent: place.Security, CustomersOnly: true, Begin: ChangeUsername,
	},
	{
		ID: place.ChangePassword, Name: text.New("Wachtwoord veranderen", "Change password"), Purpose: text.New("Je hebt je huidige wachtwoord nodig", "You need your current password"),
		Parent: place.Security, CustomersOnly: true, Begin: ChangePassword,
	},
	{
		ID: place.PairPhone, Name: text.New("Telefoon koppelen", "Pair a phone"), Purpose: text.New("Om in te loggen met de NN App", "To log in with the NN App"),
		Parent: place.Security, CustomersOnly: true, NeedsPhone: true, Begin: phone.PairPhone,
	},
	{
		ID: place.RegisterOnPhone, Name: text.New("Koppelen op je telefoon", "Pair on your phone"),
		RunsOnPhone: true, Begin: phone.RegisterOnPhone,
	},
	{
		ID: place.PairedPhones, Name: text.New("Gekoppelde telefoons", "Paired phones"), Purpose: text.New("Bekijk of verwijder ze", "See or remove them"),
		Parent: place.Security, CustomersOnly: true, AboutPhones: true, Begin: phone.PairedPhones,
	},
	{
		ID: place.Activity, Name: text.New("Recente activiteit", "Recent activity"), Purpose: text.New("Wat er met je account gebeurde", "What happened with your account"),
		Parent: place.Security, CustomersOnly: true,
	},
	{
		ID: place.Details, Name: text.New("Mijn gegevens", "My details"), Purpose: text.New("E-mail, telefoon, taal en adres", "E-mail, telephone, language, address"),
		Parent: place.PersonalMenu, CustomersOnly: true,
	},
	{
		ID: place.ChangeEmail, Name: text.New("E-mailadres veranderen", "Change e-mail address"), Purpose: text.New("We sturen een code naar het nieuwe", "We send a code to the new one"),
		Parent: place.Details, CustomersOnly: true, Begin: ChangeEmail,
	},
	{
		ID: place.ConfirmEmail, Name: text.New("E-mailadres bevestigen", "Confirm e-mail address"), Purpose: text.New("Met de code uit onze e-mail", "With the code from our e-mail"),
		Parent: place.Details, CustomersOnly: true, Begin: ConfirmEmail,
	},
	{
		ID: place.ChangeTelephone, Name: text.New("Telefoonnummer veranderen", "Change telephone number"), Purpose: text.New("Waarop we je kunnen bellen", "On which we can call you"),
		Parent: place.Details, CustomersOnly: true, Begin: ChangeTelephone,
	},
	{
		ID: place.ChangeLanguage, Name: text.New("Taal van berichten", "Language of messages"), Purpose: text.New("Nederlands of Engels", "Dutch or English"),
		Parent: place.Details, CustomersOnly: true, Begin: ChangeLanguage,
	},
	{
		ID: place.ChangeLetterPrint, Name: text.New("Brieven in grote letters", "Letters in large print"), Purpose: text.New("Gewone of grote letters", "Normal or large print"),
		Parent: place.Details, CustomersOnly: true, Begin: ChangeLetterPrint,
	},

	{
		ID: place.Questions, Name: text.New("Veelgestelde vragen", "Frequently asked questions"), Purpose: text.New("Antwoorden op wat vaak gevraagd wordt", "Answers to what is often asked"),
		Parent: place.Home, Overlay: true,
	},
	{
		ID: place.Contact, Name: text.New("Service en contact", "Service and contact"), Purpose: text.New("Bellen, en wanneer dat kan", "Calling, and when you can"),
		Parent: place.Home, Overlay: true,
	},
	{
		ID: place.Help, Name: helpPlaceName, Purpose: text.New("English, groter, of meer tijd", "Nederlands, larger, or more time"),
		Overlay: true,
	},
	{
		ID: place.Kept, Name: text.New("Wat dit loket bewaart", "What this desk keeps"), Purpose: text.New("Van je bezoek, en hoe lang", "Of your visit, and for how long"),
		Parent: place.Help, Overlay: true,
	},
	{
		ID: place.LogOut, Name: text.New("Uitloggen", "Log out"),
		Parent: place.Home, CustomersOnly: true,
	},
}

// PlaceAt returns the place with the given ID, or the zero Place if the ID is unknown.
func PlaceAt(id place.ID) Place {
	if p, found := findPlace(Places, id); found {
		return p
	}
	p, _ := findPlace(ServicePlaces, id)
	return p
}

func findPlace(all []Place, id place.ID) (p Place, found bool) {
	i := slices.IndexFunc(all, func(p Place) bool { return p.ID == id })
	if i < 0 {
		return Place{}, false
	}
	return all[i], true
}

// IsServicePlace reports whether a place is at the screen of the service desk.
func IsServicePlace(id place.ID) bool {
	_, found := findPlace(ServicePlaces, id)
	return found
}

// placesForVisitor returns the places of a visitor's menus.
func placesForVisitor(v *flow.Visit) []Place {
	if v.IsServiceDesk() {
		return ServicePlaces
	}
	return Places
}

// IsPlaceOpen reports whether a place is there for a visitor.
func IsPlaceOpen(v *flow.Visit, id place.ID) bool {
	p, found := findPlace(placesForVisitor(v), id)
	return found && !(p.CustomersOnly && !v.LoggedIn()) && !(p.NeedsCard && v.OpenCardCustomer() == "")
}

// QuestionSubjectAt returns the likely subject of a question that a visitor asks at a place.
func QuestionSubjectAt(id place.ID) flow.QuestionSubject {
	if id == place.CallBack || id == "" {
		return flow.QuestionSubject{}
	}
	return flow.QuestionSubject{Name: PlaceAt(id).Name}
}

// PlaceName returns the name of a place for a visitor. Logged-in customers see Home as "main menu" instead of "start", because
// nobody is logged in at the start (R30).
func PlaceName(v *flow.Visit, id place.ID) text.Text {
	if id == place.Home && v.HasCustomer() {
		return text.New("Hoofdmenu", "Main menu")
	}
	if p, found := findPlace(placesForVisitor(v), id); found {
		return p.Name
	}
	return PlaceAt(id).Name
}

// FlowPlaces returns the places that are flows of visitors.
func FlowPlaces() []Place { return placesWithFlow(Places) }

// ServiceFlowPlaces returns the places that are flows of the service desk.
func ServiceFlowPlaces() []Place { return placesWithFlow(ServicePlaces) }

func placesWithFlow(all []Place) (flows []Place) {
	for _, p := range all {
		if p.Begin != nil {
			flows = append(flows, p)
		}
	}
	return flows
}

// BeginFlow begins the flow of a place. It returns nil if the place has no flow, or if the place is for customers only and the
// visitor is not logged in.
func BeginFlow(v *flow.Visit, id place.ID) *flow.Flow {
	p, _ := findPlace(placesForVisitor(v), id)
	if p.Begin == nil || !IsPlaceOpen(v, id) {
		return nil
	}
	return p.Begin(v)
}

// PlacePurpose returns the description of a place. At Contact, the description includes whether the service desk is open now.
func PlacePurpose(d *desk.Desk, id place.ID) text.Text {
	p := PlaceAt(id)
	switch {
	case id == place.Contact:
		return contact.SupportLine(d).OpenStatus(d.Clock.Now())
	case id == place.Security && d.App != nil:
		return text.New("Wachtwoord, telefoons, activiteit", "Password, phones, activity")
	case p.NeedsPhone && !d.App.IsReachable():
		return text.New("Kan niet in deze demo", "Not possible in this demo")
	}
	return p.Purpose
}

// A Menu is a list of choices for the visitor at a place.
type Menu struct {
	Question text.Text
	Places   []place.ID
}

// MenuAt returns the menu of a place for a visitor. Help is always the last choice. The menu is empty if the place has none.
func MenuAt(v *flow.Visit, id place.ID) Menu {
	m := Menu{Question: PlaceAt(id).MenuQuestion}
	if m.Question == (text.Text{}) {
		return m
	}
	switch {
	case id != place.Home:
	case v.OpenCardCustomer() != "":
		m.Question = text.New("Wat heeft deze klant nodig?", "What does this customer need?")
	case v.LoggedIn(), v.IsServiceDesk():
		m.Question = text.New("Wat wil je doen?", "What would you like to do?")
	}
	for _, p := range placesForVisitor(v) {
		if p.Parent == id && p.isOffered(v) {
			m.Places = append(m.Places, p.ID)
		}
	}
	if !v.IsServiceDesk() {
		m.Places = append(m.Places, place.Help)
	}
	return m
}

// isOffered reports whether menus offer the place to a visitor.
func (p Place) isOffered(v *flow.Visit) bool {
	if (p.AboutPhones || p.NeedsPhone) && v.App == nil {
		return false
	}
	return !(p.GuestsOnly && v.HasCustomer()) && IsPlaceOpen(v, p.ID)
}

// ParentMenu returns the menu in which visitors choose a place, or Home if no submenu leads to the place.
func ParentMenu(id place.ID) place.ID {
	for p := PlaceAt(id); p.Parent != ""; p = PlaceAt(p.Parent) {
		if PlaceAt(p.Parent).MenuQuestion != (text.Text{}) {
			return p.Parent
		}
	}
	return place.Home
}
