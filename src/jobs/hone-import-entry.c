/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a file as one row of the store: words become categories, answers get their outcome. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/hone-reference.h"
#include "formats/hone-json.h"
#include "hone-import-private.h"
#include "hone-out-private.h"

typedef enum {
  WORDS_NONE, WORDS_GOOD, WORDS_UNKNOWN, WORDS_TOO_MANY, WORDS_UNABLE,
} WordsResult;

/* @unknown (nullable) gets the words that match nothing. */
static WordsResult
match_words (char               **words,
             const HoneOntology  *ontology,
             HoneCategorySet    **set,
             GPtrArray           *unknown)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean unable = FALSE, bad = FALSE;

  *set = NULL;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      const HoneCategory *category = hone_ontology_match (ontology, words[i]);

      if (category != NULL)
        g_array_append_val (ids, category->id);
      else if (hone_category_word_is_unable (words[i]))
        unable = TRUE;
      else
        {
          bad = TRUE;
          if (unknown != NULL)
            g_ptr_array_add (unknown, words[i]);
        }
    }
  if (bad)
    return WORDS_UNKNOWN;
  if (ids->len == 0)
    return unable ? WORDS_UNABLE : WORDS_NONE;
  *set = hone_category_set_new ((const guint *) (gpointer) ids->data, ids->len);
  if (hone_category_set_get_size (*set) > 1 && hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE)
    {
      g_clear_pointer (set, hone_category_set_unref);
      return WORDS_TOO_MANY;
    }
  return WORDS_GOOD;
}

/* ---- labels ---- */

static void
warn_unknown (HoneRecord *record,
              GPtrArray  *unknown)
{
  g_autofree char *detail = NULL;

  if (unknown->len == 0)
    return;
  detail = g_strdup_printf (_("“%s” is no category of this project"), (char *) unknown->pdata[0]);
  hone_record_warn (record, HONE_WARNING_UNKNOWN_CATEGORY, NULL, detail);
}

static void
warn_too_many (HoneRecord *record)
{
  hone_record_warn (record, HONE_WARNING_TOO_MANY_CATEGORIES, NULL, _("several categories where the project takes one"));
}

static void
take_label (HoneImportEntry        *self,
            const HoneRecordLabel  *given,
            const HoneOntology     *ontology,
            GArray                 *labels,
            GPtrArray              *unknown)
{
  HoneLabel label = { .author = given->author, .time = given->time, .origin = given->origin, .note = given->note };
  WordsResult result = WORDS_UNABLE;

  if (!given->skip)
    result = match_words (given->words, ontology, &label.categories, unknown);
  switch (result)
    {
    case WORDS_GOOD:
    case WORDS_UNABLE:   /* a person who says "I cannot": a skip */
      g_array_append_val (labels, label);
      break;
    case WORDS_TOO_MANY:
      warn_too_many (self->record);
      self->unlabelled = TRUE;
      break;
    case WORDS_UNKNOWN:
      self->unlabelled = TRUE;
      break;
    case WORDS_NONE:
    default:
      break;
    }
}

static void
clear_label (gpointer data)
{
  HoneLabel *label = data;

  /* The strings are the record's. */
  g_clear_pointer (&label->categories, hone_category_set_unref);
}

/* What the labels say together, as scoring would take them. */
static HoneCategorySet *
sum_up_labels (GArray     *labels,
               HoneChoice  choice)
{
  g_autofree HoneDecision *decisions = g_new0 (HoneDecision, labels->len + 1);
  g_auto(HoneReference) reference = { 0 };

  for (guint i = 0; i < labels->len; i++)
    {
      const HoneLabel *label = &g_array_index (labels, HoneLabel, i);

      decisions[i] = (HoneDecision) {
        .author = label->author != NULL ? (gint64) g_str_hash (label->author) : -1,
        .time = label->time,
        .sequence = i,
        .origin = label->origin,
        .categories = label->categories,
      };
    }
  hone_reference_find (decisions, labels->len, choice, &reference);
  return g_steal_pointer (&reference.categories);
}

