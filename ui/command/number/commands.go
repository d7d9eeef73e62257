package number

// Number is about activation numbers.
type Commands struct {
	Issue  Issue  `cmd:"" help:"Give a customer an activation number for an application."`
	List   List   `cmd:"" help:"Show activation numbers."`
	Revoke Revoke `cmd:"" help:"Make a customer's activation number for an application useless."`
}
