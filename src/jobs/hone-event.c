/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trainer is untrusted: every value is checked here, once, before anything else sees it. */
#include "config.h"

#include "hone-event-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "engine/hone-engine-protocol.h"
#include "hone-jobs.h"

#define MAX_FILES 10000   /* of a model that is a folder */

/* Short, and never cut inside a character. */
static const char *
excerpt (const char *string,
         char        buffer[64])
{
  const char *end;

  g_strlcpy (buffer, string, 64);
  if (!g_utf8_validate (buffer, -1, &end))
    buffer[end - buffer] = '\0';
  return buffer;
}

static HoneJson *
parse_object (const char  *line,
              gsize        length,
              GError     **error)
{
  g_autoptr(GError) reason = NULL;
  HoneJson *root;
  char shown[64];

  if (!g_utf8_validate_len (line, length, NULL))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("A line is not valid UTF-8"));
      return NULL;
    }
  root = hone_json_parse (line, length, &reason);
  if (root == NULL)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” is not JSON: %s"), excerpt (line, shown), reason->message);
      return NULL;
    }
  if (hone_json_get_type_of (root) != HONE_JSON_OBJECT)
    {
      hone_json_free (root);
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” is not a JSON object"), excerpt (line, shown));
      return NULL;
    }
  return root;
}

static gboolean
refuse_member (const char  *event,
               const char  *member,
               GError     **error)
{
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” without a usable member “%s”"), event, member);
  return FALSE;
}

static double
get_number_between (const HoneJson *object,
                    const char     *member,
                    double          low,
                    double          high)
{
  double number = hone_json_get_number (hone_json_get (object, member));

  return isfinite (number) && number >= low && number <= high ? number : NAN;
}

static gboolean
is_sha256 (const char *string)
{
  return string != NULL && strlen (string) == 64 && strspn (string, "0123456789abcdefABCDEF") == 64;
}

void
_hone_event_clear (HoneEvent *event)
{
  g_clear_pointer (&event->name, g_free);
  g_clear_pointer (&event->code, g_free);
  g_clear_pointer (&event->message, g_free);
  g_clear_pointer (&event->hint, g_free);
  g_clear_pointer (&event->path, g_free);
  g_clear_pointer (&event->sha256, g_free);
  g_clear_pointer (&event->files, g_ptr_array_unref);
  g_clear_pointer (&event->pseudo, g_free);
}

static HoneEventType
type_from_name (const char *name)
{
  static const struct {
    const char    *name;
    HoneEventType  type;
  } names[] = {
    { HONE_PROTOCOL_EVENT_HELLO, HONE_EVENT_HELLO },
    { HONE_PROTOCOL_EVENT_STAGE, HONE_EVENT_STAGE },
    { HONE_PROTOCOL_EVENT_PROGRESS, HONE_EVENT_PROGRESS },
    { HONE_PROTOCOL_EVENT_METRIC, HONE_EVENT_METRIC },
    { HONE_PROTOCOL_EVENT_CHECKPOINT, HONE_EVENT_CHECKPOINT },
    { HONE_PROTOCOL_EVENT_WARNING, HONE_EVENT_WARNING },
    { HONE_PROTOCOL_EVENT_ERROR, HONE_EVENT_ERROR },
    { HONE_PROTOCOL_EVENT_DONE, HONE_EVENT_DONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i].name) == 0)
      return names[i].type;
  return HONE_EVENT_UNKNOWN;
}

static gboolean
read_files (const HoneJson  *files,
            HoneEvent       *event,
            GError         **error)
{
  gsize n_files = hone_json_get_size (files);

  if (hone_json_get_type_of (files) != HONE_JSON_OBJECT || n_files == 0 || n_files > MAX_FILES)
    return refuse_member (HONE_PROTOCOL_EVENT_DONE, "files", error);
  event->files = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_files; i++)
    {
      const char *sha256 = hone_json_get_string (hone_json_get_nth (files, i));

      if (!is_sha256 (sha256))
        return refuse_member (HONE_PROTOCOL_EVENT_DONE, "files", error);
      g_ptr_array_add (event->files, g_strdup (hone_json_get_name (files, i)));
      g_ptr_array_add (event->files, g_ascii_strdown (sha256, -1));
    }
  return TRUE;
}

