// Package operator is what the service desk does for a customer, by a command of an operator. It
// issues and revokes activation numbers, clears the throttle of an account, removes a phone,
// reports all that the desk knows about a customer, and erases that. Each is a function over a
// desk, in transactions of its own, with an entry in the audit log that names the operator.
//
// It stands on package desk and knows no flow. Start at IssueNumber.
package operator
