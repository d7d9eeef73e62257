// Package transfer imports and exports the data of the bank's systems as JSON Lines: customers, products, applications,
// accounts and activation numbers.
//
// A file is imported as a whole or not at all. All problems of all lines are found in one pass, and if there is any, nothing
// is stored. Optionally, lines with problems and the lines that refer to them are set apart, and the other lines are imported.
//
// Importing the same file again changes nothing. An imported record keeps a fingerprint of its line (Origin). An identical
// line is skipped; a different line with the same ID replaces the imported facts, but not the data of the desk itself, such as
// which products were opened and which number is the newest. An e-mail address, telephone number or language that the customer
// changed at the desk also stays, until the bank changes its own value; then the customer is notified. Accounts and activation
// numbers belong to the desk as soon as they exist, and are never changed.
//
// A line can say that a record has ended (lines.Removed, or the status of a customer). Ended records stay in the store: see
// removed.go.
//
// The package builds on flows/transfer/lines, which defines the format. Lines are parsed on all processors, and the records
// that they need are read ahead (prefetchBatch). A line whose record is unchanged is recognised by its hash and not parsed. After
// that, lines are judged one by one, because a line may refer to earlier lines: see importer. Large amounts of data, both to
// store and to remember about lines (notes), go to disk: see store/spill. While visitors use the desk, lines are imported in
// small pieces: see ImportConcurrent. Start at Import or at Export.
package transfer
