package speech

import (
	"context"
	"errors"
)

// A task is what the goroutine of a Speaker must do next.
type task int

const (
	taskNone task = iota
	taskConnect
	taskDisconnect
	taskCancel
	taskSpeak
	taskFail // taskFail means that the service has ended the connection.
)

// run does the tasks of the Speaker until ctx is done.
func (s *Speaker) run(ctx context.Context) {
	var c *connection
	defer func() { s.disconnect(c) }()
	for {
		next, u := s.nextTask(c != nil)
		var err error
		switch next {
		case taskNone:
			select {
			case <-ctx.Done():
				return
			case <-s.wake:
			}
		case taskConnect:
			c, err = s.connect(ctx)
		case taskDisconnect:
			s.disconnect(c)
			c = nil
		case taskCancel:
			err = c.cancel(ctx)
		case taskSpeak:
			err = s.send(ctx, c, u)
		case taskFail:
			err = errors.New("the speech service ended the connection")
		}
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.disconnect(c)
			c = nil
			s.lose(err)
		}
	}
}

// nextTask returns the next task, and the utterance to speak.
func (s *Speaker) nextTask(isConnected bool) (task, Utterance) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case isConnected && s.isStale:
		return taskDisconnect, Utterance{}
	case isConnected && s.hasEnded:
		return taskFail, Utterance{}
	case !s.isOn:
		return taskNone, Utterance{}
	case !isConnected:
		s.isStale = false
		return taskConnect, Utterance{}
	case s.shouldCancel:
		s.shouldCancel = false
		return taskCancel, Utterance{}
	case len(s.queue) > 0:
		u := s.queue[0]
		u.volume = s.volume()
		s.queue, s.isSending = s.queue[1:], true
		return taskSpeak, u
	}
	return taskNone, Utterance{}
}

// connect connects with the service.
func (s *Speaker) connect(ctx context.Context) (*connection, error) {
	ctx, cancel := context.WithTimeout(ctx, replyTimeout)
	defer cancel()
	socket, err := s.dial(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.hasEnded, s.shouldCancel, s.lastID, s.endedID = false, false, 0, 0
	s.mu.Unlock()
	c, err := connect(ctx, socket, s.onEvent, s.onEnd)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	s.usual = c.current.volume
	s.mu.Unlock()
	return c, nil
}

// send sends an utterance, and records the ID of its message.
func (s *Speaker) send(ctx context.Context, c *connection, u Utterance) error {
	id, err := c.speak(ctx, u)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isSending = false
	if err == nil {
		s.lastID = id
	}
	return err
}

// disconnect closes the connection c, which may be nil. The service then ends the messages of the connection, but only after
// the current sentence, so that disconnect first cancels them.
func (s *Speaker) disconnect(c *connection) {
	if c == nil {
		return
	}
	s.mu.Lock()
	isSpeaking := s.lastID > s.endedID
	hasEnded := s.hasEnded
	s.mu.Unlock()
	if isSpeaking && !hasEnded {
		_ = c.cancel(context.Background()) // The connection is closed anyway.
	}
	c.close()
}

// lose turns speech off because of an error of the service.
func (s *Speaker) lose(err error) {
	s.log.Warn("speech lost", "error", err)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.isOn, s.isLost, s.queue, s.isSending, s.shouldCancel = false, true, nil, false, false
}
