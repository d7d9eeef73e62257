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

// handleRefusal handles the refusal of a message. It returns an error if the channel seems to be the cause.
func (w *worker) handleRefusal(m claimedMessage, refused *delivery.Refusal, results *resultWriter) error {
	if w.refusals.reason != refused.Why {
		w.settleHeldRefusals(results)
	}
	blamed := w.refusals.addRefusal(m, refused)
	if refused.IsPermanent {
		w.refusals.messages = append(w.refusals.messages, heldMessage{m, refused})
	} else {
		results.addOutcome(w.decideOutcome(m, refused, refused))
	}
	if !blamed {
		return nil
	}
	for _, h := range w.refusals.messages {
		waits := &delivery.Refusal{Why: h.refusal.Why, FromServer: true}
		results.addOutcome(w.decideOutcome(h.claimedMessage, waits, waits))
	}
	w.refusals = refusals{}
	return delivery.OperatorError("everybody is refused alike: " + refused.Why)
}

// settleHeldRefusals records and forgets the refusals of the held messages, because the channel is not their cause.
func (w *worker) settleHeldRefusals(results *resultWriter) {
	w.recordHeldRefusals(results)
	w.refusals = refusals{}
}

// recordHeldRefusals records the refusals of the held messages at the end of a batch, when no further replies can reveal their cause.
func (w *worker) recordHeldRefusals(results *resultWriter) {
	for _, h := range w.refusals.messages {
		results.addOutcome(w.decideOutcome(h.claimedMessage, h.refusal, h.refusal))
	}
	w.refusals.messages = nil
}
