// Package email turns messages into e-mails, and hands them to a mail server. Package flows/courier/render writes the text.
// Package flows/courier/delivery defines how the server's replies are reported. Start at Carrier.
package email
