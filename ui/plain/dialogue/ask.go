package dialogue

import (
	"strings"
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/lines"
)

// Ask asks for a line that is no command. What is no answer either may be one without its slash.
func (s *Session) Ask(question text.Text, secret bool, isAnswer func(line string) bool) (string, error) {
	for {
		line, err := s.await(question, secret)
		if err != nil {
			return "", err
		}
		c, is := s.commandIn(line)
		if !is && !isAnswer(line) {
			c, is = s.wordIn(line)
		}
		if !is {
			return line, nil
		}
		if err := s.command(c); err != nil {
			return "", err
		}
	}
}

// GoneEnding is the ending when there is nobody to ask any more.
func (s *Session) GoneEnding() error { return &Ending{Why: flow.Disconnected, Stops: true} }

// await asks for a line, and sees to it meanwhile that time passes.
func (s *Session) await(question text.Text, secret bool) (string, error) {
	if s.In.IsHidden(secret) {
		s.In.Hide()
		defer s.In.Reveal()
	}
	for {
		if s.Context.Err() != nil || s.Out.Question(s.InWords(question)) != nil {
			return "", s.GoneEnding()
		}
		s.heard()
		s.In.Ask(secret)
		line, answered, err := s.awaitEvent(secret)
		if err != nil {
			s.In.Forget() // while it is still hidden
		}
		if answered || err != nil {
			return line, err
		}
	}
}

// awaitEvent waits for a line, or until something is due that is to be said before
// the question is asked again, or what the visitor waits for is there.
func (s *Session) awaitEvent(secret bool) (line string, answered bool, err error) {
	in, do := s.due()
	var ring <-chan time.Time
	if do != nil {
		timer := time.NewTimer(in)
		defer timer.Stop()
		ring = timer.C
	}
	looks, stop := s.watchTicks()
	defer stop()
	heart := time.NewTicker(time.Second)
	defer heart.Stop()
	for {
		s.Options.Alive()
		select {
		case <-heart.C:
		case a := <-s.In.Answers():
			return s.takeLine(a, secret)
		case <-looks:
			if err := s.watch.Look(); err != nil {
				return "", false, err
			}
		case <-ring:
			return "", false, do()
		case <-s.Context.Done():
			return "", false, s.GoneEnding()
		}
	}
}

// takeLine takes a line. One without anything on it that comes after a warning
// answers that alone.
func (s *Session) takeLine(a lines.Answer, secret bool) (line string, answered bool, err error) {
	s.In.MarkTaken()
	s.Out.Answered(s.In.IsHidden(secret))
	switch {
	case a.Err != nil:
		return "", false, s.GoneEnding()
	case s.Desk.Clock.RealNow().Before(s.deafUntil):
		return "", false, nil
	}
	warned := s.idle.IsWarned()
	s.touch()
	if err := s.Visit.CheckLogin(s.Context); err != nil && s.Visit.LoggedIn() {
		return "", false, err
	}
	return a.Line, !warned || strings.TrimSpace(a.Line) != "", nil
}

// watchTicks returns the moments at which to look, if the visitor waits for something.
func (s *Session) watchTicks() (looks <-chan time.Time, stop func()) {
	if s.watch == nil {
		return nil, func() {}
	}
	ticker := time.NewTicker(s.watch.Every)
	return ticker.C, ticker.Stop
}
