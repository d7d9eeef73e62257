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
		line, err := s.awaitLine(question, secret)
		if err != nil {
			return "", err
		}
		c, is := s.parseCommand(line)
		if !is && !isAnswer(line) {
			c, is = s.wordIn(line)
		}
		if !is {
			return line, nil
		}
		if err := s.runCommand(c); err != nil {
			return "", err
		}
	}
}

// GoneEnding returns the ending for when the visitor is disconnected. It also stops the desk.
func (s *Session) GoneEnding() error { return &Ending{Why: flow.ReasonDisconnected, StopsDesk: true} }

// awaitLine asks for a line. While it waits, it handles idle time and polls.
func (s *Session) awaitLine(question text.Text, secret bool) (string, error) {
	if s.In.IsHidden(secret) {
		s.In.Hide()
		defer s.In.Reveal()
	}
	for {
		if s.Context.Err() != nil || s.Out.WriteQuestion(s.InWords(question)) != nil {
			return "", s.GoneEnding()
		}
		s.recordSpeech()
		s.In.Ask(secret)
		line, answered, err := s.awaitEvent(secret)
		if err != nil {
			s.In.DiscardInput() // before the terminal shows typed characters again
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
	wait, do := s.nextDue()
	var idleTimer <-chan time.Time
	if do != nil {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		idleTimer = timer.C
	}
	pollTicks, stop := s.pollTicks()
	defer stop()
	heartbeat := time.NewTicker(time.Second)
	defer heartbeat.Stop()
	for {
		s.Options.ReportAlive()
		select {
		case <-heartbeat.C:
		case a := <-s.In.Answers():
			return s.takeLine(a, secret)
		case <-pollTicks:
			if err := s.watch.Poll(); err != nil {
				return "", false, err
			}
		case <-idleTimer:
			return "", false, do()
		case <-s.Context.Done():
			return "", false, s.GoneEnding()
		}
	}
}

// takeLine takes a line. An empty line after a warning answers only the warning.
func (s *Session) takeLine(a lines.Answer, secret bool) (line string, answered bool, err error) {
	s.In.MarkTaken()
	s.Out.MarkAnswered(s.In.IsHidden(secret))
	switch {
	case a.Err != nil:
		return "", false, s.GoneEnding()
	case s.Desk.Clock.RealNow().Before(s.ignoreInputUntil):
		return "", false, nil
	}
	warned := s.idle.IsWarned()
	s.recordActivity()
	if err := s.Visit.CheckLogin(s.Context); err != nil && s.Visit.LoggedIn() {
		return "", false, err
	}
	return a.Line, !warned || strings.TrimSpace(a.Line) != "", nil
}

// pollTicks returns the ticks at which to poll the Watch of the session; nil without one.
func (s *Session) pollTicks() (pollTicks <-chan time.Time, stop func()) {
	if s.watch == nil {
		return nil, func() {}
	}
	ticker := time.NewTicker(s.watch.Every)
	return ticker.C, ticker.Stop
}
