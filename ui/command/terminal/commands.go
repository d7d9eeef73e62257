// Package terminal has the commands about terminals.
//
// Start at Commands, which lists them; each is in the file with its name.
package terminal

// Commands are the commands about terminals.
type Commands struct {
	Resume ResumeCommand `cmd:"" may:"operator" help:"End the pause of a terminal after too many wrong answers."`
}
