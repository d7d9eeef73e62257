// Package demo provides a desk with fictional customers, for visitors who want to look around (X7).
//
// A Sandbox has its own store and clock. So a visitor can play any customer, read the customer's mail, and move the time
// forward until a letter arrives or a number expires. Nothing is really sent.
//
// Start at OpenSandbox, then read customers.json.tmpl, which defines the customers.
package demo
