package dialogue

import (
	"strings"
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/lines"
)

// Ask asks a question and returns the line that answers it. It carries out commands on the
// way: with their slash, and without it where isAnswer says that the line is no answer. If a
// command or an ending leads away from the question, Ask returns it as an error.
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

// GoneEnding returns the ending for when the visitor is disconnected. It also stops the desk.
func (s *Session) GoneEnding() error { return &Ending{Why: flow.Disconnected, Stops: true} }

// await asks for a line. While it waits, it handles idle time and polls.
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
			s.In.Forget() // before the terminal shows typed characters again
		}
		if answered || err != nil {
			return line, err
		}
	}
}

// awaitEvent waits for a line, for the idle warning or ending that is due, or until the Watch
// of the session ends the question. If answered is false and err is nil, the question must be
// asked again.
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

// takeLine takes a line. An empty line after a warning answers only the warning.
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

// watchTicks returns the ticks at which to poll the Watch of the session; nil without one.
func (s *Session) watchTicks() (looks <-chan time.Time, stop func()) {
	if s.watch == nil {
		return nil, func() {}
	}
	ticker := time.NewTicker(s.watch.Every)
	return ticker.C, ticker.Stop
}
