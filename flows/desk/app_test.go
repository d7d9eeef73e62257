package desk

import (
	"strings"
	"testing"
)

// TestApps tests which addresses NewPhoneApp accepts.
func TestApps(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://app.example.org": true, "https://APP.example.org/nn/": true, "http://localhost:8023": true, "https://localhost": true,
		"http://app.example.org": false, "https://192.0.2.1": false, "https://[::1]:8443": false, "app.example.org": false, "": false,
		"https://app.example.org?x": false, "https://a@app.example.org": false, "ftp://localhost": false, "https://": false, "https://app.example.org#x": false,
		"https://app.example.org//nn": false, "https://app.example.org/a b": false, "https://app.example.org/../nn": false, "https://app.example.org?": false,
	} {
		if _, err := NewPhoneApp(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestWhyNoApp tests the errors for addresses that NewPhoneApp rejects.
func TestWhyNoApp(t *testing.T) {
	for address, why := range map[string]string{
		"app.example.org":        "no address",
		"http://app.example.org": "https:// alone",
		"https://192.0.2.1":      "not for numbers",
	} {
		if _, err := NewPhoneApp(address); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// TestReachable tests when phones can reach an App, and when only this machine can.
func TestReachable(t *testing.T) {
	for address, here := range map[string]bool{"https://APP.example.org/nn/": false, "http://localhost:8023": true} {
		app, err := NewPhoneApp(address)
		if err != nil {
			t.Fatal(err)
		}
		if !app.IsReachable() || app.IsLocalOnly() != here || app.RelyingParty() == nil || strings.HasSuffix(app.URL().Path, "/") || app.URL().Host != strings.ToLower(app.URL().Host) {
			t.Errorf("%s: %s", address, app.URL())
		}
	}
	if (&PhoneApp{}).IsReachable() || (*PhoneApp)(nil).IsReachable() {
		t.Error("an app that is not there can be reached")
	}
}
