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

// A caller is a phone that came with a code.
type caller struct {
	code string
	flow *flow.Flow
	open bool   // somebody waits for its answer
	ours bool   // it answers in its own form
	key  string // that it answered with, as it says; none so far
}

// find looks for what a phone came for. The status is why there is nothing to go on
// with: with 404 there may be a flow for the answer to be noted. Who guesses too often
// hears no more of what is not there; nobody else behind the same address does worse.
func (p *pages) find(r *http.Request, code string) (caller, int) {
	c, err := p.look(r.Context(), code)
	switch {
	case err == nil:
		return c, http.StatusOK
	case !errors.Is(err, phone.ErrUnknownCode) && !errors.Is(err, kvdb.ErrClosed):
		return caller{}, p.failed(r, err)
	}
	if client := httpserver.Client(r.RemoteAddr); client.IsValid() && !p.limits.strangers.may(client, p.limits.now()) {
		return caller{}, http.StatusTooManyRequests
	}
	return c, http.StatusNotFound
}

// errBusy says that too many phones come at once.
var errBusy = errors.New("too many phones at once")

// look looks a code up.
func (p *pages) look(ctx context.Context, code string) (c caller, err error) {
	desk := p.desks(code)
	if desk == nil {
		return c, phone.ErrUnknownCode
	}
	if !p.limits.look(ctx) {
		return c, errBusy
	}
	defer p.limits.done()
	c.code = code
	c.flow, c.open, err = phone.Begin(ctx, desk, code)
	return c, err
}

// failed notes that something failed, and gives the status that tells so.
func (p *pages) failed(r *http.Request, err error) int {
	switch {
	case errors.Is(err, errBusy), errors.Is(err, kvdb.ErrBusy), r.Context().Err() != nil:
		return http.StatusServiceUnavailable
	}
	p.log.Error("answer a phone", "error", err)
	return http.StatusInternalServerError
}

// asked shows what a phone is asked that came with a code.
func (p *pages) asked(w http.ResponseWriter, r *http.Request, code string) {
	c, status := p.find(r, code)
	switch {
	case status == http.StatusNotFound:
		p.unknown(w, r)
	case status != http.StatusOK:
		p.refuse(w, r, status)
	case !c.open, asksOf(c.flow.Step()).phone.Request == nil:
		p.tell(w, r, c, phone.Over)
	default:
		p.ask(w, r, http.StatusOK, c, remark{})
	}
}

// unknown says that nobody knows the code, and asks for another one.
func (p *pages) unknown(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusNotFound, page.View{State: stateUnknown, Heading: page.UnknownCode.Says, Text: page.UnknownCode.Tells, Sign: page.SignStop, Open: true})
}

// ask shows what a phone is asked.
func (p *pages) ask(w http.ResponseWriter, r *http.Request, status int, c caller, said remark) {
	form, err := c.form(p.Path("/"+c.code), said)
	if err != nil {
		p.refuse(w, r, p.failed(r, err))
		return
	}
	v := stepView(c.flow.Step())
	v.State, v.Code, v.Answer, v.Here = string(c.flow.At()), c.code, form, p.Path("/"+c.code)
	p.Show(w, r, status, v)
}

// stepView is what a step says.
func stepView(s flow.Step) page.View {
	v := page.View{Heading: s.Title()}
	if s.Body != nil {
		v.Text = s.Body()
	}
	return v
}

// tell says what came of an answer.
func (p *pages) tell(w http.ResponseWriter, r *http.Request, c caller, at flow.State) {
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
	case phone.Over:
		v.Again, status = page.AskCode.Says, http.StatusGone
	case phone.Rejected:
		v.Again, v.Code = page.OpenAgain, c.code
	case phone.Removed: // of PhoneUnknown another desk at this host may know the key
		v.Host, v.Removed = p.URL.Hostname(), c.key
	}
	p.Show(w, r, status, v)
}
