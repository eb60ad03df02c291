package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
)

// version prints what was built, from what, with which Go; --json adds how, and
// --sbom prints the list of parts.
func version(_ context.Context, c *call) error {
	f := newFlags(c, "")
	asJSON := f.toggle("json", "as JSON, with every module and how it was built")
	parts := f.toggle("sbom", "the parts of this binary as CycloneDX 1.6 (JSON)")
	if err := f.parse(c); err != nil {
		return err
	}
	wide, err := asJSON.bool()
	if err != nil {
		return err
	}
	list, err := parts.bool()
	if err != nil {
		return err
	}
	b := readBuild()
	info, ok := debug.ReadBuildInfo()
	switch {
	case wide && list:
		return parts.wrongValue("true", "one of --json and --sbom")
	case (wide || list) && !ok:
		return errors.New("this binary was built without module support, so it does not know its parts")
	case list:
		return writeBOM(c.stdout, b, info)
	case wide:
		m := made{b.version, b.commit, b.modified, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, map[string]string{}, modules(info)}
		for _, s := range info.Settings {
			m.Settings[s.Key] = s.Value
		}
		return printJSON(c.stdout, m)
	}
	commit := cmp.Or(b.commit, "unknown")
	if b.modified {
		commit += " (modified)"
	}
	fmt.Fprintf(c.stdout, "dashboard %s\ncommit %s\n%s %s/%s\n", b.version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// A build says what the running binary was made from.
type build struct {
	version  string // "v1.4.0", or "devel" where the module has no version
	commit   string // whole hash; empty when the build recorded none
	modified bool   // the tree held changes that are in no commit
}

// pseudo fits versions that Go makes up for a commit without a tag, such as
// v0.0.0-20261122171412-5634d9ae0415+dirty: the commit says the same, shorter.
var pseudo = regexp.MustCompile(`-(0\.)?\d{14}-[0-9a-f]{12}(\+dirty)?$`)

// release names a build that is made outside of a repository:
// go build -ldflags '-X main.release=v1.4.0'.
var release string

func readBuild() build {
	b := build{version: cmp.Or(release, "devel")}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; release == "" && v != "" && v != "(devel)" && !pseudo.MatchString(v) {
		b.version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.commit = s.Value
		case "vcs.modified":
			b.modified = s.Value == "true"
		}
	}
	return b
}
