package access

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"
)

// How many networks of refused sign-ins get an entry of their own in a minute;
// the rest share one. An attack must not fill the disk.
const (
	refusedRows = 20
	refusedKept = 5000
)

// refusals count refused sign-ins until the minute is over.
type refusals struct {
	mu   sync.Mutex
	by   map[netip.Prefix]*refusal
	rest int // tries from networks beyond refusedKept
}

type refusal struct {
	n       int
	account string // the one that was tried, if it was one that exists
	many    bool   // several were
}

// count notes a refused try; account is a Ref, or empty for a name that nobody
// has, which may be a password in the wrong field.
func (f *refusals) count(addr netip.Addr, account string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.by == nil {
		f.by = map[netip.Prefix]*refusal{}
	}
	near := network(addr)
	r := f.by[near]
	if r == nil {
		if len(f.by) >= refusedKept {
			f.rest++
			return
		}
		r = &refusal{account: account}
		f.by[near] = r
	}
	r.n++
	if r.account != account {
		r.many = true
	}
}

// entries empties the count into what goes into the audit log.
func (f *refusals) entries() []Entry {
	f.mu.Lock()
	by, rest := f.by, f.rest
	f.by, f.rest = nil, 0
	f.mu.Unlock()
	networks := make([]netip.Prefix, 0, len(by))
	for p := range by {
		networks = append(networks, p)
	}
	slices.SortFunc(networks, func(a, b netip.Prefix) int {
		if c := cmp.Compare(by[b].n, by[a].n); c != 0 {
			return c
		}
		return cmp.Compare(a.String(), b.String())
	})
	var list []Entry
	others := 0
	for i, p := range networks {
		r := by[p]
		if i >= refusedRows {
			others++
			rest += r.n
			continue
		}
		e := Entry{Event: SignInRefused, Address: p.String(), Subject: r.account, Reason: fmt.Sprintf("%d tries", r.n)}
		if r.many {
			e.Subject, e.Reason = "", e.Reason+" of several names"
		}
		if !p.IsValid() {
			e.Address = ""
		}
		list = append(list, e)
	}
	if rest > 0 {
		list = append(list, Entry{Event: SignInRefused, Reason: fmt.Sprintf("%d tries from %d other networks or more", rest, others)})
	}
	return list
}

// keepRefused writes what was counted in the last minute. It needs doing.
func (s *Service) keepRefused(ctx context.Context) error {
	list := s.refused.entries()
	if len(list) == 0 {
		return nil
	}
	tx, err := s.file.Write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	for _, e := range list {
		e.At = time.Now()
		if err := s.note(ctx, tx, e); err != nil {
			return err
		}
	}
	return tx.Commit()
}
