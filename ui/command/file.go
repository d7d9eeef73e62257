package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"loket/store/durable"
)

// A file named so is the console's own input or output.
const standard = "-"

// errElsewhere is for who is not on this machine: its files are none of theirs.
const errElsewhere = Usage("over SSH a file can only be " + standard + ", which is what comes through the connection")

// named refuses a file that the one at the console may not name.
func (c *Console) named(name string) error {
	if c.Held != nil && name != standard {
		return errElsewhere
	}
	return nil
}

// readable tells what is wrong with a file that is to be read, if that can be
// seen without opening it.
func (c *Console) readable(name string) error {
	if name == standard {
		return nil
	}
	if err := c.named(name); err != nil {
		return err
	}
	_, err := os.Stat(name)
	return err
}

// open opens a file for reading, and tells its size in bytes; 0 if nobody knows.
func (c *Console) open(name string) (f io.ReadCloser, size int64, err error) {
	if name == standard {
		return io.NopCloser(c.In), 0, nil
	}
	if err := c.named(name); err != nil {
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

// writeFile writes a file of the operator's, readable by its owner alone. It has
// its name once all of it is on disk, and in place of one that had that name.
func (c *Console) writeFile(name string, write func(io.Writer) error) error {
	if name == standard {
		return write(c.Out)
	}
	if err := c.named(name); err != nil {
		return err
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is there already, and is no file; %s is standard output", name, standard)
	}
	beside := name + ".new"
	if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // of a command that was stopped in between
	}
	f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := cmp.Or(write(f), f.Sync(), f.Close()); err != nil {
		os.Remove(beside)
		return err
	}
	return durable.Rename(beside, name)
}
