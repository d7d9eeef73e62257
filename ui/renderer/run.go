package renderer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/ui/panics"
	"loket/ui/tty"
)

// A Terminal is one that is elsewhere. It is taken as it is: what it can do is what
// its environment says.
type Terminal struct {
	In    Input
	Out   io.Writer // to a terminal in raw mode
	Env   []string  // in the form of os.Environ: TERM, and perhaps COLORTERM
	Size  tea.WindowSizeMsg
	Sizes <-chan tea.WindowSizeMsg // that it changes to
}

// Input is what is typed.
type Input interface {
	// Next waits for more of it, or fails once there is no more or ctx is done.
	Next(ctx context.Context) ([]tty.Token, error)
}

// Run runs a program until it ends by itself or ctx is done, and leaves the terminal
// as it was. What ctx ends is no error. Filter is as for tea.WithFilter.
func Run(ctx context.Context, model tea.Model, filter func(tea.Model, tea.Msg) tea.Msg, t Terminal) error {
	beside, stop := context.WithCancel(ctx)
	defer stop()
	painter := newPainter(t)
	program := tea.NewProgram(painted{model, painter},
		tea.WithContext(beside), tea.WithoutSignalHandler(), tea.WithFPS(1), tea.WithoutRenderer(),
		tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithEnvironment(t.Env),
		tea.WithColorProfile(colorprofile.Env(t.Env)), tea.WithWindowSize(t.Size.Width, t.Size.Height),
		tea.WithFilter(func(m tea.Model, msg tea.Msg) tea.Msg { return painter.filter(filter(m, msg)) }))
	typed := func(msg tea.Msg, more bool) {
		painter.behind.Store(more)
		program.Send(msg)
	}
	var hands hands
	hands.work(stop, func() { painter.paint(beside) })
	hands.work(stop, func() { read(beside, t.In, typed) })
	hands.work(stop, func() { resize(beside, t.Sizes, program.Send) })
	_, err := program.Run()
	stop()
	hands.Wait()
	hands.work(stop, painter.restore)
	hands.Wait()
	if fault := hands.fault.Load(); fault != nil {
		return fmt.Errorf("run a program on a terminal elsewhere: %v", fault)
	}
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	return err
}

// hands work beside a program. A fault in what they do, which depends on what comes
// from elsewhere, ends that program and no other one.
type hands struct {
	sync.WaitGroup
	fault atomic.Pointer[panics.Trace]
}

func (h *hands) work(stop func(), do func()) {
	h.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				trace := panics.Of(p)
				h.fault.Store(&trace)
				stop()
			}
		}()
		do()
	})
}

func resize(ctx context.Context, sizes <-chan tea.WindowSizeMsg, send func(tea.Msg)) {
	for {
		select {
		case size := <-sizes:
			send(size)
		case <-ctx.Done():
			return
		}
	}
}

// painted is a model whose views go to a painter.
type painted struct {
	tea.Model
	painter *painter
}

// Update updates the model.
func (p painted) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	model, cmd := p.Model.Update(msg)
	return painted{model, p.painter}, cmd
}

// View has the model's view drawn, and gives none to who calls it. Of keys that came
// together only what becomes of the last is drawn, since that is what takes time.
func (p painted) View() tea.View {
	if !p.painter.behind.Load() {
		p.painter.show(p.Model.View())
	}
	return tea.View{}
}
