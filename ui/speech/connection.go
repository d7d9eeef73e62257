package speech

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	replyTimeout  = 5 * time.Second // replyTimeout is the maximum time until the service replies to a command.
	maxLineLength = 4096            // maxLineLength is the maximum number of bytes of a line of the service.
	maxReplyLines = 100             // maxReplyLines is the maximum number of lines of a reply.
)

// A connection is a connection with speech-dispatcher. It has one goroutine, which reads replies and events.
type connection struct {
	socket  net.Conn
	replies chan reply
	reader  sync.WaitGroup // reader waits for the goroutine that reads.
	current Utterance      // current has the language, rate, volume and spelling that the service was last told.
	isTold  bool           // isTold is true if the service was told current.
}

// A reply is a reply of the service or, if its code says so, an event.
type reply struct {
	code int
	data []string // data has the lines before the last one, without their code.
	err  error    // err is why no more replies can be read.
}

// The codes of replies and events that a connection uses.
const (
	firstErrorCode = 300 // firstErrorCode is the lowest code of a refusal.
	firstEventCode = 700 // firstEventCode is the lowest code of an event.
	beginCode      = 701
	endCode        = 702
	cancelCode     = 703
	pastEventCode  = 800 // pastEventCode is the lowest code above those of events.
)

// connect prepares a socket for speaking. onEvent is called for each event, with its code and the ID of the message, by the
// goroutine that reads. onEnd is called when the service ends the connection.
func connect(ctx context.Context, socket net.Conn, onEvent func(code, id int), onEnd func()) (c *connection, err error) {
	c = &connection{socket: socket, replies: make(chan reply, 1)}
	c.reader.Go(func() {
		c.readReplies(onEvent)
		onEnd()
	})
	c.current.volume, err = c.prepare(ctx)
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// prepare tells the service how this client speaks. It returns the volume of the service, which its operator chose.
func (c *connection) prepare(ctx context.Context) (Volume, error) {
	for _, command := range []string{
		"SET SELF CLIENT_NAME loket:kiosk:desk",
		"SET SELF SSML_MODE off",
		"SET SELF PUNCTUATION none",
		"SET SELF PRIORITY message",
		"SET SELF NOTIFICATION BEGIN on",
		"SET SELF NOTIFICATION END on",
		"SET SELF NOTIFICATION CANCEL on",
	} {
		if _, err := c.send(ctx, command+"\r\n"); err != nil {
			return 0, err
		}
	}
	r, err := c.send(ctx, "GET VOLUME\r\n")
	if err != nil {
		return 0, err
	}
	volume, err := strconv.Atoi(r.firstLine())
	if err != nil {
		return 0, errors.New("speech service: no volume")
	}
	return Volume(volume), nil
}

// close closes the connection, and waits for its goroutine.
func (c *connection) close() {
	c.socket.Close()
	c.reader.Wait()
}

// speak sends an utterance, and returns the ID of its message.
func (c *connection) speak(ctx context.Context, u Utterance) (id int, err error) {
	if err := c.adjust(ctx, u); err != nil {
		return 0, err
	}
	if _, err := c.send(ctx, "SPEAK\r\n"); err != nil {
		return 0, err
	}
	r, err := c.send(ctx, u.dataLines())
	if err != nil {
		return 0, err
	}
	id, err = strconv.Atoi(r.firstLine())
	if err != nil {
		return 0, errors.New("speech service: no ID of the message")
	}
	return id, nil
}

// cancel ends all messages of this connection.
func (c *connection) cancel(ctx context.Context) error {
	_, err := c.send(ctx, "CANCEL SELF\r\n")
	return err
}

// adjust tells the service the language, the rate, the volume and the spelling of an utterance, if they differ from those of
// the last one.
func (c *connection) adjust(ctx context.Context, u Utterance) error {
	var commands []string
	if !c.isTold || c.current.Language != u.Language {
		commands = append(commands, "SET SELF LANGUAGE "+string(u.Language))
	}
	if !c.isTold || c.current.Rate != u.Rate {
		commands = append(commands, fmt.Sprintf("SET SELF RATE %d", u.Rate))
	}
	if c.current.volume != u.volume {
		commands = append(commands, fmt.Sprintf("SET SELF VOLUME %d", u.volume))
	}
	if !c.isTold || c.current.IsSpelt != u.IsSpelt {
		commands = append(commands, "SET SELF SPELLING "+map[bool]string{true: "on", false: "off"}[u.IsSpelt])
	}
	for _, command := range commands {
		if _, err := c.send(ctx, command+"\r\n"); err != nil {
			return err
		}
	}
	u.Text = ""
	c.current, c.isTold = u, true
	return nil
}

// send sends a command or data, and returns the reply. A reply that refuses is an error.
func (c *connection) send(ctx context.Context, command string) (reply, error) {
	if len(c.replies) > 0 {
		return reply{}, errors.New("speech service: a reply to no command")
	}
	deadline, cancel := context.WithTimeout(ctx, replyTimeout)
	defer cancel()
	stop := context.AfterFunc(deadline, func() { _ = c.socket.SetWriteDeadline(time.Unix(1, 0)) })
	_, err := c.socket.Write([]byte(command))
	stop()
	if err != nil {
		return reply{}, fmt.Errorf("send to speech service: %w", err)
	}
	select {
	case r := <-c.replies:
		switch {
		case r.err != nil:
			return reply{}, fmt.Errorf("read from speech service: %w", r.err)
		case r.code >= firstErrorCode:
			return reply{}, fmt.Errorf("speech service: reply %d", r.code)
		}
		return r, nil
	case <-deadline.Done():
		return reply{}, fmt.Errorf("read from speech service: %w", deadline.Err())
	}
}

// readReplies reads replies and events until the connection ends. It closes the socket if what it reads is not SSIP.
func (c *connection) readReplies(onEvent func(code, id int)) {
	defer c.socket.Close()
	lines := bufio.NewReaderSize(c.socket, maxLineLength)
	for {
		r, err := readReply(lines)
		if err != nil {
			select {
			case c.replies <- reply{err: err}:
			default: // Nobody waits for a reply.
			}
			return
		}
		if firstEventCode <= r.code && r.code < pastEventCode {
			if id, err := strconv.Atoi(r.firstLine()); err == nil {
				onEvent(r.code, id)
			}
			continue
		}
		select {
		case c.replies <- r:
		default:
			return // The service replies to something that it was not asked.
		}
	}
}

// firstLine returns the first line of data, or "".
func (r reply) firstLine() string {
	if len(r.data) == 0 {
		return ""
	}
	return r.data[0]
}

// readReply reads a reply or an event. Each line begins with a code of three digits. A hyphen follows it, except on the last
// line, which has a space.
func readReply(lines *bufio.Reader) (r reply, err error) {
	for range maxReplyLines {
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return reply{}, err // If the line is too long, this is bufio.ErrBufferFull.
		}
		text := strings.TrimRight(string(line), "\r\n")
		if len(text) < len("250 ") {
			return reply{}, errors.New("a line is too short")
		}
		code, err := strconv.Atoi(text[:3])
		if err != nil {
			return reply{}, errors.New("a line has no code")
		}
		switch text[3] {
		case ' ':
			r.code = code
			return r, nil
		case '-':
			r.data = append(r.data, text[4:])
		default:
			return reply{}, errors.New("a line has no code")
		}
	}
	return reply{}, errors.New("a reply has too many lines")
}
