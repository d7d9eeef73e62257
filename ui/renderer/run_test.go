package renderer

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/ui/tty"
)

// line is an Input that returns pieces of text, with a pause before some of them.
type line []piece

type piece struct {
	after time.Duration
	text  string
}

func (l *line) Next(ctx context.Context) ([]tty.Token, error) {
	if len(*l) == 0 {
		return nil, errors.New("there is no more")
	}
	p := (*l)[0]
	*l = (*l)[1:]
	select {
	case <-time.After(p.after):
		return []tty.Token{{Kind: tty.TextToken, Bytes: []byte(p.text)}}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// viewed counts how often a counter was drawn.
type viewed struct {
	counter
	views *int
}

func (v viewed) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m, cmd := v.counter.Update(msg)
	return viewed{m.(counter), v.views}, cmd
}

func (v viewed) View() tea.View {
	*v.views++
	return v.counter.View()
}

// TestKeysTogether checks that the program is drawn only after the last of several keys that come at once.
func TestKeysTogether(t *testing.T) {
	const together = 500
	synctest.Test(t, func(t *testing.T) {
		out, views := &written{}, 0
		err := Run(t.Context(), viewed{views: &views}, asIs, Terminal{
			In: &line{{text: strings.Repeat("x", together)}, {after: time.Second, text: "y"}, {after: time.Second, text: "q"}}, Out: out,
			Env: []string{"TERM=xterm"}, Size: tea.WindowSizeMsg{Width: 80, Height: 24},
		})
		if err != nil {
			t.Fatal(err)
		}
		if seen := out.text.String(); !strings.Contains(seen, "500 keys") || views > 20 {
			t.Errorf("drawn %d times; to be seen was %q", views, seen)
		}
	})
}

// breaking is a terminal that panics.
type breaking struct{}

func (breaking) Write([]byte) (int, error) { panic("the secret of a customer") }

// TestFaultBeside checks that a panic in a goroutine of a program ends only that program.
func TestFaultBeside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := Run(t.Context(), counter{}, asIs, Terminal{
			In: endless{"x"}, Out: breaking{}, Env: []string{"TERM=xterm"}, Size: tea.WindowSizeMsg{Width: 80, Height: 24},
		})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("it ends with %v", err)
		}
	})
}
