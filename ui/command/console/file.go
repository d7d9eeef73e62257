package console

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"loket/store/durable"
)

// Standard is the name of the console's own input or output.
const Standard = "-"

// ErrRemote is for operators who are not on this machine: its files are none of theirs.
const ErrRemote = Usage("over SSH a file can only be " + Standard + ", which is what comes through the connection")

// mayName refuses a file that the operator at the console may not name.
func (c *Console) mayName(name string) error {
	if c.Remote && name != Standard {
		return ErrRemote
	}
	return nil
}

// Readable returns what is wrong with a file that is to be read, if that can be seen
// without opening it.
func (c *Console) Readable(name string) error {
	if name == Standard {
		return nil
	}
	if err := c.mayName(name); err != nil {
		return err
	}
	_, err := os.Stat(name)
	return err
}

// Open opens a file for reading, and returns its size in bytes, which is 0 if it is not
// known.
func (c *Console) Open(name string) (f io.ReadCloser, size int64, err error) {
	if name == Standard {
		return io.NopCloser(c.In), 0, nil
	}
	if err := c.mayName(name); err != nil {
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

// Writable returns what is wrong with the name, as far as that can be seen before anything
// is done.
func (f NewFile) Writable(c *Console) error {
	if f.File == Standard {
		return nil
	}
	if err := c.mayName(f.File); err != nil {
		return err
	}
	switch info, err := os.Stat(f.File); {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s is there already, and is no file; %s is standard output", f.File, Standard)
	case err == nil && !f.Force:
		return f.taken()
	}
	return nil
}

func (f NewFile) taken() error {
	return Usage(f.File + " is there already: say --force to write over it")
}

// Write writes the file, readable by its owner alone. It has its name once all of
// it is on disk.
func (f NewFile) Write(c *Console, fill func(io.Writer) error) error {
	if err := f.Writable(c); err != nil {
		return err
	}
	if f.File == Standard {
		return fill(c.Out)
	}
	how := durable.New
	if f.Force {
		how = durable.Over
	}
	err := durable.Put(f.File, how, fill)
	if errors.Is(err, fs.ErrExist) {
		return f.taken()
	}
	return err
}

// Spooled gives a remote console what fill writes once that is done, so that fill need
// not wait for the other end of the connection. Until then it is in a file without a
// name, in SpoolDir: it must be nothing that is secret.
func (c *Console) Spooled(fill func(io.Writer) error) error {
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
