package transfer

import (
	"loket/flows/courier/letter"
	"loket/store"
)

// maxWarnings is the maximum number of warnings in a summary. A person who corrects a file only looks at some of them.
const maxWarnings = 100

// warnUnprintable adds a warning for each text of a customer that letters cannot print exactly. Such letters are still sent, without an
// accent or with a question mark for a character.
func (im *importer) warnUnprintable(c store.Customer) {
	fields := []struct{ name, value string }{
		{"initials", c.Initials}, {"prefix", c.Prefix}, {"surname", c.Surname}, {"street", c.Street}, {"city", c.City},
	}
	for _, line := range c.Lines {
		fields = append(fields, struct{ name, value string }{"address", line})
	}
	for _, f := range fields {
		if letter.CanDrawText(f.value) {
			continue
		}
		if im.summary.Warned++; im.summary.Warned <= maxWarnings {
			im.summary.Warnings = append(im.summary.Warnings, Problem{Line: im.line.Line, Field: f.name, Reason: f.name + " has a character that letters cannot show"})
		}
	}
}
