package ui

import (
	"context"
	"log/slog"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
)

// loginCheck checks every few seconds whether the login of a visit is still valid. The zero value belongs to a new visit.
type loginCheck struct {
	checkedAt time.Time // checkedAt is when the login was last checked, or when the visit began.
}

// loginCheckResult is the result of checking a login, with the credential that was checked.
type loginCheckResult struct {
	credential flow.Credential
	err        error
}

// isDue reports whether the login must be checked now. If so, it records that it is checked.
func (c *loginCheck) isDue(visit *flow.Visit, now time.Time) bool {
	if c.checkedAt.IsZero() {
		c.checkedAt = now // The visit has just begun.
	}
	if !visit.LoggedIn() || now.Sub(c.checkedAt) < flow.LoginCheckInterval {
		return false
	}
	c.checkedAt = now
	return true
}

// checkLogin returns background work that checks the login. It uses a copy of the visit, which no other goroutine uses.
func checkLogin(visit flow.Visit) func(context.Context) tea.Msg {
	return func(ctx context.Context) tea.Msg {
		return loginCheckResult{visit.Credential(), visit.CheckLogin(ctx)}
	}
}

// recordLeavingTimeout is the maximum time for recording that a visitor left.
const recordLeavingTimeout = 5 * time.Second

// recordLeaving returns background work that records that a customer left, if a customer was logged in. It uses a copy of the visit,
// which no other goroutine uses.
func recordLeaving(visit flow.Visit, why flow.LogOutReason, log *slog.Logger) func(context.Context) tea.Msg {
	return func(ctx context.Context) tea.Msg {
		if !visit.HasCustomer() {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordLeavingTimeout)
		defer cancel()
		if err := visit.LogOut(ctx, why); err != nil {
			log.Error("leave", "visit", visit.ID, "error", err)
		}
		return nil
	}
}
