// Package operator does for customers the work of the service desk, by command of an operator. It issues and revokes
// activation numbers, clears the throttle of an account, removes a phone, reports all that the desk knows about a customer,
// and erases all of it.
//
// Each task is a function that takes a desk, runs its own transactions and makes an entry in the audit log that names the
// operator. The package builds on package desk and does not depend on any flow. Start at IssueNumber.
package operator
