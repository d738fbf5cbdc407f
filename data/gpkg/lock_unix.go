//go:build unix

package gpkg

import (
	"os"
	"syscall"
)

// lockFile takes the lock of an open file, which ends with the process however
// that ends; false where another has it.
func lockFile(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}
