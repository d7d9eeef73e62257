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

// A Terminal is a remote terminal. The renderer does not query its capabilities, and takes
// them from its environment.
type Terminal struct {
	In    Input
	Out   io.Writer // to a terminal in raw mode
	Env   []string  // in the form of os.Environ: TERM, and perhaps COLORTERM
	Size  tea.WindowSizeMsg
	Sizes <-chan tea.WindowSizeMsg // each later size
}

// Run runs a program until it ends by itself or ctx is done, and restores the terminal. The
// end of ctx is no error. filter is as for tea.WithFilter.
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

// goroutines are the goroutines of a session. Remote input may provoke a panic in one, which
// then ends only that session.
type goroutines struct {
	sync.WaitGroup
	fault atomic.Pointer[panics.Trace]
}

// start runs do in a goroutine, and calls stop if do panics.
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

// renderedModel is a model whose views go to a renderer.
type renderedModel struct {
	tea.Model
	renderer *renderer
}

// Update updates the model.
func (r renderedModel) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	model, cmd := r.Model.Update(msg)
	return renderedModel{model, r.renderer}, cmd
}

// View passes the model's view to the renderer and returns an empty one. If several keys came
// at once, it does so only after the last, because drawing a view takes the most time.
func (r renderedModel) View() tea.View {
	if !r.renderer.hasMoreInput.Load() {
		r.renderer.showView(r.Model.View())
	}
	return tea.View{}
}
