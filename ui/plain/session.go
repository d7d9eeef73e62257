package plain

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"time"

	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/panics"
	"loket/ui/words"
)

// Options are how the desk is set up. The zero value suits who started it by hand.
type Options struct {
	Language text.Language // that every visit begins in: Dutch, if none
	WalkIn   bool          // nothing that a visitor types stops the desk
	Demo     *demo.Sandbox // what the drawer of the demo shows; none outside the demo
	Log      *slog.Logger  // what goes wrong, with nothing personal in it; none
	Alive    func()        // called at every question, and every second until the answer; none
}

// Run serves visitors, one after the other, until the last line was read, the
// visitor stops it, nobody reads any more what it writes, or ctx is done. None
// of these is an error. It returns once whatever it did on the store is over.
func Run(ctx context.Context, desk *desk.Desk, o Options, in io.Reader, out io.Writer) error {
	if o.Language == "" {
		o.Language = text.Dutch
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Alive == nil {
		o.Alive = func() {}
	}
	s := &session{ctx: ctx, desk: desk, options: o, in: newInput(in), out: newOutput(out), language: o.Language}
	defer s.in.close()
	defer s.leavers.Wait()
	s.welcome()
	for {
		over := s.receive()
		s.end(over)
		if over.stops {
			return nil
		}
	}
}

// session is the desk on one terminal: a visit, and the screens that the visitor
// has open in it.
type session struct {
	ctx      context.Context
	desk     *desk.Desk
	options  Options
	in       *input
	out      *output
	language text.Language

	visit   *flow.Visit
	screens []screen // never empty; home is the first, and the last is the one that speaks
	forms   []*form  // those among them at the question before
	idle    idle
	watch   *watch         // or nil
	leavers sync.WaitGroup // who leave flows for good
}

// ending is why a visit is over.
type ending struct {
	why      flow.Leaving
	farewell text.Text
	stops    bool // and with it the desk
}

func (e *ending) Error() string { return "the visit is over: " + string(e.why) }

// fault is what was caught of a fault in the program.
type fault struct{ panics.Trace }

func (f *fault) Error() string { return f.What }

// caught does something, and turns its panic into an error.
func caught(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &fault{panics.Of(p)}
		}
	}()
	return do()
}

// welcome says where the visitor is, and how to get around.
func (s *session) welcome() {
	s.say(words.Joined(text.Same("mijn.nn "), words.Desk))
	s.say(words.Moment(s.desk.Clock.Now()))
	s.say(announcement)
	if s.options.Demo != nil {
		s.say(demoTells)
	}
}

// receive has one visit, from its beginning until it is over.
func (s *session) receive() *ending {
	s.idle = idle{}
	s.begin()
	for {
		s.abandon(s.screens)
		var n next
		err := caught(func() (err error) {
			n, err = s.top().show(s)
			return err
		})
		if err == nil {
			err = caught(func() error { return s.goOn(n) })
		}
		if err != nil {
			err = caught(func() error { return s.leadElsewhere(err) })
		}
		if over, is := errors.AsType[*ending](err); is {
			return over
		}
		if err != nil {
			s.apologise(err)
		}
	}
}

// begin forgets the visit that was, and begins another one at home.
func (s *session) begin() {
	s.abandon(nil)
	s.visit = flow.NewVisit(s.desk)
	s.screens = []screen{&menu{place.Home}}
	s.idle = idle{begun: s.idle.begun, since: s.now(), last: s.now()}
}

// leaveTimeout is how long it may take to note that somebody left.
const leaveTimeout = 5 * time.Second

// end notes that the visitor left, and says so. What they typed is forgotten, and
// what was said to them goes out of sight; more cannot be done about it here, and
// so they are told (R19).
func (s *session) end(over *ending) {
	s.in.forget()
	s.in.reveal()
	s.abandon(nil)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), leaveTimeout)
	defer cancel()
	if err := s.visit.Leave(ctx, over.why); err != nil {
		s.options.Log.Error("leave", "visit", s.visit.ID, "error", err)
	}
	if s.idle.begun && over.why != flow.Disconnected {
		s.out.push()
	}
	s.out.gap()
	s.say(over.farewell)
	if s.idle.begun && s.out.terminal != nil {
		s.say(staysInSight)
	}
	if over.stops {
		s.say(stopped)
	}
	s.language = s.options.Language
	_ = s.out.to.Flush() // nobody who reads it is no error
}

func (s *session) top() screen { return s.screens[len(s.screens)-1] }

// apologise goes on after something that should not have happened. The details
// go to the log alone; what the screens held may be anything by now.
func (s *session) apologise(err error) {
	where := ""
	if f, is := errors.AsType[*fault](err); is {
		where = f.Where
	}
	s.options.Log.Error("fault", "visit", s.visit.ID, "what", err, "where", where)
	s.screens = append(s.screens[:1], &outcome{step: words.Apology()})
}
