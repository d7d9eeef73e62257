package web

import _ "embed"

// AlertRules is the text of a file with alerting rules for Prometheus.
//
//go:embed alerts.yml
var AlertRules string
