// Package dossier writes a report of all personal data that the desk has about one customer, in the language of the customer.
// Customers can ask for it by their rights of access and of portability (GDPR 15 and 20). The report says why the desk has
// each kind of data, who receives it, how long it is kept, and which rights the customer has.
//
// It leaves out hashes of passwords and codes, because they say nothing and help others to guess. It also leaves out names and
// keys of the bank's staff. About other holders of a product, it has only what the customer can see at the desk.
//
// Package sheet describes the products, and package flows/courier/letter makes the PDF. Start at Read, then read Dossier.
package dossier
