// Package dossier writes down all that the desk keeps of one customer, in the language of that
// customer, who can ask for it by the rights of access and of portability (GDPR 15 and 20). It
// says why the desk has each thing, who gets it, how long it stays, and what the customer can ask.
//
// It has no hashes of passwords or codes, because these say nothing and let others guess; no
// names or keys of the bank's staff; and of others who hold a product with the customer no more
// than the customer sees at the desk.
//
// It stands on ui/sheet for what products say, and on flows/courier/letter for what is put on
// paper. Start at Read, then at Dossier.
package dossier
