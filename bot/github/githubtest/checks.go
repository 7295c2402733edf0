package githubtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

type (
	// A Run is a check run, always a completed one.
	Run struct {
		ID          int64
		Head, Name  string
		External    string
		Slug        string // of the App
		Conclusion  string
		Title       string
		Summary     string
		Text        string
		Details     string // address of the page with the details
		Annotations []*Annotation
		Actions     []Action // buttons
	}
	Annotation struct {
		Path      *string `json:"path"`
		StartLine *int    `json:"start_line"`
		EndLine   *int    `json:"end_line"`
		Level     *string `json:"annotation_level"`
		Message   *string `json:"message"`
		Title     *string `json:"title"`
	}
	Action struct {
		Label       string `json:"label"`
		Description string `json:"description"`
		Identifier  string `json:"identifier"`
	}
	Status struct {
		ID          int64
		State       string
		Description string
		Context     string
		Target      string // address of the page with the details
		Creator     User
		Head        string
	}
	// result is what creating and updating a run share.
	result struct {
		Name       *string  `json:"name"`
		Status     *string  `json:"status"`
		Conclusion *string  `json:"conclusion"`
		Details    *string  `json:"details_url"`
		External   *string  `json:"external_id"`
		Actions    []Action `json:"actions"`
		Output     *struct {
			Title       *string       `json:"title"`
			Summary     *string       `json:"summary"`
			Text        *string       `json:"text"`
			Annotations []*Annotation `json:"annotations"`
		} `json:"output"`
	}
)

func (f *Fake) slug() string { return strings.TrimSuffix(f.Login, "[bot]") }

func (f *Fake) checksForbidden(w http.ResponseWriter) bool {
	if f.NoChecks {
		refuse(w, http.StatusForbidden, "You must authenticate via a GitHub App.")
	}
	return f.NoChecks
}

func (f *Fake) runShape(run *Run) object {
	id := strconv.FormatInt(run.ID, 10)
	url, page := repo+"/check-runs/"+id, site+"/o/r/runs/"+id
	return object{
		"id": run.ID, "node_id": node("CheckRun", run.ID), "head_sha": run.Head, "name": run.Name, "external_id": run.External, "url": url, "html_url": page,
		"details_url": run.Details, "status": "completed", "conclusion": run.Conclusion, "started_at": Dawn, "completed_at": Dawn,
		"check_suite": object{"id": number(run.Head)}, "app": appShape(run.Slug, number(run.Slug)), "pull_requests": f.pullsOf(run.Head),
		"output": object{"title": run.Title, "summary": run.Summary, "text": run.Text, "annotations_count": len(run.Annotations), "annotations_url": url + "/annotations"},
	}
}

// pullsOf lists the pull requests with a head, those from forks left out as GitHub
// does.
func (f *Fake) pullsOf(head string) []object {
	listed := []object{}
	for _, pull := range f.Pulls {
		if pull.Head == head && pull.Fork == "" {
			of := object{"id": number("o/r"), "url": repo, "name": "r"}
			listed = append(listed, object{
				"id": 1_000_000_000 + int64(pull.Number), "number": pull.Number, "url": repo + "/pulls/" + strconv.Itoa(pull.Number),
				"head": object{"ref": pull.Branch, "sha": pull.Head, "repo": of}, "base": object{"ref": "main", "sha": pull.Base, "repo": of},
			})
		}
	}
	return listed
}

// getRuns lists the latest run of each name and App, as GitHub does unless asked.
func (f *Fake) getRuns(w http.ResponseWriter, r *http.Request) {
	if f.checksForbidden(w) {
		return
	}
	var latest []*Run
	name, all := r.URL.Query().Get("check_name"), r.URL.Query().Get("filter") == "all"
	for _, run := range slices.Backward(f.Runs) {
		hidden := !all && slices.ContainsFunc(latest, func(l *Run) bool { return l.Name == run.Name && l.Slug == run.Slug })
		if run.Head == r.PathValue("sha") && (name == "" || name == run.Name) && !hidden {
			latest = append(latest, run)
		}
	}
	answer(w, http.StatusOK, object{"total_count": len(latest), "check_runs": each(paged(w, r, latest), f.runShape)})
}

var conclusions = []string{"action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"}

// goodRun keeps the rules of a run's result.
func goodRun(w http.ResponseWriter, sent result) bool {
	switch output := sent.Output; {
	case sent.Status == nil || *sent.Status != "completed":
		invalid(w, "status: a run that is not completed blocks for ever")
	case sent.Conclusion == nil || !slices.Contains(conclusions, *sent.Conclusion):
		invalid(w, "conclusion is none of %v", conclusions)
	case output == nil || output.Title == nil || output.Summary == nil:
		invalid(w, "output misses title or summary")
	case utf8.RuneCountInString(*output.Summary) > 65_535 || output.Text != nil && utf8.RuneCountInString(*output.Text) > 65_535:
		invalid(w, "summary or text is too long")
	case len(output.Annotations) > 50:
		invalid(w, "annotations exceeds a maximum quantity of 50")
	case len(sent.Actions) > 3:
		invalid(w, "actions exceeds a maximum quantity of 3")
	case slices.ContainsFunc(sent.Actions, badAction):
		invalid(w, "an action misses a field, or one is too long")
	default:
		return !slices.ContainsFunc(output.Annotations, func(a *Annotation) bool { return !goodAnnotation(w, a) })
	}
	return false
}

