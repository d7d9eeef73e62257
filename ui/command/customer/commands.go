// Package customer has the commands that find, show and erase customers, and help those
// who cannot log in.
//
// Start at Commands, which lists them; each is in the file with its name.
package customer

// Commands are the commands about customers.
type Commands struct {
	Find     FindCommand     `cmd:"" may:"operator" help:"Find customers by what they say of themselves."`
	Show     ShowCommand     `cmd:"" may:"auditor,operator" help:"Show what the desk knows of a customer."`
	Dossier  DossierCommand  `cmd:"" may:"operator" help:"Write all that the desk keeps of a customer, for that customer, as PDF or JSON."`
	Activate ActivateCommand `cmd:"" may:"operator" help:"Make an account for a customer who cannot do so at a desk."`
	Unlock   UnlockCommand   `cmd:"" may:"operator" help:"Take away what wrong answers did to a customer's account."`
	Block    BlockCommand    `cmd:"" may:"operator" help:"Have nobody log in as a customer, until that is undone."`
	Unblock  UnblockCommand  `cmd:"" may:"operator" help:"Undo that a customer was blocked by the service desk."`
	Unpair   UnpairCommand   `cmd:"" may:"operator" help:"Have a phone of a customer no longer log in."`
	Erase    EraseCommand    `cmd:"" may:"operator" help:"Take away all that the desk knows of a customer, for ever."`
}
