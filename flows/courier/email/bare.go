package email

import (
	"bufio"
	"net/textproto"
)

// A bareCodeReader reads the replies of a mail server, and adds a space after a reply code without text. RFC 5321 (4.2) lets
// servers leave out the text, but package textproto does not accept that.
type bareCodeReader struct {
	in         *bufio.Reader
	unreadLine []byte // unreadLine is the part of the line that is not read yet.
	isMidLine  bool   // isMidLine means that the end of the current line has not been seen.
}

// acceptBareCodes makes a connection accept reply codes without text. The reader never reads ahead of the requested line, so
// that TLS can begin after any reply.
func acceptBareCodes(c *textproto.Conn) { c.R = bufio.NewReader(&bareCodeReader{in: c.R}) }

// Read implements [io.Reader].
func (r *bareCodeReader) Read(p []byte) (int, error) {
	if len(r.unreadLine) == 0 {
		line, err := r.in.ReadSlice('\n')
		if len(line) == 0 {
			return 0, err
		}
		r.unreadLine = append(r.unreadLine[:0], line...)
		if !r.isMidLine && isBareCode(line) {
			r.unreadLine = append(r.unreadLine[:replyCodeLength], " \r\n"...)
		}
		r.isMidLine = line[len(line)-1] != '\n'
	}
	n := copy(p, r.unreadLine)
	r.unreadLine = r.unreadLine[n:]
	return n, nil
}

const replyCodeLength = 3

// isBareCode reports whether a line is a reply code without text.
func isBareCode(line []byte) bool {
	text := string(line)
	if len(text) < replyCodeLength || text[replyCodeLength:] != "\r\n" && text[replyCodeLength:] != "\n" {
		return false
	}
	for _, digit := range text[:replyCodeLength] {
		if digit < '0' || digit > '9' {
			return false
		}
	}
	return true
}
