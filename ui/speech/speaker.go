package speech

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"time"

	"loket/flows/clock"
)

// A Speaker speaks texts, one after the other. Its methods return at once, and may be called by any goroutine.
type Speaker struct {
	dial  func(context.Context) (net.Conn, error)
	clock *clock.Clock
	log   *slog.Logger
	stop  context.CancelFunc
	loop  sync.WaitGroup // loop waits for the goroutine that sends.
	wake  chan struct{}  // wake receives a value if there may be work to do.

	mu           sync.Mutex // mu guards the fields below.
	isOn         bool
	isLost       bool        // isLost is true if speech ended because of the service.
	hasEnded     bool        // hasEnded is true if the service ended the connection.
	isStale      bool        // isStale is true if the connection must end, because speech was turned off.
	shouldCancel bool        // shouldCancel is true if the service must end its messages first.
	queue        []Utterance // queue has the utterances that were not sent yet.
	usual        Volume      // usual is the volume that the operator of the service chose, from when it is connected.
	chosen       Volume      // chosen is the volume that the visitor chose. It is 0 if the visitor chose none.
	isSending    bool        // isSending is true while an utterance is sent.
	lastID       int         // lastID is the ID of the last message that the service has accepted.
	endedID      int         // endedID is the highest ID of a message that is over.
	patienceEnd  time.Time   // patienceEnd is when all messages must be over, even if the service does not say so.
}

// New returns a Speaker that is off. It connects with dial each time that it is turned on. The caller must Close it.
func New(clock *clock.Clock, log *slog.Logger, dial func(context.Context) (net.Conn, error)) *Speaker {
	ctx, stop := context.WithCancel(context.Background())
	s := &Speaker{dial: dial, clock: clock, log: log, stop: stop, wake: make(chan struct{}, 1)}
	s.loop.Go(func() { s.run(ctx) })
	return s
}

// Close ends speech, and waits for the goroutines of the Speaker.
func (s *Speaker) Close() {
	s.stop()
	s.loop.Wait()
}

// TurnOn connects with the service.
func (s *Speaker) TurnOn() {
	s.change(func() { s.isOn, s.isLost = true, false })
}

// TurnOff ends all speech, and disconnects.
func (s *Speaker) TurnOff() {
	s.change(func() { s.isOn, s.isLost, s.queue, s.shouldCancel, s.isStale = false, false, nil, true, true })
}

// maxQueueLength is the maximum number of utterances that wait. Above it, the oldest ones are dropped.
const maxQueueLength = 32

// The time that speaking may take: a start, and a time for each word at the lowest rate.
const (
	startPatience = 10 * time.Second
	wordPatience  = time.Second
)

// Say speaks an utterance after the others. It does nothing if speech is off.
func (s *Speaker) Say(u Utterance) {
	s.change(func() {
		if !s.isOn || u.Text == "" {
			return
		}
		s.queue = append(s.queue, u)
		if over := len(s.queue) - maxQueueLength; over > 0 {
			s.queue = s.queue[over:]
		}
		now := s.clock.RealNow()
		if s.patienceEnd.Before(now) {
			s.patienceEnd = now.Add(startPatience)
		}
		s.patienceEnd = s.patienceEnd.Add(time.Duration(u.wordCount()) * wordPatience)
	})
}

// Cancel ends the utterance that is spoken, and drops those that wait.
func (s *Speaker) Cancel() {
	s.change(func() {
		s.shouldCancel = s.isOn && (s.shouldCancel || s.isSending || s.lastID > s.endedID)
		s.queue, s.patienceEnd = nil, time.Time{}
	})
}

// ChangeVolume makes speech louder or, if by is negative, softer. It reports whether that is possible.
func (s *Speaker) ChangeVolume(by int) (isChanged bool) {
	s.change(func() {
		next := nextVolume(s.volume(), by)
		isChanged = next != s.volume()
		s.chosen = next
	})
	return isChanged
}

// SetVolume sets the volume that a visitor chose. If it is 0, speech has the volume that the operator of the service chose.
func (s *Speaker) SetVolume(chosen Volume) { s.change(func() { s.chosen = chosen }) }

// ChosenVolume returns the volume that the visitor chose, or 0 if the visitor chose none.
func (s *Speaker) ChosenVolume() Volume {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.chosen
}

// volume returns how loud utterances are spoken. The caller must hold mu.
func (s *Speaker) volume() Volume {
	if s.chosen != 0 {
		return s.chosen
	}
	return s.usual
}

// IsLost reports whether speech ended because of the service, since it was last turned on.
func (s *Speaker) IsLost() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.isLost
}

// IsSpeaking reports whether an utterance is spoken or waits. If the service does not say when an utterance is over, it counts
// as over after a time that is long enough for its words.
func (s *Speaker) IsSpeaking() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	isUnderWay := len(s.queue) > 0 || s.isSending || s.lastID > s.endedID
	return s.isOn && isUnderWay && s.clock.RealNow().Before(s.patienceEnd)
}

// change makes a change, and wakes the goroutine that sends.
func (s *Speaker) change(make func()) {
	s.mu.Lock()
	make()
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default: // The goroutine will wake already.
	}
}

// onEvent records that a message is over.
func (s *Speaker) onEvent(code, id int) {
	if code != endCode && code != cancelCode {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endedID = max(s.endedID, id)
}

// onEnd records that the connection has ended.
func (s *Speaker) onEnd() { s.change(func() { s.hasEnded = true }) }
