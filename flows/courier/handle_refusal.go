package courier

import "loket/flows/courier/delivery"

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
