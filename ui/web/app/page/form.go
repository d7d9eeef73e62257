package page

import "loket/flows/text"

// A Form is the form with which a phone answers a code.
type Form struct {
	Action         string // Action is the path to which the form is posted.
	CreatesPasskey bool   // CreatesPasskey reports whether the phone makes a passkey instead of using one.
	Request        string // Request holds the options for navigator.credentials, as JSON.
	Token          string
	Legend         text.Text // Legend is the text above the numbers.
	NumberChoices  []string  // NumberChoices are the numbers from which the visitor chooses; it is empty if there is no choice.
	NoValue        string    // NoValue is the value of the button that declines.
	Decline        text.Text // Decline is the text of the button that declines.
	Problem        text.Text
	Note           text.Text
}

// A translatedForm is a Form in one language, for the template.
type translatedForm struct {
	Action      string
	Ceremony    string // Ceremony is the method of navigator.credentials to call: get or create.
	Request     string
	Token       string
	Legend      string
	Numbers     []string
	NoValue     string
	Decline     string
	PairText    string // PairText is the text of the button that makes a passkey.
	NoScript    string
	Problem     string
	Note        string
	ScriptTexts map[string]string // ScriptTexts has the texts of page.js, by name.
}

// translate returns the form in a language, or nil if f is nil.
func (f *Form) translate(t PageLanguage) *translatedForm {
	if f == nil {
		return nil
	}
	ceremony := "get"
	if f.CreatesPasskey {
		ceremony = "create"
	}
	l := t.Language
	return &translatedForm{
		Action: f.Action + t.Query(), Ceremony: ceremony, Request: f.Request, Token: f.Token,
		Legend: f.Legend.In(l), Numbers: f.NumberChoices, NoValue: f.NoValue, Decline: f.Decline.In(l), PairText: pairText.In(l), NoScript: NoScriptText.In(l),
		Problem: f.Problem.In(l), Note: f.Note.In(l), ScriptTexts: scriptTexts(f.CreatesPasskey, l),
	}
}

// scriptTexts returns the texts of page.js in a language, by name.
func scriptTexts(creates bool, l text.Language) map[string]string {
	says := map[string]text.Text{
		"working": followPhoneStepsText, "insecure": insecureText, "unsupported": noPasskeysText, "cancelled": loginCancelledText,
		"present": alreadyPairedText, "elsewhere": wrongAddressText, "failed": passkeyFailedText,
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
