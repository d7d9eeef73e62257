package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"loket/flows/transfer"
	"loket/ui/command/console"
)

// RejectsFlags is the flag that names the file for rejected lines, so that the other lines can be imported.
type RejectsFlags struct {
	Rejects   string `placeholder:"FILE" help:"Set lines with problems apart, and take in the others: what is wrong goes to FILE, as JSON Lines with file, line, field and reason; - is standard output."`
	WithLines bool   `help:"Also write the lines themselves there, which hold personal data."`
	Force     bool   `help:"Write over that file if it is there."`
}

// A rejectLine is a line of the file of rejects: one problem in an imported file.
type rejectLine struct {
	File string `json:"file"` // File is the name of the imported file.
	transfer.Problem
}

func (r RejectsFlags) isGiven() bool { return r.Rejects != "" }

func (r RejectsFlags) outputFile() console.OutputFile {
	return console.OutputFile{Force: r.Force, File: r.Rejects}
}

// check returns an error if the flags do not go together.
func (r RejectsFlags) check(asJSON bool) error {
	switch {
	case !r.isGiven() && (r.WithLines || r.Force):
		return console.UsageError("--with-lines and --force are for --rejects")
	case !r.isGiven():
		return nil
	case r.Rejects == console.StandardStream && asJSON:
		return console.UsageError("--json and --rejects - would both go to standard output")
	}
	return nil
}

// write creates the file of rejects, and calls take with an encoder that writes to it. If the file cannot be created, the
// lines that take imported stay in the database, and the error says so.
func (r RejectsFlags) write(c *console.Console, take func(*json.Encoder) error) (err error) {
	if !r.isGiven() {
		return take(nil)
	}
	writes := r.outputFile().Write(c, func(w io.Writer) error {
		out := console.NewOutput(context.Background(), w) // The output remembers its first error.
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		err = take(e)
		return out.Err()
	})
	if writes != nil {
		return errors.Join(err, fmt.Errorf("%s could not be written, and the same import again gives the same lines: %w", r.Rejects, writes))
	}
	return err
}
