// Package couriertest helps to test couriers. It has messages to fictional customers, and a mail server that keeps the e-mails
// it receives. Start at ExampleMessage.
package couriertest
