// Package demo is what a kiosk shows only in a demo: a panel that opens over any screen,
// with the customers that the visitor can play, the mailbox and the clock. It also opens the
// sandbox, in a temporary file. Package loket/flows/demo decides what happens in a sandbox.
//
// Start at NewPanel and OpenSandbox.
package demo
