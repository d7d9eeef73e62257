package dialogue

import (
	"context"
	"errors"
	"time"

	"loket/flows/flow"
	"loket/ui/panics"
	"loket/ui/words"
)

// patience is the time after which the visitor is told to wait (R17). WorkTimeout is how long
// work may take.
const (
	waitNoticeDelay = 150 * time.Millisecond
	WorkTimeout     = 30 * time.Second
)

// RunWork runs work that may take a while, as on the store. The visitor is not idle meanwhile. A
// panic in do comes back as a Fault.
func (s *Session) RunWork(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(s.Context, WorkTimeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- Recover(func() error { return do(ctx) }) }()
	timer := time.NewTimer(waitNoticeDelay)
	defer timer.Stop()
	for {
		select {
		case err := <-done:
			s.postponeIdle()
			if s.Context.Err() != nil {
				return s.GoneEnding()
			}
			return err
		case <-timer.C:
			s.Say(words.OneMoment)
			_ = s.Out.Flush() // an error comes back at the next question
		}
	}
}

// Fetch runs work for a screen that can be shown without its result. It logs an error and
// returns false. It only returns the error if that is an Ending, a Fault or
// flow.ErrLoginEnded.
func (s *Session) Fetch(doing string, get func(context.Context) error) (ok bool, err error) {
	err = s.RunWork(get)
	if err == nil || EndsVisit(err) || errors.Is(err, flow.ErrLoginEnded) {
		return err == nil, err
	}
	s.Options.Log.Error(doing, "visit", s.Visit.ID, "error", err)
	return false, nil
}

// A Fault is a recovered panic.
type Fault struct{ panics.Trace }

func (f *Fault) Error() string { return f.What }

// Recover calls do, and returns a panic of do as a Fault.
func Recover(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Fault{panics.TraceOf(p)}
		}
	}()
	return do()
}

// EndsVisit reports whether err is an Ending or a Fault, so that the screen cannot go on.
func EndsVisit(err error) bool {
	_, ended := errors.AsType[*Ending](err)
	_, broken := errors.AsType[*Fault](err)
	return ended || broken
}
