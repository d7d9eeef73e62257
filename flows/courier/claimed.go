package courier

import "loket/store"

// claimedMessage is a message under a lease, with the entry that it had in the schedule before.
type claimedMessage struct {
	store.Message
	dueEntry store.DueEntry
}
