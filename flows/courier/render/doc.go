// Package render puts messages into words.
//
// A message has one template a language in templates. Its first line is the
// subject; the rest is what the message says, a paragraph a line, down to the
// sentence that the contact details follow. An indented line is what the message
// is about. What all messages share, from greeting to signature, is the layout of
// that language, and what stands over a letter is in letter.
//
// Templates fill in facts, under the names that package flows calls them by:
//
//	name                      of the addressee, "A.B. van der Berg"
//	password, until           a temporary password, and when it stops working
//	username                  as its owner wrote it
//	product                   what the product is called
//	number, expires           an activation number, and when it stops working
//	code, until               what confirms an e-mail address, and until when
//	caller, customer, phone, line, about, from, until
//	                          who asks to be called, on what number, about what and when
//
// A moment is in the form of RFC 3339, or a date of ISO 8601, which stands for
// its first instant in Amsterdam.
//
// It stands on flows, for facts and places. Start at Message.
package render
