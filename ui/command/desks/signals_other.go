//go:build !unix

package desks

import "os"

// keySignals are the signals that a terminal sends for keys such as Ctrl+C.
var keySignals = []os.Signal{os.Interrupt}
