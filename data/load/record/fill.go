package record

import "io"

// Fill reads n bytes into buf, and returns it. Memory is taken as the bytes
// come, not as a head claims that they will.
func Fill(in io.Reader, buf []byte, n int) ([]byte, error) {
	const step = 1 << 20
	buf = buf[:0]
	for len(buf) < n {
		from := len(buf)
		to := min(n, from+step)
		if cap(buf) < to {
			buf = append(buf, make([]byte, to-from)...)
		}
		buf = buf[:to]
		if _, err := io.ReadFull(in, buf[from:]); err != nil {
			return buf, err
		}
	}
	return buf, nil
}
