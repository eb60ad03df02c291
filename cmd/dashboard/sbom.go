package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
)

// made is what "version --json" prints.
type made struct {
	Version  string            `json:"version"`
	Commit   string            `json:"commit,omitempty"`
	Modified bool              `json:"modified,omitempty"` // the tree held changes that are in no commit
	Go       string            `json:"go"`
	Platform string            `json:"platform"`
	Settings map[string]string `json:"settings"` // of the build: flags, tags, cgo
	Modules  []module          `json:"modules"`
}

// module is one that is linked into the binary.
type module struct {
	Path    string `json:"path"`
	Version string `json:"version"`
	Sum     string `json:"sum,omitempty"` // as in go.sum
}

// modules of a build, in order, each as it is really linked.
func modules(info *debug.BuildInfo) []module {
	list := make([]module, 0, len(info.Deps))
	for _, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		list = append(list, module{d.Path, d.Version, d.Sum})
	}
	slices.SortFunc(list, func(a, b module) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

// A bom is a list of parts as CycloneDX 1.6 wants it; only what is filled in.
type bom struct {
	Format    string      `json:"bomFormat"`
	Spec      string      `json:"specVersion"`
	Serial    string      `json:"serialNumber"`
	Version   int         `json:"version"`
	Metadata  metadata    `json:"metadata"`
	Parts     []component `json:"components"`
	DependsOn []depends   `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Scope      string     `json:"scope,omitempty"`
	PURL       string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type depends struct {
	Ref string   `json:"ref"`
	On  []string `json:"dependsOn"`
}

// writeBOM lists what the binary is made of: the standard library, every module
// that is linked, and how it was built. Equal builds give equal lists, so there
// is no date in it and the serial number comes from the content.
func writeBOM(w io.Writer, b build, info *debug.BuildInfo) error {
	self := component{Type: "application", Ref: "callboard", Name: "callboard", Version: b.version}
	for _, s := range info.Settings {
		if s.Value != "" {
			self.Properties = append(self.Properties, property{"go:build:" + s.Key, s.Value})
		}
	}
	language := strings.TrimPrefix(info.GoVersion, "go")
	parts := []component{{Type: "library", Ref: "pkg:golang/std@" + language, Name: "std", Version: language, Scope: "required", PURL: "pkg:golang/std@" + language}}
	for _, m := range modules(info) {
		purl := "pkg:golang/" + m.Path + "@" + m.Version
		c := component{Type: "library", Ref: purl, Name: m.Path, Version: m.Version, Scope: "required", PURL: purl}
		if m.Sum != "" {
			c.Properties = []property{{"go:sum", m.Sum}}
		}
		parts = append(parts, c)
	}
	all := depends{Ref: self.Ref}
	for _, p := range parts {
		all.On = append(all.On, p.Ref)
	}
	list := bom{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{self}, Parts: parts, DependsOn: []depends{all}}
	content, err := json.Marshal(list)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80 // RFC 9562: version 8, one of one's own making
	list.Serial = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
	return printJSON(w, list)
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
