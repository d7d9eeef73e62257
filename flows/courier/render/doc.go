// Package render puts messages into words.
//
// A message has one template per language in templates. The first line of a template is
// the subject. The rest is the message, with one paragraph per line, up to the sentence
// that the contact details follow. An indented line is what the message is about. The
// layout of each language has what all messages share, from greeting to signature; letter
// has the head of a letter.
//
// Templates use facts under the names that package flows gives them:
//
//	name                      the name of the addressee, "A.B. van der Berg"
//	password, until           a temporary password, and when it stops working
//	username                  as its owner wrote it
//	product                   the name of the product
//	number, expires           an activation number, and when it stops working
//	code, until               a code that confirms an e-mail address, and when it expires
//	caller, customer, phone, line, about, from, until
//	                          a request to be called: by whom, on which number, about what, when
//
// A time is in the form of RFC 3339, or a date of ISO 8601, which stands for its first
// instant in Amsterdam.
//
// It stands on flows, for facts and places. Start at Message.
package render
