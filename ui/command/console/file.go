package console

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"loket/store/durable"
)

// StandardStream is the name of the console's own input or output.
const StandardStream = "-"

// ErrRemote is for operators who are not on this machine: its files are none of theirs.
const ErrRemote = UsageError("over SSH a file can only be " + StandardStream + ", which is what comes through the connection")

// checkFileName refuses a file that the operator at the console may not name.
func (c *Console) checkFileName(name string) error {
	if c.Remote && name != StandardStream {
		return ErrRemote
	}
	return nil
}

// CheckReadable returns what is wrong with a file that is to be read, if that can be seen
// without opening it.
func (c *Console) CheckReadable(name string) error {
	if name == StandardStream {
		return nil
	}
	if err := c.checkFileName(name); err != nil {
		return err
	}
	_, err := os.Stat(name)
	return err
}

// Open opens a file for reading, and returns its size in bytes, which is 0 if it is not
// known.
func (c *Console) Open(name string) (f io.ReadCloser, size int64, err error) {
	if name == StandardStream {
		return io.NopCloser(c.In), 0, nil
	}
	if err := c.checkFileName(name); err != nil {
		return nil, 0, err
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	return file, size, nil
}

// A NewFile is one that a command writes.
type NewFile struct {
	Force bool   `help:"Write over the file if it is there."`
	File  string `arg:"" name:"file" help:"Where to write it; - is standard output."`
}

// CheckWritable returns what is wrong with the name, as far as that can be seen before anything
// is done.
func (f NewFile) CheckWritable(c *Console) error {
	if f.File == StandardStream {
		return nil
	}
	if err := c.checkFileName(f.File); err != nil {
		return err
	}
	switch info, err := os.Stat(f.File); {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s is there already, and is no file; %s is standard output", f.File, StandardStream)
	case err == nil && !f.Force:
		return f.checkAbsent()
	}
	return nil
}

func (f NewFile) checkAbsent() error {
	return UsageError(f.File + " is there already: say --force to write over it")
}

// Write writes the file, readable by its owner alone. It has its name once all of
// it is on disk.
func (f NewFile) Write(c *Console, fill func(io.Writer) error) error {
	if err := f.CheckWritable(c); err != nil {
		return err
	}
	if f.File == StandardStream {
		return fill(c.Out)
	}
	how := durable.MustNotExist
	if f.Force {
		how = durable.MayReplace
	}
	err := durable.WriteWith(f.File, how, fill)
	if errors.Is(err, fs.ErrExist) {
		return f.checkAbsent()
	}
	return err
}

// WriteSpooled gives a remote console what fill writes once that is done, so that fill need
// not wait for the other end of the connection. Until then it is in a file without a
// name, in SpoolDir: it must be nothing that is secret.
func (c *Console) WriteSpooled(fill func(io.Writer) error) error {
	if !c.Remote {
		return fill(c.Out)
	}
	f, err := os.CreateTemp(c.SpoolDir, ".loket-spool-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // where that cannot be done while it is open
	defer f.Close()
	os.Remove(f.Name())
	if err := fill(f); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(c.Out, f)
	return err
}
