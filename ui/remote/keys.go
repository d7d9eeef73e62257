package remote

import (
	"context"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// escapeTime is how long an escape sequence may take to arrive: what has not ended
// by then was the Escape key, or is no sequence.
const escapeTime = 50 * time.Millisecond

// typed is what Input.Next gave.
type typed struct {
	text   []byte
	pasted bool
}

// read gives what is typed to a program, key by key, until there is no more.
func read(ctx context.Context, in Input, send func(tea.Msg)) {
	pieces := make(chan typed)
	go func() {
		defer close(pieces)
		for {
			text, pasted, err := in.Next(ctx)
			if err != nil {
				return
			}
			select {
			case pieces <- typed{text, pasted}:
			case <-ctx.Done():
				return
			}
		}
	}()
	var keys keys
	late := time.NewTimer(escapeTime)
	defer late.Stop()
	for {
		select {
		case piece, more := <-pieces:
			if !more {
				keys.decode(true, send)
				return
			}
			if piece.pasted {
				keys.decode(true, send)
				send(tea.PasteMsg{Content: string(piece.text)})
				continue
			}
			keys.waiting = append(keys.waiting, piece.text...)
			if keys.decode(false, send); len(keys.waiting) > 0 {
				late.Reset(escapeTime)
			}
		case <-late.C:
			keys.decode(true, send)
		}
	}
}

// keys makes messages of what a terminal sends.
type keys struct {
	decoder uv.EventDecoder
	waiting []byte // perhaps the beginning of something
}

// longestSequence is how many bytes an escape sequence has at most.
const longestSequence = 512

// decode sends what has arrived. Once it is late, what seems not to have ended has.
func (k *keys) decode(late bool, send func(tea.Msg)) {
	late = late || len(k.waiting) > longestSequence
	for len(k.waiting) > 0 {
		n, event := k.decoder.Decode(k.waiting)
		if n == 0 || !late && k.unfinished(n, event) {
			break
		}
		k.waiting = k.waiting[n:]
		if all, are := event.(uv.MultiEvent); are {
			for _, each := range all {
				send(each)
			}
		} else if event != nil {
			send(event)
		}
	}
	if late || len(k.waiting) == 0 {
		k.waiting = nil
	}
}

// unfinished tells whether more may belong to the event of the first n bytes.
func (k *keys) unfinished(n int, event uv.Event) bool {
	const escape = 0x1b
	if _, unknown := event.(uv.UnknownEvent); unknown {
		return true
	}
	return k.waiting[0] == escape && n <= 2 || !utf8.FullRune(k.waiting)
}
