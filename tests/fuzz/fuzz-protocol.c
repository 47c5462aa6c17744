/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a trainer writes is foreign bytes. First byte: size of the pieces in which it arrives, and the choice rule; then lines that are
 * read as events, as predictions and as pseudo-labels. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-event-private.h"
#include "hone-jobs.h"
#include "hone-lines-private.h"

#define MAX_LINE 300   /* small, so that short inputs reach it */

static HoneOntology *
make_ontology (HoneChoice choice)
{
  static const char * const names[] = { "Money", "World News", "Media & Entertainment" };
  HoneOntology *ontology = hone_ontology_new (choice, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HoneCategory category = { .name = (char *) names[i] };

      hone_ontology_add (ontology, &category, NULL);
    }
  return ontology;
}

static void
check_error (const GError *error)
{
  g_assert_true (error != NULL && error->domain == HONE_JOBS_ERROR && error->code == HONE_JOBS_ERROR_PROTOCOL);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
read_event (const char *line,
            gsize       length)
{
  g_auto(HoneEvent) event = { 0 };
  g_autoptr(GError) error = NULL;

  if (!_hone_event_parse (line, length, &event, &error))
    {
      check_error (error);
      return;
    }
  if (event.type == HONE_EVENT_METRIC)
    g_assert_true (event.name != NULL && isfinite (event.value));
  if (event.type == HONE_EVENT_DONE)
    g_assert_true (event.path != NULL && (event.files != NULL || strlen (event.sha256) == 64));
  if (event.type == HONE_EVENT_ERROR || event.type == HONE_EVENT_WARNING)
    g_assert_nonnull (event.message);
}

static gboolean
is_probability (double value)
{
  return isnan (value) || (value >= 0 && value <= 1);
}

static void
read_answer (const char         *line,
             gsize               length,
             const HoneOntology *ontology)
{
  g_auto(HoneAnswerLine) answer = { 0 };
  g_autoptr(GError) error = NULL;

  if (!_hone_answer_line_parse (line, length, ontology, NULL, &answer, &error))
    {
      check_error (error);
      return;
    }
  g_assert_cmpint (answer.id, >, 0);
  g_assert_true ((answer.outcome == HONE_OUTCOME_ANSWERED) == (answer.categories != NULL));
  g_assert_true (is_probability (answer.confidence));
  for (gsize i = 0; answer.scores != NULL && i < hone_ontology_get_size (ontology); i++)
    g_assert_true (is_probability (answer.scores[i]));
  if (answer.categories != NULL && hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE)
    g_assert_cmpuint (hone_category_set_get_size (answer.categories), ==, 1);
}

static void
read_pseudo (const char         *line,
             gsize               length,
             const HoneOntology *ontology)
{
  g_auto(HoneAnswerLine) answer = { 0 };
  g_autoptr(GError) error = NULL;

  if (_hone_pseudo_line_parse (line, length, ontology, &answer, &error))
    g_assert_nonnull (answer.categories);
  else
    check_error (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(HoneLines) lines = NULL;
  gsize piece;

  if (size == 0)
    return 0;
  ontology = make_ontology (data[0] & 1 ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE);
  piece = 1 + (data[0] >> 1);
  lines = _hone_lines_new (MAX_LINE);
  data++;
  size--;
  for (gsize at = 0; at <= size; at += piece)
    {
      gboolean at_end = at + piece > size;
      HoneLinesStatus status;
      const char *line;
      gsize length;

      _hone_lines_push (lines, (const char *) data + at, MIN (piece, size - at));
      while ((status = _hone_lines_next (lines, at_end, &line, &length)) != HONE_LINES_MORE)
        if (status == HONE_LINES_LINE)
          {
            g_assert_cmpuint (length, <=, MAX_LINE);
            read_event (line, length);
            read_answer (line, length, ontology);
            read_pseudo (line, length, ontology);
          }
    }
  g_assert_cmpuint (_hone_lines_get_position (lines), ==, size);
  return 0;
}
