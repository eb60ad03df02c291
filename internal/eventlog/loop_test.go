package eventlog

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A disk is an ext4 file system in a file, mounted by a loop device.
type disk struct{ image, dir string }

// newDisk mounts one of so many megabytes, or skips the test with the reason.
func newDisk(t *testing.T, megabytes int) disk {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no file system is made")
	}
	if os.Geteuid() != 0 {
		t.Skip("needs root to mount a file system")
	}
	dir := t.TempDir()
	d := disk{filepath.Join(dir, "disk.img"), filepath.Join(dir, "disk")}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, int64(megabytes)<<20); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", "-m", "0", d.image).CombinedOutput(); err != nil {
		t.Skipf("needs mkfs.ext4: %v %s", err, out)
	}
	mount(t, d)
	return d
}

func mount(t *testing.T, d disk) {
	t.Helper()
	if err := os.MkdirAll(d.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "loop", d.image, d.dir).CombinedOutput(); err != nil {
		t.Skipf("needs a loop device: %v %s", err, strings.TrimSpace(string(out)))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
			_ = exec.Command("umount", "-l", d.dir).Run()
			t.Logf("umount: %v %s", err, out)
		}
	})
}

func (d disk) remount(t *testing.T, how string) {
	t.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+how, d.dir).CombinedOutput(); err != nil {
		t.Fatalf("remount %s: %v %s", how, err, out)
	}
}

// fill takes all room there is and returns what gives it back.
func (d disk) fill(t *testing.T) (free func()) {
	t.Helper()
	path := filepath.Join(d.dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for size := 1 << 20; size >= 512; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	_ = f.Sync()
	_ = f.Close()
	return func() {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

// A disk that is really full.
func TestDiskFull(t *testing.T) {
	disk := newDisk(t, 16)
	path := filepath.Join(disk.dir, "journal.db")
	d := mustOpen(t, path, brisk)
	t.Cleanup(func() { _ = d.Close() })
	put(t, d, mark(1, noon))
	durable(t, d, 1)
	outage(t, d, "full", "the disk is full", disk.fill(t))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	free := disk.fill(t) // and it is full when the next process begins
	d = mustOpen(t, path, brisk)
	put(t, d, mark(1, noon.Add(time.Hour)))
	wait(t, "paused", func() bool { return d.Status().Code == "full" })
	free()
	wait(t, "going on", func() bool { return d.Status().Queue == 0 && d.Status().Paused.IsZero() })
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	inOrder(t, mustOpen(t, path, brisk), 2001)
}

// A disk that is read-only when the program begins.
func TestDiskReadOnly(t *testing.T) {
	disk := newDisk(t, 16)
	path := filepath.Join(disk.dir, "journal.db")
	d := mustOpen(t, path, brisk)
	put(t, d, mark(1, noon))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	disk.remount(t, "ro")
	beginsPaused(t, path, "read-only", func() { disk.remount(t, "rw") })
}

// TestPowerCut stops a process that appends, copies what has reached the
// device at that moment, and mounts the copy as a machine does that comes back
// to power. All that the process knew to be on disk is there.
func TestPowerCut(t *testing.T) {
	from := newDisk(t, 48)
	r := start(t, filepath.Join(from.dir, "journal.db"))
	for cut := range 3 {
		time.Sleep(time.Duration(700+431*cut) * time.Millisecond)
		if err := r.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond) // what it said arrives
		dir := t.TempDir()
		copied := disk{filepath.Join(dir, "copy.img"), filepath.Join(dir, "copy")}
		copyFile(t, from.image, copied.image)
		if cut < 2 {
			_ = r.cmd.Process.Signal(syscall.SIGCONT)
		} else {
			r.kill()
		}
		mount(t, copied)
		d := mustOpen(t, filepath.Join(copied.dir, "journal.db"), Options{})
		t.Cleanup(func() { _ = d.Close() })
		s := d.Status()
		entries := all(t, d, 0, s.Last)
		for i, e := range entries {
			if e.Seq != uint64(i+1) {
				t.Fatalf("entry %d after %d", e.Seq, i)
			}
		}
		if cut == 2 { // only now may its words be read
			loss := r.check(t, d, 0)
			t.Logf("power cut: %d entries, %d known to be on disk, %d appended, the last %v are lost", s.Last, r.durable, r.last, loss)
			if s.Last < r.durable {
				t.Errorf("%d entries are there, %d were on disk", s.Last, r.durable)
			}
		} else if s.Last == 0 {
			t.Error("nothing outlived the power cut")
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(fmt.Errorf("copy the device: %w", err))
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