static gboolean
read_done (const HoneJson  *object,
           HoneEvent       *event,
           GError         **error)
{
  const char *model = hone_json_get_string (hone_json_get (object, "model"));
  const char *predictions = hone_json_get_string (hone_json_get (object, "predictions"));
  const char *sha256 = hone_json_get_string (hone_json_get (object, "sha256"));
  HoneJson *files = hone_json_get (object, "files");

  if ((model == NULL) == (predictions == NULL))
    return refuse_member (HONE_PROTOCOL_EVENT_DONE, "model", error);
  event->is_model = model != NULL;
  event->path = g_strdup (model != NULL ? model : predictions);
  event->pseudo = g_strdup (hone_json_get_string (hone_json_get (object, "pseudo")));
  if (model != NULL && hone_json_get_type_of (files) != HONE_JSON_NULL)
    return read_files (files, event, error);
  if (!is_sha256 (sha256))
    return refuse_member (HONE_PROTOCOL_EVENT_DONE, "sha256", error);
  event->sha256 = g_ascii_strdown (sha256, -1);
  return TRUE;
}

static gboolean
read_metric (const HoneJson  *object,
             HoneEvent       *event,
             GError         **error)
{
  event->name = g_strdup (hone_json_get_string (hone_json_get (object, "name")));
  event->value = get_number_between (object, "value", -G_MAXDOUBLE, G_MAXDOUBLE);
  event->step = get_number_between (object, "step", 0, 9e15);
  if (event->name == NULL)
    return refuse_member (HONE_PROTOCOL_EVENT_METRIC, "name", error);
  if (isnan (event->value))
    return refuse_member (HONE_PROTOCOL_EVENT_METRIC, "value", error);
  return TRUE;
}

static gboolean
read_message (const HoneJson  *object,
              HoneEvent       *event)
{
  event->code = g_strdup (hone_json_get_string (hone_json_get (object, "code")));
  event->message = g_strdup (hone_json_get_string (hone_json_get (object, "message")));
  event->hint = g_strdup (hone_json_get_string (hone_json_get (object, "hint")));
  if (event->message == NULL)
    event->message = g_strdup (event->code != NULL ? event->code : "?");
  return TRUE;
}

static gboolean
read_members (const HoneJson  *object,
              HoneEvent       *event,
              GError         **error)
{
  switch (event->type)
    {
    case HONE_EVENT_HELLO:
      event->name = g_strdup (hone_json_get_string (hone_json_get (object, "name")));
      event->protocol = hone_json_get_number (hone_json_get (object, "protocol"));
      return TRUE;
    case HONE_EVENT_STAGE:
      event->name = g_strdup (hone_json_get_string (hone_json_get (object, "name")));
      return event->name != NULL || refuse_member (HONE_PROTOCOL_EVENT_STAGE, "name", error);
    case HONE_EVENT_PROGRESS:
      event->step = get_number_between (object, "step", 0, 9e15);
      event->steps = get_number_between (object, "steps", 0, 9e15);
      event->seconds_left = get_number_between (object, "seconds_left", 0, 9e15);
      return TRUE;
    case HONE_EVENT_METRIC:
      return read_metric (object, event, error);
    case HONE_EVENT_CHECKPOINT:
      event->path = g_strdup (hone_json_get_string (hone_json_get (object, "path")));
      return TRUE;
    case HONE_EVENT_WARNING:
    case HONE_EVENT_ERROR:
      return read_message (object, event);
    case HONE_EVENT_DONE:
      return read_done (object, event, error);
    case HONE_EVENT_UNKNOWN:
    default:
      return TRUE;
    }
}

