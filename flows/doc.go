// Package flows is the catalogue of what a visitor can do at the desk. It has a row for each
// place that the visitor can go to, and a table of steps for each flow.
//
// Package flow runs the tables, on a desk of package desk. Packages phone and contact have the
// tables about one subject. Package credentials has the fields that several flows ask for, and
// package operator what the service desk does for customers.
//
// Start at Places, then read log_in.go, the smallest whole flow.
package flows
