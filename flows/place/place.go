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

	Products          ID = "products"
	AddProduct        ID = "add product"
	PersonalMenu      ID = "personal"
	Security          ID = "security"
	ChangeUsername    ID = "change username"
	ChangePassword    ID = "change password"
	PairPhone         ID = "pair phone"
	PairedPhones      ID = "paired phones"
	Activity          ID = "activity"
	Details           ID = "details"
	ChangeEmail       ID = "change e-mail"
	ConfirmEmail      ID = "confirm e-mail"
	ChangeTelephone   ID = "change telephone"
	ChangeLanguage    ID = "change language"
	ChangeLetterPrint ID = "change letter print"
	LogOut            ID = "log out"

	// At the service desk:
	FindCustomer    ID = "find customer"
	Card            ID = "card"
	SendMenu        ID = "send"
	SendUsername    ID = "send username"
	SendPassword    ID = "send password"
	SendNumber      ID = "send number"
	CorrectMenu     ID = "correct"
	SetEmail        ID = "set e-mail"
	SetTelephone    ID = "set telephone"
	SetLanguage     ID = "set language"
	SetLetterPrint  ID = "set letter print"
	PostalAddress   ID = "postal address"
	AccessMenu      ID = "access"
	ClearThrottles  ID = "clear throttles"
	EndVisits       ID = "end visits"
	RemovePhone     ID = "remove phone"
	BlockCustomer   ID = "block customer"
	UnblockCustomer ID = "unblock customer"
	AddNote         ID = "add note"
	ResumeTerminal  ID = "resume terminal"

	// Places for visitors on a phone:
	ApproveOnPhone  ID = "approve on phone"
	RegisterOnPhone ID = "register on phone"
)
