// Package monitoring has the commands that print configuration for monitoring desks: alert rules for Prometheus, and a
// dashboard for Grafana. Package web has the metrics that they use. Start at Commands.
package monitoring

import (
	"loket/ui/command/console"
	"loket/ui/web"
)

// Commands are the commands about monitoring desks.
type Commands struct {
	Alerts    Alerts    `cmd:"" help:"Print alerts for Prometheus, as a file of rules."`
	Dashboard Dashboard `cmd:"" help:"Print a dashboard for Grafana, in JSON."`
}

// Alerts is the command that prints alert rules for Prometheus.
type Alerts struct{}

// Run prints the alert rules.
func (*Alerts) Run(c *console.Console) error {
	c.PrintResult("%s", web.AlertRules)
	return nil
}

// Dashboard is the command that prints a dashboard for Grafana.
type Dashboard struct{}

// Help returns the detailed help of the command.
func (Dashboard) Help() string {
	return `Import it in Grafana (Dashboards, New, Import), and choose the Prometheus that reads the metrics of the desks. It shows all desks together.`
}

// Run prints the dashboard.
func (*Dashboard) Run(c *console.Console) error {
	text, err := web.Dashboard()
	if err != nil {
		return err
	}
	c.PrintResult("%s", text)
	return nil
}
