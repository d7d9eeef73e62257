package page

import "loket/flows/text"

// A Form is the form in which a phone answers.
type Form struct {
	Action  string // the path that it is posted to
	Creates bool   // the phone makes a passkey instead of using one
	Request string // the options of navigator.credentials, as JSON
	Token   string
	Legend  text.Text // of the numbers
	Numbers []string  // empty if there is nothing to choose
	No      string    // the value of the button that declines
	Decline text.Text // the text of that button
	Problem text.Text
	Note    text.Text
}

// form is a Form for the template, in one language.
type form struct {
	Action   string
	Ceremony string // what navigator.credentials does: get or create
	Request  string
	Token    string
	Legend   string
	Numbers  []string
	No       string
	Decline  string
	Pair     string // the text of the button that makes a passkey
	NoScript string
	Problem  string
	Note     string
	Says     map[string]string // the texts of the script, by name
}

// in returns a form for the template, or nil for a nil Form.
func (f *Form) in(t PageLanguage) *form {
	if f == nil {
		return nil
	}
	ceremony := "get"
	if f.Creates {
		ceremony = "create"
	}
	l := t.Language
	return &form{
		Action: f.Action + t.Query(), Ceremony: ceremony, Request: f.Request, Token: f.Token,
		Legend: f.Legend.In(l), Numbers: f.Numbers, No: f.No, Decline: f.Decline.In(l), Pair: pair.In(l), NoScript: NoScript.In(l),
		Problem: f.Problem.In(l), Note: f.Note.In(l), Says: scriptTexts(f.Creates, l),
	}
}

// scriptTexts returns the texts of the script in a language, by name.
func scriptTexts(creates bool, l text.Language) map[string]string {
	says := map[string]text.Text{
		"working": working, "insecure": insecure, "unsupported": unsupported, "cancelled": cancelledIn,
		"present": present, "elsewhere": elsewhere, "failed": failed,
	}
	if creates {
		says["cancelled"] = cancelled
	}
	in := map[string]string{}
	for name, t := range says {
		in[name] = t.In(l)
	}
	return in
}
