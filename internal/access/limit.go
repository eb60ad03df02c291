package access

import (
	"container/list"
	"hash/maphash"
	"math"
	"net/netip"
	"sync"
	"time"
)

// How many wrong tries are let be.
const (
	freeTries    = 5                // of one account from one place, then with delays
	tryWindow    = 15 * time.Minute // forgotten after so long without one
	firstDelay   = 15 * time.Second // doubles with every further one
	mostDelay    = 15 * time.Minute
	manyTries    = 300 // of one account by strangers from anywhere, halved every hour; then one in 30 s, before that one a second
	networkTries = 30  // wrong ones from one network, halved every tryWindow
	wideTries    = 300
	tokenTries   = 30 // wrong tokens from one network a minute
	placesKept   = 20000
)

// network is what counts as one place: a /24 or /64 of the internet, and the
// very address where one address is one machine.
func network(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	bits := addr.BitLen()
	switch {
	case !addr.IsValid():
		return netip.Prefix{}
	case addr.IsLoopback(), addr.Is4() && (addr.IsPrivate() || addr.IsLinkLocalUnicast()):
	case addr.Is4():
		bits = 24
	default:
		bits = 64
	}
	p, _ := addr.Prefix(bits) // bits are in range
	return p
}

// wide is the network around, from which somebody may have many: a /48.
func wide(addr netip.Addr) netip.Prefix {
	addr = addr.Unmap().WithZone("")
	if !addr.Is6() || addr.IsLoopback() {
		return netip.Prefix{}
	}
	p, _ := addr.Prefix(48)
	return p
}

// A fading counts, and halves what it counted every half.
type fading struct {
	n  float64
	at time.Time
}

func (f fading) value(now time.Time, half time.Duration) float64 {
	return f.n * math.Exp2(-float64(max(now.Sub(f.at), 0))/float64(half))
}

func (f *fading) add(now time.Time, half time.Duration) {
	f.n, f.at = f.value(now, half)+1, now
}

// An lru is a map of bounded size that forgets what was not used longest.
type lru[K comparable, V any] struct {
	most  int
	items map[K]*list.Element
	order *list.List // of *lruItem, the latest first
}

type lruItem[K comparable, V any] struct {
	key   K
	value V
}

func newLRU[K comparable, V any](most int) *lru[K, V] {
	return &lru[K, V]{most, map[K]*list.Element{}, list.New()}
}

// get returns what stands under a key, made anew if nothing does.
func (l *lru[K, V]) get(k K) *V {
	if e, ok := l.items[k]; ok {
		l.order.MoveToFront(e)
		return &e.Value.(*lruItem[K, V]).value
	}
	if len(l.items) >= l.most {
		last := l.order.Back()
		delete(l.items, last.Value.(*lruItem[K, V]).key)
		l.order.Remove(last)
	}
	item := &lruItem[K, V]{key: k}
	l.items[k] = l.order.PushFront(item)
	return &item.value
}

func (l *lru[K, V]) drop(k K) {
	if e, ok := l.items[k]; ok {
		delete(l.items, k)
		l.order.Remove(e)
	}
}

// A pair is an account and a place from which it is tried.
type pair struct {
	account uint64
	place   string // a known browser's id, or a network
}

// tries of a pair.
type tries struct {
	n     int
	last  time.Time
	until time.Time // none is taken before
}

// limits are how often what was tried. All of it is bounded: an attack makes it
// forget attackers, never grow. Safe for concurrent use.
type limits struct {
	seed maphash.Seed

	mu       sync.Mutex // guards what follows
	pairs    *lru[pair, tries]
	asked    *lru[netip.Prefix, fading] // tries of any kind
	wrong    *lru[netip.Prefix, fading]
	accounts *lru[uint64, fading] // wrong tries of strangers
	bad      *lru[netip.Prefix, fading]
}

func newLimits() *limits {
	return &limits{
		seed: maphash.MakeSeed(), pairs: newLRU[pair, tries](placesKept),
		asked: newLRU[netip.Prefix, fading](placesKept), wrong: newLRU[netip.Prefix, fading](placesKept),
		accounts: newLRU[uint64, fading](placesKept), bad: newLRU[netip.Prefix, fading](placesKept),
	}
}

// account is a login name as a key of bounded size; nobody can make two meet.
func (l *limits) account(login string) uint64 { return maphash.String(l.seed, fold(login)) }

// admit says where a try stands in the queue, or how long it must wait. device
// is the id of a browser that this person used before, knownNet tells it of the
// network.
func (l *limits) admit(login, device string, addr netip.Addr, knownNet bool, now time.Time) (waiting, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := waiting{known: device != "" || knownNet, account: l.account(login)}
	near, around := network(addr), wide(addr)
	if !w.known {
		asked := l.asked.get(near)
		w.score = asked.value(now, tryWindow)
		asked.add(now, tryWindow)
		if l.wrong.get(near).value(now, tryWindow) >= networkTries {
			return w, time.Minute
		}
		if around.IsValid() {
			asked := l.asked.get(around)
			w.score += asked.value(now, tryWindow) / 16
			asked.add(now, tryWindow)
			if l.wrong.get(around).value(now, tryWindow) >= wideTries {
				return w, time.Minute
			}
		}
	}
	t := l.pairs.get(pair{w.account, place(device, near)})
	if now.Sub(t.last) > tryWindow && !now.Before(t.until) {
		*t = tries{}
	}
	if now.Before(t.until) {
		return w, t.until.Sub(now)
	}
	// Counted before it is known to be wrong, or a thousand at once would all pass.
	t.n++
	t.last = now
	if t.n >= freeTries {
		t.until = now.Add(min(firstDelay<<min(t.n-freeTries, 10), mostDelay))
	}
	if !w.known {
		switch n := l.accounts.get(w.account).value(now, 4*tryWindow); {
		case n >= manyTries:
			w.pace = 30 * time.Second
		case n >= freeTries:
			w.pace = time.Second
		}
	}
	return w, 0
}

// place is the second half of a pair.
func place(device string, near netip.Prefix) string {
	if device != "" {
		return device
	}
	return near.String()
}

// failed counts a wrong password.
func (l *limits) failed(w waiting, addr netip.Addr, now time.Time) {
	if w.known {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrong.get(network(addr)).add(now, tryWindow)
	if around := wide(addr); around.IsValid() {
		l.wrong.get(around).add(now, tryWindow)
	}
	l.accounts.get(w.account).add(now, 4*tryWindow)
}

// forget clears a pair whose password was right, or gives a try back that was
// never looked at.
func (l *limits) forget(w waiting, device string, addr netip.Addr, all bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := pair{w.account, place(device, network(addr))}
	t := l.pairs.get(k)
	if all || t.n <= 1 {
		l.pairs.drop(k)
		return
	}
	t.n--
	t.until = time.Time{}
}

// wrongToken counts a wrong token, and says how long its network should wait.
func (l *limits) wrongToken(addr netip.Addr, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	bad := l.bad.get(network(addr))
	bad.add(now, time.Minute)
	if bad.value(now, time.Minute) > tokenTries {
		return time.Minute
	}
	return 0
}
