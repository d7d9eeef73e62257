// Package demo is a desk with fictional customers, for visitors who want to look around (X7).
// A Sandbox has a store and a clock of its own. So a visitor can play any customer, read their
// mail, and move the time until a letter arrives or a number expires. Nothing is sent.
//
// Start at Open, then read customers.json.tmpl, which has the customers.
package demo
