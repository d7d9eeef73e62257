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
	code        string
	flow        *flow.Flow
	isAwaited   bool   // a terminal waits for its answer
	usesOwnForm bool   // the answer comes from its own form
	passkeyID   string // the ID of the passkey in the answer, unverified; empty before an answer
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
		return caller{}, p.logFailure(r, err)
	}
	if client := httpserver.ClientPrefix(r.RemoteAddr); client.IsValid() && !p.limits.unknownByClient.allow(client, p.limits.now()) {
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
	c.flow, c.isAwaited, err = phone.BeginOnPhone(ctx, desk, code)
	return c, err
}

// logFailure logs an error, unless the server is only busy, and returns the status for it.
func (p *pages) logFailure(r *http.Request, err error) int {
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
	case !c.isAwaited, fieldsOf(c.flow.Step()).passkey.PasskeyOptions == nil:
		p.showOutcome(w, r, c, phone.StateRequestOver)
	default:
		p.showStep(w, r, http.StatusOK, c, formRemark{})
	}
}

// showUnknownCode shows that the code is unknown, and asks for another one.
func (p *pages) showUnknownCode(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusNotFound, page.View{State: stateUnknown, Heading: page.UnknownCodeMessage.Heading, Text: page.UnknownCodeMessage.Text, Sign: page.SignStop, AsksForCode: true})
}

// showStep shows the form of the caller's step.
func (p *pages) showStep(w http.ResponseWriter, r *http.Request, status int, c caller, remark formRemark) {
	form, err := c.stepForm(p.Path("/"+c.code), remark)
	if err != nil {
		p.showRefusal(w, r, p.logFailure(r, err))
		return
	}
	v := stepView(c.flow.Step())
	v.State, v.Code, v.Answer, v.CurrentPath = string(c.flow.State()), c.code, form, p.Path("/"+c.code)
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
	case phone.StateApproved:
		v.Sign, status = page.SignYes, http.StatusOK
	case phone.StateDeclined:
		v.Sign, status = page.SignNo, http.StatusOK
	case phone.StateRegistered:
		v.Sign, v.NumberToType, status = "", c.flow.Step().PhoneAccess().MatchNumber, http.StatusOK
	case phone.StateRequestOver:
		v.AgainText, status = page.AskCodeMessage.Heading, http.StatusGone
	case phone.StateRejected:
		v.AgainText, v.Code = page.OpenAgainText, c.code
	case phone.StatePhoneRemoved: // not for PhoneUnknown, because another desk at this host may know the passkey
		v.Host, v.RemovedPasskey = p.URL.Hostname(), c.passkeyID
	}
	p.Show(w, r, status, v)
}
