package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The API's shapes are what programs of others rely on.
func TestAPIGolden(t *testing.T) {
	for name, path := range map[string]string{
		"board": "/api/v1/board", "call": "/api/v1/calls/2", "ended": "/api/v1/calls/1",
		"numbers": "/api/v1/numbers?n=service-level",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := open(t, nil, nil)
				h.up()
				h.calls()
				res, err := h.client().Get("http://localhost" + path)
				if err != nil {
					t.Fatal(err)
				}
				var got bytes.Buffer
				if err := json.Indent(&got, changing.ReplaceAll([]byte(read(t, res)), []byte("EPOCH")), "", "  "); err != nil {
					t.Fatal(err)
				}
				h.stop()
				file := "testdata/api/" + name + ".json"
				if *update {
					if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got.String()); diff != "" {
					t.Errorf("%s changed (-want +got):\n%s", path, diff)
				}
			})
		})
	}
}
