// Package clock has the commands that show what is thought of the clock of the machine,
// and that believe it.
//
// Start at Commands, which lists them; each is in the file with its name.
package clock

// Commands are those about the clock.
type Commands struct {
	Show   Show   `cmd:"" default:"withargs" help:"Show what time is believed, and whether the clock of this machine is."`
	Accept Accept `cmd:"" help:"Believe the clock of this machine from now on."`
}
