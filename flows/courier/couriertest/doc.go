// Package couriertest has what tests of couriers share: messages to customers who do
// not exist, and a real mail server that keeps what it took.
//
// It is for tests alone. Start at Message.
package couriertest
