package render

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"loket/flows/contact"
	"loket/flows/text"
	"loket/store"
)

// Rendered is a message as its addressee reads it: plain text, a paragraph a
// line. An indented paragraph is what the message is about, such as a number.
type Rendered struct {
	Subject string
	Address string // the lines of a letter's
	Head    string // of a letter: what it is, a line each, such as "Datum: 22 november 2026"
	Body    string
}

// Text is all of it, but for the subject of an e-mail.
func (r Rendered) Text() string {
	if r.Head == "" {
		return r.Body
	}
	return r.Address + "\n\n" + r.Head + "\n\n" + r.Body
}

//go:embed templates/*.txt
var files embed.FS

var templates = map[text.Language]*template.Template{
	text.Dutch:   parseTemplates(text.Dutch),
	text.English: parseTemplates(text.English),
}

func parseTemplates(lang text.Language) *template.Template {
	return template.Must(template.New("").
		Option("missingkey=error").
		Funcs(templateFuncs(lang)).
		ParseFS(files, "templates/*."+string(lang)+".txt"))
}

// templateData is what the templates are filled in with.
type templateData struct {
	Facts            map[string]string
	ByLetter         bool
	To               []string // the lines of a postal address
	Written, Arrives time.Time
	Support          contact.Helpline
	Reference        string // on paper, what whoever calls about it can say

	Subject, Message string // once known, for the layout
}

// Message writes m out in a language, whichever m is to go out in; one that the
// desk does not have is Dutch, as with every text. An addressee who needs help is pointed
// to support. An error says what was missing or malformed, and tells no fact.
func Message(m store.Message, lang text.Language, support contact.Helpline) (Rendered, error) {
	return renderMessage(m, lang, support, "")
}

// Letter is Message for paper, with what m can be asked about by.
func Letter(m store.Message, lang text.Language, support contact.Helpline) (Rendered, error) {
	return renderMessage(m, lang, support, LetterReference(m))
}

func renderMessage(m store.Message, lang text.Language, support contact.Helpline, reference string) (r Rendered, err error) {
	p := templateData{
		Facts:    map[string]string{},
		ByLetter: m.Channel == store.ByLetter,
		Written:  m.Written, Arrives: m.Arrives,
		Support: support, Reference: reference,
	}
	for name, fact := range m.Facts {
		p.Facts[name] = SingleLine(fact)
		if p.Facts[name] == "" {
			return Rendered{}, fmt.Errorf("render %q: fact %q is empty", m.Template, name)
		}
	}
	for _, line := range m.To {
		p.To = append(p.To, SingleLine(line))
	}
	if r, err = p.render(m.Template, lang); err != nil {
		return Rendered{}, fmt.Errorf("render %q: %w", m.Template, err)
	}
	return r, nil
}

// render fills in the template of a message, and what is around it.
func (p templateData) render(template string, lang text.Language) (r Rendered, err error) {
	text, err := p.fillTemplate(template, lang)
	if err != nil {
		return r, err
	}
	p.Subject, p.Message, _ = strings.Cut(text, "\n")
	r.Subject = p.Subject
	if r.Body, err = p.fillTemplate("layout", lang); err != nil || !p.ByLetter {
		return r, err
	}
	r.Address = strings.Join(p.To, "\n")
	r.Head, err = p.fillTemplate("letter", lang)
	return r, err
}

// fillTemplate returns a template of that language with p filled in.
func (p templateData) fillTemplate(name string, lang text.Language) (string, error) {
	if lang != text.English {
		lang = text.Dutch
	}
	var b strings.Builder
	err := templates[lang].ExecuteTemplate(&b, name+"."+string(lang)+".txt", p)
	return strings.TrimSpace(b.String()), err
}

// SingleLine is s on one line, because a fact may be what somebody typed.
func SingleLine(s string) string { return strings.TrimSpace(text.StripControl(s, "")) }
