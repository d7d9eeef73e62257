// Package place has the IDs of the places at the desk that a visitor can go to, so that every flow can refer to them. Package
// flows has a table of places, with their titles, the visitors who may go there, and the flow that begins there.
//
// The package imports nothing. Start at ID. To add a place, add it here and in flows/place.go.
package place

// An ID is the name of a place at the desk: a menu, a flow, or a screen that only shows
// something.
type ID string

const (
	Home ID = "home"

	Activate          ID = "activate"
	LogIn             ID = "log in"
	LogInWithApp      ID = "log in with app"
	ForgottenMenu     ID = "forgotten"
	ForgottenPassword ID = "forgotten password"
	ForgottenUsername ID = "forgotten username"
	RequestMenu       ID = "request"
	RequestNumber     ID = "request number"
	RequestAccount    ID = "request account"
	Questions         ID = "questions"
	Contact           ID = "contact"
	CallBack          ID = "call back"
	Help              ID = "help"
	Kept              ID = "kept"

	Products        ID = "products"
	AddProduct      ID = "add product"
	PersonalMenu    ID = "personal"
	Security        ID = "security"
	ChangeUsername  ID = "change username"
	ChangePassword  ID = "change password"
	PairPhone       ID = "pair phone"
	PairedPhones    ID = "paired phones"
	Activity        ID = "activity"
	Details         ID = "details"
	ChangeEmail     ID = "change e-mail"
	ConfirmEmail    ID = "confirm e-mail"
	ChangeTelephone ID = "change telephone"
	ChangeLanguage  ID = "change language"
	LogOut          ID = "log out"

	// Places for visitors on a phone:
	ApproveOnPhone  ID = "approve on phone"
	RegisterOnPhone ID = "register on phone"
)
