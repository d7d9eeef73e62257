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

// read gives what is typed to a program, key by key, until there is no more. It tells
// whether there is another one to follow at once.
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
	late := time.NewTimer(escapeTime)
	defer late.Stop()
	for {
		var all []tea.Msg
		select {
		case piece, more := <-pieces:
			all = keys.add(piece)
			if !more {
				all = keys.decode(true)
				pieces = nil
			}
			if len(keys.waiting) > 0 {
				late.Reset(escapeTime)
			}
		case <-late.C:
			all = keys.decode(true)
		}
		for i, msg := range all {
			send(msg, i < len(all)-1)
		}
		if pieces == nil {
			return
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

// add gives what a piece comes to.
func (k *keys) add(piece typed) []tea.Msg {
	if piece.pasted {
		return append(k.decode(true), tea.PasteMsg{Content: string(piece.text)})
	}
	k.waiting = append(k.waiting, piece.text...)
	return k.decode(false)
}

// decode gives what has arrived. Once it is late, what seems not to have ended has.
func (k *keys) decode(late bool) (all []tea.Msg) {
	late = late || len(k.waiting) > longestSequence
	for len(k.waiting) > 0 {
		n, event := k.decoder.Decode(k.waiting)
		if n == 0 || !late && k.unfinished(n, event) {
			break
		}
		k.waiting = k.waiting[n:]
		if several, are := event.(uv.MultiEvent); are {
			for _, each := range several {
				all = append(all, each)
			}
		} else if event != nil {
			all = append(all, event)
		}
	}
	if late || len(k.waiting) == 0 {
		k.waiting = nil
	}
	return all
}

// unfinished tells whether more may belong to the event of the first n bytes.
func (k *keys) unfinished(n int, event uv.Event) bool {
	const escape = 0x1b
	if _, unknown := event.(uv.UnknownEvent); unknown {
		return true
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
