// Package app is the page that stands in for the NN App: a phone opens it with the
// code that a terminal shows, and answers there with a passkey (L2). What it asks and
// what comes of an answer is decided by the flows on a phone, of [flows.Desk.OnPhone];
// here is how that looks over HTTP.
//
// There are three kinds of address, below the one of [flows.App.URL]:
//
//	/             GET    asks for the code; /?code=… leads on to /CODE
//	/CODE         GET    what the phone is asked, and POST its answer: a form with the
//	                     fields of the step (number, passkey) and a token
//	/NAME.HASH.…  GET    the style, the script and the mark, which may be kept for ever
//
// All else is refused by a page that says why: see refusals. A GET writes nothing to
// the store. Nothing is kept in the browser: no cookies, no storage. The language is
// that of the browser, or the one of ?lang=, which every link and form hands on.
//
// The page is one template, in package page. What tests can hold on to in it:
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
//	#status[data-shows]     what page.js has to say (working, insecure, unsupported,
//	                        cancelled, present, elsewhere, failed), in words
//	#problem, #note         what is wrong with an answer; why it has to wait
//	#shown                  the number to type at the terminal, once a passkey is made
//	a#language              the other language
//	a#again, a#right        back to the code, and to the right address, where refused
//
// Start at Handler, then asked and answer.
package app
