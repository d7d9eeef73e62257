package control

import (
	"io"

	"golang.org/x/crypto/ssh"

	"loket/ui/command/console"
)

// The desk opens a channel of one of these types to read or to write a file. The name of the file is in the extra data of the
// channel.
const (
	readChannel  = "read@loket"
	writeChannel = "write@loket"
)

// fileMessage is the extra data of a channel for a file: the name of the file.
type fileMessage struct{ Name string }

// callerFiles are the files of the process in which a command was typed. That process has already checked the names, so these
// methods check nothing.
type callerFiles struct{ conn ssh.Conn }

// CheckReadable implements [console.Files].
func (callerFiles) CheckReadable(string) error { return nil }

// CheckWritable implements [console.Files].
func (callerFiles) CheckWritable(console.OutputFile) error { return nil }

// MayExist implements [console.Files]. It returns true, because the desk cannot know.
func (callerFiles) MayExist(string) bool { return true }

// Open implements [console.Files].
func (c callerFiles) Open(name string) (f io.ReadCloser, size int64, err error) {
	s, err := c.openStream(readChannel, name)
	return s, 0, err
}

// Write implements [console.Files].
func (c callerFiles) Write(f console.OutputFile, fill func(io.Writer) error) error {
	s, err := c.openStream(writeChannel, f.File)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := fill(s); err != nil {
		return err
	}
	if err := s.sendTransferOutcome(nil); err != nil {
		return err
	}
	return s.awaitTransferOutcome()
}

func (c callerFiles) openStream(kind, name string) (*stream, error) {
	channel, requests, err := c.conn.OpenChannel(kind, ssh.Marshal(fileMessage{name}))
	if err != nil {
		return nil, err
	}
	return &stream{channel, requests}, nil
}
