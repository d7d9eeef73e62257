// Package phone is what customers do with the NN App: log in by a passkey, and pair
// and remove the phones that hold one (L2).
//
// Two flows meet in a challenge, which the store keeps: one at the terminal, which
// shows a code and waits, and one on the phone that comes with the code and answers.
// So each of LogInWithApp and PairPhone has its counterpart, ApproveOnPhone and
// RegisterOnPhone. Begin is how a phone comes in.
//
// It stands on package passkey, which knows what phones sign, and on packages flow,
// credentials and desk. Start at LogInWithApp.
package phone
