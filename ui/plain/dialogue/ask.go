package dialogue

import (
	"errors"
	"strings"
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/lines"
)

// Ask asks a question and returns the line that answers it. Meanwhile it runs the commands that the visitor types. The slash
// before a command may be left out if isAnswer says that the line is not an answer. If a command or the end of the visit leads
// away from the question, Ask returns that as an error.
func (s *Session) Ask(question text.Text, secret bool, isAnswer func(line string) bool) (string, error) {
	for {
		line, err := s.awaitLine(question, secret)
		if err != nil {
			return "", err
		}
		c, is := s.parseCommand(line)
		if !is && !isAnswer(line) {
			c, is = s.parseWithoutSlash(line)
		}
		if !is {
			return line, nil
		}
		if err := s.runCommand(c); err != nil {
			return "", err
		}
	}
}

// DisconnectedEnding returns the ending for a visitor who has disconnected. It also stops the desk.
func (s *Session) DisconnectedEnding() error {
	return &VisitEnding{Why: flow.ReasonDisconnected, StopsDesk: true}
}

// awaitLine writes a question and waits for a line. Meanwhile it handles idle time and polls.
func (s *Session) awaitLine(question text.Text, secret bool) (string, error) {
	if s.In.IsAnswerHidden(secret) {
		s.In.HideInput()
		defer s.In.RevealInput()
	}
	for {
		if s.Context.Err() != nil || s.Out.WriteQuestion(s.SpokenText(question)) != nil {
			return "", s.DisconnectedEnding()
		}
		s.recordSpeech()
		s.In.RequestLine(secret)
		line, answered, err := s.awaitEvent(secret)
		if err != nil {
			s.In.DiscardInput() // Discard the input before the terminal shows typed characters again.
		}
		if answered || err != nil {
			return line, err
		}
	}
}

// awaitEvent waits for a line, for the next idle warning or idle ending, or until the Watch of the session ends the question.
// If answered is false and err is nil, the question must be asked again.
func (s *Session) awaitEvent(secret bool) (line string, answered bool, err error) {
	wait, do := s.nextDueAction()
	var idleTimer <-chan time.Time
	if do != nil {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		idleTimer = timer.C
	}
	pollTicks, stop := s.pollTicks()
	defer stop()
	heartbeat, loginCheck := time.NewTicker(time.Second), time.NewTicker(flow.LoginCheckInterval)
	defer heartbeat.Stop()
	defer loginCheck.Stop()
	for {
		s.Options.ReportAlive()
		select {
		case <-heartbeat.C:
		case <-loginCheck.C:
			if err := s.Visit.CheckLogin(s.Context); errors.Is(err, flow.ErrLoginEnded) && s.Visit.LoggedIn() {
				return "", false, err
			}
		case a := <-s.In.RequestedLines():
			return s.handleLine(a, secret)
		case <-pollTicks:
			if err := s.watch.Poll(); err != nil {
				return "", false, err
			}
		case <-idleTimer:
			return "", false, do()
		case <-s.Context.Done():
			return "", false, s.DisconnectedEnding()
		}
	}
}

// handleLine handles a line that was typed. An empty line after an idle warning answers only the warning, not the question.
func (s *Session) handleLine(a lines.LineResult, secret bool) (line string, answered bool, err error) {
	s.In.MarkLineTaken()
	s.Out.MarkQuestionAnswered(s.In.IsAnswerHidden(secret))
	switch {
	case a.Err != nil:
		return "", false, s.DisconnectedEnding()
	case s.Desk.Clock.RealNow().Before(s.ignoreInputUntil):
		return "", false, nil
	}
	warned := s.idle.IsVisitorWarned()
	s.recordActivity()
	if err := s.Visit.CheckLogin(s.Context); err != nil && s.Visit.LoggedIn() {
		return "", false, err
	}
	return a.Line, !warned || strings.TrimSpace(a.Line) != "", nil
}

// pollTicks returns a channel that receives when the Watch of the session must poll. It returns nil if there is no Watch.
func (s *Session) pollTicks() (pollTicks <-chan time.Time, stop func()) {
	if s.watch == nil {
		return nil, func() {}
	}
	ticker := time.NewTicker(s.watch.Every)
	return ticker.C, ticker.Stop
}
