//go:build !unix

package desks

import "os"

// keySignals are those that keys send on a terminal that is read line by line.
var keySignals = []os.Signal{os.Interrupt}
