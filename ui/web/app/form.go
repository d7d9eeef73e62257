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

// A formRemark is what to say of an answer that led nowhere.
type formRemark struct{ problem, note text.Text }

// stepFields are the fields of a step on a phone.
type stepFields struct {
	number flow.Field // none in a pairing
	phone  flow.Field // what the phone itself is to make
}

func fieldsOf(s flow.Step) (a stepFields) {
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

// stepForm is the form of the step where a caller is.
func (c caller) stepForm(action string, said formRemark) (*page.Form, error) {
	a := fieldsOf(c.flow.Step())
	options, err := a.phone.Request()
	if err != nil {
		return nil, err
	}
	nonce, err := c.nonce()
	if err != nil {
		return nil, err
	}
	f := &page.Form{
		Action: action, Creates: a.phone.Kind == flow.NewPasskey, Request: options, Token: c.formToken(nonce),
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
	request := fieldsOf(c.flow.Step()).phone.Request
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

// formToken shows that whoever posts the form has read it, as no other page can: it comes
// from the nonce, so that it is of this code alone, and the same for every process
// at one store.
func (c caller) formToken(nonce string) string {
	sum := sha256.Sum256([]byte("loket form " + c.code + " " + nonce))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// isFormToken reports whether a token is that of the caller's form.
func (c caller) isFormToken(token, nonce string) bool {
	return nonce != "" && subtle.ConstantTimeCompare([]byte(c.formToken(nonce)), []byte(token)) == 1
}
