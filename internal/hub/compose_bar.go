package hub

import (
	"cmp"
	"slices"
	"strings"

	"callboard/internal/state"
	"callboard/views"
)

// bar is the row of filters: each choice is a link to the same page with
// another query.
func (c *composer) bar(s *census) views.Bar {
	if c.v.filters == nil || c.v.filtersOf != c.p.company.names {
		c.v.filters, c.v.filtersOf = c.filters(), c.p.company.names
	}
	bar := views.Bar{Filters: c.v.filters}
	total := s.all.text()
	if !c.numbersKnown() && s.all.all() == 0 || c.p.feed.State == state.Blind {
		total = "–"
	}
	bar.Summary = sprintf(c.words.SummaryFmt, total, c.orderWords())
	bar.Hidden = c.hidden(func(q *Query) { q.Text = "" })
	return bar
}

// hidden are the fields of a form that keeps the query but for what clear
// takes out.
func (c *composer) hidden(clear func(*Query)) []views.Field {
	rest := c.q
	clear(&rest)
	values := rest.Values()
	var fields []views.Field
	for _, name := range sortedKeys(values) {
		fields = append(fields, views.Field{Name: name, Value: values.Get(name)})
	}
	return fields
}

// longMenu is how many options a menu shows without a field to find one,
// longestMenu how many it shows at all: a company of thousands would otherwise
// travel with every page and every change of a view. The field finds the others.
const (
	longMenu    = 12
	longestMenu = 100
)

// findable gives a long menu its field.
func (c *composer) findable(f views.Filter, label string, clear func(*Query)) views.Filter {
	if len(f.Options) > longMenu {
		f.Find, f.Action, f.Hidden = label, Query{Page: c.q.Page}.URL(), c.hidden(clear)
		shown := 0
		f.Options = slices.DeleteFunc(f.Options, func(o views.Option) bool {
			shown++
			return shown > longestMenu && !o.Chosen
		})
	}
	return f
}

// orderWords say what order the rows are in.
func (c *composer) orderWords() string {
	for _, o := range c.orders() {
		switch c.q.Sort {
		case o.value:
			return o.said
		case "-" + o.value:
			return sprintf(c.words.ReversedFmt, o.said)
		}
	}
	return ""
}

// An orderChoice is an order as a menu offers it and as a sentence says it.
type orderChoice struct{ name, said, value string }

// orders are the orders offered; the query knows some more.
func (c *composer) orders() []orderChoice {
	w := c.words
	return []orderChoice{
		{w.SortDefault, w.SaidDefault, ""}, {w.SortLongest, w.SaidLongest, "-age"}, {w.SortNewest, w.SaidNewest, "age"},
		{w.SortLine, w.SaidLine, "line"}, {w.Caller, w.SaidCaller, "caller"}, {w.Callee, w.SaidCallee, "callee"}, {w.State, w.SaidState, "state"},
	}
}

// heads are the heads of columns that sort: first in the order one expects of
// them, then the other way round, then as if nothing had been chosen.
func (c *composer) heads() map[string]views.Head {
	heads := map[string]views.Head{}
	for name, first := range map[string]string{"state": "state", "line": "line", "caller": "caller", "callee": "callee", "age": "-age"} {
		other := "-" + name
		if first == other {
			other = name
		}
		var h views.Head
		next := first
		switch c.q.Sort {
		case first:
			next = other
		case other:
			next = ""
		}
		switch c.q.Sort {
		case name:
			h.Sorted = "ascending"
		case "-" + name:
			h.Sorted = "descending"
		}
		h.URL = c.with(func(q *Query) { q.Sort = next })
		heads[name] = h
	}
	return heads
}

// filters are the chips with their menus. They change with the lines and
// people seen only, so that a menu is not replaced while somebody reads it.
func (c *composer) filters() []views.Filter {
	w := c.words
	var filters []views.Filter
	add := func(f views.Filter) { filters = append(filters, f) }

	if c.q.Text != "" {
		text := views.Filter{ID: "text", Label: "“" + views.CleanText(c.q.Text) + "”", Active: true}
		text.Clear = c.with(func(q *Query) { q.Text = "" })
		add(text)
	}

	c.addPlaces(&filters)

	st := views.Filter{ID: "state", Label: w.AllStates, Active: c.q.State != ""}
	for _, value := range append([]string{""}, stateValues...) {
		name := cmp.Or(c.stateName(value), w.AllStates)
		st.Options = append(st.Options, c.option(name, c.q.State == value, func(q *Query) { q.State = value }))
		if c.q.State == value {
			st.Label = name
		}
	}
	add(c.finish(st, c.q.State, w.AllStates, func(q *Query) { q.State = "" }))

	dir := views.Filter{ID: "dir", Label: w.AllDirections, Active: c.q.Dir != ""}
	for _, value := range append([]string{""}, dirValues...) {
		name := cmp.Or(c.dirName(value), w.AllDirections)
		dir.Options = append(dir.Options, c.option(name, c.q.Dir == value, func(q *Query) { q.Dir = value }))
		if c.q.Dir == value {
			dir.Label = name
		}
	}
	add(c.finish(dir, c.q.Dir, w.AllDirections, func(q *Query) { q.Dir = "" }))

	sorts := views.Filter{ID: "sort", Label: w.Sort, Active: c.q.Sort != ""}
	for _, o := range c.orders() {
		sorts.Options = append(sorts.Options, c.option(o.name, c.q.Sort == o.value, func(q *Query) { q.Sort = o.value }))
	}
	add(c.finish(sorts, c.q.Sort, "", func(q *Query) { q.Sort = "" }))

	cols := views.Filter{ID: "cols", Label: w.Columns, Active: len(c.q.Hide) > 0, Multi: true}
	names := map[string]string{"line": w.Line, "caller": w.Caller, "callee": w.Callee, "legs": w.Legs, "doubt": w.Doubt, "total": w.Total}
	for _, id := range Columns {
		shown := !slices.Contains(c.q.Hide, id)
		cols.Options = append(cols.Options, c.option(names[id], shown, func(q *Query) { q.Hide = toggled(q.Hide, id) }))
	}
	add(c.finish(cols, strings.Join(c.q.Hide, ","), "", func(q *Query) { q.Hide = nil }))

	density := views.Filter{ID: "density", Label: w.Density, Active: c.q.Density != ""}
	density.Options = []views.Option{
		c.option(w.Dense, c.q.Density == "", func(q *Query) { q.Density = "" }),
		c.option(w.Comfortable, c.q.Density == "comfortable", func(q *Query) { q.Density = "comfortable" }),
	}
	add(c.finish(density, c.q.Density, "", func(q *Query) { q.Density = "" }))

	return filters
}

