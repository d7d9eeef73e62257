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
		im.addWarning(f.name, f.name+" has a character that letters cannot show")
	}
}

// addWarning adds a warning about the current line, which is not refused because of it.
func (im *importer) addWarning(field, reason string) {
	if im.summary.Warned++; im.summary.Warned <= maxWarnings {
		im.summary.Warnings = append(im.summary.Warnings, Problem{Line: im.line.Line, Field: field, Reason: reason})
	}
}
