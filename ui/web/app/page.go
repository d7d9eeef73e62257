package app

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"loket/flows/phone"
	"loket/flows/text"
)

//go:embed page.html
var source string

var page = template.Must(template.New("page").Parse(source))

// A view is what one page shows.
type view struct {
	pages  *pages
	tongue tongue

	State   string    // see the comment of the package
	heading text.Text // what it is about
	text    text.Text
	Sign    string // yes, no or stop, for a picture beside the heading; none

	Here    string // path of what a GET shows again, for the other language; none if none does
	Code    string // the code that is asked about
	Open    bool   // it asks for a code
	Typed   string // as such
	Wrong   bool   // it is none
	Answer  *form
	Shown   string    // the number to type at the terminal
	Right   string    // the address to go to instead
	again   text.Text // what leads on to the code, or to where one is asked
	Host    string    // of the passkeys, where one is to be forgotten
	Removed string    // that passkey
}

// in gives a text as the page has it.
func (v *view) in(t text.Text) string { return t.In(v.tongue.Language) }

// What the template asks for.
func (v *view) Lang() text.Language    { return v.tongue.Language }
func (v *view) Other() text.Language   { return v.tongue.Other() }
func (v *view) Query() string          { return v.tongue.query() }
func (v *view) Chosen() bool           { return v.tongue.chosen }
func (v *view) Again() string          { return v.in(v.again) }
func (v *view) Home() string           { return v.pages.path("/") }
func (v *view) Style() string          { return v.pages.path(styleFile.path) }
func (v *view) Script() string         { return v.pages.path(scriptFile.path) }
func (v *view) Mark() string           { return v.pages.path(markFile.path) }
func (v *view) Heading() string        { return v.in(v.heading) }
func (v *view) Text() string           { return v.in(v.text) }
func (v *view) Title() string          { return v.Heading() + " · " + v.Say("house") }
func (v *view) Say(name string) string { return v.in(words[name]) }
func (v *view) OtherName() string {
	return map[text.Language]string{text.Dutch: "Nederlands", text.English: "English"}[v.Other()]
}
func (v *view) CodePath() string { return v.pages.path("/"+v.Code) + v.Query() }

// words are those of the page by name.
var words = map[string]text.Text{
	"house": house, "stands for": standsFor, "code": codeLabel, "code hint": codeHint, "code wrong": codeWrong, "onward": onward,
	"your number": yourNumber,
}

// show answers with a page.
func (p *pages) show(w http.ResponseWriter, r *http.Request, status int, v view) {
	v.pages, v.tongue = p, tongueOf(r)
	var b bytes.Buffer
	if err := page.Execute(&b, &v); err != nil {
		panic(err) // which says nothing to whoever asked
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Content-Language", string(v.tongue.Language))
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // whoever asked may be gone
}

// Names of pages that are no step of a flow.
const (
	stateCode    = "code"
	stateUnknown = "unknown code"
	stateRefused = "refused"
)

// Pictures beside a heading.
const (
	signYes  = "yes"
	signNo   = "no"
	signStop = "stop"
)

// home asks for the code.
func (p *pages) home(w http.ResponseWriter, r *http.Request) {
	v := view{State: stateCode, heading: askCode.says, text: askCode.tells, Here: p.path("/"), Open: true}
	status := http.StatusOK
	if typed := r.URL.Query().Get("code"); typed != "" {
		code, is := phone.ParseCode(typed)
		if is {
			p.lead(w, r, code)
			return
		}
		v.Typed, v.Wrong, status = shortened(text.Visible(typed, "")), true, http.StatusBadRequest
	}
	p.show(w, r, status, v)
}

// shortened is as much of what was typed as there is room for.
func shortened(typed string) string {
	const most = 20
	if letters := []rune(typed); len(letters) > most {
		return string(letters[:most])
	}
	return typed
}

// refuse says why a request is refused.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, status int) {
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	m := refusals[status]
	v := view{State: stateRefused, heading: m.says, text: m.tells, Sign: signStop}
	code, isCode := codeIn(strings.TrimPrefix(r.URL.EscapedPath(), p.url.Path+"/"))
	switch {
	case status == http.StatusMisdirectedRequest:
		v.Right = p.url.String() + "/" + code
	case isCode:
		v.again, v.Code = openAgain, code
	default:
		v.again = askCode.says
	}
	p.show(w, r, status, v)
}
