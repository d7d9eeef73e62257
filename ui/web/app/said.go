package app

import (
	"encoding/base64"
	"encoding/json"
)

// passkeyAnswer is what the answer of a phone says of itself. Nothing of it is verified here.
type passkeyAnswer struct {
	key   string // the name of its key
	nonce string // what it answers
}

// parsePasskeyAnswer reads it, as far as it can be read.
func parsePasskeyAnswer(answer string) (s passkeyAnswer) {
	var credential struct {
		ID       string
		Response struct{ ClientDataJSON string }
	}
	if json.Unmarshal([]byte(answer), &credential) != nil {
		return s
	}
	if _, err := base64.RawURLEncoding.DecodeString(credential.ID); err == nil {
		s.key = credential.ID
	}
	var data struct{ Challenge string }
	if text, err := base64.RawURLEncoding.DecodeString(credential.Response.ClientDataJSON); err == nil && json.Unmarshal(text, &data) == nil {
		s.nonce = data.Challenge
	}
	return s
}
