package plain

import (
	"context"
	"strings"
	"time"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/words"
)

// watch is what the visitor waits for while they are asked something. The session
// looks every so often whether it is there, and says nothing until it is.
type watch struct {
	every time.Duration
	look  func() error // a *change once it is there
}

// change is the end of a wait, which leads away from the question that was asked
// meanwhile, even if half an answer was typed.
type change struct{ err error } // of looking; none, if the flow moved

func (c *change) Error() string { return "what the visitor waited for has changed" }

// watching gives the moments at which to look, if the visitor waits for something.
func (s *session) watching() (looks <-chan time.Time, stop func()) {
	if s.watch == nil {
		return nil, func() {}
	}
	ticker := time.NewTicker(s.watch.every)
	return ticker.C, ticker.Stop
}

// waits tells whether the step waits for something elsewhere. After trouble it is
// the visitor who has the desk look again.
func (f *form) waits() bool { return f.flow.Step().PollEvery > 0 && !f.failed }

// look submits a step that waits, and gives a *change unless it waits on.
func (f *form) look(s *session) error {
	ctx, cancel := context.WithTimeout(s.ctx, workTimeout)
	defer cancel()
	at := f.flow.At()
	err := f.flow.Submit(ctx, nil)
	switch {
	case s.ctx.Err() != nil:
		return s.gone()
	case err == nil && f.flow.At() == at:
		return nil
	}
	return &change{err}
}

// await asks where else to go while the step waits. The visitor is not idle then:
// the flow says for how long it waits.
func (f *form) await(s *session, offers []place.ID) (next, error) {
	s.watch = &watch{f.flow.Step().PollEvery, func() error { return f.look(s) }}
	defer func() { s.watch, s.idle.last = nil, s.now() }()
	return s.choose(s.leads(offers), true)
}

// changed goes on after a wait. Where nothing else tells the visitor what came of
// it, that is said.
func (f *form) changed(s *session, c *change) (next, error) {
	if step := f.flow.Step(); c.err == nil && step.AutoSubmit && f.flow.Ended() {
		s.heading(step.Title())
	}
	return f.settle(s, c.err)
}

// scan tells how to come with a phone, without a picture.
func (s *session) scan(is flow.Scan) {
	s.out.gap()
	if s.desk.App.OnlyHere() {
		s.say(words.OnlyHere)
	}
	s.fact(words.PhoneAddress, text.Same(is.Address))
	s.fact(words.PhoneLetters, text.Same(is.Code))
	s.fact(spelled, text.Same(letters(is.Code)))
	s.fact(words.PhoneNumber, text.Same(is.Number))
	s.out.gap()
	s.say(goesOnFor(is.Until.Sub(s.desk.Clock.Now())))
}

// letters puts room around every letter of a code, for nobody to read it as a word.
func letters(code string) string {
	var groups []string
	for group := range strings.SplitSeq(code, "-") {
		groups = append(groups, strings.Join(strings.Split(group, ""), " "))
	}
	return strings.Join(groups, ", ")
}
