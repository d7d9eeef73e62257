package etcd

import (
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/balancer"
	"google.golang.org/grpc/balancer/roundrobin"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// stickyName is the name under which the balancer is registered in gRPC.
const stickyName = "loket_sticky"

func init() { balancer.Register(stickyBuilder{}) }

// stickyBalancer returns gRPC options that make a client use the same member as long as that member answers. A member that has
// just answered also has the revision that it answered with. By default gRPC uses the members in turn; then if one of three
// members hangs, every third request has to wait, and a transaction makes many requests.
func stickyBalancer() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithDisableServiceConfig(), // This disables the balancer that etcd's client would use.
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"` + stickyName + `": {}}]}`),
	}
}

type stickyBuilder struct{}

func (stickyBuilder) Name() string { return stickyName }

// Build implements [balancer.Builder]. It builds a round-robin balancer, whose picker chooses the next member when the current
// one fails.
func (stickyBuilder) Build(c balancer.ClientConn, o balancer.BuildOptions) balancer.Balancer {
	return balancer.Get(roundrobin.Name).Build(stickyConn{c}, o)
}

type stickyConn struct{ balancer.ClientConn }

// UpdateState implements [balancer.ClientConn].
func (c stickyConn) UpdateState(s balancer.State) {
	s.Picker = &stickyPicker{nextPicker: s.Picker}
	c.ClientConn.UpdateState(s)
}

// A stickyPicker picks the same member until that member does not answer.
type stickyPicker struct {
	nextPicker balancer.Picker

	mu      sync.Mutex
	current balancer.SubConn // current is nil if nextPicker must choose the next member.
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
	return balancer.PickResult{SubConn: asked, Done: func(d balancer.DoneInfo) { p.dropFailedConn(asked, d.Err) }}, nil
}

func (p *stickyPicker) dropFailedConn(by balancer.SubConn, err error) {
	if c := status.Code(err); c != codes.DeadlineExceeded && c != codes.Unavailable {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current == by {
		p.current = nil
	}
}
