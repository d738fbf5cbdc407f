// Package postgrestest runs a PostgreSQL server of its own for a test that
// compares with what PostgreSQL's extensions answer.
package postgrestest

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	programs   = "/usr/lib/postgresql/15/bin"
	extensions = "/usr/share/postgresql/15/extension"
)

// Server is a running server.
type Server struct{ port string }

// Start runs a server in a temporary folder until the test ends, as the user
// postgres where the test runs as root, which PostgreSQL refuses. Without
// PostgreSQL 15 and the extension it skips the test, or fails it where
// BIVOUAC_REQUIRE_CLIENTS is 1.
func Start(t testing.TB, extension string) *Server {
	t.Helper()
	_, err := os.Stat(filepath.Join(programs, "postgres"))
	if err == nil {
		_, err = os.Stat(filepath.Join(extensions, extension+".control"))
	}
	if err != nil {
		if os.Getenv("BIVOUAC_REQUIRE_CLIENTS") == "1" {
			t.Fatalf("PostgreSQL 15 with %s is not installed: .ci/install does it", extension)
		}
		t.Skipf("PostgreSQL 15 with %s is not installed, so nothing is compared with it; make test installs it", extension)
	}
	dir, err := os.MkdirTemp("", "bivouac-postgres")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Server{freePort(t)}
	data := filepath.Join(dir, "data")
	give(t, dir)
	s.program(t, "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "-U", "postgres", "--no-sync")
	s.program(t, "pg_ctl", "-D", data, "-l", filepath.Join(dir, "log"), "-w", "-o",
		fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%s -c unix_socket_directories=%s -c fsync=off", s.port, dir), "start")
	t.Cleanup(func() { s.program(t, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop") })
	return s
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// give makes the user postgres the owner of a folder, where root asks.
func give(t testing.TB, dir string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) program(t testing.TB, name string, args ...string) {
	t.Helper()
	args = append([]string{filepath.Join(programs, name)}, args...)
	if os.Getuid() == 0 {
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = os.TempDir()
	// A server that was started keeps its output open: it goes to a file, so
	// that waiting for this command does not wait for the server.
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(out.Name())
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
}

// Run has the input run by psql, and returns the rows that it prints, columns
// parted by a bar.
func (s *Server) Run(t testing.TB, input string) string {
	t.Helper()
	cmd := exec.Command(filepath.Join(programs, "psql"), "-h", "127.0.0.1", "-p", s.port, "-U", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1")
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("psql: %v\n%s", err, out)
	}
	return string(out)
}
