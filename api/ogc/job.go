package ogc

import (
	"bivouac/api/job"
	"bivouac/geo"
	"bivouac/geo/geojson"
)

// RelResults leads to the results of a job.
const RelResults = "http://www.opengis.net/def/rel/ogc/1.0/results"

// StatusInfo is how far a job is.
type StatusInfo struct {
	JobID     string `json:"jobID"`
	ProcessID string `json:"processID"`
	Type      string `json:"type"`
	Status    string `json:"status"`
	Message   string `json:"message"`
	Progress  int    `json:"progress"`

	MessageSaid geojson.Told `json:"message_said"`

	Created  string `json:"created"`
	Started  string `json:"started,omitempty"`
	Finished string `json:"finished,omitempty"`
	Updated  string `json:"updated"`
	Links    []Link `json:"links"`
}

// JobList lists jobs.
type JobList struct {
	Jobs  []StatusInfo `json:"jobs"`
	Links []Link       `json:"links"`
}

// NewStatusInfo tells how far a job is.
func NewStatusInfo(b Base, j *job.Job) StatusInfo {
	self := b.API("/jobs/" + j.ID)
	s := StatusInfo{
		JobID: j.ID, ProcessID: j.Process, Type: "process", Status: string(j.Status), Message: j.Said.Text, MessageSaid: j.Said, Progress: j.Progress,
		Created: j.Created.String(), Started: moment(j.Started), Finished: moment(j.Finished), Updated: j.Updated.String(),
		Links: []Link{{self, "self", jsonType, "This job"}, {b.API("/jobs"), "up", jsonType, "All jobs"}},
	}
	if j.Anytime && !j.Status.Over() {
		s.Links = append(s.Links, Link{self + "/stop", "stop", jsonType, "Stop with the best so far, by POST"})
	}
	if j.Status == job.Successful {
		s.Links = append(s.Links, Link{self + "/results", RelResults, jsonType, "Results"})
	}
	return s
}

func moment(t geo.Time) string {
	if t == 0 {
		return ""
	}
	return t.String()
}

func (doc *OpenAPI) addJobs() {
	id := inPath("jobId", "Id of the run", Schema{"type": "string"})
	output := inPath("outputId", "Name of the output", Schema{"type": "string"})
	of := func(name, what string) parameter { return query(name, what, listOf(text(""))) }
	doc.get("/jobs", readable("jobs", "Your runs, the newest first", "Analyses", "jobList",
		query("limit", "At most so many.", Schema{"type": "integer", "minimum": 1, "maximum": 1000, "default": 1000}),
		query("offset", "From this one on.", Schema{"type": "integer", "minimum": 0, "default": 0}),
		query("type", "Kinds of runs.", listOf(codes("process"))), of("processID", "Of these analyses."), query("status", "Of these statuses.", listOf(codes(job.Statuses()...))),
		query("datetime", "Asked within a time, a day, or start/end.", text("")),
		query("minDuration", "At least so many seconds from start to end, or until now.", Schema{"type": "number", "minimum": 0}),
		query("maxDuration", "At most so many.", Schema{"type": "number", "minimum": 0})))
	doc.get("/jobs/{jobId}", readable("job", "How far a run is", "Analyses", "statusInfo", id))
	gone := removal("dismiss", "Dismiss a run, or its result", "Analyses", id)
	gone.Responses["200"] = response{Description: "It is dismissed", Headers: marked(), Content: map[string]mediaType{jsonType: {ref("statusInfo")}}}
	gone.Responses["410"] = problemResponse("It was dismissed before")
	delete(gone.Responses, "204")
	doc.at("/jobs/{jobId}").Delete = gone
	stop := removal("stop", "Stop a run with the best answer that it has so far", "Analyses", id)
	stop.Responses["200"] = response{Description: "It ends soon; its results say how sure they are", Headers: marked(), Content: map[string]mediaType{jsonType: {ref("statusInfo")}}}
	stop.Responses["409"] = problemResponse("It is over already, or has no answer before its end")
	stop.Responses["410"] = problemResponse("It was dismissed before")
	delete(stop.Responses, "204")
	doc.at("/jobs/{jobId}/stop").Post = stop
	doc.get("/jobs/{jobId}/results", document("results", "What a run gave, in the form that was asked for", "Analyses", "anyObject", id))
	doc.get("/jobs/{jobId}/results/{outputId}", document("result", "One output of a run", "Analyses", "anyValue", id, output))
}

func jobSchemas() map[string]Schema {
	at := Schema{"type": "string", "format": "date-time"}
	info := object([]string{"jobID", "type", "status", "links"}, map[string]Schema{
		"jobID": text(""), "processID": text(""), "type": codes("process"), "status": codes(job.Statuses()...), "message": text(""), "message_said": ref("sentence"),
		"progress": {"type": "integer", "minimum": 0, "maximum": 100}, "created": at, "started": at, "finished": at, "updated": at, "links": links(),
	})
	return map[string]Schema{"statusInfo": info, "anyValue": {},
		"jobList": object([]string{"jobs", "links"}, map[string]Schema{"jobs": listOf(ref("statusInfo")), "links": links()})}
}
