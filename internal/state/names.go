package state

// learn takes in what an oid is called; rows that show it change at once.
func (b *Board) learn(n Name) {
	b.nameVersion++
	b.dayVersion++
	switch n.Kind {
	case NameUser:
		if b.users[n.OID] != n.Text || b.extOf[n.OID] != n.Number {
			b.company++
		}
		b.learnAddressable(n.OID, n.Addressable)
		set(b.users, n.OID, n.Text)
		if old := b.extOf[n.OID]; old != "" && old != n.Number && b.extensions[old] == n.OID {
			delete(b.extensions, old)
		}
		set(b.extOf, n.OID, n.Number)
		if n.Number != "" {
			b.extensions[n.Number] = n.OID
			b.noCustomer(n.Number)
			b.longestExtension = max(b.longestExtension, len(n.Number))
		}
	case NameLine:
		if b.lines[n.OID] != n.Text || b.lineNumbers[n.OID] != n.Number {
			b.company++
		}
		set(b.lines, n.OID, n.Text)
		set(b.lineNumbers, n.OID, n.Number)
	case NameAddressable:
		if _, known := b.addressable[n.OID]; !known && n.Text != "" {
			b.addrQueue.push(n.OID)
			if b.addrQueue.len() > addressableCap {
				delete(b.addressable, b.addrQueue.pop())
			}
		}
		set(b.addressable, n.OID, n.Text)
		b.unsettleNamed(n.OID)
	}
	for _, r := range b.order {
		b.rename(r)
	}
}

// learnExtension takes a short number beside a user for that user's extension,
// so that what names only the number (a snapshot, an event with a blank oid)
// is known to be a colleague. A longer number may be the company's own, shown
// by many.
func (b *Board) learnExtension(p *Party) {
	b.learnAddressable(p.User, p.UserAddressable)
	const longest = 6
	if p.User == "" || p.Number == "" || len(p.Number) > longest && !stands(p.Number) || b.extensions[p.Number] == p.User {
		return
	}
	for _, c := range p.Number {
		if (c < '0' || c > '9') && !stands(p.Number) {
			return
		}
	}
	if _, known := b.extensions[p.Number]; !known && len(b.extensions) >= companyCap {
		return
	}
	b.extensions[p.Number] = p.User
	b.noCustomer(p.Number)
	b.company++
	b.nameVersion++
	b.longestExtension = max(b.longestExtension, len(p.Number))
	for _, r := range b.order {
		if r.call.shows(p.Number) {
			b.rename(r)
		}
	}
}

// shows reports that a party of the call, of now or before, has the number.
func (c *Call) shows(number string) bool {
	if c.Caller.Number == number || c.Callee.Number == number || c.Former.Number == number {
		return true
	}
	for i := range c.Legs {
		if c.Legs[i].Party.Number == number {
			return true
		}
	}
	return false
}

// isLine reports that a party is a phone line itself, not a person there.
func (b *Board) isLine(p *Party, line string) bool {
	return p.User == "" && p.Number != "" && b.lineNumbers[line] == p.Number
}

func set(m map[string]string, key, value string) {
	if value == "" {
		delete(m, key)
	} else {
		m[key] = value
	}
}

// named gives a party the name that is known for it. A name that came with a
// snapshot stays until a better one is learnt.
func (b *Board) named(p *Party) Party {
	q := *p
	b.name(&q)
	return q
}

// name does so where the party is.
func (b *Board) name(p *Party) {
	if p.User == "" {
		p.User = b.userOf(p)
	}
	if p.User != "" {
		if name := b.users[p.User]; name != "" {
			p.Name = name
			return
		}
	}
	for _, oid := range [...]string{p.UserAddressable, p.Addressable} {
		if oid == "" {
			continue
		}
		if name := b.addressable[oid]; name != "" {
			p.Name = name
			return
		}
	}
}

func (b *Board) userOf(p *Party) string {
	if p.User != "" {
		return p.User
	}
	if p.Number != "" {
		user, _ := b.colleague(p.Number)
		return user
	}
	return ""
}

// rename brings the names of a call up to date.
func (b *Board) rename(r *record) {
	c := &r.call
	changed := false
	again := func(p *Party) {
		user, name := p.User, p.Name
		b.name(p)
		changed = changed || p.User != user || p.Name != name
	}
	again(&c.Caller)
	again(&c.Callee)
	again(&c.Former)
	if name := b.lines[c.Line]; name != c.LineName {
		c.LineName, changed = name, true
	}
	for i := range c.Legs {
		if b.named(&c.Legs[i].Party) != c.Legs[i].Party {
			legs := r.legs(0)
			for j := range legs {
				b.name(&legs[j].Party)
			}
			c.Legs, changed = legs, true
			break
		}
	}
	if changed {
		b.touch(r)
	}
	was := c.Direction
	b.direct(r)
	if c.Direction != was {
		b.joinJourney(r)
	}
}
