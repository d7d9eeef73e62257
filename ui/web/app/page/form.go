package page

import "loket/flows/text"

// A Form is what a phone answers in.
type Form struct {
	Action  string // the path where it goes
	Creates bool   // whether a passkey is made, and not used
	Request string // what navigator.credentials is given, as JSON
	Token   string
	Legend  text.Text // of the numbers
	Numbers []string  // empty if there is nothing to choose
	No      string    // the choice of a visitor who did not ask for anything
	Decline text.Text // what it says to choose that
	Problem text.Text
	Note    text.Text
}

// form is a Form as the template has it.
type form struct {
	Action   string
	Ceremony string // what navigator.credentials does: get or create
	Request  string
	Token    string
	Legend   string
	Numbers  []string
	No       string
	Decline  string
	Pair     string // what it says to have a passkey made
	NoScript string
	Problem  string
	Note     string
	Says     map[string]string // what the script may have to say, by name
}

// in returns a form in a language, or nil if there is none.
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

// scriptTexts is what the script may have to say.
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
