// Package app serves the web pages that replace the NN App: a phone opens a page with the code that a terminal shows, and
// answers with a passkey (L2). Package flows/phone decides what to ask the phone and what its answer does; this package serves
// that over HTTP.
//
// There are three kinds of paths, below the address of the app:
//
//	/             GET returns a page that asks for the code; /?code=… redirects to /CODE
//	/CODE         GET returns a form with the question for the phone: the fields of
//	              the step (number, passkey) and a token; POST takes the answer
//	/NAME.HASH.…  GET returns the style sheet, the script or the logo, which may be cached for ever
//
// Any other request is refused with a page that says why (page.RefusalMessages). A GET writes nothing to the store. The browser stores
// nothing, neither cookies nor anything else. The language is the browser's, or that of the parameter ?lang=, which every link
// and form passes on.
//
// The page is a single template, in package page. Tests rely on these elements:
//
//	main#page[data-state]   the step of the flow (flows.PhoneAsked, …), or "code",
//	                        "unknown code" or "refused"
//	form#open               asks for the code, with input#code and button#go
//	form#answer             asks the phone for its answer; data-request holds the options for
//	                        navigator.credentials, and data-ceremony is get or create
//	button.number           one of the numbers, which is also its value; all are in
//	                        fieldset#numbers
//	button#decline          "this is not me"
//	button#pair             makes a passkey
//	input#passkey           receives the answer from page.js, which then submits the form
//	#status[data-shows]     the texts of page.js (working, insecure, unsupported,
//	                        cancelled, present, elsewhere, failed)
//	#problem, #note         the fault in an answer, and the reason for a wait
//	#shown                  the number to type at the terminal, after a passkey is made
//	a#language              links to the page in the other language
//	a#again, a#right        link back to the code and to the right address, after a refusal
//
// Start reading at Handler, then asked.go and answer.go.
package app
