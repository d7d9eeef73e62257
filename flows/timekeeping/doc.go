// Package timekeeping stores the believed moment, and has the clock of the machine judged
// by it (R21). The evidence against a wrong clock cannot come from that clock alone: what
// it dated, such as entries of the audit log, is wrong too.
//
// The believed moment advances by the time that an open desk measures. A clock that says
// something else is on trial; next.go says when it is believed.
//
// It stands on flows/clock and the store. Start at Keeper.
package timekeeping
