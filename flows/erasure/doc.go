// Package erasure deletes customers with everything that the desk knows about them: those whom an operator names, and those with
// whom the bank's relationship ended long ago.
//
// Any number of customers goes in one pass over the store, which no index leads through: the records about a customer are spread
// over all tables. First a transaction hides each customer, who then cannot log in, activate anything or be found. Then each table
// is read once, and what is about hidden customers goes. The customers' IDs go last. So an erasure that was interrupted at any
// instant is completed by running it again, and a customer whom an import brings back meanwhile keeps what the import brought.
//
// Start at EraseCustomers, and at EraseEnded for retention.
package erasure
