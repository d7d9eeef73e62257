package renderer

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/tty"
)

// Input is the keyboard input of a terminal.
type Input interface {
	// Next waits for more input. It returns an error at the end of the input or when ctx is done.
	Next(ctx context.Context) ([]tty.Token, error)
}

// readInput calls send for each message of the input, until the input ends. more is true if another message follows at once.
func readInput(ctx context.Context, in Input, send func(msg tea.Msg, more bool)) {
	var decoder tty.Decoder
	for {
		tokens, err := in.Next(ctx)
		if err != nil {
			return
		}
		var all []tea.Msg
		for _, token := range tokens {
			decoder.Decode(token, func(msg tea.Msg) { all = append(all, msg) })
		}
		for i, msg := range all {
			send(msg, i < len(all)-1)
		}
	}
}
