package app

import (
	"encoding/base64"
	"encoding/json"
)

// A passkeyAnswer has two fields of a phone's answer. They are not verified.
type passkeyAnswer struct {
	passkeyID string // passkeyID is the ID of the passkey that signed.
	nonce     string // nonce is the challenge that the phone signed.
}

// parsePasskeyAnswer parses the answer of a passkey. A field that cannot be parsed is empty in the result.
func parsePasskeyAnswer(answer string) (s passkeyAnswer) {
	var credential struct {
		ID       string
		Response struct{ ClientDataJSON string }
	}
	if json.Unmarshal([]byte(answer), &credential) != nil {
		return s
	}
	if _, err := base64.RawURLEncoding.DecodeString(credential.ID); err == nil {
		s.passkeyID = credential.ID
	}
	var data struct{ Challenge string }
	if text, err := base64.RawURLEncoding.DecodeString(credential.Response.ClientDataJSON); err == nil && json.Unmarshal(text, &data) == nil {
		s.nonce = data.Challenge
	}
	return s
}
