// Package monitoring has the commands that print what watches desks: alerts for Prometheus, and
// a dashboard for Grafana. The metrics that these are about are in package web.
//
// Start at Commands.
package monitoring

import (
	"loket/ui/command/console"
	"loket/ui/web"
)

// Commands are those about watching desks.
type Commands struct {
	Alerts    Alerts    `cmd:"" help:"Print alerts for Prometheus, as a file of rules."`
	Dashboard Dashboard `cmd:"" help:"Print a dashboard for Grafana, in JSON."`
}

// Alerts prints the rules.
type Alerts struct{}

// Run prints them.
func (*Alerts) Run(c *console.Console) error {
	c.PrintResult("%s", web.AlertRules)
	return nil
}

// Dashboard prints the dashboard.
type Dashboard struct{}

// Help explains the command.
func (Dashboard) Help() string {
	return `Import it in Grafana (Dashboards, New, Import), and choose the Prometheus that reads the metrics of the desks. It shows all desks together.`
}

// Run prints it.
func (*Dashboard) Run(c *console.Console) error {
	text, err := web.Dashboard()
	if err != nil {
		return err
	}
	c.PrintResult("%s", text)
	return nil
}
