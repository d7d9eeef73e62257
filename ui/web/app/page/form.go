package page

import "loket/flows/text"

// A Form is the form in which a phone answers.
type Form struct {
	Action         string // the path that it is posted to
	CreatesPasskey bool   // the phone makes a passkey instead of using one
	Request        string // the options of navigator.credentials, as JSON
	Token          string
	Legend         text.Text // of the numbers
	NumberChoices  []string  // empty if there is nothing to choose
	NoValue        string    // the value of the button that declines
	Decline        text.Text // the text of that button
	Problem        text.Text
	Note           text.Text
}

// form is a Form for the template, in one language.
type form struct {
	Action      string
	Ceremony    string // what navigator.credentials does: get or create
	Request     string
	Token       string
	Legend      string
	Numbers     []string
	NoValue     string
	Decline     string
	PairText    string // the text of the button that makes a passkey
	NoScript    string
	Problem     string
	Note        string
	ScriptTexts map[string]string // the texts of the script, by name
}

// translate returns a form for the template, or nil for a nil Form.
func (f *Form) translate(t PageLanguage) *form {
	if f == nil {
		return nil
	}
	ceremony := "get"
	if f.CreatesPasskey {
		ceremony = "create"
	}
	l := t.Language
	return &form{
		Action: f.Action + t.Query(), Ceremony: ceremony, Request: f.Request, Token: f.Token,
		Legend: f.Legend.In(l), Numbers: f.NumberChoices, NoValue: f.NoValue, Decline: f.Decline.In(l), PairText: pairText.In(l), NoScript: NoScriptText.In(l),
		Problem: f.Problem.In(l), Note: f.Note.In(l), ScriptTexts: scriptTexts(f.CreatesPasskey, l),
	}
}

// scriptTexts returns the texts of the script in a language, by name.
func scriptTexts(creates bool, l text.Language) map[string]string {
	says := map[string]text.Text{
		"working": workingText, "insecure": insecureText, "unsupported": unsupportedText, "cancelled": loginCancelledText,
		"present": alreadyPairedText, "elsewhere": wrongAddressText, "failed": failedText,
	}
	if creates {
		says["cancelled"] = pairingCancelledText
	}
	in := map[string]string{}
	for name, t := range says {
		in[name] = t.In(l)
	}
	return in
}
