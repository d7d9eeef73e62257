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

// longestBody is how long a form is at most, in bytes: the longest answer that a flow
// takes, as forms have it.
const longestBody = 64 << 10

// Fields of the form besides those of the step.
const (
	tokenField   = "token"
	numberField  = "number"
	passkeyField = "passkey"
)

// fields reads the form of an answer. The status is what is wrong with it.
func (p *pages) fields(w http.ResponseWriter, r *http.Request) (answers map[string]string, status int) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil || kind != "application/x-www-form-urlencoded":
		return nil, http.StatusUnsupportedMediaType
	case r.ContentLength > longestBody:
		return nil, http.StatusRequestEntityTooLarge
	case p.cross.Check(r) != nil:
		return nil, http.StatusForbidden
	}
	r.Body = http.MaxBytesReader(w, r.Body, longestBody)
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

// answer takes the answer of a phone, and says what came of it.
func (p *pages) answer(w http.ResponseWriter, r *http.Request, code string) {
	answers, status := p.fields(w, r)
	if status != http.StatusOK {
		w.Header().Set("Connection", "close") // whatever else there is of it
		p.refuse(w, r, status)
		return
	}
	c, status := p.find(r, code)
	switch status {
	case http.StatusOK:
		p.take(w, r, c, answers)
	case http.StatusNotFound:
		p.noteUnknown(r, c)
		p.unknown(w, r)
	default:
		p.refuse(w, r, status)
	}
}

// noteUnknown has the audit log know that somebody answered who was asked nothing,
// unless that is so often that it says nothing new.
func (p *pages) noteUnknown(r *http.Request, c caller) {
	if c.flow == nil || !p.limits.unknown.AllowN(p.limits.now(), 1) {
		return
	}
	if err := c.flow.Submit(r.Context(), map[string]string{numberField: phone.No}); err != nil {
		p.failed(r, err)
	}
}

// take gives an answer to the flow, if it comes from the caller's form. What a phone
// said elsewhere is given to it as well, whatever form it is in: it opens nothing, ends
// nobody's wait, and the audit log is to know of it.
func (p *pages) take(w http.ResponseWriter, r *http.Request, c caller, answers map[string]string) {
	own, err := c.nonce()
	if err != nil {
		p.refuse(w, r, p.failed(r, err))
		return
	}
	said := read(answers[passkeyField])
	astray := said.nonce != "" && said.nonce != own
	c.key, c.ours = said.key, c.holds(answers[tokenField], own)
	often := &p.limits.answers
	if !c.ours {
		often = &p.limits.astray
	}
	switch {
	case !c.ours && !astray:
		p.refuse(w, r, http.StatusForbidden)
		return
	case !often.may(c.code, p.limits.now()):
		p.refuse(w, r, http.StatusTooManyRequests)
		return
	}
	if numbers := asksOf(c.flow.Step()).number.Options; astray && len(numbers) > 0 {
		answers[numberField] = numbers[0].Value // the one that came with it is not among them
	}
	p.submit(w, r, c, answers)
}

// submit says what comes of an answer.
func (p *pages) submit(w http.ResponseWriter, r *http.Request, c caller, answers map[string]string) {
	var invalid *flow.Invalid
	switch err := c.flow.Submit(r.Context(), answers); {
	case errors.As(err, &invalid) && !c.open:
		p.tell(w, r, c, phone.Over)
	case errors.As(err, &invalid) && !c.ours:
		p.refuse(w, r, http.StatusForbidden)
	case errors.As(err, &invalid):
		p.ask(w, r, http.StatusBadRequest, c, remark{problem: problemOf(invalid, answers)})
	case err != nil:
		p.refuse(w, r, p.failed(r, err))
	case !c.flow.Ended():
		p.ask(w, r, http.StatusTooManyRequests, c, remark{note: c.flow.Note()()})
	default:
		p.tell(w, r, c, c.flow.At())
	}
}

// problemOf is what is wrong with an answer. One in which the phone says nothing at
// all is that of a browser that runs no script.
func problemOf(i *flow.Invalid, answers map[string]string) text.Text {
	if answers[passkeyField] == "" && answers[numberField] != phone.No {
		return page.NoScript
	}
	return i.Problems[0].Why
}
