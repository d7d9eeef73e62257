package etcd

import (
	"context"
	"errors"
	"strings"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Status is what is the matter with a cluster.
type Status int

// What operators can do something about.
const (
	Unknown     Status = iota
	Unavailable        // no majority of the members answers
	Full               // it takes no more writes
	Refused            // it does not know the login, or does not let it do this
)

// StatusOf returns what is the matter, by an error of Connect or of an engine, and what the
// network or the cluster says of it, if they say anything.
func StatusOf(err error) (is Status, says string) {
	if said, ok := errors.AsType[rpctypes.EtcdError](err); ok {
		says = strings.TrimPrefix(said.Error(), "etcdserver: ")
		switch said.Code() {
		case codes.PermissionDenied, codes.Unauthenticated:
			return Refused, says
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
		return Full, says
	case errors.Is(err, rpctypes.ErrAuthFailed), errors.Is(err, rpctypes.ErrUserEmpty):
		return Refused, says
	case errors.Is(err, errNoMajority), errors.Is(err, context.DeadlineExceeded):
		return Unavailable, says
	}
	return Unknown, says
}
