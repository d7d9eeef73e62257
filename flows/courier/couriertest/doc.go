// Package couriertest has what tests of couriers share: messages to fictional customers,
// and a real mail server that keeps what it received.
//
// It is for tests alone. Start at Message.
package couriertest
