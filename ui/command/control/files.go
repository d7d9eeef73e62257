package control

import (
	"io"

	"golang.org/x/crypto/ssh"

	"loket/ui/command/console"
)

// The desk asks for a file by opening a channel of one of these types, with its name. Through
// the one it reads a file, and through the other it writes one.
const (
	readChannel  = "read@loket"
	writeChannel = "write@loket"
)

// fileMessage is the extra data of such a channel.
type fileMessage struct{ Name string }

// callerFiles are the files of the process in which a command was typed. That process knows
// which of them the command names and in which way, and has checked them already.
type callerFiles struct{ conn ssh.Conn }

// CheckReadable implements [console.Files].
func (callerFiles) CheckReadable(string) error { return nil }

// CheckWritable implements [console.Files].
func (callerFiles) CheckWritable(console.NewFile) error { return nil }

// MayExist implements [console.Files]: the desk does not know.
func (callerFiles) MayExist(string) bool { return true }

// Open implements [console.Files].
func (c callerFiles) Open(name string) (f io.ReadCloser, size int64, err error) {
	s, err := c.openStream(readChannel, name)
	return s, 0, err
}

// Write implements [console.Files].
func (c callerFiles) Write(f console.NewFile, fill func(io.Writer) error) error {
	s, err := c.openStream(writeChannel, f.File)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := fill(s); err != nil {
		return err
	}
	if err := s.finish(nil); err != nil {
		return err
	}
	return s.awaitOutcome()
}

func (c callerFiles) openStream(kind, name string) (*stream, error) {
	channel, requests, err := c.conn.OpenChannel(kind, ssh.Marshal(fileMessage{name}))
	if err != nil {
		return nil, err
	}
	return &stream{channel, requests}, nil
}
