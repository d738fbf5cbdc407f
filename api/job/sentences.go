package job

import "bivouac/geo"

// What is said of a job.
const (
	waits     geo.Sentence = "job-waits: waits for its turn"
	runs      geo.Sentence = "job-runs: runs"
	stopping  geo.Sentence = "job-stopping: stops with the best so far"
	done      geo.Sentence = "job-done: done"
	failed    geo.Sentence = "job-failed: failed"
	stopped   geo.Sentence = "job-stopped: the server stopped"
	dismissed geo.Sentence = "job-dismissed: dismissed"
)
