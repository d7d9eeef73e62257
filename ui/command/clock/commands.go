// Package clock has the commands that show whether the clock of the machine is plausible, and that
// accept it as right.
//
// Start at Commands, which lists them; each is in the file with its name.
package clock

// Commands are the commands about the clock.
type Commands struct {
	Show   ShowCommand   `cmd:"" may:"auditor,operator" default:"withargs" help:"Show what time is believed, and whether the clock of this machine is."`
	Accept AcceptCommand `cmd:"" may:"operator" help:"Believe the clock of this machine from now on."`
}
