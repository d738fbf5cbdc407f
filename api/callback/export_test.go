package callback

// Reach is asked at the moment of connecting.
func Reach(h Hosts, address string) error { return h.reach(address) }

// Wait waits for what is under way, and gives nothing up.
func (s *Sender) Wait() { s.under.Wait() }
