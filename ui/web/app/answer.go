package app

import (
	"errors"
	"mime"
	"net/http"
	"os"
	"slices"

	"loket/flows/flow"
	"loket/flows/phone"
	"loket/flows/text"
	"loket/ui/web/app/page"
)

// maxBodyBytes is the largest size of a posted form, in bytes. The longest answer to a flow fits in it.
const maxBodyBytes = 64 << 10

// The names of form fields.
const (
	tokenField   = "token"
	numberField  = "number"
	passkeyField = "passkey"
)

// readFields reads the form of an answer. The status is http.StatusOK, or the reason why the form is refused.
func (p *pageHandler) readFields(w http.ResponseWriter, r *http.Request) (answers map[string]string, status int) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || kind != "application/x-www-form-urlencoded":
		return nil, http.StatusUnsupportedMediaType
	case r.ContentLength > maxBodyBytes:
		return nil, http.StatusRequestEntityTooLarge
	case p.crossOrigin.Check(r) != nil:
		return nil, http.StatusForbidden
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
	var tooLong *http.MaxBytesError
	switch err := r.ParseForm(); {
	case errors.As(err, &tooLong):
		return nil, http.StatusRequestEntityTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, http.StatusRequestTimeout
	case err != nil:
		return nil, http.StatusBadRequest
	}
	answers = map[string]string{}
	for name, values := range r.PostForm {
		if len(values) != 1 || !slices.Contains([]string{tokenField, numberField, passkeyField}, name) {
			return nil, http.StatusBadRequest
		}
		answers[name] = values[0]
	}
	return answers, http.StatusOK
}

// serveAnswer handles the answer that a phone posts, and shows its result.
func (p *pageHandler) serveAnswer(w http.ResponseWriter, r *http.Request, code string) {
	answers, status := p.readFields(w, r)
	if status != http.StatusOK {
		w.Header().Set("Connection", "close") // The connection must close, because the rest of the request is not read.
		p.showRefusal(w, r, status)
		return
	}
	c, status := p.findCaller(r, code)
	switch status {
	case http.StatusOK:
		p.takeAnswer(w, r, c, answers)
	case http.StatusNotFound:
		p.auditUnknownAnswer(r, c)
		p.showUnknownCode(w, r)
	default:
		p.showRefusal(w, r, status)
	}
}

// auditUnknownAnswer records in the audit log that a phone answered an unknown code. A rate limit bounds the number of such
// records.
func (p *pageHandler) auditUnknownAnswer(r *http.Request, c caller) {
	if c.flow == nil || !p.limits.unknownAnswers.AllowN(p.limits.now(), 1) {
		return
	}
	if err := c.flow.Submit(r.Context(), map[string]string{numberField: phone.ChoiceDecline}); err != nil {
		p.logFailure(r, err)
	}
}

// takeAnswer submits an answer to the flow if it comes from the caller's own form. It also submits an answer that was signed
// for another code, whichever form it comes from: the flow does not accept it, but must record it in the audit log.
func (p *pageHandler) takeAnswer(w http.ResponseWriter, r *http.Request, c caller, answers map[string]string) {
	nonce, err := c.nonce()
	if err != nil {
		p.showRefusal(w, r, p.logFailure(r, err))
		return
	}
	answer := parsePasskeyAnswer(answers[passkeyField])
	isForeign := answer.nonce != "" && answer.nonce != nonce
	c.passkeyID, c.usesOwnForm = answer.passkeyID, c.isFormToken(answers[tokenField], nonce)
	limiters := &p.limits.answersByCode
	if !c.usesOwnForm {
		limiters = &p.limits.foreignAnswersByCode
	}
	switch {
	case !c.usesOwnForm && !isForeign:
		p.showRefusal(w, r, http.StatusForbidden)
		return
	case !limiters.allow(c.code, p.limits.now()):
		p.showRefusal(w, r, http.StatusTooManyRequests)
		return
	}
	if numbers := stepPhoneFields(c.flow.Step()).number.Options; isForeign && len(numbers) > 0 {
		answers[numberField] = numbers[0].Value // The posted number belongs to another code, so the flow would refuse it.
	}
	p.submitAnswer(w, r, c, answers)
}

// submitAnswer submits an answer to the flow, and shows its result.
func (p *pageHandler) submitAnswer(w http.ResponseWriter, r *http.Request, c caller, answers map[string]string) {
	var invalid *flow.InvalidAnswers
	switch err := c.flow.Submit(r.Context(), answers); {
	case errors.As(err, &invalid) && !c.isAwaited:
		p.showOutcome(w, r, c, phone.StateRequestOver)
	case errors.As(err, &invalid) && !c.usesOwnForm:
		p.showRefusal(w, r, http.StatusForbidden)
	case errors.As(err, &invalid):
		p.showStep(w, r, http.StatusBadRequest, c, formRemark{problem: problemText(invalid, answers)})
	case err != nil:
		p.showRefusal(w, r, p.logFailure(r, err))
	case !c.flow.Ended():
		p.showStep(w, r, http.StatusTooManyRequests, c, formRemark{note: c.flow.AnswerNote()()})
	default:
		p.showOutcome(w, r, c, c.flow.State())
	}
}

// problemText returns the text that tells the visitor why an answer is invalid. An answer without a passkey comes from a
// browser that runs no scripts.
func problemText(i *flow.InvalidAnswers, answers map[string]string) text.Text {
	if answers[passkeyField] == "" && answers[numberField] != phone.ChoiceDecline {
		return page.NoScriptText
	}
	return i.Problems[0].Reason
}
