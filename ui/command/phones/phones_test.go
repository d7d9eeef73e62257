package phones

import (
	"errors"
	"strings"
	"testing"

	"loket/ui/command/console"
)

// TestAddressesOfThePage checks which addresses of the page for phones are allowed, and the errors of the others.
func TestAddressesOfThePage(t *testing.T) {
	for address, may := range map[string]bool{
		"https://app.example.org": true, "https://app.example.org/": true, "https://APP.example.org:8443": true, "https://app.example.org/nn/app/": true,
		"https://app.example.org/nn_app-1.0": true, "http://localhost": true, "http://localhost:9000/nn": true, "https://localhost:8443": true,

		"app.example.org": false, "app.example.org:443": false, "//app.example.org": false, "https:": false, "https://": false, "https:///nn": false, "https:app.example.org": false,
		"http://app.example.org": false, "http://127.0.0.1:8023": false, "http://localhost.example.org": false, "ftp://app.example.org": false,
		"https://192.0.2.1": false, "https://[2001:db8::1]": false, "https://user@app.example.org": false,
		"https://app.example.org?": false, "https://app.example.org/?code=": false, "https://app.example.org#": false, "https://app.example.org/nn#code": false,
		"https://app.example.org/the app": false, "https://app.example.org/nn ": false, " https://app.example.org": false, "https://app.example.org/the%20app": false, "https://app.example.org/n%6E": false,
		"https://app.example.org/nn;a": false, "https://app.example.org/nn&a": false, "https://app.example.org/één": false, "https://app.example.org\\nn": false,
		"https://app.example.org/.": false, "https://app.example.org/nn/../": false, "https://app.example.org:port": false,
	} {
		err := PhoneFlags{URL: address}.Check(true)
		_, usage := errors.AsType[console.UsageError](err)
		if may && err != nil || !may && (!usage || !strings.HasPrefix(err.Error(), "--app-url ")) {
			t.Errorf("--app-url %q: %v", address, err)
		}
	}
}
