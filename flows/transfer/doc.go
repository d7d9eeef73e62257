// Package transfer takes in, and gives out again, what the bank's systems know: customers, products,
// applications, accounts and activation numbers, as JSON Lines. The line types
// (customerLine and so on) are the format.
//
// A file goes in whole or not at all: every problem of every line is found in
// one pass, and nothing is stored if there is one. The same file again changes
// nothing. A record that was imported keeps a fingerprint of its line (Origin):
// the same line is left alone, another one with the same id replaces the
// imported facts, and what the desk itself keeps (which products were opened,
// which number is the newest) stays. So does an e-mail address, telephone number
// or language that the customer changed at the desk. Accounts and activation
// numbers belong to the desk from the moment that they are there, and are never
// changed.
//
// Lines are read and checked on all processors, and then judged one after the
// other, since a line may refer to earlier ones: see importer. A problem names
// the field and the rule, and never what stood there, since it may end up in a log.
//
// Start at Import. Sample writes fictional files of any size.
package transfer
