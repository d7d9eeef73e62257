// Package demo is a desk with fictional customers, for whoever wants to look
// around (X7). A Sandbox is a store of its own with a clock of its own, so that
// one visitor can be anybody in it, read their mail, and move the time until
// the letter arrives and the number expires. Nothing in it leaves.
//
// Start at Open, then customers.json.tmpl, which is who lives there.
package demo
