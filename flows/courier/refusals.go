package courier

import "loket/flows/courier/delivery"

// refusals are those in the same words since the channel last took a message. A channel
// that is in trouble may refuse everybody in words that are meant for one. So what
// refuses a message for good is kept only once the channel takes another one, or no more
// are refused alike.
type refusals struct {
	why        string
	addressees map[string]bool
	held       []held
}

// held is a message that is refused for good, unless the channel is to blame.
type held struct {
	claimed
	refused *delivery.Refusal
}

// add notes a refusal, and reports whether so many addressees are refused alike that the
// channel is to blame.
func (r *refusals) add(m claimed, refused *delivery.Refusal) bool {
	if r.addressees == nil {
		r.why, r.addressees = refused.Why, map[string]bool{}
	}
	for _, to := range m.To {
		r.addressees[to] = true
	}
	return len(r.addressees) >= outageThreshold
}

// refuse keeps what comes of a message that the other side refused. The error is what
// the channel is blamed for, if it is.
func (w *worker) refuse(m claimed, refused *delivery.Refusal, kept *resultWriter) error {
	if w.refused.why != refused.Why {
		w.settle(kept)
	}
	blamed := w.refused.add(m, refused)
	if refused.ForGood {
		w.refused.held = append(w.refused.held, held{m, refused})
	} else {
		kept.add(w.recordOf(m, refused, refused))
	}
	if !blamed {
		return nil
	}
	for _, h := range w.refused.held {
		waits := &delivery.Refusal{Why: h.refused.Why, Replied: true}
		kept.add(w.recordOf(h.claimed, waits, waits))
	}
	w.refused = refusals{}
	return delivery.Error("everybody is refused alike: " + refused.Why)
}

// settle keeps what comes of the messages that were held, and begins anew: the channel
// is not to blame.
func (w *worker) settle(kept *resultWriter) {
	w.letGo(kept)
	w.refused = refusals{}
}

// letGo keeps what comes of the messages that were held, because no more can be said of
// them now.
func (w *worker) letGo(kept *resultWriter) {
	for _, h := range w.refused.held {
		kept.add(w.recordOf(h.claimed, h.refused, h.refused))
	}
	w.refused.held = nil
}
