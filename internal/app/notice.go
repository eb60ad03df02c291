package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"callboard/internal/hub"
	"callboard/internal/statefile"
)

const noticeFile = "notice.json"

// readNotice is the notice that the last process left.
func readNotice(dataDir string, log *slog.Logger) (n hub.Notice) {
	path := filepath.Join(dataDir, noticeFile)
	raw, err := statefile.Read(path)
	if err == nil && json.Unmarshal(raw, &n) != nil {
		err = statefile.Aside(path, "it holds no notice")
	}
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			log.Warn("the notice of before is lost", "error", err)
		}
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
	return statefile.Write(path, raw)
}
