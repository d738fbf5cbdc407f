package api

import (
	"encoding/hex"
	"math"
	"strconv"

	"github.com/labstack/echo/v4"

	"bivouac/api/encode"
	"bivouac/api/ogc"
	"bivouac/api/params"
	"bivouac/geo"
)

// record has an act of the asker written down; who is filled in where it says
// nothing else. Its error means that the act must not be done.
func (s *Server) record(c echo.Context, e geo.Entry) error {
	if e.Who == "" {
		e.Who = s.identityOf(c).Name
	}
	e.From = fromOf(c.Request())
	return s.write(e)
}

func (s *Server) write(e geo.Entry) error {
	if s.config.Audit == nil {
		return nil
	}
	e.At = s.now()
	if err := s.config.Audit.Audit(e); err != nil {
		return &geo.Error{Code: geo.Unavailable, Where: "audit", Cause: err,
			Text: "this must be written to the audit log, which takes no entry now, so it is not done; ask again in a moment"}
	}
	return nil
}

// auditLine is a line of the audit log as it is shown.
type auditLine struct {
	Seq      int64  `json:"seq"`
	At       string `json:"at"`
	Who      string `json:"who"`
	From     string `json:"from"`
	Act      string `json:"act"`
	Question string `json:"question"`
	Count    int    `json:"count"`
	Highest  string `json:"highest"`
	Hash     string `json:"hash"`
}

type auditPage struct {
	Entries []auditLine `json:"entries"`
	Links   []ogc.Link  `json:"links"`
}

// audit answers the audit log, the newest lines first. A line that tells of
// records above the asker's ceiling is left out.
func (s *Server) audit(c echo.Context) error {
	asked, err := params.ParseLog(c.Request().URL.RawQuery)
	if err != nil {
		return err
	}
	if s.config.AuditLog == nil {
		return geo.Errorf(geo.NotFound, "audit", "this server keeps no audit log; start it with --store to have one")
	}
	lines, err := s.config.AuditLog.Entries(c.Request().Context(), asked.Before, asked.Limit)
	if err != nil {
		return err
	}
	page := auditPage{Entries: []auditLine{}, Links: auditLinks(s.baseOf(c.Request()), asked, lines)}
	ceiling := s.readerOf(c).Ceiling
	for i := range lines {
		if lines[i].Highest <= ceiling {
			page.Entries = append(page.Entries, shown(&lines[i]))
			visitOf(c).mark(0, lines[i].Highest)
		}
	}
	return s.document(c, encode.JSON, page)
}

func shown(l *geo.AuditLine) auditLine {
	return auditLine{
		Seq: l.Seq, At: l.At.String(), Who: l.Who, From: l.From, Act: string(l.Act), Question: l.Question,
		Count: l.Count, Highest: l.Highest.String(), Hash: hex.EncodeToString(l.Hash[:]),
	}
}

func auditLinks(b ogc.Base, asked params.Log, lines []geo.AuditLine) []ogc.Link {
	at := func(before int64) string {
		address := b.API("/audit?limit=" + strconv.Itoa(asked.Limit))
		if before > 0 && before < math.MaxInt64 {
			address += "&before=" + strconv.FormatInt(before, 10)
		}
		return address
	}
	links := []ogc.Link{{Href: at(asked.Before), Rel: "self", Type: encode.JSON, Title: "This document"}}
	if len(lines) == asked.Limit && lines[len(lines)-1].Seq > 1 {
		links = append(links, ogc.Link{Href: at(lines[len(lines)-1].Seq), Rel: "next", Type: encode.JSON, Title: "Older lines"})
	}
	return links
}
