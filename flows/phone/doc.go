// Package phone has the flows for the NN App, the page on a customer's phone. Customers log in with a passkey on their phone,
// and pair and remove phones (L2).
//
// A flow at a terminal and a flow on a phone share a challenge in the store. The flow at the terminal shows a code and waits.
// The flow on the phone begins with that code and answers the challenge. LogInWithApp is answered by ApproveOnPhone, and
// PairPhone by RegisterOnPhone. BeginOnPhone begins either flow on a phone.
//
// The package builds on package passkey, which verifies the answers of phones, and on packages flow, credentials and desk.
// Start at LogInWithApp.
package phone
