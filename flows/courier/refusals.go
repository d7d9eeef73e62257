package courier

import "loket/flows/courier/delivery"

// refusals are the refusals in the same words since the channel last accepted a message.
// A channel in trouble may refuse everybody in words that are meant for one addressee. So
// a permanent refusal is recorded only once the channel accepts another message, or no
// more addressees are refused in the same words.
type refusals struct {
	why        string
	addressees map[string]bool
	messages   []heldMessage
}

// heldMessage is a message that was refused permanently, unless the channel turns out to be the
// cause.
type heldMessage struct {
	claimedMessage
	refusal *delivery.Refusal
}

// add notes a refusal. It reports whether so many addressees are refused in the same
// words that the channel is blamed.
func (r *refusals) add(m claimedMessage, refused *delivery.Refusal) bool {
	if r.addressees == nil {
		r.why, r.addressees = refused.Why, map[string]bool{}
	}
	for _, to := range m.To {
		r.addressees[to] = true
	}
	return len(r.addressees) >= outageThreshold
}

// refuse handles the refusal of a message. It returns an error if the channel is blamed.
func (w *worker) refuse(m claimedMessage, refused *delivery.Refusal, results *resultWriter) error {
	if w.refusals.why != refused.Why {
		w.endRefusals(results)
	}
	blamed := w.refusals.add(m, refused)
	if refused.IsPermanent {
		w.refusals.messages = append(w.refusals.messages, heldMessage{m, refused})
	} else {
		results.add(w.decideOutcome(m, refused, refused))
	}
	if !blamed {
		return nil
	}
	for _, h := range w.refusals.messages {
		waits := &delivery.Refusal{Why: h.refusal.Why, FromServer: true}
		results.add(w.decideOutcome(h.claimedMessage, waits, waits))
	}
	w.refusals = refusals{}
	return delivery.Error("everybody is refused alike: " + refused.Why)
}

// endRefusals records the refusals of the held messages and forgets them, because the channel
// is not the cause.
func (w *worker) endRefusals(results *resultWriter) {
	w.recordHeld(results)
	w.refusals = refusals{}
}

// recordHeld records the refusals of the held messages, because nothing more can be learnt
// about them in this batch.
func (w *worker) recordHeld(results *resultWriter) {
	for _, h := range w.refusals.messages {
		results.add(w.decideOutcome(h.claimedMessage, h.refusal, h.refusal))
	}
	w.refusals.messages = nil
}