gboolean
_hone_event_parse (const char  *line,
                   gsize        length,
                   HoneEvent   *event,
                   GError     **error)
{
  HoneJson *object;
  const char *name;
  gboolean good;
  char shown[64];

  *event = (HoneEvent) { .step = NAN, .steps = NAN, .seconds_left = NAN, .value = NAN, .protocol = NAN };
  object = parse_object (line, length, error);
  if (object == NULL)
    return FALSE;
  name = hone_json_get_string (hone_json_get (object, "event"));
  if (name == NULL)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” has no member “event”"), excerpt (line, shown));
      good = FALSE;
    }
  else
    {
      event->type = type_from_name (name);
      good = read_members (object, event, error);
    }
  hone_json_free (object);
  if (!good)
    _hone_event_clear (event);
  return good;
}

void
_hone_answer_line_clear (HoneAnswerLine *answer)
{
  g_clear_pointer (&answer->categories, hone_category_set_unref);
  g_clear_pointer (&answer->scores, g_free);
  g_clear_pointer (&answer->raw, g_free);
  g_clear_pointer (&answer->reason, g_free);
}

/* Ids are given out as strings of digits; programs that make numbers of them are understood too. */
static gboolean
read_id (const HoneJson  *object,
         gint64          *id,
         GError         **error)
{
  g_autofree char *text = hone_json_dup_text (hone_json_get (object, "id"));

  if (text != NULL && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("An answer has no usable id"));
  return FALSE;
}

static gboolean
read_categories (const HoneJson      *object,
                 const HoneOntology  *ontology,
                 HoneAnswerLine      *answer,
                 GError             **error)
{
  HoneJson *list = hone_json_get (object, "categories");
  gsize n = hone_json_get_size (list);
  g_autofree guint *ids = NULL;
  char shown[64];

  if (hone_json_get_type_of (list) != HONE_JSON_ARRAY || n == 0)
    return TRUE;
  if (n > 1 && hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("The answer to text %" G_GINT64_FORMAT " has %" G_GSIZE_FORMAT " categories where one was asked for"), answer->id, n);
      return FALSE;
    }
  ids = g_new (guint, n);
  for (gsize i = 0; i < n; i++)
    {
      const char *key = hone_json_get_string (hone_json_get_nth (list, i));
      const HoneCategory *category = key != NULL ? hone_ontology_get_by_key (ontology, key) : NULL;

      if (category == NULL)
        {
          g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                       _("The answer to text %" G_GINT64_FORMAT " names “%s”, which is no category of this job"), answer->id,
                       key != NULL ? excerpt (key, shown) : "?");
          return FALSE;
        }
      ids[i] = category->id;
    }
  answer->categories = hone_category_set_new (ids, n);
  return TRUE;
}

/* Rounding may leave a probability a little outside. */
static gboolean
read_probability (const HoneJson  *value,
                  gint64           id,
                  double          *probability,
                  GError         **error)
{
  double number = hone_json_get_number (value);

  *probability = NAN;
  if (hone_json_get_type_of (value) == HONE_JSON_NULL)
    return TRUE;
  if (!isfinite (number) || number < -1e-6 || number > 1 + 1e-6)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("The answer to text %" G_GINT64_FORMAT " has a confidence or score that is not between 0 and 1"), id);
      return FALSE;
    }
  *probability = CLAMP (number, 0, 1);
  return TRUE;
}

static gboolean
read_scores (const HoneJson      *scores,
             const HoneOntology  *ontology,
             HoneAnswerLine      *answer,
             GError             **error)
{
  gsize n_categories = hone_ontology_get_size (ontology);
  gsize n = hone_json_get_size (scores);
  char shown[64];

  if (hone_json_get_type_of (scores) != HONE_JSON_OBJECT || n == 0)
    return TRUE;
  answer->scores = g_new (double, n_categories);
  for (gsize i = 0; i < n_categories; i++)
    answer->scores[i] = NAN;
  for (gsize i = 0; i < n; i++)
    {
      const HoneCategory *category = hone_ontology_get_by_key (ontology, hone_json_get_name (scores, i));
      double probability;

      if (category == NULL)
        {
          g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                       _("The answer to text %" G_GINT64_FORMAT " scores “%s”, which is no category of this job"), answer->id,
                       excerpt (hone_json_get_name (scores, i), shown));
          return FALSE;
        }
      if (!read_probability (hone_json_get_nth (scores, i), answer->id, &probability, error))
        return FALSE;
      answer->scores[hone_ontology_get_position (ontology, category->id)] = probability;
    }
  return TRUE;
}

