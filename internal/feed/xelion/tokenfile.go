package xelion

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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

// load returns what is stored; a missing or damaged file is no session.
func (f tokenFile) load() stored {
	var s stored
	if f == "" {
		return s
	}
	raw, err := os.ReadFile(string(f))
	if err != nil || json.Unmarshal(raw, &s) != nil {
		return stored{}
	}
	return s
}

// save replaces the file in one step: after a crash it holds the old session
// or the new one, never half of either.
func (f tokenFile) save(s stored) (err error) {
	if f == "" {
		return nil
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	dir := filepath.Dir(string(f))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, tokenFileName+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(raw)
	if err == nil {
		err = tmp.Sync()
	}
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), string(f)); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
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
