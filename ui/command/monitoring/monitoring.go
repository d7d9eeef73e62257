// Package monitoring has the commands that print configuration for monitoring desks: alert rules for Prometheus, and a
// dashboard for Grafana. Package web has the metrics that they use. Start at Commands.
package monitoring

import (
	"loket/ui/command/console"
	"loket/ui/web"
)

// Commands are the commands about monitoring desks.
type Commands struct {
	Alerts    AlertsCommand    `cmd:"" help:"Print alerts for Prometheus, as a file of rules."`
	Dashboard DashboardCommand `cmd:"" help:"Print a dashboard for Grafana, in JSON."`
}

// AlertsCommand is the command that prints alert rules for Prometheus.
type AlertsCommand struct{}

// Run prints the alert rules.
func (*AlertsCommand) Run(c *console.Console) error {
	c.PrintResult("%s", web.AlertRules)
	return nil
}

// DashboardCommand is the command that prints a dashboard for Grafana.
type DashboardCommand struct{}

// Help returns the detailed help of the command.
func (DashboardCommand) Help() string {
	return `Import it in Grafana (Dashboards, New, Import), and choose the Prometheus that reads the metrics of the desks. It shows all desks together.`
}

// Run prints the dashboard.
func (*DashboardCommand) Run(c *console.Console) error {
	text, err := web.Dashboard()
	if err != nil {
		return err
	}
	c.PrintResult("%s", text)
	return nil
}
