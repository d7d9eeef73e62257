// Package demo is what a kiosk shows only in a demo: the panel that opens over any
// screen, with the people to be, the mailbox and the clock; and
// the sandbox in a temporary file that it is about. What happens in a sandbox is
// package loket/flows/demo's.
//
// Start at NewPanel and OpenSandbox.
package demo
