package app

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"loket/flows/flow"
	"loket/flows/phone"
	"loket/flows/text"
	"loket/ui/web/app/page"
)

// A remark is what to say of an answer that led nowhere.
type remark struct{ problem, note text.Text }

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
func (c caller) form(action string, said remark) (*page.Form, error) {
	a := asksOf(c.flow.Step())
	options, err := a.phone.Request()
	if err != nil {
		return nil, err
	}
	nonce, err := c.nonce()
	if err != nil {
		return nil, err
	}
	f := &page.Form{
		Action: action, Creates: a.phone.Kind == flow.NewPasskey, Request: options, Token: c.token(nonce),
		Legend: a.number.Label, No: phone.No, Problem: said.problem, Note: said.note,
	}
	for _, o := range a.number.Options {
		if o.Value == phone.No {
			f.Decline = o.Name
			continue
		}
		f.Numbers = append(f.Numbers, o.Value)
	}
	return f, nil
}

// nonce returns what the phone is to sign; empty if nobody waits for that any more.
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

// holds reports whether a token is that of the caller's form.
func (c caller) holds(token, nonce string) bool {
	return nonce != "" && subtle.ConstantTimeCompare([]byte(c.token(nonce)), []byte(token)) == 1
}
