package page

import (
	"net/http"
	"strings"
)

// ContentPolicy is the value of the Content-Security-Policy header. It allows only the page's own files and forms, and does
// not allow other pages to embed this one.
var ContentPolicy = strings.Join([]string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'",
	"base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
}, "; ")

// PermissionsPolicy is the value of the Permissions-Policy header. It allows passkeys and no other feature of the browser.
var PermissionsPolicy = strings.Join([]string{
	"publickey-credentials-get=(self)", "publickey-credentials-create=(self)",
	"accelerometer=()", "autoplay=()", "camera=()", "clipboard-read=()", "display-capture=()", "encrypted-media=()", "fullscreen=()",
	"geolocation=()", "gyroscope=()", "identity-credentials-get=()", "idle-detection=()", "local-fonts=()", "magnetometer=()",
	"microphone=()", "midi=()", "otp-credentials=()", "payment=()", "screen-wake-lock=()", "serial=()", "storage-access=()",
	"usb=()", "window-management=()", "xr-spatial-tracking=()",
}, ", ")

// StrictTransportSecurity is the value of the header with which a browser uses only TLS for this site. The max-age is two
// years, in seconds.
const StrictTransportSecurity = "max-age=63072000"

// SetSecurityHeaders sets the security headers of a response. The Referrer-Policy is same-origin: under no-referrer, a browser
// without Sec-Fetch-Site would not send the Origin header with a form. To other sites, same-origin reveals no more than
// no-referrer.
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
