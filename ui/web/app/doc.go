// Package app has the web pages that replace the NN App: a phone opens them with the code that
// a terminal shows, and answers with a passkey (L2). Package flows/phone decides what the phone
// is asked and what an answer does. This package serves that over HTTP.
//
// There are three kinds of paths, below the address of the app:
//
//	/             GET    asks for the code; /?code=… redirects to /CODE
//	/CODE         GET    what the phone is asked, and POST its answer: a form with the
//	                     fields of the step (number, passkey) and a token
//	/NAME.HASH.…  GET    the style, the script and the logo, which may be cached for ever
//
// Any other request is refused with a page that says why (page.Refusals). A GET writes nothing
// to the store. The browser keeps nothing: no cookies, no storage. The language is that of the
// browser, or the one of ?lang=, which every link and form passes on.
//
// The page is one template, in package page. Tests rely on these elements:
//
//	main#page[data-state]   the step of the flow (flows.PhoneAsked, …), else "code",
//	                        "unknown code" or "refused"
//	form#open               asks for the code: input#code, button#go
//	form#answer             what the phone is asked; data-request holds the options for
//	                        navigator.credentials, and data-ceremony get or create
//	button.number           one of the numbers, whose value is the number; they stand in
//	                        fieldset#numbers
//	button#decline          "this is not me"
//	button#pair             makes a passkey
//	input#passkey           where page.js puts the answer before it submits the form
//	#status[data-shows]     the texts of page.js (working, insecure, unsupported,
//	                        cancelled, present, elsewhere, failed)
//	#problem, #note         what is wrong with an answer; why it has to wait
//	#shown                  the number to type at the terminal, after a passkey is made
//	a#language              the other language
//	a#again, a#right        back to the code, and to the right address, after a refusal
//
// Start at Handler, then asked.go and answer.go.
package app