static void
take_labels (HoneImportEntry       *self,
             const HoneImportRules *rules,
             guint64                number)
{
  HoneRecord *record = self->record;
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();
  gboolean hide = rules->labels == HONE_IMPORT_LABELS_KNOWN && (self->row.split < 0 || self->row.split == HONE_SPLIT_TRAIN);

  if (rules->labels == HONE_IMPORT_LABELS_IGNORE)
    return;
  for (guint i = 0; record->labels != NULL && i < record->labels->len; i++)
    take_label (self, record->labels->pdata[i], rules->ontology, hide ? self->hidden : self->labels, unknown);
  if (match_words (record->known, rules->ontology, &self->row.known, unknown) == WORDS_TOO_MANY)
    warn_too_many (record);
  if (hide && self->row.known == NULL && self->hidden->len > 0)
    self->row.known = sum_up_labels (self->hidden, hone_ontology_get_choice (rules->ontology));
  warn_unknown (record, unknown);

  if (unknown->len > 0)
    {
      /* Kept for whoever maps it later; written back by the same format. */
      GString *meta = g_string_new (NULL);
      gsize length = record->meta != NULL ? strlen (record->meta) : 0;

      if (length > 0 && record->meta[length - 1] == '}')
        g_string_append_len (meta, record->meta, length - 1);
      else
        g_string_append_c (meta, '{');
      _hone_out_string (meta, "unknown_category", unknown->pdata[0]);
      g_string_append_c (meta, '}');
      self->meta = g_string_free (meta, FALSE);
    }
  if (self->hidden->len > 0 && record->external_id == NULL && record->join_key == NULL && !record->join_by_text)
    self->join_key = g_strdup_printf ("\001%" G_GUINT64_FORMAT, number);   /* to find the example again */
}

/* ---- predictions ---- */

static char *
join_words (char **words)
{
  return words != NULL && words[0] != NULL ? g_strjoinv ("|", words) : NULL;
}

static void
judge_words (const HoneRecordPrediction *given,
             const HoneOntology         *ontology,
             HoneImportPrediction       *prediction,
             char                      **raw)
{
  WordsResult result = match_words (given->words, ontology, &prediction->categories, NULL);

  if (given->judged && given->outcome != HONE_OUTCOME_ANSWERED)
    {
      g_clear_pointer (&prediction->categories, hone_category_set_unref);
      prediction->outcome = given->outcome;
      return;
    }
  switch (result)
    {
    case WORDS_GOOD:
      prediction->outcome = HONE_OUTCOME_ANSWERED;
      return;
    case WORDS_UNABLE:
      prediction->outcome = HONE_OUTCOME_ABSTAINED;
      prediction->reason = given->reason != NULL ? given->reason : "unable";
      break;
    case WORDS_NONE:
      prediction->outcome = given->outcome == HONE_OUTCOME_ABSTAINED ? HONE_OUTCOME_ABSTAINED : HONE_OUTCOME_OUT_OF_SET;
      prediction->reason = given->reason != NULL ? given->reason : "empty";
      break;
    case WORDS_TOO_MANY:
      prediction->outcome = HONE_OUTCOME_OUT_OF_SET;
      prediction->reason = given->reason != NULL ? given->reason : "ambiguous";
      break;
    case WORDS_UNKNOWN:
    default:
      prediction->outcome = HONE_OUTCOME_OUT_OF_SET;
      prediction->reason = given->reason != NULL ? given->reason : "unknown";
      break;
    }
  if (given->raw == NULL)
    *raw = join_words (given->words);
}

static void
parse_raw (const HoneRecordPrediction *given,
           const HoneImportRules      *rules,
           HoneImportPrediction       *prediction)
{
  g_auto(HoneAnswer) answer = { 0 };

  hone_template_parse (rules->template, rules->ontology, given->raw != NULL ? given->raw : "", &answer);
  prediction->outcome = answer.outcome;
  prediction->categories = g_steal_pointer (&answer.categories);
  prediction->reason = given->reason != NULL ? given->reason : g_intern_string (answer.reason);   /* one of a few words */
}

