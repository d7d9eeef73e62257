package email

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net/mail"
	"strings"
	"unicode"

	gomail "github.com/wneessen/go-mail"

	"loket/flows/contact"
	"loket/flows/courier/render"
	"loket/flows/text"
	"loket/store"
)

// composeEmail makes an e-mail from m. It returns the same bytes each time. An error contains no address and no fact.
func composeEmail(m store.Message, support contact.Helpline, from string) (*gomail.Msg, error) {
	to, err := parseRecipient(m)
	if err != nil {
		return nil, err
	}
	lang := render.MessageLanguage(m)
	r, err := render.RenderMessage(m, lang, support)
	if err != nil {
		return nil, err
	}
	html, err := renderHTML(r, lang)
	if err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(from, "@")
	e := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary("part-"+m.ID))
	e.FromMailAddress(&mail.Address{Name: render.SenderName, Address: from})
	e.ToMailAddress(to)
	e.Subject(r.Subject)
	e.SetDateWithValue(m.Written)
	e.SetMessageIDWithValue(m.ID + "@" + domain)
	// The header Auto-Submitted asks mail systems not to send automatic replies (RFC 3834).
	e.SetGenHeader("Auto-Submitted", "auto-generated")
	e.SetGenHeader("Content-Language", string(lang))
	e.SetBodyString(gomail.TypeTextPlain, r.Body+"\n")
	e.AddAlternativeString(gomail.TypeTextHTML, html)
	return e, nil
}

var (
	errBadAddress = errors.New("the address is none that an e-mail can be sent to")
	errNotASCII   = errors.New("the address has letters other than a to z, which not every mail server can deliver to")
)

// IsAddress reports whether s is a bare e-mail address to which every mail server can deliver. It rejects an address with
// characters outside ASCII, which would need RFC 6531 at every server on the way.
func IsAddress(s string) bool {
	parsed, err := mail.ParseAddress(s)
	return err == nil && parsed.Address == s && isASCII(s)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// parseRecipient returns the addressee of m.
func parseRecipient(m store.Message) (*mail.Address, error) {
	switch {
	case len(m.To) == 1 && !isASCII(m.To[0]):
		return nil, errNotASCII
	case len(m.To) != 1 || !IsAddress(m.To[0]):
		return nil, errBadAddress
	}
	return &mail.Address{Name: render.SingleLine(m.Facts["name"]), Address: m.To[0]}, nil
}

//go:embed email.html
var emailTemplateText string

var emailTemplate = template.Must(template.New("email").Parse(emailTemplateText))

// renderHTML returns r as an HTML page. The page has the same text as r.
func renderHTML(r render.Rendered, lang text.Language) (string, error) {
	var b strings.Builder
	if err := emailTemplate.Execute(&b, map[string]any{
		"Language": lang, "Sender": render.SenderName, "Subject": r.Subject, "Paragraphs": r.Paragraphs(),
	}); err != nil {
		return "", fmt.Errorf("write HTML: %w", err)
	}
	return b.String(), nil
}
