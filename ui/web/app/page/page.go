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

// A Site is a website with these pages.
type Site struct{ URL *url.URL }

// Path returns the path of a page, below the address of the site.
func (s Site) Path(name string) string { return s.URL.Path + name }

// A View is the content of one page.
type View struct {
	State   string // State identifies the page, mainly for tests; package app lists the values.
	Heading text.Text
	Text    text.Text
	Sign    string // Sign is the picture beside the heading: SignYes, SignNo, SignStop or empty.

	// CurrentPath is the path of this page, for the link to the other language. It is empty if a GET request cannot show the
	// page.
	CurrentPath    string
	Code           string // Code is the code that the terminal shows.
	AsksForCode    bool   // AsksForCode reports whether the page asks for a code.
	TypedCode      string // TypedCode is the text that the visitor typed as the code.
	IsCodeWrong    bool   // IsCodeWrong reports whether TypedCode is not a code.
	Answer         *Form
	NumberToType   string    // NumberToType is the number that the visitor must type at the terminal.
	CorrectURL     string    // CorrectURL is the address to go to instead of this one, which is wrong.
	AgainText      text.Text // AgainText is the text of the link back to the code, or to the page that asks for a code.
	Host           string    // Host is the host of the passkey that the phone should delete.
	RemovedPasskey string    // RemovedPasskey is the ID of the passkey that the phone should delete.
}

// The pictures beside a heading.
const (
	SignYes  = "yes"
	SignNo   = "no"
	SignStop = "stop"
)

// A renderedView is a View in one language, with methods for the template.
type renderedView struct {
	View
	PageLanguage
	site Site
}

func (r *renderedView) translate(t text.Text) string { return t.In(r.Language) }

func (r *renderedView) Lang() text.Language    { return r.Language }
func (r *renderedView) IsLanguageChosen() bool { return r.isChosen }
func (r *renderedView) AgainLabel() string     { return r.translate(r.View.AgainText) }
func (r *renderedView) Home() string           { return r.site.Path("/") }
func (r *renderedView) StylePath() string      { return r.site.Path(StyleFile.Path) }
func (r *renderedView) ScriptPath() string     { return r.site.Path(ScriptFile.Path) }
func (r *renderedView) LogoPath() string       { return r.site.Path(LogoFile.Path) }
func (r *renderedView) Heading() string        { return r.translate(r.View.Heading) }
func (r *renderedView) Text() string           { return r.translate(r.View.Text) }
func (r *renderedView) Title() string          { return r.Heading() + " · " + r.Say("house") }
func (r *renderedView) Say(name string) string { return r.translate(templateTexts[name]) }
func (r *renderedView) OtherName() string {
	return map[text.Language]string{text.Dutch: "Nederlands", text.English: "English"}[r.Other()]
}
func (r *renderedView) CodePath() string        { return r.site.Path("/"+r.Code) + r.Query() }
func (r *renderedView) Answer() *translatedForm { return r.View.Answer.translate(r.PageLanguage) }

// templateTexts has the texts of the template, by name.
var templateTexts = map[string]text.Text{
	"house": bankName, "stands for": standsForAppText, "code": codeLabel, "code hint": codeHint, "code wrong": codeWrongText, "onward": continueText,
	"your number": yourNumberLabel,
}

// Show writes a page as the response to a request.
func (s Site) Show(w http.ResponseWriter, r *http.Request, status int, v View) {
	page := &renderedView{v, RequestLanguage(r), s}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, page); err != nil {
		panic(err) // The caller recovers from the panic, and shows the client no details.
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Content-Language", string(page.Language))
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // An error from the write only means that the client is gone.
}
