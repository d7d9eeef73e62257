package etcd

import (
	"context"
	"errors"
	"strings"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Status says what is wrong with a cluster.
type Status int

// The faults that operators can mend.
const (
	StatusUnknown     Status = iota
	StatusUnavailable        // no majority of the members answers
	StatusFull               // it accepts no more writes
	StatusRefused            // it does not know the login, or the login lacks permission
)

// StatusOf returns what is wrong, from an error of Connect or of an engine, and what the
// network or the cluster says about it, if anything.
func StatusOf(err error) (is Status, says string) {
	if said, ok := errors.AsType[rpctypes.EtcdError](err); ok {
		says = strings.TrimPrefix(said.Error(), "etcdserver: ")
		switch said.Code() {
		case codes.PermissionDenied, codes.Unauthenticated:
			return StatusRefused, says
		}
	} else if failed, ok := errors.AsType[interface {
		error
		GRPCStatus() *status.Status
	}](err); ok {
		_, says, _ = strings.Cut(failed.GRPCStatus().Message(), `desc = "`)
		says = strings.TrimSuffix(says, `"`)
	}
	switch {
	case errors.Is(err, rpctypes.ErrNoSpace):
		return StatusFull, says
	case errors.Is(err, rpctypes.ErrAuthFailed), errors.Is(err, rpctypes.ErrUserEmpty):
		return StatusRefused, says
	case errors.Is(err, errNoMajority), errors.Is(err, context.DeadlineExceeded):
		return StatusUnavailable, says
	}
	return StatusUnknown, says
}
