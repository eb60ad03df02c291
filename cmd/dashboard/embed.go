package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"callboard/internal/access"
	"callboard/internal/app"
	"callboard/internal/embed"
	"callboard/internal/privacy"
	"callboard/internal/web"
)

// embedding are the settings of views in pages of others.
type embedding struct{ parents, level *setting }

func (f *flags) embedding() embedding {
	return embedding{
		parents: f.text("embed-parents", "", "origins, with commas between, whose pages may show views of the board in a frame, such as https://intranet.example"),
		level:   f.text("embed-level", "last-three", "what such views show at the most: full, last-three, initials or counts"),
	}
}

// fill checks the settings and puts them into the options, of which Listen,
// TLSCert and what proxies say are there.
func (e embedding) fill(opt *app.Options, host string) error {
	if err := e.level.oneOf(privacy.Levels()...); err != nil {
		return err
	}
	opt.EmbedLevel, _ = privacy.ParseLevel(e.level.text)
	if e.parents.text == "" {
		return nil
	}
	const expected = "origins such as https://intranet.example with commas between, without paths; http:// for loopback hosts only"
	for one := range strings.SplitSeq(e.parents.text, ",") {
		origin, ok := originOf(strings.TrimSpace(one))
		if !ok {
			return e.parents.wrong(expected)
		}
		if !slices.Contains(opt.EmbedParents, origin) {
			opt.EmbedParents = append(opt.EmbedParents, origin)
		}
	}
	if opt.TLSCert == "" && len(opt.TrustedProxies) == 0 && !app.Loopback(host) {
		return e.parents.wrong("a board that is reached by https, as browsers keep no cookie for a frame without: --tls-cert and --tls-key, or --trusted-proxies")
	}
	return nil
}

// originOf is scheme, host and port of a page, in the form that browsers compare.
func originOf(text string) (string, bool) {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(text, "#") || u.Path != "" && u.Path != "/" || !portOrNone(u.Port()) {
		return "", false
	}
	host := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err != nil && (host == "" || strings.ContainsFunc(host, notInHost)) {
		return "", false
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !app.Loopback(host)) {
		return "", false
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), true
}

// notInHost reports runes that a name of a host cannot have; a star would be
// everybody.
func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.'
}

// shareView gives a view away for pages of others, lists what was given away, or
// takes one back; also while the service runs.
func shareView(ctx context.Context, c *call) error {
	f := newFlags(c, prefix)
	dataDir := f.text("data-dir", "", "folder of the service (default $XDG_STATE_HOME/dashboard or ~/.local/state/dashboard)")
	public := f.text("public-url", "http://127.0.0.1:8080", "https://host[:port] by which people reach the board")
	view := f.text("view", "", `what to show: calls, numbers, people or line, and fields of a wall's address, such as "line?line=Sales&theme=light"`)
	name := f.text("name", "", "what it is for, such as Intranet")
	keep := f.text("keep", "365d", "how long it is shared, at most 1096d")
	level := f.text("level", "last-three", "full, last-three, initials or counts; --embed-level of the service wins where it is stricter")
	list := f.toggle("list", "list what is shared")
	revoke := f.text("revoke", "", "take back the one with this id")
	if err := f.parse(c); err != nil {
		return err
	}
	listing, err := list.bool()
	if err != nil {
		return err
	}
	dir, err := dataDirOf(dataDir, c.getenv)
	if err != nil {
		return err
	}
	book, now := embed.Open(dir), time.Now()
	switch {
	case listing:
		frames, err := book.Frames(now)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
		for _, f := range frames {
			state := ""
			if !now.Before(f.Until) {
				state = "ended"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\tuntil %s\t%s\n", f.ID, f.Name, f.View, f.Level, f.Until.Format(time.DateOnly), state)
		}
		return w.Flush()
	case revoke.text != "":
		f, err := book.Revoke(revoke.text, now)
		if errors.Is(err, embed.ErrUnknown) {
			return revoke.wrong("the id of a view that --list lists")
		} else if err != nil {
			return err
		}
		fmt.Fprintf(c.stdout, "%s (%s) is not shared any more.\n", f.ID, f.Name)
		noteDown(ctx, c, dir, access.EmbedRevoked, f.ID+", "+f.Name)
		return nil
	}
	layout, query, _ := strings.Cut(strings.TrimPrefix(view.text, "/embed/"), "?")
	fields, err := url.ParseQuery(query)
	address, wrong := "", err
	if err == nil {
		address, wrong = web.EmbedView(layout, fields)
	}
	if wrong != nil {
		return view.wrong("calls, numbers, people or line, and fields of a wall's address behind a question mark: %v", wrong)
	}
	if name.text == "" {
		return name.wrong("what the view is shared for, such as Intranet")
	}
	if err := level.oneOf(privacy.Levels()...); err != nil {
		return err
	}
	plainly, _ := privacy.ParseLevel(level.text)
	life, err := keep.length(24*time.Hour, 1096*24*time.Hour)
	if err != nil {
		return err
	}
	base, err := readPublic(public, false)
	if err != nil {
		return err
	}
	frame, token, err := book.Add(embed.Frame{Name: name.text, View: address, Level: plainly, Until: now.Add(life)}, now)
	if err != nil {
		return err
	}
	src := base.String() + "/embed/" + layout + "?frame=" + frame.ID + "#k=" + token
	fmt.Fprintf(c.stdout, "%s is shared until %s. Put this into the page; what stands behind the # is secret:\n\n<iframe src=\"%s\" title=\"%s\" width=\"700\" height=\"420\" referrerpolicy=\"no-referrer\"></iframe>\n",
		frame.ID, frame.Until.Format(time.DateOnly), src, html.EscapeString(frame.Name))
	noteDown(ctx, c, dir, access.EmbedAllowed, fmt.Sprintf("%s, %s: %s, %s, until %s", frame.ID, frame.Name, frame.View, frame.Level, frame.Until.Format(time.DateOnly)))
	return nil
}
