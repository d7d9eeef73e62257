// Package customer has the commands that find, show and erase customers, and help those
// who cannot log in.
//
// Start at Commands, which lists them; each is in the file with its name.
package customer

// Commands are the commands about customers.
type Commands struct {
	Find     Find     `cmd:"" may:"operator" help:"Find customers by what they say of themselves."`
	Show     Show     `cmd:"" may:"auditor,operator" help:"Show what the desk knows of a customer."`
	Dossier  Dossier  `cmd:"" may:"operator" help:"Write all that the desk keeps of a customer, for that customer, as PDF or JSON."`
	Activate Activate `cmd:"" may:"operator" help:"Make an account for a customer who cannot do so at a desk."`
	Unlock   Unlock   `cmd:"" may:"operator" help:"Take away what wrong answers did to a customer's account."`
	Block    Block    `cmd:"" may:"operator" help:"Have nobody log in as a customer, until that is undone."`
	Unblock  Unblock  `cmd:"" may:"operator" help:"Undo that a customer was blocked by the service desk."`
	Unpair   Unpair   `cmd:"" may:"operator" help:"Have a phone of a customer no longer log in."`
	Erase    Erase    `cmd:"" may:"operator" help:"Take away all that the desk knows of a customer, for ever."`
}
