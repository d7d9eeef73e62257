package web

import _ "embed"

// Alerts is a file of alerting rules for Prometheus.
//
//go:embed alerts.yml
var Alerts string
