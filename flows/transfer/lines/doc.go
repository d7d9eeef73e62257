// Package lines defines the format of files that are imported and exported. A file is JSON Lines: each line is an object of
// one of six types: Customer, Product, Application, Account, ActivationNumber or Removed. An import splits a file into lines
// and parses them into records of the store, and an export converts records to lines.
//
// The package builds on flows/transfer/check, which reads fields, and on flows/transfer/kinds for the details of products.
// Start at ParseLine, then read customer.go.
package lines
