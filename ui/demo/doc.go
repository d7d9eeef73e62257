// Package demo is the part of the kiosk that exists only in a demo: a panel that opens over any screen, with the invented
// customers that the visitor can act as, the mailbox and the clock. It also opens the sandbox, which is a database in a
// temporary file. Package loket/flows/demo decides what happens in a sandbox.
//
// Start at NewPanel and OpenSandbox.
package demo
