package console

import (
	"io"
	"os"
)

// StandardStream is the name of the console's own input or output.
const StandardStream = "-"

// Files are the files that can be named in a command.
type Files interface {
	// CheckReadable returns what is wrong with a file that is to be read, if that can be
	// seen without opening it.
	CheckReadable(name string) error
	// Open opens a file for reading, and returns its size in bytes, which is 0 if it is not
	// known.
	Open(name string) (f io.ReadCloser, size int64, err error)
	// CheckWritable returns what is wrong with a file that is to be written, as far as that
	// can be seen before anything is done.
	CheckWritable(f NewFile) error
	// MayExist reports whether there may be a file of that name already.
	MayExist(name string) bool
	// Write writes a file, readable by its owner alone, which has its name once all of it
	// is on disk.
	Write(f NewFile, fill func(io.Writer) error) error
}

// Open opens a file for reading, and returns its size in bytes, which is 0 if it is not
// known.
func (c *Console) Open(name string) (f io.ReadCloser, size int64, err error) {
	if name == StandardStream {
		return io.NopCloser(c.In), 0, nil
	}
	return c.namedFiles().Open(name)
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
	return c.namedFiles().CheckWritable(f)
}

// Write writes the file, readable by its owner alone. It has its name once all of it is on
// disk.
func (f NewFile) Write(c *Console, fill func(io.Writer) error) error {
	if f.File == StandardStream {
		return fill(c.Out)
	}
	if err := f.CheckWritable(c); err != nil {
		return err
	}
	return c.namedFiles().Write(f, fill)
}

// MayReplace reports whether there may be a file already, which would be written over.
func (f NewFile) MayReplace(c *Console) bool {
	return f.Force && f.File != StandardStream && c.namedFiles().MayExist(f.File)
}

// NamedFiles returns the one file.
func (f NewFile) NamedFiles() NamedFiles { return NamedFiles{Written: []NewFile{f}} }

// NamedFiles are the files that are named in one command. A command that names any has a
// method NamedFiles.
type NamedFiles struct {
	Read    []string
	Written []NewFile
}

// Check returns what is wrong with them, as far as that can be seen before anything is done.
func (n NamedFiles) Check(c *Console) error {
	for _, name := range n.Read {
		if name == StandardStream {
			continue
		}
		if err := c.namedFiles().CheckReadable(name); err != nil {
			return err
		}
	}
	for _, f := range n.Written {
		if err := f.CheckWritable(c); err != nil {
			return err
		}
		for _, name := range n.Read {
			if areSame(name, f.File) {
				return UsageError(f.File + " is to be read: write to another file")
			}
		}
	}
	return nil
}

// areSame reports whether two names are of one file that is there.
func areSame(a, b string) bool {
	if a == StandardStream || b == StandardStream {
		return false
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// namedFiles returns the files that can be named: those of this machine, unless Files says others.
func (c *Console) namedFiles() Files {
	if c.Files == nil {
		return LocalFiles{}
	}
	return c.Files
}

// WriteSpooled gives a remote console what fill writes once that is done, so that fill need
// not wait for the other end of the connection. Until then it is in a file without a
// name, in SpoolDir: it must be nothing that is secret.
func (c *Console) WriteSpooled(fill func(io.Writer) error) error {
	if c.SpoolDir == "" {
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
