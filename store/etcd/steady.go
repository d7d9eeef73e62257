package etcd

import (
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/balancer"
	"google.golang.org/grpc/balancer/roundrobin"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Unasked, gRPC asks one member after the other. If one hangs, every third question
// then waits for it, and a transaction asks many. So one member is asked as long as it
// answers, which also has what it told of a moment ago.

const steadyName = "loket_steady"

func init() { balancer.Register(steadyBuilder{}) }

// steadily makes a client do so.
func steadily() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithDisableServiceConfig(), // the one that etcd brings
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"` + steadyName + `": {}}]}`),
	}
}

type steadyBuilder struct{}

func (steadyBuilder) Name() string { return steadyName }

// Build implements [balancer.Builder]. Who comes next is for the usual one to choose.
func (steadyBuilder) Build(c balancer.ClientConn, o balancer.BuildOptions) balancer.Balancer {
	return balancer.Get(roundrobin.Name).Build(steadyConn{c}, o)
}

type steadyConn struct{ balancer.ClientConn }

// UpdateState implements [balancer.ClientConn].
func (c steadyConn) UpdateState(s balancer.State) {
	s.Picker = &steadyPicker{next: s.Picker}
	c.ClientConn.UpdateState(s)
}

// A steadyPicker stays with a member until it does not answer.
type steadyPicker struct {
	next balancer.Picker

	mu  sync.Mutex
	now balancer.SubConn // nil if the next one is to be chosen
}

// Pick implements [balancer.Picker].
func (p *steadyPicker) Pick(i balancer.PickInfo) (balancer.PickResult, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now == nil {
		next, err := p.next.Pick(i)
		if err != nil {
			return next, err
		}
		p.now = next.SubConn
	}
	asked := p.now
	return balancer.PickResult{SubConn: asked, Done: func(d balancer.DoneInfo) { p.answered(asked, d.Err) }}, nil
}

func (p *steadyPicker) answered(by balancer.SubConn, err error) {
	if c := status.Code(err); c != codes.DeadlineExceeded && c != codes.Unavailable {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now == by {
		p.now = nil
	}
}
