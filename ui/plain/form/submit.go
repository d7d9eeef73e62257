package form

import (
	"context"

	"loket/flows/flow"
	"loket/ui/plain/dialogue"
)

// submit submits the answers to the flow. If the only field is a code, it clears the code afterwards, because the code was
// used or was wrong.
func (f *Form) submit(s *dialogue.Session) error {
	answers, asked := map[string]string{}, f.fields()
	for _, each := range asked {
		answers[each.Name] = each.typed
	}
	f.failure = nil
	err := s.RunWork(func(ctx context.Context) error { return f.flow.Submit(ctx, answers) })
	if err == nil && len(asked) == 1 && asked[0].Kind == flow.KindDigits {
		asked[0].typed = ""
	}
	return err
}

// afterSubmit handles the result of a submit.
func (f *Form) afterSubmit(s *dialogue.Session, err error) (dialogue.NextAction, error) {
	switch {
	case dialogue.EndsVisit(err):
		return dialogue.NextAction{}, err
	case err != nil:
		s.Options.Log.Error("submit", "visit", s.Visit.ID, "error", err)
		f.failure = err
	case f.flow.Ended():
		return dialogue.NextAction{Ended: true}, nil
	}
	f.enterStep()
	return dialogue.NextAction{}, nil
}
