// Package licences has the notices of everything that is linked into the program: the
// licences of Loket itself, of Go and its library, and of every module, on every system
// that it is built for. Most licences ask that their text goes with the program.
//
// Start at Licences. The notices are a file that a test writes from the build's own list:
// go test ./ui/command/licences -update.
package licences

import (
	_ "embed"
	"io"

	"loket/ui/command/console"
)

//go:embed notices.txt
var notices string

// Licences prints the notices.
type Licences struct{}

// Run writes them.
func (*Licences) Run(c *console.Console) error {
	_, err := io.WriteString(c.Out, notices)
	return err
}
