package xelion

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"callboard/internal/statefile"
)

// tokenFile keeps the session's token over a crash, so that the next start can
// end the old session instead of being locked out by it (dossier section 2.3).
// An empty path keeps nothing.
type tokenFile string

const tokenFileName = "xelion-session.json"

// A stored session belongs to one account at one PBX.
type stored struct {
	Base           string `json:"base"`
	User           string `json:"user"`
	UserSpace      string `json:"userSpace"`
	Authentication string `json:"authentication"`
}

func newTokenFile(dataDir string) tokenFile {
	if dataDir == "" {
		return ""
	}
	return tokenFile(filepath.Join(dataDir, tokenFileName))
}

// load returns what is stored; a missing file is no session, nor is a broken
// one, which is moved aside and said.
func (f tokenFile) load(log *slog.Logger) stored {
	var s stored
	if f == "" {
		return s
	}
	raw, err := statefile.Read(string(f))
	if err == nil && json.Unmarshal(raw, &s) != nil {
		err = statefile.Aside(string(f), "it holds no session")
	}
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			log.Warn("the session of before is lost; the PBX may hold it for a while", "error", err)
		}
		return stored{}
	}
	return s
}

// save replaces the file in one step: after a crash it holds the old session
// or the new one, never half of either.
func (f tokenFile) save(s stored) error {
	if f == "" {
		return nil
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(string(f)), 0o700); err != nil {
		return err
	}
	return statefile.Write(string(f), raw)
}

func (f tokenFile) remove() error {
	if f == "" {
		return nil
	}
	if err := os.Remove(string(f)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
