package flows

// A PlaceID is somewhere at the desk that a visitor can go to: a menu, a flow, or
// a screen that only shows something.
type PlaceID string

const (
	PlaceHome PlaceID = "home"

	PlaceActivate          PlaceID = "activate"
	PlaceLogIn             PlaceID = "log in"
	PlaceLogInWithApp      PlaceID = "log in with app"
	PlaceForgotten         PlaceID = "forgotten"
	PlaceForgottenPassword PlaceID = "forgotten password"
	PlaceForgottenUsername PlaceID = "forgotten username"
	PlaceRequest           PlaceID = "request"
	PlaceRequestNumber     PlaceID = "request number"
	PlaceRequestAccount    PlaceID = "request account"
	PlaceQuestions         PlaceID = "questions"
	PlaceContact           PlaceID = "contact"
	PlaceCallBack          PlaceID = "call back"

	PlaceProducts        PlaceID = "products"
	PlaceAddProduct      PlaceID = "add product"
	PlacePersonal        PlaceID = "personal"
	PlaceSecurity        PlaceID = "security"
	PlaceChangeUsername  PlaceID = "change username"
	PlaceChangePassword  PlaceID = "change password"
	PlacePairPhone       PlaceID = "pair phone"
	PlacePairedPhones    PlaceID = "paired phones"
	PlaceActivity        PlaceID = "activity"
	PlaceDetails         PlaceID = "details"
	PlaceChangeEmail     PlaceID = "change e-mail"
	PlaceConfirmEmail    PlaceID = "confirm e-mail"
	PlaceChangeTelephone PlaceID = "change telephone"
	PlaceChangeLanguage  PlaceID = "change language"
	PlaceLogOut          PlaceID = "log out"

	// On a phone:
	PlaceApproveOnPhone  PlaceID = "approve on phone"
	PlaceRegisterOnPhone PlaceID = "register on phone"
)
