package web

import _ "embed"

// Alerts is a file of rules for Prometheus: what is worth waking somebody for.
//
//go:embed alerts.yml
var Alerts string
