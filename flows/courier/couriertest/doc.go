// Package couriertest has what tests of couriers share: messages to customers who do
// not exist, and a real mail server that keeps what it took.
package couriertest
