// Package flows is the catalogue of what a visitor can do at the desk: a row for each
// place that they can go to, and a table of steps for each flow that begins there.
//
// Package flow runs the tables, on a desk of package desk. Tables that belong together
// stand in packages of their own (phone, contact), and so does what several of them
// ask for (credentials) and what the service desk does for customers (operator).
//
// Start at Places, then read log_in.go, the smallest whole flow.
package flows