/* Programs that only pass on what a model wrote leave the judgement to the template's parser. */
static gboolean
judge_raw (const HoneOntology  *ontology,
           const HoneTemplate  *template,
           HoneAnswerLine      *answer,
           GError             **error)
{
  g_autoptr(HoneTemplate) plain = template == NULL ? hone_template_new_default () : NULL;
  g_auto(HoneAnswer) judged = { 0 };

  if (answer->raw == NULL)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("The answer to text %" G_GINT64_FORMAT " has neither “outcome” nor “raw”"), answer->id);
      return FALSE;
    }
  hone_template_parse (template != NULL ? template : plain, ontology, answer->raw, &judged);
  answer->outcome = judged.outcome;
  g_clear_pointer (&answer->categories, hone_category_set_unref);
  answer->categories = g_steal_pointer (&judged.categories);
  if (answer->reason == NULL)
    answer->reason = g_steal_pointer (&judged.reason);
  return TRUE;
}

static gboolean
read_outcome (const HoneJson      *object,
              const HoneOntology  *ontology,
              const HoneTemplate  *template,
              HoneAnswerLine      *answer,
              GError             **error)
{
  const char *outcome = hone_json_get_string (hone_json_get (object, "outcome"));
  char shown[64];

  answer->raw = g_strdup (hone_json_get_string (hone_json_get (object, "raw")));
  answer->reason = g_strdup (hone_json_get_string (hone_json_get (object, "reason")));
  if (outcome == NULL)
    return judge_raw (ontology, template, answer, error);
  if (!hone_outcome_from_string (outcome, &answer->outcome))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("The answer to text %" G_GINT64_FORMAT " has the unknown outcome “%s”"), answer->id, excerpt (outcome, shown));
      return FALSE;
    }
  if (answer->outcome != HONE_OUTCOME_ANSWERED)
    g_clear_pointer (&answer->categories, hone_category_set_unref);
  else if (answer->categories == NULL)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("The answer to text %" G_GINT64_FORMAT " is “answered” without a category"), answer->id);
      return FALSE;
    }
  return TRUE;
}

gboolean
_hone_answer_line_parse (const char          *line,
                         gsize                length,
                         const HoneOntology  *ontology,
                         const HoneTemplate  *template,
                         HoneAnswerLine      *answer,
                         GError             **error)
{
  HoneJson *object;
  gboolean good;

  *answer = (HoneAnswerLine) { .confidence = NAN };
  object = parse_object (line, length, error);
  if (object == NULL)
    return FALSE;
  good = read_id (object, &answer->id, error)
         && read_categories (object, ontology, answer, error)
         && read_outcome (object, ontology, template, answer, error)
         && read_probability (hone_json_get (object, "confidence"), answer->id, &answer->confidence, error)
         && read_scores (hone_json_get (object, "scores"), ontology, answer, error);
  hone_json_free (object);
  if (!good)
    _hone_answer_line_clear (answer);
  return good;
}

gboolean
_hone_pseudo_line_parse (const char          *line,
                         gsize                length,
                         const HoneOntology  *ontology,
                         HoneAnswerLine      *answer,
                         GError             **error)
{
  HoneJson *object;
  gboolean good;

  *answer = (HoneAnswerLine) { .confidence = NAN };
  object = parse_object (line, length, error);
  if (object == NULL)
    return FALSE;
  good = read_id (object, &answer->id, error)
         && read_categories (object, ontology, answer, error)
         && read_probability (hone_json_get (object, "confidence"), answer->id, &answer->confidence, error);
  hone_json_free (object);
  if (good && answer->categories == NULL && hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("The pseudo-label of text %" G_GINT64_FORMAT " has no category"), answer->id);
      good = FALSE;
    }
  if (good && answer->categories == NULL)
    answer->categories = hone_category_set_new (NULL, 0);
  if (!good)
    _hone_answer_line_clear (answer);
  return good;
}
