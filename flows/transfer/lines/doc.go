// Package lines is the format of files that are imported and exported: JSON Lines,
// an object a line, of one of six types. Customer, Product, Application, Account, ActivationNumber
// and Removed are those types. An import cuts a file into lines and parses them into
// records of the store; an export makes lines of records.
//
// It stands on flows/transfer/check, which reads fields, and on flows/transfer/kinds
// for the details of products. Start at Parse, then read customer.go.
package lines
