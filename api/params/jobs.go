package params

import (
	"slices"
	"strings"

	"bivouac/api/job"
	"bivouac/geo"
)

// Jobs is which jobs a request asks.
type Jobs struct {
	List
	Types, Processes, Statuses []string // nil is any
	During                     geo.Interval
	Least, Most                float64 // seconds from start to end; Most 0 is any
}

var jobsNames = []string{"limit", "offset", "type", "processID", "status", "datetime", "minDuration", "maxDuration", "f"}

// ParseJobs reads the parameters of a list of jobs.
func ParseJobs(raw string) (j Jobs, err error) {
	q, err := ParseQuery(raw)
	if err != nil {
		return j, err
	}
	var page []string
	for _, name := range jobsNames {
		text, given := q.Take(name)
		switch {
		case !given || name == "f": // the form of the answer is read elsewhere
		case name == "limit" || name == "offset":
			page = append(page, name+"="+text)
		default:
			if err := j.read(name, text); err != nil {
				return j, err
			}
		}
	}
	if err := q.Done(jobsNames...); err != nil {
		return j, err
	}
	j.List, err = ParseList(strings.Join(page, "&"))
	return j, err
}

func (j *Jobs) read(name, text string) (err error) {
	seconds := func() float64 {
		f, ok := decimal(text)
		if !ok || f < 0 {
			err = geo.Errorf(geo.Invalid, name, "must be a number of seconds, 0 or more, not %q", clip(text))
		}
		return f
	}
	list := strings.Split(text, ",")
	switch name {
	case "type":
		j.Types, err = list, among(name, list, []string{"process"})
	case "status":
		j.Statuses, err = list, among(name, list, job.Statuses())
	case "processID":
		j.Processes = list
	case "minDuration":
		j.Least = seconds()
	case "maxDuration":
		j.Most = seconds()
	case "datetime":
		if j.During, err = geo.ParseInterval(text); err != nil {
			err = geo.Errorf(geo.Invalid, name, "%v", err)
		}
	}
	return err
}

func among(name string, list, known []string) error {
	for _, s := range list {
		if !slices.Contains(known, s) {
			return geo.Errorf(geo.Invalid, name, "must be one or several of %s, with commas between, not %q", strings.Join(known, ", "), clip(s))
		}
	}
	return nil
}

// RespondsAsync reports whether the Prefer headers ask not to wait (RFC 7240).
// What nobody knows in them is left aside, as it says.
func RespondsAsync(prefer []string) bool {
	for part := range strings.SplitSeq(strings.Join(prefer, ","), ",") {
		name, _, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), "respond-async") {
			return true
		}
	}
	return false
}
