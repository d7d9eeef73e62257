package email

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"

	"loket/flows/courier/couriertest"
	"loket/flows/courier/render"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// part is a decoded part of an e-mail.
type part struct{ kind, charset, text string }

// opened parses an e-mail as a mail program does.
func opened(t *testing.T, r couriertest.ReceivedMail) (header mail.Header, parts []part) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(r.Text))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content is %q, %v", kind, err)
	}
	for of := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := of.NextRawPart()
		if err == io.EOF {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		if encoding := p.Header.Get("Content-Transfer-Encoding"); encoding != "quoted-printable" {
			t.Errorf("encoded as %q", encoding)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{kind, params["charset"], strings.ReplaceAll(string(text), "\r\n", "\n")})
	}
}

// TestEmailArrives sends each e-mail in each language to a real server, and parses the e-mails that arrive.
func TestEmailArrives(t *testing.T) {
	s := couriertest.NewServer(t)
	var want []store.Message
	for _, template := range desk.MessageTemplates {
		for _, lang := range couriertest.Languages {
			m := couriertest.ExampleMessage(template, store.ByEmail)
			m.Language, m.ID = string(lang), fmt.Sprintf("%s-%s", template, lang)
			m.Facts["name"] = `Zoë "A." O'Brien-Ștefănescu`
			want = append(want, m)
		}
	}
	if err := errors.Join(send(t, carrierTo(s), want...)...); err != nil {
		t.Fatal(err)
	}
	for i, got := range s.AllMail() {
		t.Run(want[i].Template+"."+want[i].Language, func(t *testing.T) { checkEmail(t, got, want[i]) })
	}
}

func checkEmail(t *testing.T, got couriertest.ReceivedMail, m store.Message) {
	r, err := render.RenderMessage(m, text.Language(m.Language), couriertest.SupportLine)
	if err != nil {
		t.Fatal(err)
	}
	header, parts := opened(t, got)
	for name, want := range map[string]string{
		"Message-Id": "<" + m.ID + "@mijn.example.org>", "Auto-Submitted": "auto-generated", "Content-Language": m.Language,
		"Mime-Version": "1.0", "From": `"mijn.nn" <noreply@mijn.example.org>`,
		"List-Unsubscribe": "", "User-Agent": "", "X-Mailer": "", "Received": "",
	} {
		if header.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, header.Get(name), want)
		}
	}
	to, err := header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Name != m.Facts["name"] || to[0].Address != m.To[0] {
		t.Errorf("to %v, %v", to, err)
	}
	if date, err := header.Date(); err != nil || date.Unix() != m.Written.Unix() {
		t.Errorf("of %v, %v; written %v", date, err, m.Written)
	}
	if subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err != nil || subject != r.Subject {
		t.Errorf("about %q, %v", subject, err)
	}
	if len(parts) != 2 || parts[0].kind != "text/plain" || parts[1].kind != "text/html" || parts[0].charset != "UTF-8" || parts[1].charset != "UTF-8" {
		t.Fatalf("parts are %+v", parts)
	}
	if parts[0].text != r.Body+"\n" {
		t.Errorf("text is\n%s\nwant\n%s", parts[0].text, r.Body)
	}
	checkHTML(t, parts[1].text, r, m)
}

// TestHostileEmail tests that nothing that a visitor types can become a header or markup.
func TestHostileEmail(t *testing.T) {
	s := couriertest.NewServer(t)
	m := couriertest.ExampleMessage("product_added", store.ByEmail)
	m.Facts["name"] = "A.\r\nBcc: other@example.org\r\n\r\n<b>Bakker</b>"
	m.Facts["product"] = ".\r\n.\r\nMAIL FROM:<x@example.org> <script>alert(1)</script>"
	messages := []store.Message{m}
	for _, to := range []string{"", "x", "a@example.org>\r\nRCPT TO:<b@example.org", "A <a@example.org>", "a@example.org, b@example.org"} {
		bad := couriertest.ExampleMessage("product_added", store.ByEmail)
		bad.To = []string{to}
		messages = append(messages, bad)
	}
	came := send(t, carrierTo(s), messages...)
	if came[0] != nil {
		t.Fatal(came[0])
	}
	for i, err := range came[1:] {
		if !errors.Is(err, errBadAddress) {
			t.Errorf("to %q: error %v", messages[i+1].To, err)
		}
	}
	header, parts := opened(t, s.AllMail()[0])
	if header.Get("Bcc") != "" || len(s.AllMail()) != 1 {
		t.Errorf("headers are %v", header)
	}
	if strings.Contains(parts[1].text, "<script") || strings.Contains(parts[1].text, "<b>") {
		t.Errorf("HTML is\n%s", parts[1].text)
	}
}

// TestAddressBeyondASCII tests that an e-mail to an address with characters outside ASCII is given up, for a reason that does
// not contain the address.
func TestAddressBeyondASCII(t *testing.T) {
	for _, to := range []string{"andré@example.org", "anna@exämple.org"} {
		m := couriertest.ExampleMessage("product_added", store.ByEmail)
		m.To = []string{to}
		if _, err := (&Carrier{Server: &SMTP{From: "noreply@mijn.example.org"}, Support: couriertest.SupportLine}).Compose(m); !errors.Is(err, errNotASCII) {
			t.Errorf("error %v", err)
		}
	}
}

// checkHTML checks that the HTML part of an e-mail has the same text as the plain part, and loads nothing from the network.
func checkHTML(t *testing.T, html string, r render.Rendered, m store.Message) {
	t.Helper()
	for _, never := range []string{"<img", "<script", "src=", "href=", "url(", "@import", "<link"} {
		if strings.Contains(html, never) {
			t.Errorf("has %s", never)
		}
	}
	if !strings.Contains(html, `<html lang="`+m.Language+`">`) {
		t.Error("does not say in which language it is")
	}
	_, body, _ := strings.Cut(html, "</h1>")
	if got, want := strings.Fields(unmarked(body)), strings.Fields(r.Body); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("says\n%q\nwant\n%q", got, want)
	}
}

func TestIsAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"a@example.org": true, "": false, "a": false, "A <a@example.org>": false, "é@example.org": false, "a@example.org, b@example.org": false,
	} {
		if IsAddress(address) != want {
			t.Errorf("%q is an address: %v", address, !want)
		}
	}
	for text, want := range map[string]bool{"": true, "\x00~\x7f": true, "\u0080": false, "é": false} {
		if isASCII(text) != want {
			t.Errorf("%q is ASCII: %v", text, !want)
		}
	}
}

// TestBadEmail tests that a message that cannot be rendered is not turned into an e-mail.
func TestBadEmail(t *testing.T) {
	m := couriertest.ExampleMessage("temporary_password", store.ByEmail)
	m.Facts["until"] = "BCDF-GHJK-LMNP"
	text, err := (&Carrier{Server: &SMTP{From: "noreply@mijn.example.org"}, Support: couriertest.SupportLine}).Compose(m)
	if err == nil || strings.Contains(err.Error(), "BCDF") || text != nil {
		t.Errorf("%q, %v", text, err)
	}
}
