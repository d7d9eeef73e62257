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

// A formRemark has the texts that a form shows about the visitor's last answer.
type formRemark struct{ problem, note text.Text }

// stepFields are the fields of a step that a phone answers.
type stepFields struct {
	number  flow.Field // number is the field for the number to choose. It is the zero Field when the phone is being paired.
	passkey flow.Field // passkey is the field for a signature or a new passkey.
}

func stepPhoneFields(s flow.Step) (a stepFields) {
	for _, f := range s.Fields {
		switch f.Kind {
		case flow.KindChoice:
			a.number = f
		case flow.KindSignature, flow.KindNewPasskey:
			a.passkey = f
		}
	}
	return a
}

// stepForm returns the form for the caller's step.
func (c caller) stepForm(action string, remark formRemark) (*page.Form, error) {
	a := stepPhoneFields(c.flow.Step())
	options, err := a.passkey.PasskeyOptions()
	if err != nil {
		return nil, err
	}
	nonce, err := c.nonce()
	if err != nil {
		return nil, err
	}
	f := &page.Form{
		Action: action, CreatesPasskey: a.passkey.Kind == flow.KindNewPasskey, Request: options, Token: c.formToken(nonce),
		Legend: a.number.Label, NoValue: phone.ChoiceDecline, Problem: remark.problem, Note: remark.note,
	}
	for _, o := range a.number.Options {
		if o.Value == phone.ChoiceDecline {
			f.Decline = o.Name
			continue
		}
		f.NumberChoices = append(f.NumberChoices, o.Value)
	}
	return f, nil
}

// nonce returns the challenge that the phone must sign. It is empty if the step does not ask for a signature.
func (c caller) nonce() (string, error) {
	request := stepPhoneFields(c.flow.Step()).passkey.PasskeyOptions
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

// formToken returns the token of the caller's form. The token proves that the client has read the form, which a page of
// another site cannot. It is derived from the nonce, so it is valid for this code only, and in every process that uses the
// same store.
func (c caller) formToken(nonce string) string {
	sum := sha256.Sum256([]byte("loket form " + c.code + " " + nonce))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// isFormToken reports whether token is the token of the caller's form. It compares them in constant time.
func (c caller) isFormToken(token, nonce string) bool {
	return nonce != "" && subtle.ConstantTimeCompare([]byte(c.formToken(nonce)), []byte(token)) == 1
}
