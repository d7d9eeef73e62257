package page

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"loket/flows/text"
)

//go:embed page.html
var templateSource string

var pageTemplate = template.Must(template.New("page").Parse(templateSource))

// A Site is the address of the pages.
type Site struct{ URL *url.URL }

// Path returns the path of a page, below the address of the site.
func (s Site) Path(name string) string { return s.URL.Path + name }

// A View is the content of one page.
type View struct {
	State   string // see the comment of package app
	Heading text.Text
	Text    text.Text
	Sign    string // one of the signs, for a picture beside the heading; or empty

	Here    string // the path of this page for the link to the other language; empty if a GET cannot show it
	Code    string // the code that the page is about
	Open    bool   // the page asks for a code
	Typed   string // what the visitor typed as the code
	Wrong   bool   // Typed is no code
	Answer  *Form
	Shown   string    // the number to type at the terminal
	Right   string    // the right address to go to instead
	Again   text.Text // the text of the link back to the code, or to where the page asks for one
	Host    string    // the host of a passkey that the phone should delete
	Removed string    // the ID of that passkey
}

// Pictures beside a heading.
const (
	SignYes  = "yes"
	SignNo   = "no"
	SignStop = "stop"
)

// rendered is a View in a language, with methods for the template.
type rendered struct {
	View
	PageLanguage
	site Site
}

func (r *rendered) in(t text.Text) string { return t.In(r.Language) }

func (r *rendered) Lang() text.Language    { return r.Language }
func (r *rendered) Chosen() bool           { return r.chosen }
func (r *rendered) Again() string          { return r.in(r.View.Again) }
func (r *rendered) Home() string           { return r.site.Path("/") }
func (r *rendered) Style() string          { return r.site.Path(Style.Path) }
func (r *rendered) Script() string         { return r.site.Path(Script.Path) }
func (r *rendered) Mark() string           { return r.site.Path(Mark.Path) }
func (r *rendered) Heading() string        { return r.in(r.View.Heading) }
func (r *rendered) Text() string           { return r.in(r.View.Text) }
func (r *rendered) Title() string          { return r.Heading() + " · " + r.Say("house") }
func (r *rendered) Say(name string) string { return r.in(words[name]) }
func (r *rendered) OtherName() string {
	return map[text.Language]string{text.Dutch: "Nederlands", text.English: "English"}[r.Other()]
}
func (r *rendered) CodePath() string { return r.site.Path("/"+r.Code) + r.Query() }
func (r *rendered) Answer() *form    { return r.View.Answer.in(r.PageLanguage) }

// words are the texts of the template, by name.
var words = map[string]text.Text{
	"house": bank, "stands for": standsFor, "code": codeLabel, "code hint": codeHint, "code wrong": codeWrong, "onward": onward,
	"your number": yourNumber,
}

// Show writes a page as the response.
func (s Site) Show(w http.ResponseWriter, r *http.Request, status int, v View) {
	page := &rendered{v, LanguageOf(r), s}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, page); err != nil {
		panic(err) // the caller recovers it and shows the client no details
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Content-Language", string(page.Language))
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the client may be gone
}
