package console

import (
	"io"
	"os"
	"path/filepath"
)

// StandardStream is the file name that means standard input or standard output.
const StandardStream = "-"

// Files opens and writes the files that the arguments of a command name.
type Files interface {
	// CheckReadable returns an error if the file cannot be read, as far as this can be checked without opening the file.
	CheckReadable(name string) error
	// Open opens a file for reading, and returns its size in bytes. The size is 0 if it is not known.
	Open(name string) (f io.ReadCloser, size int64, err error)
	// CheckWritable returns an error if the file cannot be written, as far as this can be checked in advance.
	CheckWritable(f OutputFile) error
	// MayExist reports whether a file with the given name may already exist.
	MayExist(name string) bool
	// Write creates a file that only its owner can read. The file gets its name after all of its content is on disk.
	Write(f OutputFile, fill func(io.Writer) error) error
}

// Open opens a file for reading, and returns its size in bytes. The size is 0 if it is not known.
func (c *Console) Open(name string) (f io.ReadCloser, size int64, err error) {
	if name == StandardStream {
		return io.NopCloser(c.In), 0, nil
	}
	return c.filesOrLocal().Open(name)
}

// A OutputFile is a file that a command writes.
type OutputFile struct {
	Force bool   `help:"Write over the file if it is there."`
	File  string `arg:"" name:"file" help:"Where to write it; - is standard output."`
}

// CheckWritable returns an error if the file cannot be written, as far as this can be checked in advance.
func (f OutputFile) CheckWritable(c *Console) error {
	if f.File == StandardStream {
		return nil
	}
	return c.filesOrLocal().CheckWritable(f)
}

// Write writes the file. Only its owner can read the file, and it gets its name after all of its content is on disk.
func (f OutputFile) Write(c *Console, fill func(io.Writer) error) error {
	if f.File == StandardStream {
		return fill(c.Out)
	}
	if err := f.CheckWritable(c); err != nil {
		return err
	}
	return c.filesOrLocal().Write(f, fill)
}

// MayReplace reports whether writing may replace an existing file.
func (f OutputFile) MayReplace(c *Console) bool {
	return f.Force && f.File != StandardStream && c.filesOrLocal().MayExist(f.File)
}

// NamedFiles returns the file as the only file of a command.
func (f OutputFile) NamedFiles() NamedFiles { return NamedFiles{Written: []OutputFile{f}} }

// NamedFiles are the files that the arguments of a command name. Every command that names files has a method NamedFiles.
type NamedFiles struct {
	Read    []string
	Written []OutputFile
}

// Check returns an error if one of the files cannot be read or written, as far as this can be checked in advance.
func (n NamedFiles) Check(c *Console) error {
	for _, name := range n.Read {
		if name == StandardStream {
			continue
		}
		if err := c.filesOrLocal().CheckReadable(name); err != nil {
			return err
		}
	}
	for _, f := range n.Written {
		if err := f.CheckWritable(c); err != nil {
			return err
		}
		for _, name := range n.Read {
			if IsSameFile(name, f.File) {
				return UsageError(f.File + " is to be read: write to another file")
			}
		}
	}
	return nil
}

// IsSameFile reports whether two names are of the same file. A file that does not exist is the same only under the same path.
func IsSameFile(a, b string) bool {
	if a == StandardStream || b == StandardStream {
		return false
	}
	pathA, errA := filepath.Abs(a)
	pathB, errB := filepath.Abs(b)
	if errA == nil && errB == nil && pathA == pathB {
		return true
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// filesOrLocal returns c.Files, or the files of this machine if c.Files is nil.
func (c *Console) filesOrLocal() Files {
	if c.Files == nil {
		return LocalFiles{}
	}
	return c.Files
}

// WriteSpooled calls fill, and copies the output of fill to a remote console after fill returns. So a slow connection does not
// delay fill. Meanwhile the output is in an unnamed file in SpoolDir, so it must not be secret.
func (c *Console) WriteSpooled(fill func(io.Writer) error) error {
	if c.SpoolDir == "" {
		return fill(c.Out)
	}
	f, err := os.CreateTemp(c.SpoolDir, ".loket-spool-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // On some systems an open file cannot be removed, so remove the file again after it is closed.
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
