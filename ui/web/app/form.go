package app

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"

	"loket/flows/flow"
	"loket/flows/phone"
	"loket/flows/text"
)

// A form is what a phone answers in.
type form struct {
	Action   string
	Ceremony string // what navigator.credentials does: get or create
	Request  string // what it is given, as JSON
	Token    string
	Legend   string   // of the numbers
	Numbers  []string // none if there is nothing to choose
	Decline  string   // what it says to choose No
	Pair     string   // what it says to have a passkey made
	NoScript string
	Problem  string
	Note     string
	Says     map[string]string // what the script may have to say, by name
}

// A remark is what to say of an answer that led nowhere.
type remark struct{ problem, note text.Text }

// No is the choice of who did not ask for anything.
func (*form) No() string { return phone.No }

// asks are the fields of a step on a phone.
type asks struct {
	number flow.Field // none in a pairing
	phone  flow.Field // what the phone itself is to make
}

func asksOf(s flow.Step) (a asks) {
	for _, f := range s.Fields {
		switch f.Kind {
		case flow.Choice:
			a.number = f
		case flow.Signature, flow.NewPasskey:
			a.phone = f
		}
	}
	return a
}

// form is the form of the step where a caller is.
func (p *pages) form(r *http.Request, c caller, said remark) (*form, error) {
	a, t := asksOf(c.flow.Step()), tongueOf(r)
	options, err := a.phone.Request()
	if err != nil {
		return nil, err
	}
	f := &form{
		Action: p.path("/"+c.code) + t.query(), Ceremony: "get", Request: options,
		Legend: a.number.Label.In(t.Language), Problem: said.problem.In(t.Language), Note: said.note.In(t.Language),
		Pair: pair.In(t.Language), NoScript: noScript.In(t.Language), Says: scriptSays(a.phone.Kind, t.Language),
	}
	nonce, err := c.nonce()
	if err != nil {
		return nil, err
	}
	f.Token = c.token(nonce)
	if a.phone.Kind == flow.NewPasskey {
		f.Ceremony = "create"
	}
	for _, o := range a.number.Options {
		if o.Value == phone.No {
			f.Decline = o.Name.In(t.Language)
			continue
		}
		f.Numbers = append(f.Numbers, o.Value)
	}
	return f, nil
}

// scriptSays is what the script may have to say.
func scriptSays(k flow.Kind, l text.Language) map[string]string {
	says := map[string]text.Text{
		"working": working, "insecure": insecure, "unsupported": unsupported, "cancelled": cancelledIn,
		"present": present, "elsewhere": elsewhere, "failed": failed,
	}
	if k == flow.NewPasskey {
		says["cancelled"] = cancelled
	}
	in := map[string]string{}
	for name, t := range says {
		in[name] = t.In(l)
	}
	return in
}

// nonce is what the phone is to sign; none if nobody waits for that any more.
func (c caller) nonce() (string, error) {
	request := asksOf(c.flow.Step()).phone.Request
	if request == nil {
		return "", nil
	}
	options, err := request()
	if err != nil {
		return "", err
	}
	var asked struct{ Challenge string }
	if err := json.Unmarshal([]byte(options), &asked); err != nil {
		return "", fmt.Errorf("read what a phone is asked: %w", err)
	}
	return asked.Challenge, nil
}

// token shows that whoever posts the form has read it, as no other page can: it comes
// from the nonce, so that it is of this code alone, and the same for every process
// at one store.
func (c caller) token(nonce string) string {
	sum := sha256.Sum256([]byte("loket form " + c.code + " " + nonce))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// holds tells whether a token is that of the caller's form.
func (c caller) holds(token, nonce string) bool {
	return nonce != "" && subtle.ConstantTimeCompare([]byte(c.token(nonce)), []byte(token)) == 1
}
