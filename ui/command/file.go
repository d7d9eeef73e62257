package command

import (
	"io"
	"os"
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
