package speechtest

import (
	"context"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/ui/plain/lines"
)

// A player speaks the texts of a connection, one after the other.
type player struct {
	service *Service
	send    func(...string)
	texts   chan queued
	done    sync.WaitGroup

	mu      sync.Mutex
	current context.CancelFunc // current ends the texts that were queued so far.
	ctx     context.Context
}

// queued is a text that waits to be spoken, until ctx is done.
type queued struct {
	ctx context.Context
	id  int
	*Text
}

func newPlayer(s *Service, send func(...string)) *player {
	p := &player{service: s, send: send, texts: make(chan queued, 100)}
	p.ctx, p.current = context.WithCancel(context.Background())
	p.done.Go(func() {
		for text := range p.texts {
			p.speak(text)
		}
	})
	return p
}

func (p *player) play(id int, text *Text) {
	if p.service.Fault == EndsTooEarly || p.service.Fault == NeverEnds {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.texts <- queued{p.ctx, id, text}
}

// cancel ends all texts that were queued so far.
func (p *player) cancel() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.current()
	p.ctx, p.current = context.WithCancel(context.Background())
}

// stop ends all texts, and waits for the goroutine of the player.
func (p *player) stop() {
	p.cancel()
	close(p.texts)
	p.done.Wait()
}

// speak waits for as long as a text takes, unless it is cancelled, and sends the events.
func (p *player) speak(text queued) {
	p.service.note(func() { text.Begin = clock.MonotonicNow() })
	p.send(event(701, text.id, "BEGIN")...)
	takes := textTime + time.Duration(lines.CountSpokenWords(text.Text.Text))*wordTime
	select {
	case <-time.After(takes):
		p.service.note(func() { text.End = clock.MonotonicNow() })
		p.send(event(702, text.id, "END")...)
	case <-text.ctx.Done():
		p.service.note(func() { text.End, text.IsCancelled = clock.MonotonicNow(), true })
		p.send(event(703, text.id, "CANCELED")...)
	}
}

func (s *Service) note(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}
