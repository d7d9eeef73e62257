// Package timekeeping stores the believed moment, a time that does not follow jumps of the machine's clock, and uses it to
// judge that clock. A wrong clock cannot be detected by that clock alone, because the times it produced, such as those in the
// audit log, are wrong too (R21).
//
// The believed moment advances by the time that an open desk measures. A clock that differs from it is on trial; next.go says
// when such a clock is believed.
//
// The package builds on flows/clock and the store. Start at MomentKeeper.
package timekeeping