func badAction(a Action) bool {
	outside := func(text string, most int) bool { return text == "" || utf8.RuneCountInString(text) > most }
	return outside(a.Label, 20) || outside(a.Description, 40) || outside(a.Identifier, 20)
}

func goodAnnotation(w http.ResponseWriter, a *Annotation) bool {
	switch {
	case a.Path == nil || *a.Path == "" || a.StartLine == nil || a.EndLine == nil || a.Level == nil || a.Message == nil || *a.Message == "":
		invalid(w, "annotation misses a field")
	case *a.StartLine < 1 || *a.EndLine < *a.StartLine:
		invalid(w, "annotation's lines")
	case !slices.Contains([]string{"notice", "warning", "failure"}, *a.Level):
		invalid(w, "annotation_level %q", *a.Level)
	case len(*a.Message) > 64<<10:
		invalid(w, "annotation's message is too long")
	case a.Title != nil && utf8.RuneCountInString(*a.Title) > 255:
		invalid(w, "annotation's title is too long")
	default:
		return true
	}
	return false
}

// take writes a result into a run: texts are replaced, annotations added.
func (r *Run) take(sent result) {
	for into, given := range map[*string]*string{
		&r.Name: sent.Name, &r.External: sent.External, &r.Details: sent.Details, &r.Conclusion: sent.Conclusion,
		&r.Title: sent.Output.Title, &r.Summary: sent.Output.Summary, &r.Text: sent.Output.Text,
	} {
		if given != nil {
			*into = *given
		}
	}
	if sent.Actions != nil {
		r.Actions = sent.Actions
	}
	r.Annotations = append(r.Annotations, sent.Output.Annotations...)
}

func (f *Fake) postRun(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		HeadSHA string `json:"head_sha"`
		result
	}
	if f.checksForbidden(w) || !read(w, r, &sent) || !goodRun(w, sent.result) {
		return
	}
	if sent.Name == nil || *sent.Name == "" || f.commits[sent.HeadSHA] == "" {
		invalid(w, "name or head_sha: no commit found")
		return
	}
	run := &Run{ID: f.id(), Head: sent.HeadSHA, Slug: f.slug()}
	run.take(sent.result)
	f.Runs = append(f.Runs, run)
	answer(w, http.StatusCreated, f.runShape(run))
}

// run is the one that a path names; nil, and refused, where there is none.
func (f *Fake) run(w http.ResponseWriter, r *http.Request) *Run {
	i := slices.IndexFunc(f.Runs, func(run *Run) bool { return isNamed(r, run.ID) })
	if i < 0 {
		notFound(w)
		return nil
	}
	return f.Runs[i]
}

func (f *Fake) patchRun(w http.ResponseWriter, r *http.Request) {
	var sent result
	if f.checksForbidden(w) || !read(w, r, &sent) || !goodRun(w, sent) {
		return
	}
	run := f.run(w, r)
	if run == nil {
		return
	}
	if run.Slug != f.slug() {
		refuse(w, http.StatusForbidden, "Invalid app_id")
		return
	}
	run.take(sent)
	answer(w, http.StatusOK, f.runShape(run))
}

func (f *Fake) getAnnotations(w http.ResponseWriter, r *http.Request) {
	if run := f.run(w, r); run != nil {
		answer(w, http.StatusOK, each(paged(w, r, run.Annotations), run.annotationShape))
	}
}

func (r *Run) annotationShape(a *Annotation) object {
	return object{
		"path": a.Path, "start_line": a.StartLine, "end_line": a.EndLine, "start_column": nil, "end_column": nil, "annotation_level": a.Level,
		"title": a.Title, "message": a.Message, "raw_details": nil, "blob_href": site + "/o/r/blob/" + r.Head + "/" + *a.Path,
	}
}

// Statuses.

func (s *Status) shape() object {
	return object{
		"id": s.ID, "node_id": node("StatusContext", s.ID), "url": repo + "/statuses/" + s.Head, "avatar_url": s.Creator.shape()["avatar_url"],
		"state": s.State, "description": s.Description, "context": s.Context, "target_url": s.Target, "creator": s.Creator,
		"created_at": Dawn.Format(time.RFC3339), "updated_at": Dawn.Format(time.RFC3339),
	}
}

func (f *Fake) getStatuses(w http.ResponseWriter, r *http.Request) {
	var found []*Status
	for _, status := range slices.Backward(f.Statuses) {
		if status.Head == r.PathValue("sha") {
			found = append(found, status)
		}
	}
	answer(w, http.StatusOK, each(paged(w, r, found), (*Status).shape))
}

func (f *Fake) postStatus(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		State       string `json:"state"`
		Description string `json:"description"`
		Context     string `json:"context"`
		Target      string `json:"target_url"`
	}
	if !read(w, r, &sent) {
		return
	}
	if !slices.Contains([]string{"error", "failure", "pending", "success"}, sent.State) || utf8.RuneCountInString(sent.Description) > 140 {
		invalid(w, "state %q or its description", sent.State)
		return
	}
	status := &Status{ID: f.id(), State: sent.State, Description: sent.Description, Context: sent.Context, Target: sent.Target, Creator: Account(f.Login), Head: r.PathValue("sha")}
	f.Statuses = append(f.Statuses, status)
	answer(w, http.StatusCreated, status.shape())
}
