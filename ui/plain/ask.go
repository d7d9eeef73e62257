package plain

import (
	"context"
	"strconv"
	"strings"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/words"
)

// say writes a message, as long as there is something in it.
func (s *session) say(t text.Text) {
	if text := t.In(s.language); text != "" {
		s.out.text(text)
	}
}

// heading begins something new.
func (s *session) heading(t text.Text) {
	s.out.gap()
	s.say(t)
}

// notice writes what to notice before going on.
func (s *session) notice(t text.Text) { s.marked(noteMark, t) }

// mend writes what is wrong with an answer.
func (s *session) mend(t text.Text) { s.marked(wrongMark, t) }

func (s *session) marked(mark, t text.Text) {
	if !strings.HasPrefix(t.In(s.language), mark.In(s.language)) {
		t = words.Joined(mark, t)
	}
	s.say(t)
}

// ask asks for a line that is no command.
func (s *session) ask(question text.Text, secret bool) (string, error) {
	for {
		line, err := s.await(question, secret)
		if err != nil {
			return "", err
		}
		c, is := s.commandIn(line)
		if !is {
			return line, nil
		}
		if err := s.command(c); err != nil {
			return "", err
		}
	}
}

// gone is the ending when there is nobody to ask any more.
func (s *session) gone() error { return &ending{why: flow.Disconnected, stops: true} }

// await asks for a line, and sees to it meanwhile that time passes.
func (s *session) await(question text.Text, secret bool) (string, error) {
	if s.in.quiet(secret) {
		s.in.hide()
		defer s.in.reveal()
	}
	for {
		if s.ctx.Err() != nil || s.out.question(question.In(s.language)) != nil {
			return "", s.gone()
		}
		s.in.ask(secret)
		line, answered, err := s.listen(secret)
		if err != nil {
			s.in.forget() // while it is still hidden
		}
		if answered || err != nil {
			return line, err
		}
	}
}

// listen waits for a line, or until something is due that is to be said before
// the question is asked again, or what the visitor waits for is there.
func (s *session) listen(secret bool) (line string, answered bool, err error) {
	at, do := s.due()
	var ring <-chan time.Time
	if do != nil {
		timer := time.NewTimer(at.Sub(s.now()))
		defer timer.Stop()
		ring = timer.C
	}
	looks, stop := s.watching()
	defer stop()
	heart := time.NewTicker(time.Second)
	defer heart.Stop()
	for {
		s.options.Alive()
		select {
		case <-heart.C:
		case a := <-s.in.answers:
			return s.answered(a, secret)
		case <-looks:
			if err := s.watch.look(); err != nil {
				return "", false, err
			}
		case <-ring:
			return "", false, do()
		case <-s.ctx.Done():
			return "", false, s.gone()
		}
	}
}

// answered takes a line. One without anything on it that comes after a warning
// answers that alone.
func (s *session) answered(a answer, secret bool) (line string, answered bool, err error) {
	s.in.pending = false
	s.out.answered(s.in.quiet(secret))
	if a.err != nil {
		return "", false, s.gone()
	}
	warned := s.idle.warned
	s.touch()
	if err := s.visit.Check(s.ctx); err != nil && s.visit.LoggedIn() {
		return "", false, err
	}
	return a.line, !warned || strings.TrimSpace(a.line) != "", nil
}

// patience is the time after which a wait is told of (R17), and workTimeout the
// longest that the visitor waits for something.
const (
	patience    = 150 * time.Millisecond
	workTimeout = 30 * time.Second
)

// work does something that takes a while, as on the store. Meanwhile it is the
// visitor who waits, which is not being idle.
func (s *session) work(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(s.ctx, workTimeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- caught(func() error { return do(ctx) }) }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		select {
		case err := <-done:
			s.idle.last = s.now()
			if s.ctx.Err() != nil {
				return s.gone()
			}
			return err
		case <-timer.C:
			s.say(words.OneMoment)
			_ = s.out.to.Flush() // if nobody reads it, asking will tell
		}
	}
}

// choice is one of several things to do.
type choice struct {
	name, about text.Text
	next        next
}

// lead is the choice of a place.
func (s *session) lead(p place.ID) choice {
	return choice{name: flows.At(p).Name, about: flows.For(s.visit.Desk, p), next: next{place: p}}
}

// choose lets the visitor choose by number. Where there is a way back, that is 0.
func (s *session) choose(all []choice, back bool) (next, error) {
	s.list(all, back)
	n, _, err := s.pick(all, back, chooseNumber, false)
	return n, err
}

// list writes choices with their numbers.
func (s *session) list(all []choice, back bool) {
	s.out.gap()
	for i, c := range all {
		s.listed(i+1, c)
	}
	if back {
		s.listed(0, choice{name: words.Back})
	}
}

// listed writes a choice with its number.
func (s *session) listed(number int, c choice) {
	s.out.choice(number, sentences(c.name.In(s.language), c.about.In(s.language)))
}

// sentences puts two sentences behind each other.
func sentences(first, second string) string {
	switch {
	case second == "":
		return first
	case strings.ContainsAny(first[len(first)-1:], ".?!"):
		return first + " " + second
	}
	return first + ". " + second
}

// pick asks for the number of a choice. If any words will do as well, it gives
// those that were typed.
func (s *session) pick(all []choice, back bool, question text.Text, orWords bool) (next, string, error) {
	for {
		line, err := s.ask(question, false)
		if err != nil {
			return next{}, "", err
		}
		line = strings.TrimSpace(line)
		n, err := strconv.Atoi(strings.TrimPrefix(line, "/"))
		switch {
		case err == nil && 1 <= n && n <= len(all):
			return all[n-1].next, "", nil
		case err == nil && n == 0 && back:
			return next{back: true}, "", nil
		case err != nil && orWords && line != "":
			return next{}, line, nil
		}
		s.mend(notInList)
	}
}
