package couriertest

import (
	"fmt"
	"maps"
	"time"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

var (
	Channels  = []store.Channel{store.ByEmail, store.ByLetter}
	Languages = []text.Language{text.Dutch, text.English}
)

// exampleFacts maps each template to the facts that it needs besides the customer's name.
var exampleFacts = map[string]map[string]string{
	"temporary_password": {"password": "BCDF-GHJK-LMNP", "until": "2026-11-23T13:07:41Z"},
	"username":           {"username": "abvandenberg"},
	"account_opened":     {"username": "abvandenberg"},
	"product_added":      {"product": "Internetsparen"},
	"password_changed":   {},
	"activation_number":  {"number": "481620957733", "product": "Internetsparen", "expires": "2027-05-19"},
	"account_number":     {"number": "481620957733", "expires": "2027-05-19"},
	"account_exists":     {},
	"username_changed":   {},
	"email_code":         {"code": "48162095", "until": "2026-11-22T13:37:41Z"},
	"email_changed":      {},
	"email_corrected":    {},
	"details_changed":    {"changed": "email phone language letter_print"},
	"phone_paired":       {"phone": "Telefoon van Jan"},
	"phone_removed":      {"phone": "Telefoon van Jan"},
	"undelivered":        {"customer": "K1000001", "subject": "een tijdelijk wachtwoord", "channel": "email", "why": "the mail server refuses the addressee for good: 550 5.1.1", "instead": "letter"},
	"write_back": {
		"caller": "A.B. van der Berg", "customer": "K1000001", "channel": "email", "address": "ab@example.org", "compared": "known", "line": "Digital Support",
		"about": "Ik kan niet bellen. Klopt mijn adres?",
	},
	"call_back": {
		"caller": "A.B. van der Berg", "customer": "K1000001", "phone": "06 12 34 56 78", "compared": "other", "line": "Hypotheek", "reach": "088 663 06 63",
		"about": "Mijn adres klopt niet", "from": "2026-11-23T08:00:00+01:00", "until": "2026-11-23T12:00:00+01:00",
	},
}

// SupportLine is the support helpline of a desk with default settings.
var SupportLine = contact.SupportLine(&desk.Desk{Settings: desk.DefaultSettings()})

// ExampleMessage returns a message to a fictional customer, written on a Sunday.
func ExampleMessage(template string, channel store.Channel) store.Message {
	m := store.Message{
		Channel: channel, Template: template, To: []string{"ab@example.org"},
		Facts:   map[string]string{"name": "A.B. van der Berg"},
		Written: time.Date(2026, 11, 22, 13, 7, 41, 0, time.UTC),
	}
	maps.Copy(m.Facts, exampleFacts[template])
	m.ArrivesBy = m.Written
	if channel == store.ByLetter {
		m.To = []string{"A.B. van der Berg", "Dorpsstraat 12A", "3511 AB  Utrecht"}
		m.ArrivesBy = dutch.NewDate(2026, time.November, 27).TimeAt(0)
		if template == "temporary_password" {
			m.Facts["until"] = "2026-12-19"
		}
	}
	return m
}

// ExampleLetter returns a letter in the given language, with an ID.
func ExampleLetter(template string, lang text.Language) store.Message {
	m := ExampleMessage(template, store.ByLetter)
	m.ID, m.Language = "000660e6efcbe590WEOLOAZBRQ", string(lang)
	return m
}

// NthMessage returns the n-th of a series of e-mails.
func NthMessage(n int) store.Message {
	m := ExampleMessage("temporary_password", store.ByEmail)
	m.To = []string{fmt.Sprintf("n%d@example.org", n)}
	return m
}

// ManyMessages returns n e-mails, each to a different address.
func ManyMessages(n int) (messages []store.Message) {
	for i := range n {
		messages = append(messages, NthMessage(i))
	}
	return messages
}

// FirstRecipients returns the first addressee of each message.
func FirstRecipients(messages []store.Message) (to []string) {
	for _, m := range messages {
		to = append(to, m.To[0])
	}
	return to
}
