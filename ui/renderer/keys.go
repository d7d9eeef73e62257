package renderer

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

// read gives what is typed to a program, key by key, until there is no more. With each
// it tells whether another one follows at once.
func read(ctx context.Context, in Input, send func(msg tea.Msg, more bool)) {
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
	var all []tea.Msg
	heard := func(msg tea.Msg) { all = append(all, msg) }
	late := time.NewTimer(escapeTime)
	defer late.Stop()
	for over := false; !over; {
		all = nil
		select {
		case piece, more := <-pieces:
			switch {
			case !more:
				over = true
				keys.decode(true, heard)
			case piece.pasted:
				keys.decode(true, heard)
				heard(tea.PasteMsg{Content: string(piece.text)})
			default:
				keys.take(piece.text)
				if keys.decode(false, heard); len(keys.waiting) > 0 {
					late.Reset(escapeTime)
				}
			}
		case <-late.C:
			keys.decode(true, heard)
		}
		for i, msg := range all {
			send(msg, i < len(all)-1)
		}
	}
}

// keys makes messages of what a terminal sends.
type keys struct {
	decoder uv.EventDecoder
	rune    []byte // the beginning of one
	waiting []byte // perhaps the beginning of something
}

// longestSequence is how many bytes an escape sequence has at most.
const longestSequence = 512

// take takes what has arrived, without bytes that are no UTF-8 and without the
// control characters from 80 to 9F: the decoder dies of 9B 4D and two more bytes.
func (k *keys) take(text []byte) {
	k.rune = append(k.rune, text...)
	for utf8.FullRune(k.rune) {
		r, size := utf8.DecodeRune(k.rune)
		if broken := r == utf8.RuneError && size == 1; !broken && (r < 0x80 || r > 0x9f) {
			k.waiting = append(k.waiting, k.rune[:size]...)
		}
		k.rune = k.rune[size:]
	}
}

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
				pass(each, send)
			}
		} else {
			pass(event, send)
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
		return n == len(k.waiting)
	}
	return k.waiting[0] == escape && n <= 2
}

// pass sends what keys and a mouse do, and what becomes of the Linux console's
// function keys. A terminal also sends reports, such as that of its size: how large
// it is, Terminal.Sizes says.
func pass(event uv.Event, send func(tea.Msg)) {
	switch event.(type) {
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseReleaseEvent, uv.MouseWheelEvent, uv.MouseMotionEvent, uv.UnknownCsiEvent:
		send(event)
	}
}
