// Package phone has the flows for the NN App. Customers log in with a passkey on their phone, and
// pair and remove phones (L2).
//
// Two flows share a challenge in the store. The flow at the terminal shows a code and waits. The
// flow on the phone begins with the code, and answers. ApproveOnPhone is the counterpart of
// LogInWithApp, and RegisterOnPhone that of PairPhone. BeginOnPhone begins the flow on a phone.
//
// It stands on package passkey, which knows what phones sign, and on packages flow,
// credentials and desk. Start at LogInWithApp.
package phone
