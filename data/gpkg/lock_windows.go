package gpkg

import (
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock of an open file, which ends with the process however
// that ends; false where another has it.
func lockFile(f *os.File) (bool, error) {
	const whole = ^uint32(0)
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, whole, whole, &windows.Overlapped{})
	if err == windows.ERROR_LOCK_VIOLATION {
		return false, nil
	}
	return err == nil, err
}
