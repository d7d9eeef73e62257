package transfer

import "loket/store"

// findDeskChanges returns the facts of a record that its customer has changed at the desk. Old records do not say which facts
// were changed. For such a record, it looks for the smallest set of facts that, when set to the values of the current line,
// restores the fingerprint of the line that the record was imported from. If no set does, each fact may have been changed.
func findDeskChanges(old, line store.Customer) store.DeskChanges {
	noted := old.FactsChangedAtDesk()
	if !noted.OthersUnknown {
		return noted
	}
	noted.OthersUnknown = false
	for bits := range 8 { // Smaller sets of facts come before larger ones that contain them.
		tried := store.DeskChanges{
			Email:    noted.Email || bits&1 != 0,
			Phone:    noted.Phone || bits&2 != 0,
			Language: noted.Language || bits&4 != 0,

			LetterPrint: noted.LetterPrint,
		}
		before := old
		if tried.CopyMarkedFacts(&before, line); before.LineFingerprint() == old.Origin {
			return tried
		}
	}
	return store.DeskChanges{Email: true, Phone: true, Language: true, LetterPrint: noted.LetterPrint}
}
