/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kili: what its command line takes. interface.json; texts/<split>/<id>.txt for "kili project import"; labels/<id>.json for
 * "kili project label", predictions/<model>/<id>.json for the same with --prediction. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-reader.h"
#include "hone-writer-private.h"

/* The job's name in the interface that Hone makes. */
#define JOB "CLASSIFICATION_JOB"
/* Kili makes the id from the file's name, which file systems bound at 255 bytes. */
#define MAX_ID 250
#define NO_ID_PREFIX "_hone_"

static gboolean
kili_begin (HoneWriter  *self,
            GError     **error)
{
  g_autofree char *interface = hone_ontology_to_kili_json (self->ontology);

  return _hone_writer_put_file (self, "interface.json", interface, -1, error);
}

gboolean
_hone_kili_takes_id (const char *id)
{
  if (id == NULL)
    return TRUE;

  return *id != '\0' && strchr (id, '/') == NULL && strlen (id) <= MAX_ID && strcmp (id, ".") != 0 && strcmp (id, "..") != 0
         && !g_str_has_prefix (id, NO_ID_PREFIX);
}

static void
begin_response (GString *out)
{
  g_string_assign (out, "{\"" JOB "\":{\"categories\":[");
}

static void
add_category (GString    *out,
              gboolean    first,
              const char *key,
              double      confidence)
{
  g_string_append (out, first ? "{\"name\":" : ",{\"name\":");
  hone_json_print_string (out, key);
  if (isfinite (confidence))
    {
      g_string_append (out, ",\"confidence\":");
      /* Per cent, without the dust of the multiplication. */
      hone_json_print_number (out, floor (confidence * 1e12 + 0.5) / 1e10);
    }
  g_string_append_c (out, '}');
}

static gboolean
put_response (HoneWriter  *self,
              const char  *folder,
              const char  *id,
              GError     **error)
{
  g_autofree char *name = g_strconcat (folder, "/", id, ".json", NULL);

  g_string_append (self->line, "]}}\n");

  return _hone_writer_put_file (self, name, self->line->str, self->line->len, error);
}

static gboolean
write_label (HoneWriter        *self,
             const HoneRecord  *record,
             const char        *id,
             GError           **error)
{
  g_auto(GStrv) keys = _hone_writer_reference (self, record);

  if (keys == NULL)
    return TRUE;

  begin_response (self->line);
  for (gsize i = 0; keys[i] != NULL; i++)
    add_category (self->line, i == 0, keys[i], NAN);

  return put_response (self, "labels", id, error);
}

static double
score_of (const HoneRecordPrediction *prediction,
          const char                 *key)
{
  for (gsize i = 0; i < prediction->n_scores; i++)
    {
      if (strcmp (prediction->scores[i].word, key) == 0)
        return prediction->scores[i].value;
    }

  return prediction->confidence;
}

/* Of one category the confidence; of several each one's own score, if the least of them still is the confidence. */
static gboolean
scores_fit (const HoneRecordPrediction *prediction)
{
  double least = INFINITY;

  for (gsize i = 0; prediction->words[i] != NULL; i++)
    least = MIN (least, score_of (prediction, prediction->words[i]));

  return least == prediction->confidence;
}

static gboolean
write_prediction (HoneWriter                  *self,
                  const HoneRecordPrediction  *prediction,
                  const char                  *id,
                  GError                     **error)
{
  const char *model = prediction->model != NULL ? prediction->model : "model";
  g_autofree char *escaped = g_uri_escape_string (model, " ()+,;=@[]", TRUE);
  g_autofree char *folder = NULL;
  gboolean fit;

  /* Kili takes no category outside the interface. */
  if (prediction->outcome != HONE_OUTCOME_ANSWERED || prediction->words == NULL || prediction->words[0] == NULL)
    return TRUE;

  if (strspn (escaped, ".") == strlen (escaped) || strlen (escaped) > MAX_ID)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA1, model, -1);

      g_free (escaped);
      escaped = g_strconcat ("model-", sum, NULL);
    }
  folder = g_strconcat ("predictions/", escaped, NULL);
  fit = prediction->words[1] != NULL && scores_fit (prediction);
  begin_response (self->line);
  for (gsize i = 0; prediction->words[i] != NULL; i++)
    add_category (self->line, i == 0, prediction->words[i], fit ? score_of (prediction, prediction->words[i]) : prediction->confidence);

  return put_response (self, folder, id, error);
}

/* Two predictions of one model would be one file: the last one counts. */
static gboolean
is_last_of_model (const HoneRecord *record,
                  guint             nth)
{
  const HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, nth);

  for (guint i = nth + 1; i < record->predictions->len; i++)
    {
      const HoneRecordPrediction *other = g_ptr_array_index (record->predictions, i);

      if (g_strcmp0 (prediction->model, other->model) == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
kili_write (HoneWriter        *self,
            const HoneRecord  *record,
            GError           **error)
{
  g_autofree char *id = record->external_id != NULL ? g_strdup (record->external_id)
                                                     : g_strdup_printf (NO_ID_PREFIX "%" G_GUINT64_FORMAT, self->n_records + 1);
  g_autofree char *name = NULL;

  if (!_hone_kili_takes_id (record->external_id))
    return _hone_unwritable (error, _("The id “%.100s” cannot be the name of a file, which Kili makes its ids from"), id);

  name = g_strconcat ("texts/", hone_split_to_string (_hone_record_split (record)), "/", id, ".txt", NULL);
  if (!_hone_writer_put_file (self, name, record->text, -1, error) || !write_label (self, record, id, error))
    return FALSE;

  for (guint i = 0; self->with_predictions && i < record->predictions->len; i++)
    {
      if (is_last_of_model (record, i) && !write_prediction (self, g_ptr_array_index (record->predictions, i), id, error))
        return FALSE;
    }

  return TRUE;
}

const HoneWriterClass _hone_write_kili_class = {
  .format = HONE_FORMAT_KILI,
  .begin = kili_begin,
  .write = kili_write,
};
