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

// A caller is a phone that has sent a code.
type caller struct {
	code        string
	flow        *flow.Flow
	isAwaited   bool   // isAwaited reports whether a terminal is waiting for the phone's answer.
	usesOwnForm bool   // usesOwnForm reports whether the answer comes from the form that this server made for the code.
	passkeyID   string // passkeyID is the unverified ID of the passkey in the answer; it is empty before there is an answer.
}

// findCaller finds the flow of a code. The status is http.StatusOK, or the reason why there is no flow. With
// http.StatusNotFound, the caller may still have a flow that records its answer in the audit log.
//
// A client that tries too many unknown codes gets http.StatusTooManyRequests. Known codes still work for all clients with the
// same address.
func (p *pageHandler) findCaller(r *http.Request, code string) (caller, int) {
	c, err := p.lookUpCode(r.Context(), code)
	switch {
	case err == nil:
		return c, http.StatusOK
	case !errors.Is(err, phone.ErrUnknownCode) && !errors.Is(err, kvdb.ErrClosed):
		return caller{}, p.logFailure(r, err)
	}
	if client := httpserver.ClientPrefix(r.RemoteAddr); client.IsValid() && !p.limits.unknownCodesByClient.allow(client, p.limits.now()) {
		return caller{}, http.StatusTooManyRequests
	}
	return c, http.StatusNotFound
}

// errBusy means that too many phones are looking up codes at the same time.
var errBusy = errors.New("too many phones at once")

// lookUpCode finds the desk that shows a code, and begins the phone's flow for that desk. It returns phone.ErrUnknownCode if
// no desk knows the code, and errBusy if there are too many lookups.
func (p *pageHandler) lookUpCode(ctx context.Context, code string) (c caller, err error) {
	desk := p.findDesk(code)
	if desk == nil {
		return c, phone.ErrUnknownCode
	}
	if !p.limits.beginLookup(ctx) {
		return c, errBusy
	}
	defer p.limits.endLookup()
	c.code = code
	c.flow, c.isAwaited, err = phone.BeginPhoneVisit(ctx, desk, code)
	return c, err
}

// logFailure logs an error, unless the server is only busy, and returns the HTTP status for it.
func (p *pageHandler) logFailure(r *http.Request, err error) int {
	switch {
	case errors.Is(err, errBusy), errors.Is(err, kvdb.ErrTooManyConflicts), r.Context().Err() != nil:
		return http.StatusServiceUnavailable
	}
	p.log.Error("answer a phone", "error", err)
	return http.StatusInternalServerError
}

// serveStep shows the step of the flow that belongs to a code, or the reason why there is none.
func (p *pageHandler) serveStep(w http.ResponseWriter, r *http.Request, code string) {
	c, status := p.findCaller(r, code)
	switch {
	case status == http.StatusNotFound:
		p.showUnknownCode(w, r)
	case status != http.StatusOK:
		p.showRefusal(w, r, status)
	case !c.isAwaited, stepPhoneFields(c.flow.Step()).passkey.PasskeyOptions == nil:
		p.showOutcome(w, r, c, phone.StateRequestOver)
	default:
		p.showStep(w, r, http.StatusOK, c, formRemark{})
	}
}

// showUnknownCode shows a page that says that the code is unknown, and asks for another code.
func (p *pageHandler) showUnknownCode(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusNotFound, page.View{State: stateUnknownCode, Heading: page.UnknownCodeMessage.Heading, Text: page.UnknownCodeMessage.Text, Sign: page.SignStop, AsksForCode: true})
}

// showStep shows the form of the caller's step.
func (p *pageHandler) showStep(w http.ResponseWriter, r *http.Request, status int, c caller, remark formRemark) {
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

// showOutcome shows the result of an answer, which is the state that the flow has reached.
func (p *pageHandler) showOutcome(w http.ResponseWriter, r *http.Request, c caller, at flow.State) {
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
	case phone.StatePhoneRemoved: // This is not for PhoneUnknown, because another desk at the same host may know the passkey.
		v.Host, v.RemovedPasskey = p.URL.Hostname(), c.passkeyID
	}
	p.Show(w, r, status, v)
}
