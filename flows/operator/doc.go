// Package operator is what the service desk does for a customer, by a command of an
// operator: issue and revoke activation numbers, lift what the throttle holds
// against an account, remove a phone, report all that is known of somebody, and erase
// it. Each is a function over a desk, in transactions of its own, with an entry in
// the audit log that names the operator.
//
// It stands on package desk and knows no flow. Start at IssueNumber.
package operator
