package app

import (
	"context"
	"errors"
	"net/http"

	"loket/flows/flow"
	"loket/flows/phone"
	"loket/store/kvdb"
	"loket/ui/web/app/page"
	"loket/ui/web/httpserver"
)

// A caller is a phone that sent a code.
type caller struct {
	code string
	flow *flow.Flow
	open bool   // a terminal waits for its answer
	ours bool   // the answer comes from its own form
	key  string // the ID of the passkey in the answer, unverified; empty before an answer
}

// findCaller finds the flow of a code. The status is http.StatusOK, or why there is none. With
// http.StatusNotFound the caller may have a flow that records the answer. A client that guesses
// codes too often gets http.StatusTooManyRequests for unknown codes. Known codes still work
// for all clients behind the same address.
func (p *pages) findCaller(r *http.Request, code string) (caller, int) {
	c, err := p.lookUpCode(r.Context(), code)
	switch {
	case err == nil:
		return c, http.StatusOK
	case !errors.Is(err, phone.ErrUnknownCode) && !errors.Is(err, kvdb.ErrClosed):
		return caller{}, p.noteFailure(r, err)
	}
	if client := httpserver.ClientPrefix(r.RemoteAddr); client.IsValid() && !p.limits.strangers.allow(client, p.limits.now()) {
		return caller{}, http.StatusTooManyRequests
	}
	return c, http.StatusNotFound
}

// errBusy says that too many phones look codes up at once.
var errBusy = errors.New("too many phones at once")

// lookUpCode finds the desk of a code and begins its flow on a phone. It returns
// phone.ErrUnknownCode if no desk knows the code, and errBusy if there are too many lookups.
func (p *pages) lookUpCode(ctx context.Context, code string) (c caller, err error) {
	desk := p.desks(code)
	if desk == nil {
		return c, phone.ErrUnknownCode
	}
	if !p.limits.beginLookup(ctx) {
		return c, errBusy
	}
	defer p.limits.endLookup()
	c.code = code
	c.flow, c.open, err = phone.BeginOnPhone(ctx, desk, code)
	return c, err
}

// noteFailure logs an error, unless the server is only busy, and returns the status for it.
func (p *pages) noteFailure(r *http.Request, err error) int {
	switch {
	case errors.Is(err, errBusy), errors.Is(err, kvdb.ErrBusy), r.Context().Err() != nil:
		return http.StatusServiceUnavailable
	}
	p.log.Error("answer a phone", "error", err)
	return http.StatusInternalServerError
}

// serveStep shows the step of a code, or why there is none.
func (p *pages) serveStep(w http.ResponseWriter, r *http.Request, code string) {
	c, status := p.findCaller(r, code)
	switch {
	case status == http.StatusNotFound:
		p.showUnknownCode(w, r)
	case status != http.StatusOK:
		p.showRefusal(w, r, status)
	case !c.open, fieldsOf(c.flow.Step()).phone.Request == nil:
		p.showOutcome(w, r, c, phone.RequestOver)
	default:
		p.showStep(w, r, http.StatusOK, c, formRemark{})
	}
}

// showUnknownCode shows that the code is unknown, and asks for another one.
func (p *pages) showUnknownCode(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusNotFound, page.View{State: stateUnknown, Heading: page.UnknownCode.Says, Text: page.UnknownCode.Tells, Sign: page.SignStop, Open: true})
}

// showStep shows the form of the caller's step.
func (p *pages) showStep(w http.ResponseWriter, r *http.Request, status int, c caller, said formRemark) {
	form, err := c.stepForm(p.Path("/"+c.code), said)
	if err != nil {
		p.showRefusal(w, r, p.noteFailure(r, err))
		return
	}
	v := stepView(c.flow.Step())
	v.State, v.Code, v.Answer, v.Here = string(c.flow.At()), c.code, form, p.Path("/"+c.code)
	p.Show(w, r, status, v)
}

// stepView returns a view with the texts of a step.
func stepView(s flow.Step) page.View {
	v := page.View{Heading: s.Title()}
	if s.Body != nil {
		v.Text = s.Body()
	}
	return v
}

// showOutcome shows the result of an answer: the step at which the flow is.
func (p *pages) showOutcome(w http.ResponseWriter, r *http.Request, c caller, at flow.State) {
	v := stepView(c.flow.Steps[at])
	v.State, v.Sign = string(at), page.SignStop
	status := http.StatusForbidden
	switch at {
	case phone.Approved:
		v.Sign, status = page.SignYes, http.StatusOK
	case phone.Declined:
		v.Sign, status = page.SignNo, http.StatusOK
	case phone.Registered:
		v.Sign, v.Shown, status = "", c.flow.Step().Scan().Number, http.StatusOK
	case phone.RequestOver:
		v.Again, status = page.AskCode.Says, http.StatusGone
	case phone.Rejected:
		v.Again, v.Code = page.OpenAgain, c.code
	case phone.PhoneRemoved: // not for PhoneUnknown, because another desk at this host may know the passkey
		v.Host, v.Removed = p.URL.Hostname(), c.key
	}
	p.Show(w, r, status, v)
}
