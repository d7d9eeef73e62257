package tty

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// A Decoder makes messages of tokens, as Bubble Tea does of bytes.
type Decoder struct{ sequences uv.EventDecoder }

// Decode calls send for each message that a token means. Those are what keys and a
// mouse do, and what is pasted; and what becomes of the Linux console's function keys
// (see ConsoleKeys). A terminal also sends reports, such as that of its size: no
// message is made of those.
func (d *Decoder) Decode(t Token, send func(tea.Msg)) {
	if t.Kind == Paste {
		send(tea.PasteMsg{Content: string(t.Bytes)})
		return
	}
	for rest := t.Bytes; len(rest) > 0; {
		n, event := d.sequences.Decode(rest)
		if all, are := event.(uv.MultiEvent); are {
			for _, each := range all {
				passEvent(each, send)
			}
		} else {
			passEvent(event, send)
		}
		if n == 0 || t.Kind != Text { // what is left of a sequence means nothing by itself
			return
		}
		rest = rest[n:]
	}
}

func passEvent(event uv.Event, send func(tea.Msg)) {
	switch event.(type) {
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseReleaseEvent, uv.MouseWheelEvent, uv.MouseMotionEvent, uv.UnknownCsiEvent:
		send(event)
	}
}
