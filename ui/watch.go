package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// A step that waits for something elsewhere goes on by itself. Until then nothing
// of the flow is touched, so that the visitor can do whatever there is to do: beside
// the screens somebody looks, and says something only once there is something to say.

// vigil is who looks for the form on top whether what it waits for has come. The
// zero one looks for none.
type vigil struct {
	came
	stop context.CancelFunc
}

// came is the message that it has: for a form, as often as it had been submitted.
type came struct {
	by   *form
	turn int
}

// attend has somebody look for the form on top, if it waits for something, and
// nobody any longer for another one. While the visitor looks at something else, or
// is asked something, it waits for them.
func (a *App) attend() tea.Cmd {
	var wanted came
	if f, is := a.top().(*form); is && f.expects() && !f.busy && a.dialog == nil {
		wanted = came{f, f.turns}
	}
	if wanted == a.vigil.came {
		return nil
	}
	if a.vigil.stop != nil {
		a.vigil.stop()
	}
	a.vigil = vigil{came: wanted}
	if wanted.by == nil {
		return nil
	}
	ctx, stop := context.WithCancel(a.ctx)
	a.vigil.stop = stop
	return a.guard(to(watch{ctx, a.lookout(wanted)}))
}

// lookout looks until what a form waits for has come. A store that cannot be asked
// now can later.
func (a *App) lookout(comes came) func(context.Context) tea.Msg {
	waiting, every := comes.by.flow.Waiting(), comes.by.seen.step.PollEvery
	clock, log, visit := a.desk.Clock, a.options.Log, a.visit.ID
	return func(ctx context.Context) tea.Msg {
		told := false
		for clock.Wait(ctx, every) == nil {
			still, err := looked(ctx, waiting)
			switch {
			case ctx.Err() != nil:
				return nil
			case err != nil && !told:
				told = true
				log.Error("look whether a phone came", "visit", visit, "error", err)
			case err == nil && !still:
				return comes
			}
		}
		return nil
	}
}

// looked looks once, for no longer than it may take.
func looked(ctx context.Context, waiting func(context.Context) (bool, error)) (still bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	return waiting(ctx)
}

// came goes on with a form, if it still is the one on top.
func (a *App) came(c came) tea.Cmd {
	if c != a.vigil.came {
		return nil
	}
	return a.guard(c.by.submit())
}

// expects tells whether the visitor waits for something elsewhere, so that it is not
// they who are idle.
func (a *App) expects() bool {
	f := a.vigil.by
	return f != nil && (f.seen.scan == nil || a.desk.Clock.Now().Before(f.seen.scan.Until))
}

// expects tells whether the step goes on by itself, and not by what is pressed. After
// trouble it is the visitor who tries again.
func (f *form) expects() bool { return f.seen.step.PollEvery > 0 && !f.trouble }
