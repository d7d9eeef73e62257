package courier

import "loket/flows/courier/delivery"

// refusals are the refusals with the same reply since the channel last accepted a message. A channel in trouble may refuse all
// messages with a reply that normally concerns one addressee. So a permanent refusal is recorded only when the channel accepts
// another message, or when no more addressees get the same reply.
type refusals struct {
	reason     string
	addressees map[string]bool
	messages   []heldMessage
}

// heldMessage is a permanently refused message whose refusal is not recorded yet, because the channel may be the cause.
type heldMessage struct {
	claimedMessage
	refusal *delivery.Refusal
}

// addRefusal adds a refusal. It reports whether the number of addressees with the same refusal has reached outageThreshold.
func (r *refusals) addRefusal(m claimedMessage, refused *delivery.Refusal) bool {
	if r.addressees == nil {
		r.reason, r.addressees = refused.Why, map[string]bool{}
	}
	for _, to := range m.To {
		r.addressees[to] = true
	}
	return len(r.addressees) >= outageThreshold
}

// outageThreshold is the number of failures in a row after which the channel is considered to be down. It counts sessions that
// break, each at a different message, and addressees who are refused with the same reply. A message that gets an answer, or is
// accepted, ends the row.
const outageThreshold = 3
