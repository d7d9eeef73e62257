// Package flows defines everything that a visitor can do at the desk. It has a row for each place
// that visitors can go to, and a table of steps for each flow.
//
// Package flow runs the tables, on a desk of package desk. Packages phone and contact have the
// tables about phones and about contact with the bank. Package credentials has the fields for
// usernames and passwords, which several flows share. Package operator has the work that the
// service desk does for customers.
//
// Start at Places, then read log_in.go, the smallest whole flow.
package flows
