// Package number has the commands that issue, show and revoke activation numbers.
//
// Start at Commands, which lists them; each is in the file with its name.
package number

// Commands are the commands about activation numbers.
type Commands struct {
	Issue  IssueCommand  `cmd:"" may:"operator" help:"Give a customer an activation number for an application."`
	List   ListCommand   `cmd:"" may:"auditor,operator" help:"Show activation numbers."`
	Revoke RevokeCommand `cmd:"" may:"operator" help:"Make a customer's activation numbers for an application useless."`
}
