// Package transfer takes in, and gives out again, what the bank's systems know:
// customers, products, applications, accounts and activation numbers, as JSON Lines.
//
// A file goes in whole or not at all: every problem of every line is found in
// one pass, and nothing is stored if there is one. Or else lines with problems are
// set apart, with those that refer to them, and the others go in. The same file again
// changes nothing. A record that was imported keeps a fingerprint of its line (Origin):
// the same line is left alone, another one with the same id replaces the
// imported facts, and what the desk itself keeps (which products were opened,
// which number is the newest) stays. So does an e-mail address, telephone number
// or language that the customer changed at the desk, until the bank's own value of it
// changes; then the customer is told. Accounts and activation numbers belong to the
// desk from the moment that they are there, and are never changed.
//
// What has ended is said by a line (lines.Removed, or the status of a customer), and stays as
// ended: see removed.go.
//
// It stands on flows/transfer/lines, which has the format. Lines are parsed on all processors, and
// what they are about is read ahead there (readAhead); a line that a record was imported
// from, and that still holds, is known by its hash and not parsed. Then lines are judged one
// after the other, because a line may refer to earlier ones: see importer. What is to be
// stored, and what is noted of lines (notes), goes to the disk if it is much: see
// store/spill. Beside visitors the lines are taken in a few at a time: see ImportConcurrent.
//
// Start at Import or at Export.
package transfer
