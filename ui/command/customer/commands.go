package customer

// Customer is about people.
type Commands struct {
	Find   Find   `cmd:"" help:"Find customers by what they say of themselves."`
	Show   Show   `cmd:"" help:"Show what the desk knows of a customer."`
	Unlock Unlock `cmd:"" help:"Take away what wrong answers did to a customer's account."`
	Unpair Unpair `cmd:"" help:"Have a phone of a customer no longer log in."`
	Erase  Erase  `cmd:"" help:"Take away all that the desk knows of a customer, for ever."`
}
