package plain

import (
	"context"
	"errors"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/words"
)

// submit gives the answers to the flow, once. A code that was all that was asked
// for does not stand there after it: it was used, or it was wrong.
func (f *form) submit(s *session) error {
	answers, asked := map[string]string{}, f.fields()
	for _, each := range asked {
		answers[each.Name] = each.typed
	}
	f.failed = false
	err := s.work(func(ctx context.Context) error { return f.flow.Submit(ctx, answers) })
	if err == nil && len(asked) == 1 && asked[0].Kind == flow.Digits {
		asked[0].typed = ""
	}
	return err
}

// correct says what is wrong with answers, and has the visitor mend those alone.
func (f *form) correct(s *session, problems []flow.Problem) {
	f.asks, f.at = f.asks[:0], 0
	for _, each := range f.fields() {
		for _, p := range problems {
			if p.Field == each.Name {
				s.mend(words.Joined(each.Label, text.Same(": "), p.Why))
				each.typed = ""
				f.asks = append(f.asks, each)
			}
		}
	}
}

// settle goes on with what came of submitting.
func (f *form) settle(s *session, err error) (next, error) {
	_, gone := errors.AsType[*ending](err)
	_, broken := errors.AsType[*fault](err)
	switch {
	case gone || broken:
		return next{}, err
	case err != nil:
		s.options.Log.Error("submit", "visit", s.visit.ID, "error", err)
		f.failed = true
	case f.flow.Ended():
		return next{ended: f}, nil
	}
	f.enter()
	return next{}, nil
}
