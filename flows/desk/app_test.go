package desk

import "testing"

// TestApps holds where an app can be.
func TestApps(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://app.example.org": true, "https://APP.example.org/nn/": true, "http://localhost:8023": true, "https://localhost": true,
		"http://app.example.org": false, "https://192.0.2.1": false, "https://[::1]:8443": false, "app.example.org": false, "": false,
		"https://app.example.org?x": false, "https://a@app.example.org": false, "ftp://localhost": false, "https://": false, "https://app.example.org#x": false,
		"https://app.example.org//nn": false, "https://app.example.org/a b": false, "https://app.example.org/../nn": false, "https://app.example.org?": false,
	} {
		if _, err := NewApp(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}
