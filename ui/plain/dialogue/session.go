package dialogue

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/plain/lines"
	"loket/ui/plain/spoken"
	"loket/ui/view"
	"loket/ui/words"
)

// Options are how the desk is set up. The zero value suits a visitor who started it by hand.
type Options struct {
	Language text.Language // that every visit begins in: Dutch, if empty
	WalkIn   bool          // nothing that a visitor types stops the desk
	Demo     *demo.Sandbox // what the panel of the demo shows; nil outside the demo
	Log      *slog.Logger  // what goes wrong, with nothing personal in it; may be nil
	Alive    func()        // called at every question, and every second until the answer; may be nil
}

// A Screen is a place at the desk, or a part of one. It says what there is to
// say, asks, and returns where the answer leads.
type Screen interface {
	// Show returns where to go next, or why its question was not answered.
	Show(*Session) (Next, error)
}

// Next is where a screen leads: the first of these that is not zero, and if all are,
// to the same screen again.
type Next struct {
	Move    navigation.Move
	Open    Screen // to put on top of this one
	Replace Screen // to put in the place of this one
	Typed   string // the command that it does
	Ended   bool   // the flow of this screen came to its end
}

// To is the Next of going to where a move leads.
func To(m navigation.Move) Next { return Next{Move: m} }

// An Ending is why a visit is over.
type Ending struct {
	Why      flow.LeaveReason
	Farewell text.Text
	Stops    bool // and with it the desk
}

func (e *Ending) Error() string { return "the visit is over: " + string(e.Why) }

// A Watch is what the visitor waits for while they are asked something. The session
// looks every so often whether it is there, and says nothing until it is.
type Watch struct {
	Every time.Duration
	Look  func() error // an error once it is there, which ends the question
}

// A Session is the desk on one terminal: a visit, and the screens that the visitor
// has open in it.
type Session struct {
	Context  context.Context
	Desk     *desk.Desk
	Options  Options
	In       *lines.Reader
	Out      *lines.Writer
	Language text.Language

	Visit   *flow.Visit
	Screens navigation.Stack[Screen] // the last is the one that speaks
	idle    navigation.Idle
	watch   *Watch  // or nil
	unsaid  []entry // of the page, because it is long

	deafUntil time.Time // at a terminal, after a visit that ended by time
}

// New returns a session at a desk, until ctx is done. Nobody visits it yet.
func New(ctx context.Context, desk *desk.Desk, o Options, in io.Reader, out io.Writer) *Session {
	if o.Language == "" {
		o.Language = text.Dutch
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Alive == nil {
		o.Alive = func() {}
	}
	return &Session{Context: ctx, Desk: desk, Options: o, In: lines.NewReader(in), Out: lines.NewWriter(out), Language: o.Language}
}

// InWords returns a text in the visitor's language, as it is to be read out.
func (s *Session) InWords(t text.Text) string { return spoken.Form(t.In(s.Language), s.Language) }

// Say writes a message, if there is something in it.
func (s *Session) Say(t text.Text) {
	if text := s.InWords(t); text != "" {
		s.Out.Text(text)
	}
}

// Heading begins something new.
func (s *Session) Heading(t text.Text) {
	s.Out.Gap()
	s.Say(t)
}

// SayFact says something by its name, if there is something to say.
func (s *Session) SayFact(name, value text.Text) {
	if value.In(s.Language) != "" {
		s.Say(words.Concat(name, text.Untranslated(": "), value))
	}
}

var (
	wrongMark = text.New("Fout: ", "Error: ")
	noteMark  = text.New("Let op: ", "Note: ")
)

// SayNotice writes what to notice before going on.
func (s *Session) SayNotice(t text.Text) { s.marked(noteMark, t) }

// SayProblem writes what is wrong with an answer.
func (s *Session) SayProblem(t text.Text) { s.marked(wrongMark, t) }

func (s *Session) marked(mark, t text.Text) {
	if !strings.HasPrefix(t.In(s.Language), mark.In(s.Language)) {
		t = words.Concat(mark, t)
	}
	s.Say(t)
}

// Helplines says how to reach somebody (S1).
func (s *Session) Helplines() {
	s.Out.Gap()
	for _, line := range view.Helplines(s.Desk, s.Desk.Clock.Now()) {
		s.Say(line)
	}
}
