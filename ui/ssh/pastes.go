package ssh

import "bytes"

// How a terminal marks what is pasted (bracketed paste, mode 2004).
var (
	pasteBegin = []byte("\x1b[200~")
	pasteEnd   = []byte("\x1b[201~")
)

// pastes tells what is pasted from what is typed, and bounds it: a paste need never
// end. What is too long of one is dropped.
type pastes struct {
	most int                            // bytes of one paste
	give func(text []byte, pasted bool) // what is typed, as it comes, and what is pasted, in one piece

	partial []byte // perhaps the beginning of a mark
	pasting bool
	paste   []byte // so far
	dropped int    // bytes, of all pastes
}

// pass takes what was sent. What could be the beginning of a mark waits for more,
// but for a lone escape, which is a key.
func (p *pastes) pass(sent []byte) {
	text := append(p.partial, sent...)
	p.partial = nil
	for len(text) > 0 {
		mark := pasteBegin
		if p.pasting {
			mark = pasteEnd
		}
		before, after, found := bytes.Cut(text, mark)
		if !found {
			keep := p.begun(text, mark)
			p.forward(text[:len(text)-keep])
			p.partial = bytes.Clone(text[len(text)-keep:])
			return
		}
		p.forward(before)
		p.turn()
		text = after
	}
}

// begun is how much of the end of text may be the beginning of mark.
func (p *pastes) begun(text, mark []byte) int {
	least := 2
	if p.pasting {
		least = 1
	}
	for n := min(len(mark)-1, len(text)); n >= least; n-- {
		if bytes.HasSuffix(text, mark[:n]) {
			return n
		}
	}
	return 0
}

// turn goes on after a mark.
func (p *pastes) turn() {
	if p.pasting {
		p.give(p.paste, true)
		p.paste = nil
	}
	p.pasting = !p.pasting
}

// forward takes text that is no mark.
func (p *pastes) forward(text []byte) {
	if !p.pasting {
		if len(text) > 0 {
			p.give(text, false)
		}
		return
	}
	room := min(len(text), p.most-len(p.paste))
	p.paste = append(p.paste, text[:room]...)
	p.dropped += len(text) - room
}
