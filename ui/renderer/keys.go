package renderer

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"loket/ui/tty"
)

// Input is what is typed.
type Input interface {
	// Next waits for more of it, or fails once there is no more or ctx is done.
	Next(ctx context.Context) ([]tty.Token, error)
}

// readInput sends what is typed to a program, key by key, until there is no more. With each
// it says whether another one follows at once.
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
