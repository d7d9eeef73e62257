package page

import (
	"net/http"
	"strings"
)

// ContentPolicy is the Content-Security-Policy. It only allows the page's own files and forms,
// and no other page may embed this one.
var ContentPolicy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'",
	"base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
}, "; ")

// PermissionsPolicy allows passkeys, and no other feature of the browser.
var PermissionsPolicy = strings.Join([]string{
	"publickey-credentials-get=(self)", "publickey-credentials-create=(self)",
	"accelerometer=()", "autoplay=()", "camera=()", "clipboard-read=()", "display-capture=()", "encrypted-media=()", "fullscreen=()",
	"geolocation=()", "gyroscope=()", "identity-credentials-get=()", "idle-detection=()", "local-fonts=()", "magnetometer=()",
	"microphone=()", "midi=()", "otp-credentials=()", "payment=()", "screen-wake-lock=()", "serial=()", "storage-access=()",
	"usb=()", "window-management=()", "xr-spatial-tracking=()",
}, ", ")

// StrictTransportSecurity tells a browser for how many seconds the page is only served over TLS.
const StrictTransportSecurity = "max-age=63072000"

// SetSecurityHeaders sets the security headers of a response. The Referrer-Policy is
// same-origin, because under no-referrer a browser without Sec-Fetch-Site would not send the
// Origin of a form. To other sites, same-origin reveals no more than no-referrer.
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
		h.Set("Strict-Transport-Security", StrictTransportSecurity)
	}
}
