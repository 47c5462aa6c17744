/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From predictions.jsonl of a trainer into the project: everything checked, each text that was asked about answered at most once. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "engine/hone-engine-protocol.h"
#include "hone-job-files-private.h"
#include "hone-jobs.h"
#include "hone-lines-private.h"
#include "hone-work-private.h"

#define BATCH 1000

typedef struct {
  HoneStore           *store;
  const HoneIteration *iteration;
  const HoneOntology  *ontology;
  const HoneTemplate  *template;
  GArray              *asked;      /* ids, ascending */
  guint8              *seen;       /* one per id */
  HoneAnswerLine       lines[BATCH];
  guint                n_lines;
  guint64              n_answered;
} AnswerReader;

static void
forget_batch (AnswerReader *self)
{
  for (guint i = 0; i < self->n_lines; i++)
    _hone_answer_line_clear (&self->lines[i]);
  self->n_lines = 0;
}

static gboolean
store_batch (AnswerReader  *self,
             GError       **error)
{
  g_autofree HonePrediction *items = g_new0 (HonePrediction, BATCH);
  gboolean good;

  for (guint i = 0; i < self->n_lines; i++)
    {
      HoneAnswerLine *line = &self->lines[i];

      items[i] = (HonePrediction) {
        .example_id = line->id,
        .outcome = line->outcome,
        .categories = line->categories,
        .confidence = line->confidence,
        .scores = line->scores,
        .raw = line->raw,
        .reason = line->reason,
      };
    }
  good = self->n_lines == 0 || hone_store_add_predictions (self->store, self->iteration->id, items, self->n_lines, error);
  if (good)
    self->n_answered += self->n_lines;
  forget_batch (self);
  return good;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gboolean
take_answer (const char  *line,
             gsize        length,
             guint64      number,
             gpointer     data,
             GError     **error)
{
  AnswerReader *self = data;
  HoneAnswerLine *answer = &self->lines[self->n_lines];
  guint at = 0;

  if (!_hone_answer_line_parse (line, length, self->ontology, self->template, answer, error))
    {
      g_prefix_error (error, _("line %" G_GUINT64_FORMAT ": "), number);
      return FALSE;
    }
  self->n_lines++;
  if (!g_array_binary_search (self->asked, &answer->id, compare_ids, &at))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("line %" G_GUINT64_FORMAT ": nobody asked about text %" G_GINT64_FORMAT), number, answer->id);
      return FALSE;
    }
  if (self->seen[at]++ > 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("line %" G_GUINT64_FORMAT ": text %" G_GINT64_FORMAT " is answered twice"), number, answer->id);
      return FALSE;
    }
  return self->n_lines < BATCH || store_batch (self, error);
}

gboolean
_hone_answers_store (HoneStore            *store,
                     const HoneIteration  *iteration,
                     const HoneOntology   *ontology,
                     HoneTemplate         *template,
                     const char           *directory,
                     const HoneEvent      *done,
                     const char           *program,
                     guint64              *n_answered,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autofree char *input = g_build_filename (directory, HONE_PROTOCOL_INPUT_FILE, NULL);
  g_autofree char *path = NULL;
  g_autoptr(GArray) asked = NULL;
  g_autofree guint8 *seen = NULL;
  g_autofree AnswerReader *reader = NULL;
  gboolean good;

  if (done->is_model)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” said “done” without predictions"), program);
      return FALSE;
    }
  path = _hone_job_resolve (directory, done->path, program, error);
  if (path == NULL || !_hone_job_check_sha256 (path, done->sha256, program, cancellable, error))
    return FALSE;
  asked = _hone_job_read_ids (input, cancellable, error);
  if (asked == NULL)
    return FALSE;
  seen = g_new0 (guint8, asked->len + 1);
  reader = g_new0 (AnswerReader, 1);
  reader->store = store;
  reader->iteration = iteration;
  reader->ontology = ontology;
  reader->template = template;
  reader->asked = asked;
  reader->seen = seen;
  good = _hone_lines_each (path, HONE_PROTOCOL_MAX_LINE, take_answer, reader, cancellable, error) && store_batch (reader, error);
  if (!good)
    g_prefix_error (error, _("The predictions of “%s” cannot be used: "), program);
  forget_batch (reader);
  *n_answered = reader->n_answered;
  return good;
}
