// Package timekeeping keeps in a store what time is believed to be, and has the clock of
// the machine judged by it (R21). A clock that is wrong is never the only one to
// say so: what it did, such as entries of the audit log, is dated by it too.
//
// The believed moment moves on by what a desk that is open measures. A clock that says
// something else is on trial; next.go says what it takes to be believed.
//
// It stands on flows/clock and the store. Start at Keeper.
package timekeeping
