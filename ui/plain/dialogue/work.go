package dialogue

import (
	"context"
	"errors"
	"time"

	"loket/flows/flow"
	"loket/ui/panics"
	"loket/ui/words"
)

// patience is the time after which the visitor is told to wait (R17), and WorkTimeout the
// longest that they wait for something.
const (
	patience    = 150 * time.Millisecond
	WorkTimeout = 30 * time.Second
)

// Work does something that takes a while, as on the store. Meanwhile it is the
// visitor who waits, which is not being idle.
func (s *Session) Work(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(s.Context, WorkTimeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- Recover(func() error { return do(ctx) }) }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		select {
		case err := <-done:
			s.postpone()
			if s.Context.Err() != nil {
				return s.GoneEnding()
			}
			return err
		case <-timer.C:
			s.Say(words.OneMoment)
			_ = s.Out.Flush() // if nobody reads it, asking will tell
		}
	}
}

// Fetch gets something for a screen that can do without. What went wrong goes to
// the log; that the visit is over goes on.
func (s *Session) Fetch(doing string, get func(context.Context) error) (ok bool, err error) {
	err = s.Work(get)
	if err == nil || EndsVisit(err) || errors.Is(err, flow.ErrLoginEnded) {
		return err == nil, err
	}
	s.Options.Log.Error(doing, "visit", s.Visit.ID, "error", err)
	return false, nil
}

// A Fault is a panic that was recovered.
type Fault struct{ panics.Trace }

func (f *Fault) Error() string { return f.What }

// Recover does something, and turns its panic into a Fault.
func Recover(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Fault{panics.Of(p)}
		}
	}()
	return do()
}

// EndsVisit reports whether after an error nothing goes on where it came from: the visit
// ended, or the program has a fault.
func EndsVisit(err error) bool {
	_, ended := errors.AsType[*Ending](err)
	_, broken := errors.AsType[*Fault](err)
	return ended || broken
}
