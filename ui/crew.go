package ui

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/ui/panics"
)

// crew is who works beside the screens: Bubble Tea starts commands and never
// waits for them, but what works on the store must be done before that closes.
type crew struct {
	ctx    context.Context // until everybody is dismissed
	cancel context.CancelFunc

	mu   sync.Mutex
	gone bool
	all  sync.WaitGroup
}

func newCrew(ctx context.Context) *crew {
	c := &crew{}
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c
}

// do does work, unless everybody was dismissed.
func (c *crew) do(work func() tea.Msg) tea.Msg {
	if !c.joined() {
		return nil
	}
	defer c.all.Done()
	return work()
}

// start does work of which nobody waits for the outcome. Once begun, it is done.
func (c *crew) start(work func()) {
	if c.joined() {
		go func() {
			defer c.all.Done()
			work()
		}()
	}
}

// joined tells whether there is one more who works, who is to say when they are done.
func (c *crew) joined() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.gone {
		c.all.Add(1)
	}
	return !c.gone
}

// dismiss ends all work, and waits until it did.
func (c *crew) dismiss() {
	c.cancel()
	c.mu.Lock()
	c.gone = true
	c.mu.Unlock()
	c.all.Wait()
}

// beside does work beside the screens. What it gives comes to every screen of
// the visit.
func (a *App) beside(ctx context.Context, work func(context.Context) tea.Msg) tea.Cmd {
	crew := a.crew
	return a.guard(func() tea.Msg {
		return crew.do(func() tea.Msg { return work(ctx) })
	})
}

// ofVisit is a message that is for one visit alone: what comes when that is
// over must not reach the next visitor (R19).
type ofVisit struct {
	visit *flow.Visit
	msg   tea.Msg
}

// guard keeps what a screen's command gives within this visit, and turns its
// panic into an apology.
func (a *App) guard(cmd tea.Cmd) tea.Cmd { return within(a.visit, cmd) }

func within(visit *flow.Visit, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = ofVisit{visit, faultOf(p)}
			}
		}()
		switch msg := cmd().(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			for i, each := range msg {
				msg[i] = within(visit, each)
			}
			return msg
		default:
			return ofVisit{visit, msg}
		}
	}
}

// fault is what was caught of a fault in the program.
type fault struct{ panics.Trace }

func faultOf(p any) fault { return fault{panics.Of(p)} }
