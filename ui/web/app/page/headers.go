package page

import (
	"net/http"
	"strings"
)

// ContentPolicy lets the page have nothing but what it comes with, be in no other page, and
// send forms to nobody else.
var ContentPolicy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'",
	"base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
}, "; ")

// PermissionsPolicy are passkeys, and nothing else that a page could ask for.
var PermissionsPolicy = strings.Join([]string{
	"publickey-credentials-get=(self)", "publickey-credentials-create=(self)",
	"accelerometer=()", "autoplay=()", "camera=()", "clipboard-read=()", "display-capture=()", "encrypted-media=()", "fullscreen=()",
	"geolocation=()", "gyroscope=()", "identity-credentials-get=()", "idle-detection=()", "local-fonts=()", "magnetometer=()",
	"microphone=()", "midi=()", "otp-credentials=()", "payment=()", "screen-wake-lock=()", "serial=()", "storage-access=()",
	"usb=()", "window-management=()", "xr-spatial-tracking=()",
}, ", ")

// StrictTransport is how long a browser knows that the page comes by TLS alone, in seconds.
const StrictTransport = "max-age=63072000"

// SetSecurityHeaders puts on every answer what browsers are to know. Browsers that send no
// Sec-Fetch-Site have to say in Origin from where a form came, which they do not
// under a policy of no-referrer; to others this one says as little.
func (s Site) SetSecurityHeaders(h http.Header) {
	h.Set("Content-Security-Policy", ContentPolicy)
	h.Set("Permissions-Policy", PermissionsPolicy)
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Cache-Control", "no-store")
	if s.URL.Scheme == "https" {
		h.Set("Strict-Transport-Security", StrictTransport)
	}
}
