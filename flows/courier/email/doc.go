// Package email makes e-mails of messages, and hands them to a mail server.
//
// It stands on flows/courier/render for their words, and on flows/courier/delivery for
// what a reply of the server means. Start at Carrier.
package email
