// Package number has the commands that issue, show and revoke activation numbers.
//
// Start at Commands, which lists them; each is in the file with its name.
package number

// Commands are the commands about activation numbers.
type Commands struct {
	Issue  Issue  `cmd:"" help:"Give a customer an activation number for an application."`
	List   List   `cmd:"" help:"Show activation numbers."`
	Revoke Revoke `cmd:"" help:"Make a customer's activation numbers for an application useless."`
}
