package deploy

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// caged is the variable with the file of a filter: this test binary then puts
// it on itself and becomes the program that its arguments name.
const caged = "CALLBOARD_CAGE"

// enter gives up what the unit takes away and becomes the program.
func enter() {
	fail := func(what string, err error) {
		fmt.Fprintln(os.Stderr, "cage:", what, err)
		os.Exit(125)
	}
	raw, err := os.ReadFile(os.Getenv(caged))
	if err != nil {
		fail("read", err)
	}
	code := unsafe.Slice((*unix.SockFilter)(unsafe.Pointer(&raw[0])), len(raw)/int(unsafe.Sizeof(unix.SockFilter{})))
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, caged+"=") })
	runtime.LockOSThread()
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		fail("no core files:", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		fail("no new privileges:", err)
	}
	prog := unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]}
	if _, _, errno := syscall.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog))); errno != 0 {
		fail("filter:", errno)
	}
	fail("run:", syscall.Exec(os.Args[1], os.Args[1:], env))
}

// numbers of the system calls of this machine, by name.
func systemCalls(t *testing.T) map[string]uint32 {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "golang.org/x/sys/unix").Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "zsysnum_linux_"+runtime.GOARCH+".go"))
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]uint32{}
	for _, m := range regexp.MustCompile(`SYS_(\w+)\s+= (\d+)`).FindAllStringSubmatch(string(text), -1) {
		n, _ := strconv.ParseUint(m[2], 10, 32)
		numbers[strings.ToLower(m[1])] = uint32(n)
	}
	return numbers
}

// sets are systemd's own lists of system calls, each with what is in it.
func sets(t *testing.T) func(name string) []string {
	t.Helper()
	out, err := exec.Command("systemd-analyze", "--no-pager", "syscall-filter").Output()
	if err != nil {
		t.Fatal(err)
	}
	in, at := map[string][]string{}, ""
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		line := lines.Text()
		switch word := strings.TrimSpace(line); {
		case word == "" || strings.HasPrefix(word, "#"):
		case strings.HasPrefix(line, "@"):
			at = word
		case strings.HasPrefix(line, " "):
			in[at] = append(in[at], word)
		}
	}
	var open func(string) []string
	open = func(name string) (all []string) {
		if !strings.HasPrefix(name, "@") {
			return []string{name}
		}
		for _, word := range in[name] {
			all = append(all, open(word)...)
		}
		return all
	}
	if len(open("@system-service")) < 200 {
		t.Fatalf("systemd-analyze lists %d calls in @system-service", len(open("@system-service")))
	}
	return open
}

// filter makes of a unit what the service manager would: its list of system
// calls, the kinds of sockets, no memory that can be written and run, no
// namespaces.
func filter(t *testing.T, u unit) []byte {
	t.Helper()
	architecture, ok := map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}[runtime.GOARCH]
	if !ok {
		t.Skipf("no filter for %s", runtime.GOARCH)
	}
	numbers, open := systemCalls(t), sets(t)
	allowed := map[uint32]bool{}
	for _, name := range open("@default") {
		if n, ok := numbers[name]; ok {
			allowed[n] = true
		}
	}
	for _, line := range u.all("SystemCallFilter") {
		line, taken := strings.CutPrefix(line, "~")
		for word := range strings.FieldsSeq(line) {
			for _, name := range open(word) {
				if n, ok := numbers[name]; ok && taken {
					delete(allowed, n)
				} else if ok {
					allowed[n] = true
				}
			}
		}
	}
	// What is always there is not taken away by the last line.
	for _, name := range open("@default") {
		if n, ok := numbers[name]; ok {
			allowed[n] = true
		}
	}
	const load, equal, masked = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, unix.BPF_ALU | unix.BPF_AND | unix.BPF_K
	deny := func(errno syscall.Errno) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(errno)}
	}
	pass := unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW}
	argument := func(i int) unix.SockFilter { return unix.SockFilter{Code: load, K: uint32(16 + 8*i)} } // its lower half
	number := unix.SockFilter{Code: load, K: 0}
	code := []unix.SockFilter{
		{Code: load, K: 4}, {Code: equal, K: architecture, Jt: 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_KILL_PROCESS},
		number,
	}
	on := func(name string, then ...unix.SockFilter) { // leaves the number loaded for what follows
		code = append(code, unix.SockFilter{Code: equal, K: numbers[name], Jf: uint8(len(then) + 1)})
		code = append(code, then...)
		code = append(code, number)
	}
	if u.is("MemoryDenyWriteExecute") {
		both := uint32(unix.PROT_WRITE | unix.PROT_EXEC)
		on("mmap", argument(2), unix.SockFilter{Code: masked, K: both}, unix.SockFilter{Code: equal, K: both, Jf: 1}, deny(unix.EPERM))
		for _, name := range []string{"mprotect", "pkey_mprotect"} {
			on(name, argument(2), unix.SockFilter{Code: masked, K: unix.PROT_EXEC}, unix.SockFilter{Code: equal, K: unix.PROT_EXEC, Jf: 1}, deny(unix.EPERM))
		}
	}
	if u.is("RestrictNamespaces") {
		spaces := uint32(unix.CLONE_NEWNS | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWCGROUP)
		on("clone", argument(0), unix.SockFilter{Code: masked, K: spaces}, unix.SockFilter{Code: equal, K: 0, Jt: 1}, deny(unix.EPERM))
		on("clone3", deny(unix.ENOSYS))
		on("setns", deny(unix.EPERM))
		on("unshare", deny(unix.EPERM))
	}
	if families := u.all("RestrictAddressFamilies"); len(families) > 0 {
		then := []unix.SockFilter{argument(0)}
		known := strings.Fields(strings.Join(families, " "))
		for i, family := range known {
			n, ok := map[string]uint32{"AF_UNIX": unix.AF_UNIX, "AF_INET": unix.AF_INET, "AF_INET6": unix.AF_INET6}[family]
			if !ok {
				t.Fatalf("the test does not know %s", family)
			}
			then = append(then, unix.SockFilter{Code: equal, K: n, Jt: uint8(len(known) - i)})
		}
		on("socket", append(then, deny(unix.EAFNOSUPPORT))...)
	}
	for n := range allowed {
		code = append(code, unix.SockFilter{Code: equal, K: n, Jf: 1}, pass)
	}
	code = append(code, deny(unix.EPERM))
	return unsafe.Slice((*byte)(unsafe.Pointer(&code[0])), len(code)*int(unsafe.Sizeof(code[0])))
}