// addPlaces are the chips of line, team and person.
func (c *composer) addPlaces(filters *[]views.Filter) {
	w := c.words
	line := views.Filter{ID: "line", Label: w.AllLines, Active: c.q.Line != ""}
	line.Options = append(line.Options, c.option(w.AllLines, c.q.Line == "", func(q *Query) { q.Line = "" }))
	for _, oid := range c.linesByName() {
		chosen := c.q.Line != "" && (fold(oid) == c.v.filter.line || fold(c.p.company.lines[oid].name) == c.v.filter.line)
		line.Options = append(line.Options, c.option(c.lineName(oid), chosen, func(q *Query) { q.Line = oid }))
		if chosen {
			line.Label = c.lineName(oid)
		}
	}
	line = c.findable(line, w.OnLines.FindLine, func(q *Query) { q.Line = "" })
	*filters = append(*filters, c.finish(line, c.q.Line, w.AllLines, func(q *Query) { q.Line = "" }))
	c.addTeams(filters)

	if c.p.counts() { // nobody by themselves
		return
	}
	user := views.Filter{ID: "user", Label: w.AllPeople, Active: c.q.User != ""}
	user.Options = append(user.Options, c.option(w.AllPeople, c.q.User == "", func(q *Query) { q.User = "" }))
	for _, oid := range byName(c.p.company.users) {
		name := c.userName(oid)
		chosen := c.q.User != "" && (fold(oid) == c.v.filter.user || fold(name) == c.v.filter.user)
		user.Options = append(user.Options, c.option(name, chosen, func(q *Query) { q.User = oid }))
		if chosen {
			user.Label = name
		}
	}
	user = c.findable(user, w.OnPeople.FindPerson, func(q *Query) { q.User = "" })
	*filters = append(*filters, c.finish(user, c.q.User, w.AllPeople, func(q *Query) { q.User = "" }))
}

// addTeams is the chip of the teams, where there are any.
func (c *composer) addTeams(filters *[]views.Filter) {
	names := c.p.setup.Teams.Names()
	if len(names) == 0 && c.q.Team == "" {
		return
	}
	all := c.words.OnPeople.AllTeams
	team := views.Filter{ID: "team", Label: all, Active: c.q.Team != ""}
	team.Options = append(team.Options, c.option(all, c.q.Team == "", func(q *Query) { q.Team = "" }))
	for _, name := range names {
		chosen := c.q.Team != "" && fold(name) == c.v.filter.team
		label := views.CleanText(name)
		team.Options = append(team.Options, c.option(label, chosen, func(q *Query) { q.Team = name }))
		if chosen {
			team.Label = label
		}
	}
	team = c.findable(team, c.words.OnPeople.FindTeam, func(q *Query) { q.Team = "" })
	*filters = append(*filters, c.finish(team, c.q.Team, all, func(q *Query) { q.Team = "" }))
}

// teamName is the chosen team as the file spells it.
func (c *composer) teamName() string {
	if name, ok := c.p.setup.Teams.Named(c.q.Team); ok {
		return views.CleanText(name)
	}
	return views.CleanText(c.q.Team)
}

// stateName and dirName put a value of the query into words; empty for none.
func (c *composer) stateName(value string) string {
	w := c.words
	return map[string]string{"ringing": w.Ringing, "connected": w.Talking, "internal": w.Internal, "doubt": w.Doubt}[value]
}

func (c *composer) dirName(value string) string {
	w := c.words
	return map[string]string{"inbound": w.Inbound, "outbound": w.Outbound, "internal": w.Internal}[value]
}

// finish gives a filter in effect its way out, and a value that is not among
// its choices its own text as label.
func (c *composer) finish(f views.Filter, value, all string, clear func(*Query)) views.Filter {
	if value == "" {
		return f
	}
	if f.Label == all {
		f.Label = views.CleanText(value)
	}
	f.Clear = c.with(clear)
	return f
}

func (c *composer) option(label string, chosen bool, set func(*Query)) views.Option {
	return views.Option{Label: label, Chosen: chosen, URL: c.with(set)}
}
