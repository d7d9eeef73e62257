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

// Rendered is a message as the addressee reads it, in plain text with an empty line between paragraphs. An indented paragraph
// is the main fact of the message, such as a number.
type Rendered struct {
	Subject string
	Address string // Address is the postal address of a letter, with several lines.
	Head    string // Head is the head of a letter: date, reference and subject, one per line, such as "Datum: 22 november 2026".
	Body    string
}

// Text returns the whole message, except for the subject of an e-mail.
func (r Rendered) Text() string {
	if r.Head == "" {
		return r.Body
	}
	return r.Address + "\n\n" + r.Head + "\n\n" + r.Body
}

//go:embed templates/*.txt
var templateFiles embed.FS

var templates = map[text.Language]*template.Template{
	text.Dutch:   parseTemplates(text.Dutch),
	text.English: parseTemplates(text.English),
}

func parseTemplates(lang text.Language) *template.Template {
	return template.Must(template.New("").
		Option("missingkey=error").
		Funcs(templateFuncs(lang)).
		ParseFS(templateFiles, "templates/*."+string(lang)+".txt"))
}

// templateData is the data that templates are executed with.
type templateData struct {
	Facts            map[string]string
	ByLetter         bool
	To               []string // To has the lines of the postal address.
	Written, Arrives time.Time
	Support          contact.Helpline
	Reference        string // Reference is the reference of a letter, for customers who call about it.

	Subject, Message string // Subject and Message are filled in for the layout, once the message is rendered.
}

// RenderMessage renders m in a given language, which may differ from the language of m. Unsupported languages become Dutch. The
// message names the helpline support. An error says which fact is missing or malformed, and contains no fact.
func RenderMessage(m store.Message, lang text.Language, support contact.Helpline) (Rendered, error) {
	return renderMessage(m, lang, support, "")
}

// RenderLetter renders m as a letter on paper, with a reference.
func RenderLetter(m store.Message, lang text.Language, support contact.Helpline) (Rendered, error) {
	return renderMessage(m, lang, support, LetterReference(m))
}

func renderMessage(m store.Message, lang text.Language, support contact.Helpline, reference string) (r Rendered, err error) {
	p := templateData{
		Facts:    map[string]string{},
		ByLetter: m.Channel == store.ByLetter,
		Written:  m.Written, Arrives: m.ArrivesBy,
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
	if r, err = p.renderTemplate(m.Template, lang); err != nil {
		return Rendered{}, fmt.Errorf("render %q: %w", m.Template, err)
	}
	return r, nil
}

// renderTemplate executes the template of a message, and then the layout around it.
func (p templateData) renderTemplate(template string, lang text.Language) (r Rendered, err error) {
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

// fillTemplate executes a template in the given language, with p as its data.
func (p templateData) fillTemplate(name string, lang text.Language) (string, error) {
	if lang != text.English {
		lang = text.Dutch
	}
	var b strings.Builder
	err := templates[lang].ExecuteTemplate(&b, name+"."+string(lang)+".txt", p)
	return strings.TrimSpace(b.String()), err
}

// SingleLine returns s without control characters and line breaks, because a visitor may have typed the fact.
func SingleLine(s string) string { return strings.TrimSpace(text.StripControl(s, "")) }
