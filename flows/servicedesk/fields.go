package servicedesk

import (
	"strings"

	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
)

var optionalHint = text.New("Niet verplicht", "Optional")

// makeFieldOptional returns a field that may stay empty. note is called with whether something was given.
func makeFieldOptional(f flow.Field, note func(given bool)) flow.Field {
	accept := f.Accept
	f.Hint = text.TextFunc(optionalHint)
	f.Accept = func(s string) *text.Text {
		note(strings.TrimSpace(s) != "")
		if strings.TrimSpace(s) == "" {
			return nil
		}
		return accept(s)
	}
	return f
}

// optionalLineField asks for a line of any text, which may stay empty.
func optionalLineField(name string, label, hint text.Text, v *string) flow.Field {
	return flow.Field{Name: name, Label: label, Hint: text.TextFunc(hint), Accept: func(s string) *text.Text {
		*v = dutch.TidyTypedText(s)
		return nil
	}}
}

// maxReasonLength is how many characters a reason or a note has at most.
const maxReasonLength = 200

// reasonField asks why the operator does something, for the audit log.
func reasonField(v *string) flow.Field {
	f := optionalLineField("reason", text.New("Waarom", "Why"), text.New("Niet verplicht. Komt in het logboek", "Optional. Goes into the log"), v)
	f.MaxCharacters = maxReasonLength
	f.Help = text.New("Schrijf op wat de beller vroeg. Schrijf geen wachtwoorden, codes of activatienummers op.", "Write down what the caller asked. Do not write down passwords, codes or activation numbers.")
	return f
}
