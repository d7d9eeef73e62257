// Package licences has the licences of all software that is linked into the program: of Loket itself, of Go and its library,
// and of every module, for every system that the program is built for. Most licences require that their text is distributed
// with the program.
//
// Start at Licences. A test writes the file of notices from the list of modules of the build: go test ./ui/command/licences
// -update.
package licences

import (
	_ "embed"
	"io"

	"loket/ui/command/console"
)

//go:embed notices.txt
var notices string

// LicencesCommand is the command that prints the licences of all software in the program.
type LicencesCommand struct{}

// Run prints the licences.
func (*LicencesCommand) Run(c *console.Console) error {
	_, err := io.WriteString(c.Out, notices)
	return err
}
