package courier

import "loket/flows/courier/delivery"

// refusals are the refusals in the same words since the channel last accepted a message.
// A channel in trouble may refuse everybody in words that are meant for one addressee. So
// a permanent refusal is recorded only once the channel accepts another message, or no
// more addressees are refused in the same words.
type refusals struct {
	why        string
	addressees map[string]bool
	held       []held
}

// held is a message that was refused permanently, unless the channel turns out to be the
// cause.
type held struct {
	claimed
	refused *delivery.Refusal
}

// add notes a refusal. It reports whether so many addressees are refused in the same
// words that the channel is blamed.
func (r *refusals) add(m claimed, refused *delivery.Refusal) bool {
	if r.addressees == nil {
		r.why, r.addressees = refused.Why, map[string]bool{}
	}
	for _, to := range m.To {
		r.addressees[to] = true
	}
	return len(r.addressees) >= outageThreshold
}

// refuse handles the refusal of a message. It returns an error if the channel is blamed.
func (w *worker) refuse(m claimed, refused *delivery.Refusal, results *resultWriter) error {
	if w.refused.why != refused.Why {
		w.settle(results)
	}
	blamed := w.refused.add(m, refused)
	if refused.ForGood {
		w.refused.held = append(w.refused.held, held{m, refused})
	} else {
		results.add(w.recordOf(m, refused, refused))
	}
	if !blamed {
		return nil
	}
	for _, h := range w.refused.held {
		waits := &delivery.Refusal{Why: h.refused.Why, Replied: true}
		results.add(w.recordOf(h.claimed, waits, waits))
	}
	w.refused = refusals{}
	return delivery.Error("everybody is refused alike: " + refused.Why)
}

// settle records the refusals of the held messages and forgets them, because the channel
// is not the cause.
func (w *worker) settle(results *resultWriter) {
	w.letGo(results)
	w.refused = refusals{}
}

// letGo records the refusals of the held messages, because nothing more can be learnt
// about them in this batch.
func (w *worker) letGo(results *resultWriter) {
	for _, h := range w.refused.held {
		results.add(w.recordOf(h.claimed, h.refused, h.refused))
	}
	w.refused.held = nil
}
