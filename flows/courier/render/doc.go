// Package render puts messages into words.
//
// A message has one template per language in the folder templates. The first line of a template
// is the subject. Every other line is a paragraph of the message, up to the sentence that
// introduces the contact details. An indented line is the main fact of the message, such as a
// number. The layout of each language has the parts that all messages share, from greeting to
// signature. The template named letter has the head of a letter.
//
// Templates use facts by the names that package flows gives them:
//
//	name                      the name of the addressee, "A.B. van der Berg"
//	password, until           a temporary password, and when it stops working
//	username                  a username, as its owner wrote it
//	product                   the name of the product
//	number, expires           an activation number, and when it stops working
//	code, until               a code that confirms an e-mail address, and when it expires
//	caller, customer, phone, line, about, from, until, print
//	                          a request to be called back: the customer, the number, the subject and the time
//
// A time has the format of RFC 3339. A date has the format of ISO 8601, and stands for the first
// instant of that day in Amsterdam.
//
// The package imports flows for facts and places. Start at RenderMessage.
package render
