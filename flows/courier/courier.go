// Package courier puts the messages of the outbox into words.
//
// A message has one template a language in templates. Its first line is the
// subject; the rest is what the message says, a paragraph a line, down to the
// sentence that the contact details follow. What all messages share, from the
// head of a letter to the signature, is the layout of that language.
//
// Templates fill in facts, under the names that package flows gives them:
//
//	name                      of the addressee, "A.B. van der Berg"
//	password, until           a temporary password, and when it stops working
//	username                  as its owner wrote it
//	product                   what the product is called
//	number, expires           an activation number, and when it stops working
//
// A moment is in the form of RFC 3339, or a date of ISO 8601, which stands for
// its first instant in Amsterdam.
package courier

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"
	"unicode"

	"loket/flows"
	"loket/store"
)

// Rendered is a message as its addressee reads it: plain text, a paragraph a
// line. The body of a letter begins with address, date and subject.
type Rendered struct{ Subject, Body string }

//go:embed templates/*.txt
var files embed.FS

var templates = map[flows.Language]*template.Template{
	flows.Dutch:   parse(flows.Dutch),
	flows.English: parse(flows.English),
}

func parse(lang flows.Language) *template.Template {
	return template.Must(template.New("").
		Option("missingkey=error").
		Funcs(functions(lang)).
		ParseFS(files, "templates/*."+string(lang)+".txt"))
}

// page is what the templates are filled in with.
type page struct {
	Facts            map[string]string
	ByLetter         bool
	To               []string // the lines of a postal address
	Written, Arrives time.Time
	Support          flows.Helpline

	Subject, Message string // once known, for the layout
}

// Render writes m out in a language, whichever m is to go out in; one that the
// desk does not have is Dutch, as with every text. Whoever needs help is pointed
// to support. An error says what was missing or malformed, and tells no fact.
func Render(m store.Message, lang flows.Language, support flows.Helpline) (Rendered, error) {
	p := page{
		Facts:    map[string]string{},
		ByLetter: m.Channel == store.ByLetter,
		Written:  m.Written, Arrives: m.Arrives,
		Support: support,
	}
	for name, fact := range m.Facts {
		p.Facts[name] = printable(fact)
		if p.Facts[name] == "" {
			return Rendered{}, fmt.Errorf("render %q: fact %q is empty", m.Template, name)
		}
	}
	for _, line := range m.To {
		p.To = append(p.To, printable(line))
	}
	text, err := p.fill(m.Template, lang)
	if err != nil {
		return Rendered{}, fmt.Errorf("render %q: %w", m.Template, err)
	}
	p.Subject, p.Message, _ = strings.Cut(text, "\n")
	body, err := p.fill("layout", lang)
	if err != nil {
		return Rendered{}, fmt.Errorf("render %q: %w", m.Template, err)
	}
	return Rendered{p.Subject, body}, nil
}

// fill gives a template of that language with p filled in.
func (p page) fill(name string, lang flows.Language) (string, error) {
	if lang != flows.English {
		lang = flows.Dutch
	}
	var b strings.Builder
	err := templates[lang].ExecuteTemplate(&b, name+"."+string(lang)+".txt", p)
	return strings.TrimSpace(b.String()), err
}

// printable is s on one line, since a fact may come from whoever typed it.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s))
}
