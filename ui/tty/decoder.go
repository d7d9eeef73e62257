package tty

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// A Decoder turns tokens into messages in the same way as Bubble Tea turns bytes into messages.
type Decoder struct{ sequences uv.EventDecoder }

// Decode calls send for each message in a token: events of keys and of a mouse, pastes, and the unknown sequences that
// ConsoleKeys needs. It ignores the terminal's reports, such as the report of its size.
func (d *Decoder) Decode(t Token, send func(tea.Msg)) {
	if t.Kind == PasteToken {
		send(tea.PasteMsg{Content: string(t.Bytes)})
		return
	}
	for rest := t.Bytes; len(rest) > 0; {
		n, event := d.sequences.Decode(rest)
		if all, isMulti := event.(uv.MultiEvent); isMulti {
			for _, single := range all {
				sendInputEvent(single, send)
			}
		} else {
			sendInputEvent(event, send)
		}
		if n == 0 || t.Kind != TextToken { // The rest of an escape sequence has no meaning by itself.
			return
		}
		rest = rest[n:]
	}
}

func sendInputEvent(event uv.Event, send func(tea.Msg)) {
	switch event.(type) {
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseReleaseEvent, uv.MouseWheelEvent, uv.MouseMotionEvent, uv.UnknownCsiEvent:
		send(event)
	}
}
