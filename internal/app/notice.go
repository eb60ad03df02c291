package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"callboard/internal/hub"
)

const noticeFile = "notice.json"

// readNotice is the notice that the last process left.
func readNotice(dataDir string, log *slog.Logger) (n hub.Notice) {
	raw, err := os.ReadFile(filepath.Join(dataDir, noticeFile))
	if err == nil {
		err = json.Unmarshal(raw, &n)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		log.Warn("the notice of before is lost", "file", noticeFile, "error", err)
		return hub.Notice{}
	}
	return n
}

// keepNotice writes a notice so that a crash leaves the old or the new one.
func keepNotice(dataDir string, n hub.Notice) error {
	path := filepath.Join(dataDir, noticeFile)
	if n.Text == "" {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	tmp := path + ".new"
	if err := os.WriteFile(tmp, raw, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}
