package dialogue

import (
	"context"
	"errors"
	"time"

	"loket/flows/flow"
	"loket/ui/panics"
	"loket/ui/words"
)

// patience is how long work may take before the visitor is asked to wait (R17). WorkTimeout is the maximum time that work may
// take.
const (
	waitNoticeDelay = 150 * time.Millisecond
	WorkTimeout     = 30 * time.Second
)

// RunWork runs work that may take a while, such as a transaction. The visitor does not count as idle meanwhile. If do panics,
// the error is a Fault.
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
				return s.DisconnectedEnding()
			}
			return err
		case <-timer.C:
			s.Say(words.OneMoment)
			_ = s.Out.Flush() // The next question returns this error.
		}
	}
}

// Fetch runs work for a screen that can also be shown without the result. If the work fails, it logs the error and returns
// false. It returns an error only if that is an Ending, a Fault or flow.ErrLoginEnded.
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

// Recover calls do. If do panics, Recover returns a Fault.
func Recover(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Fault{panics.TraceOf(p)}
		}
	}()
	return do()
}

// EndsVisit reports whether err is an Ending or a Fault, after which the screen cannot continue.
func EndsVisit(err error) bool {
	_, ended := errors.AsType[*VisitEnding](err)
	_, broken := errors.AsType[*Fault](err)
	return ended || broken
}