static double *
take_scores (HoneImportEntry            *self,
             const HoneRecordPrediction *given,
             const HoneOntology         *ontology)
{
  gsize n = hone_ontology_get_size (ontology);
  double *scores;
  gboolean any = FALSE;

  if (given->n_scores == 0 || n == 0)
    return NULL;
  scores = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    scores[i] = NAN;
  for (gsize i = 0; i < given->n_scores; i++)
    {
      const HoneCategory *category = hone_ontology_match (ontology, given->scores[i].word);

      if (category == NULL)
        continue;
      scores[hone_ontology_get_position (ontology, category->id)] = given->scores[i].value;
      any = TRUE;
    }
  g_ptr_array_add (self->scores, scores);
  return any ? scores : NULL;
}

static void
take_prediction (HoneImportEntry            *self,
                 const HoneRecordPrediction *given,
                 const HoneImportRules      *rules)
{
  const char *model = given->model != NULL ? given->model : "";
  HoneImportPrediction prediction = {
    .model = given->model,
    .iteration = MAX (given->iteration, 0),
    .confidence = given->confidence,
    .raw = given->raw,
    .reason = given->reason,
    .time = given->time,
  };
  char *raw = NULL;

  if (given->outcome == HONE_OUTCOME_FAILED)
    {
      self->n_failed++;
      return;
    }
  if (given->parse && !given->judged)
    parse_raw (given, rules, &prediction);
  else
    judge_words (given, rules->ontology, &prediction, &raw);
  if (raw != NULL)
    {
      g_ptr_array_add (self->scores, raw);
      prediction.raw = raw;
    }
  prediction.scores = take_scores (self, given, rules->ontology);
  if (rules->flat_models != NULL && g_hash_table_contains (rules->flat_models, model))
    prediction.confidence = NAN;
  g_array_append_val (self->predictions, prediction);
}

static void
clear_prediction (gpointer data)
{
  HoneImportPrediction *prediction = data;

  g_clear_pointer (&prediction->categories, hone_category_set_unref);
}

HoneImportEntry *
_hone_import_entry_new (HoneRecord            *record,
                        const HoneImportRules *rules,
                        guint64                number)
{
  HoneImportEntry *self = g_new0 (HoneImportEntry, 1);

  self->record = record;
  self->labels = g_array_new (FALSE, FALSE, sizeof (HoneLabel));
  self->hidden = g_array_new (FALSE, FALSE, sizeof (HoneLabel));
  self->predictions = g_array_new (FALSE, FALSE, sizeof (HoneImportPrediction));
  self->scores = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (self->labels, clear_label);
  g_array_set_clear_func (self->hidden, clear_label);
  g_array_set_clear_func (self->predictions, clear_prediction);

  self->row.split = rules->deal ? -1 : rules->split >= 0 ? rules->split : record->split;
  take_labels (self, rules, number);
  for (guint i = 0; record->predictions != NULL && i < record->predictions->len; i++)
    take_prediction (self, record->predictions->pdata[i], rules);

  self->row.external_id = record->external_id;
  self->row.join_key = record->join_key != NULL ? record->join_key : self->join_key;
  self->row.join_by_text = record->join_by_text;
  self->row.must_exist = record->must_exist;
  self->row.text = record->text;
  self->row.flag = record->flag;
  self->row.meta = self->meta != NULL ? self->meta : record->meta;
  self->row.labels = (const HoneLabel *) (gpointer) self->labels->data;
  self->row.n_labels = self->labels->len;
  self->row.predictions = (const HoneImportPrediction *) (gpointer) self->predictions->data;
  self->row.n_predictions = self->predictions->len;
  return self;
}

void
_hone_import_entry_free (HoneImportEntry *self)
{
  hone_record_free (self->record);
  g_clear_pointer (&self->row.known, hone_category_set_unref);
  g_array_unref (self->labels);
  g_array_unref (self->hidden);
  g_array_unref (self->predictions);
  g_ptr_array_unref (self->scores);
  g_free (self->meta);
  g_free (self->join_key);
  g_free (self);
}
