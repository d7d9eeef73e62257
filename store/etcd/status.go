package etcd

import (
	"context"
	"errors"
	"strings"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Status is the kind of a cluster's fault.
type Status int

// The faults of a cluster that operators can repair.
const (
	StatusUnknown      Status = iota
	StatusUnavailable         // StatusUnavailable means that no majority of the members answers.
	StatusFull                // StatusFull means that the cluster has no room left and accepts no more writes.
	StatusLoginRefused        // StatusLoginRefused means that the cluster does not know the login, or that the login lacks permission.
)

// ClassifyError returns the kind of fault that caused an error of Connect or of an engine. says is the message of the network or
// the cluster about the fault, or empty.
func ClassifyError(err error) (is Status, says string) {
	if said, ok := errors.AsType[rpctypes.EtcdError](err); ok {
		says = strings.TrimPrefix(said.Error(), "etcdserver: ")
		switch said.Code() {
		case codes.PermissionDenied, codes.Unauthenticated:
			return StatusLoginRefused, says
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
		return StatusLoginRefused, says
	case errors.Is(err, errNoMajority), errors.Is(err, context.DeadlineExceeded):
		return StatusUnavailable, says
	}
	return StatusUnknown, says
}
