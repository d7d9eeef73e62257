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
)

// A Terminal is a remote terminal. The renderer does not ask the terminal for its capabilities, but reads them from its
// environment variables.
type Terminal struct {
	In    Input
	Out   io.Writer // Out writes to a terminal in raw mode.
	Env   []string  // Env has TERM, and perhaps COLORTERM, in the form of os.Environ.
	Size  tea.WindowSizeMsg
	Sizes <-chan tea.WindowSizeMsg // Sizes receives each later size.
}

// Run runs a program until it ends by itself or ctx is done, and then restores the terminal. It returns no error when ctx is
// done. filter has the meaning of tea.WithFilter.
func Run(ctx context.Context, model tea.Model, filter func(tea.Model, tea.Msg) tea.Msg, t Terminal) error {
	runCtx, stop := context.WithCancel(ctx)
	defer stop()
	renderer := newRenderer(t.Out, t.Env, t.Size)
	program := tea.NewProgram(renderedModel{model, renderer},
		tea.WithContext(runCtx), tea.WithoutSignalHandler(), tea.WithFPS(1), tea.WithoutRenderer(),
		tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithEnvironment(t.Env),
		tea.WithColorProfile(colorprofile.Env(t.Env)), tea.WithWindowSize(t.Size.Width, t.Size.Height),
		tea.WithFilter(func(m tea.Model, msg tea.Msg) tea.Msg { return renderer.filterMessage(filter(m, msg)) }))
	typed := func(msg tea.Msg, more bool) {
		renderer.hasMoreInput.Store(more)
		program.Send(msg)
	}
	var all goroutines
	all.start(stop, func() { renderer.paintLoop(runCtx) })
	all.start(stop, func() { readInput(runCtx, t.In, typed) })
	all.start(stop, func() { sendSizes(runCtx, t.Sizes, program.Send) })
	_, err := program.Run()
	stop()
	all.Wait()
	all.start(stop, renderer.restoreTerminal)
	all.Wait()
	if fault := all.fault.Load(); fault != nil {
		return fmt.Errorf("run a program on a terminal elsewhere: %v", fault)
	}
	if errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		return nil
	}
	return err
}

// goroutines are the goroutines of a session. If one of them panics, perhaps because of remote input, only that session ends.
type goroutines struct {
	sync.WaitGroup
	fault atomic.Pointer[panics.Trace]
}

// start runs do in a goroutine. If do panics, it calls stop.
func (g *goroutines) start(stop func(), do func()) {
	g.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				trace := panics.TraceOf(p)
				g.fault.Store(&trace)
				stop()
			}
		}()
		do()
	})
}

func sendSizes(ctx context.Context, sizes <-chan tea.WindowSizeMsg, send func(tea.Msg)) {
	for {
		select {
		case size := <-sizes:
			send(size)
		case <-ctx.Done():
			return
		}
	}
}

// renderedModel is a model whose views are drawn by a renderer.
type renderedModel struct {
	tea.Model
	renderer *renderer
}

// Update updates the model.
func (r renderedModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	model, cmd := r.Model.Update(msg)
	return renderedModel{model, r.renderer}, cmd
}

// View passes the view of the model to the renderer, and returns an empty view. If several keys were received at once, it does
// so only after the last one, because computing a view takes the most time.
func (r renderedModel) View() tea.View {
	if !r.renderer.hasMoreInput.Load() {
		r.renderer.showView(r.Model.View())
	}
	return tea.View{}
}
