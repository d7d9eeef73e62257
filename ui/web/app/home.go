package app

import (
	"net/http"
	"strings"

	"loket/flows/phone"
	"loket/flows/text"
	"loket/ui/web/app/page"
)

// The states of pages that do not show a step of a flow.
const (
	stateAskCode        = "code"
	stateUnknownCode    = "unknown code"
	stateRequestRefused = "refused"
)

// serveHome shows the page that asks for the code. If the visitor has typed a code, it redirects to the page of that code.
func (p *pageHandler) serveHome(w http.ResponseWriter, r *http.Request) {
	v := page.View{State: stateAskCode, Heading: page.AskCodeMessage.Heading, Text: page.AskCodeMessage.Text, CurrentPath: p.Path("/"), AsksForCode: true}
	status := http.StatusOK
	if typed := r.URL.Query().Get("code"); typed != "" {
		code, is := phone.ParseChallengeCode(typed)
		if is {
			p.redirectToCode(w, r, code)
			return
		}
		v.TypedCode, v.IsCodeWrong, status = text.FirstCharacters(text.StripControl(typed, ""), maxShownCode), true, http.StatusBadRequest
	}
	p.Show(w, r, status, v)
}

// maxShownCode is the number of characters of a wrong code that the page shows again.
const maxShownCode = 20

// showRefusal shows a page with the reason why a request is refused.
func (p *pageHandler) showRefusal(w http.ResponseWriter, r *http.Request, status int) {
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	m := page.RefusalMessages[status]
	v := page.View{State: stateRequestRefused, Heading: m.Heading, Text: m.Text, Sign: page.SignStop}
	code, isCode := parsePathCode(strings.TrimPrefix(r.URL.EscapedPath(), p.URL.Path+"/"))
	switch {
	case status == http.StatusMisdirectedRequest:
		v.CorrectURL = p.URL.String() + "/" + code
	case isCode:
		v.AgainText, v.Code = page.OpenAgainText, code
	default:
		v.AgainText = page.AskCodeMessage.Heading
	}
	p.Show(w, r, status, v)
}
