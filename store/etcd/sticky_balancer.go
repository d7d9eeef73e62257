package etcd

import (
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/balancer"
	"google.golang.org/grpc/balancer/roundrobin"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// stickyName is the name of the balancer in gRPC.
const stickyName = "loket_sticky"

func init() { balancer.Register(stickyBuilder{}) }

// stickyBalancer makes a client stay with one member as long as that answers. That member
// also has what it answered a moment ago. By default gRPC asks one member after the
// other: if one of three hangs, every third request waits for it, and a transaction makes
// many.
func stickyBalancer() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithDisableServiceConfig(), // the one of etcd's client
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"` + stickyName + `": {}}]}`),
	}
}

type stickyBuilder struct{}

func (stickyBuilder) Name() string { return stickyName }

// Build implements [balancer.Builder]. The round-robin balancer chooses the next member.
func (stickyBuilder) Build(c balancer.ClientConn, o balancer.BuildOptions) balancer.Balancer {
	return balancer.Get(roundrobin.Name).Build(stickyConn{c}, o)
}

type stickyConn struct{ balancer.ClientConn }

// UpdateState implements [balancer.ClientConn].
func (c stickyConn) UpdateState(s balancer.State) {
	s.Picker = &stickyPicker{nextPicker: s.Picker}
	c.ClientConn.UpdateState(s)
}

// A stickyPicker stays with a member until it does not answer.
type stickyPicker struct {
	nextPicker balancer.Picker

	mu      sync.Mutex
	current balancer.SubConn // nil if the next member must be chosen
}

// Pick implements [balancer.Picker].
func (p *stickyPicker) Pick(i balancer.PickInfo) (balancer.PickResult, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current == nil {
		next, err := p.nextPicker.Pick(i)
		if err != nil {
			return next, err
		}
		p.current = next.SubConn
	}
	asked := p.current
	return balancer.PickResult{SubConn: asked, Done: func(d balancer.DoneInfo) { p.dropIfFailed(asked, d.Err) }}, nil
}

func (p *stickyPicker) dropIfFailed(by balancer.SubConn, err error) {
	if c := status.Code(err); c != codes.DeadlineExceeded && c != codes.Unavailable {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current == by {
		p.current = nil
	}
}
