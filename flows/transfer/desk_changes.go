package transfer

import "loket/store"

// deskChangesSince returns which facts of a record its customer changed at the desk.
// Where some were changed before changes were noted, it is those that give the line
// that the record is from once they are put back. For want of that line they are put
// back to what the line of today says, which is most often the same. If that gives
// another line, each may have been changed.
func deskChangesSince(old, line store.Customer) store.DeskChanges {
	noted := old.ChangedAtDesk()
	if !noted.OthersUnknown {
		return noted
	}
	noted.OthersUnknown = false
	for bits := range 8 { // a set comes after all that it holds
		tried := store.DeskChanges{
			Email:    noted.Email || bits&1 != 0,
			Phone:    noted.Phone || bits&2 != 0,
			Language: noted.Language || bits&4 != 0,
		}
		before := old
		if tried.Copy(&before, line); before.Fingerprint() == old.Origin {
			return tried
		}
	}
	return store.DeskChanges{Email: true, Phone: true, Language: true}
}
