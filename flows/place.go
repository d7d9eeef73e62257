package flows

// A Place is somewhere at the desk that a visitor can go to: a flow, or a
// screen that only shows something.
type Place string

const (
	Home              Place = "home"
	Activating        Place = "activate"
	LoggingIn         Place = "log in"
	ForgottenPassword Place = "forgotten password"
	ForgottenUsername Place = "forgotten username"
	AddingProduct     Place = "add product"
	Products          Place = "products"
	Contact           Place = "contact"
	Questions         Place = "questions"
)

// Places names every place as a menu does: what it is, and what for.
var Places = map[Place]struct{ Name, For Text }{
	Home:              {Text{"Naar het begin", "Back to the start"}, Text{}},
	Activating:        {Text{"Account activeren", "Activate account"}, Text{"Met je activatienummer", "With your activation number"}},
	LoggingIn:         {Text{"Inloggen", "Log in"}, Text{"Bekijk je producten en gegevens", "See your products and details"}},
	ForgottenPassword: {Text{"Wachtwoord vergeten", "Forgotten password"}, Text{"Vraag een tijdelijk wachtwoord aan", "Ask for a temporary password"}},
	ForgottenUsername: {Text{"Gebruikersnaam vergeten", "Forgotten username"}, Text{"Krijg je gebruikersnaam per e-mail", "Get your username by e-mail"}},
	AddingProduct:     {Text{"Product toevoegen", "Add a product"}, Text{"Met een activatienummer", "With an activation number"}},
	Products:          {Text{"Mijn producten", "My products"}, Text{"Rekeningen, leningen en polissen", "Accounts, loans and policies"}},
	Contact:           {Text{"Service en contact", "Service and contact"}, Text{"Bellen, en wanneer dat kan", "Calling, and when you can"}},
	Questions:         {Text{"Veelgestelde vragen", "Frequently asked questions"}, Text{"Antwoorden op wat vaak gevraagd wordt", "Answers to what is often asked"}},
}

// Flows are the places where the visitor walks through a table of steps, in the
// order of the documentation.
var Flows = []struct {
	Place Place
	Begin func(*Visit) *Flow
}{
	{Activating, Activate},
	{LoggingIn, LogIn},
	{ForgottenPassword, ForgetPassword},
	{ForgottenUsername, ForgetUsername},
	{AddingProduct, AddProduct},
}

// Begin starts the flow of a place; a place without one gives nil.
func (v *Visit) Begin(p Place) *Flow {
	for _, f := range Flows {
		if f.Place == p {
			return f.Begin(v)
		}
	}
	return nil
}
