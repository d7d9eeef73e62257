package web

import _ "embed"

// AlertRules is a file of alerting rules for Prometheus.
//
//go:embed alerts.yml
var AlertRules string
