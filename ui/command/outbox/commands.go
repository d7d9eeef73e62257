// Package outbox has the commands that send, show, retry and drop messages.
//
// Start at Commands, which lists them; each is in the file with its name.
package outbox

// Commands are the commands about messages.
type Commands struct {
	List  ListCommand  `cmd:"" may:"auditor,operator" help:"Show e-mails and letters, and what became of them."`
	Send  SendCommand  `cmd:"" may:"operator" help:"Try once to send everything that is due."`
	Retry RetryCommand `cmd:"" may:"operator" help:"Have messages tried again that were given up."`
	Drop  DropCommand  `cmd:"" may:"operator" help:"Take messages out that are not to be sent any more."`
}
