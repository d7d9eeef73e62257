package ssh

import (
	"bytes"
	"context"
	"io"
	"sync"
	"unicode/utf8"
)

// input is what a visitor types, at their pace. What comes from the client is read
// at once, whatever becomes of it, since x/crypto would keep 2 MB of it for who does
// not; so there is a bound on what waits here, beyond which the session ends.
type input struct {
	session *session

	mu      sync.Mutex
	waiting []chunk
	size    int           // of all that waits, in bytes
	era     int           // how often it was forgotten what was typed
	err     error         // why nothing comes after that
	news    chan struct{} // has something in it when there is more to read

	rest []byte // of what Read got, of an era
	of   int
}

// chunk is a piece of input.
type chunk struct {
	text   []byte
	pasted bool // which is one thing to do, however long it is
}

// mostWaiting is how many bytes of input wait at most, and mostDropped how many of
// a session's pastes are dropped.
const (
	mostWaiting = 64 << 10
	mostDropped = 256 << 10
)

func (n *session) input() *input {
	i := &input{session: n, news: make(chan struct{}, 1)}
	go i.pump(n.channel)
	return i
}

// pump takes what the client sends until there is no more.
func (i *input) pump(from io.Reader) {
	pastes := &pastes{most: i.session.server.Limits.Paste, give: i.add}
	buffer := make([]byte, 2<<10)
	for {
		count, err := from.Read(buffer)
		if count > 0 {
			i.session.touched()
		}
		pastes.pass(buffer[:count])
		if i.over(err) || pastes.dropped > mostDropped {
			i.session.server.Watch.Refused(refusedInput)
			i.session.end(errTooMuch)
			_, err = io.Copy(io.Discard, from)
		}
		if err != nil && i.session.pty { // without a terminal there may be much left to say to who has said all
			i.session.end(errGone)
		}
		if err != nil || i.session.ctx.Err() != nil {
			return
		}
	}
}

// add has text wait to be read.
func (i *input) add(text []byte, pasted bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.size += len(text)
	if last := len(i.waiting) - 1; last >= 0 && !pasted && !i.waiting[last].pasted {
		i.waiting[last].text = append(i.waiting[last].text, text...)
		return
	}
	i.waiting = append(i.waiting, chunk{bytes.Clone(text), pasted})
}

// over notes how reading went, and tells whether too much waits.
func (i *input) over(err error) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.err = err
	select {
	case i.news <- struct{}{}:
	default:
	}
	return i.size > mostWaiting
}

// forget forgets what was typed and not read yet.
func (i *input) forget() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.waiting, i.size = nil, 0
	i.era++
}

// Next waits until something was typed, and for the visitor's turn. It gives what was
// typed since the last one, in whole keys, or else what was pasted.
func (i *input) Next(ctx context.Context) (text []byte, pasted bool, err error) {
	c, _, err := i.next(ctx)
	return c.text, c.pasted, err
}

// next is Next, and tells the era too.
func (i *input) next(ctx context.Context) (c chunk, era int, err error) {
	for {
		there, err := i.there()
		if err != nil {
			return c, era, err
		}
		if !there {
			select {
			case <-i.news:
				continue
			case <-ctx.Done():
				return c, era, io.EOF
			}
		}
		if i.session.pace.turn(ctx, 1) != nil {
			return c, era, io.EOF
		}
		if c, era := i.take(); len(c.text) > 0 || c.pasted {
			return c, era, nil
		}
	}
}

// there tells whether something waits, or else why nothing will.
func (i *input) there() (bool, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.waiting) > 0 {
		return true, nil
	}
	return false, i.err
}

// current tells whether nothing was forgotten since.
func (i *input) current(era int) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.era == era
}

// mostKeys is how many keys there are in a turn at most.
const mostKeys = 64

// take gives what waits first, if that was not forgotten meanwhile.
func (i *input) take() (c chunk, era int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.waiting) == 0 {
		return c, i.era
	}
	c = i.waiting[0]
	count := len(c.text)
	if !c.pasted {
		count = keys(c.text, mostKeys)
	}
	if count < len(c.text) {
		i.waiting[0].text = c.text[count:]
		c.text = c.text[:count:count]
	} else {
		i.waiting = i.waiting[1:]
	}
	i.size -= len(c.text)
	return c, i.era
}

// keys is how many bytes of text the first so many keys sent.
func keys(text []byte, most int) (count int) {
	for range most {
		if count == len(text) {
			break
		}
		count += key(text[count:])
	}
	return count
}

// key is how many bytes of text the first key sent, as far as they are there: a
// character, or an escape sequence (ECMA-48 §5.4), which must not come in two parts
// with a pause between them.
func key(text []byte) int {
	if len(text) < 2 || text[0] != keyEscape {
		_, size := utf8.DecodeRune(text)
		return size
	}
	if text[1] != '[' && text[1] != 'O' {
		return 1 + key(text[1:])
	}
	for at, b := range text[2:] {
		if b < 0x20 || b >= 0x40 {
			return 2 + at + 1
		}
	}
	return len(text)
}

// Read is Next until the session ends, for who makes no difference between what is
// typed and what is pasted.
func (i *input) Read(p []byte) (int, error) {
	if len(i.rest) == 0 || !i.current(i.of) {
		c, era, err := i.next(i.session.ctx)
		if err != nil {
			return 0, err
		}
		i.rest, i.of = c.text, era
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}
