// Package email makes e-mails from messages, and hands them to a mail server.
//
// It stands on flows/courier/render for the text, and on flows/courier/delivery for what
// a reply of the server means. Start at Carrier.
package email
