package console

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"loket/store/durable"
)

// LocalFiles are the files of this machine.
type LocalFiles struct{}

// CheckReadable implements [Files].
func (LocalFiles) CheckReadable(name string) error {
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return fmt.Errorf("read %s: is a directory", name)
	}
	return err
}

// Open implements [Files].
func (LocalFiles) Open(name string) (f io.ReadCloser, size int64, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	return file, size, nil
}

// CheckWritable implements [Files].
func (LocalFiles) CheckWritable(f OutputFile) error {
	switch info, err := os.Stat(f.File); {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%s is there already, and is no file; %s is standard output", f.File, StandardStream)
	case err == nil && !f.Force:
		return f.checkAbsent()
	}
	return nil
}

func (f OutputFile) checkAbsent() error {
	return UsageError(f.File + " is there already: say --force to write over it")
}

// MayExist implements [Files].
func (LocalFiles) MayExist(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// Write implements [Files].
func (LocalFiles) Write(f OutputFile, fill func(io.Writer) error) error {
	how := durable.MustNotExist
	if f.Force {
		how = durable.MayReplace
	}
	err := durable.WriteFilled(f.File, how, fill)
	if errors.Is(err, fs.ErrExist) {
		return f.checkAbsent()
	}
	return err
}

// ErrFilesOverSSH is the error for operators who work over SSH: they may not name files of this machine.
const ErrFilesOverSSH = UsageError("over SSH a file can only be " + StandardStream + ", which is what comes through the connection")

// NoFiles is an implementation of [Files] without any file, for operators on another machine.
type NoFiles struct{}

// CheckReadable implements [Files].
func (NoFiles) CheckReadable(string) error { return ErrFilesOverSSH }

// Open implements [Files].
func (NoFiles) Open(string) (io.ReadCloser, int64, error) { return nil, 0, ErrFilesOverSSH }

// CheckWritable implements [Files].
func (NoFiles) CheckWritable(OutputFile) error { return ErrFilesOverSSH }

// MayExist implements [Files].
func (NoFiles) MayExist(string) bool { return false }

// Write implements [Files].
func (NoFiles) Write(OutputFile, func(io.Writer) error) error { return ErrFilesOverSSH }
