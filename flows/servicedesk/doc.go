// Package servicedesk has the flows of an operator who answers the telephone (X15). FindCustomer
// opens the card of a customer once the caller has answered what only that customer should know.
// The other flows are acts: each changes or sends something of the customer whose card is open,
// and leaves an entry in the audit log with the operator's key and why it was done.
//
// Callers lie. So nothing here shows a secret to the operator, secrets go only to addresses that
// the bank knew or that their owner confirmed, and a customer hears of each change that lets
// somebody in.
//
// The package stands on flow, fields, phone and operator. Start at FindCustomer, then act.
package servicedesk
