/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small importer for tests of the readers. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "core/hone-near-copy.h"
#include "fixture-count.h"

HoneOntology *
fixture_ontology (HoneChoice choice)
{
  static const char * const names[] = { "Money", "Politics", "World News", "Sports" };
  HoneOntology *ontology = hone_ontology_new (choice, "What is the text about?");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HoneCategory category = { .name = (char *) names[i] };

      g_assert_cmpuint (hone_ontology_add (ontology, &category, NULL), !=, 0);
    }

  return ontology;
}

static void
label_free (gpointer data)
{
  FixtureLabel *label = data;

  g_free (label->author);
  g_strfreev (label->keys);
  g_free (label);
}

static void
prediction_free (gpointer data)
{
  FixturePrediction *prediction = data;

  g_free (prediction->model);
  g_strfreev (prediction->keys);
  g_free (prediction->raw);
  g_free (prediction);
}

static void
example_free (gpointer data)
{
  FixtureExample *example = data;

  g_free (example->external_id);
  g_free (example->text);
  g_free (example->meta);
  g_ptr_array_unref (example->labels);
  g_ptr_array_unref (example->predictions);
  g_free (example);
}

FixtureProject *
fixture_project_new (const HoneOntology *ontology)
{
  FixtureProject *self = g_new0 (FixtureProject, 1);

  self->ontology = ontology;
  self->examples = g_ptr_array_new_with_free_func (example_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_copy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

void
fixture_project_free (FixtureProject *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->examples);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_text);
  g_hash_table_unref (self->by_copy);
  g_clear_pointer (&self->declared, hone_ontology_unref);
  g_clear_pointer (&self->template, hone_template_unref);
  g_free (self);
}

/* ---- words ---- */

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Sorted keys; NULL where a word is unknown. *unable: one says "cannot". */
static char **
match_words (FixtureProject  *self,
             char           **words,
             gboolean        *unable)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  gboolean unknown = FALSE;

  *unable = FALSE;
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      const HoneCategory *category = hone_ontology_match (self->ontology, words[i]);

      if (category != NULL)
        g_ptr_array_add (keys, g_strdup (category->key));
      else if (hone_category_word_is_unable (words[i]))
        *unable = TRUE;
      else
        unknown = TRUE;
    }
  if (unknown || keys->len == 0)
    return NULL;

  g_ptr_array_sort (keys, compare_words);
  g_ptr_array_add (keys, NULL);

  return (char **) g_ptr_array_steal (keys, NULL);
}

static gboolean
is_one (FixtureProject *self)
{
  return hone_ontology_get_choice (self->ontology) == HONE_CHOICE_ONE;
}

/* ---- labels ---- */

static void
add_label (FixtureProject        *self,
           FixtureExample        *example,
           const HoneRecordLabel *label,
           HoneRecord            *record)
{
  gboolean unable;
  g_auto(GStrv) keys = match_words (self, label->words, &unable);
  FixtureLabel *added;

  if (!label->skip && !unable && keys == NULL)
    {
      hone_record_warn (record, HONE_WARNING_UNKNOWN_CATEGORY, NULL, NULL);
      return;
    }
  if (!label->skip && !unable && is_one (self) && g_strv_length (keys) > 1)
    {
      hone_record_warn (record, HONE_WARNING_TOO_MANY_CATEGORIES, NULL, NULL);
      return;
    }

  added = g_new0 (FixtureLabel, 1);
  added->author = g_strdup (label->author != NULL ? label->author : "import");
  added->time = label->time;
  added->origin = label->origin;
  added->skip = label->skip || unable;
  added->keys = added->skip ? NULL : g_steal_pointer (&keys);
  g_ptr_array_add (example->labels, added);
}

/* Of equal times the later one in the file counts. */
static void
find_current (FixtureExample *example)
{
  for (guint i = 0; i < example->labels->len; i++)
    {
      FixtureLabel *label = g_ptr_array_index (example->labels, i);

      label->current = TRUE;
      for (guint j = 0; j < example->labels->len && label->current; j++)
        {
          const FixtureLabel *other = g_ptr_array_index (example->labels, j);

          if (i != j && strcmp (label->author, other->author) == 0)
            label->current = label->time > other->time || (label->time == other->time && i > j);
        }
    }
}

/* ---- predictions ---- */

static void
judge (FixtureProject             *self,
       const HoneRecordPrediction *prediction,
       FixturePrediction          *added)
{
  gboolean unable;

  if (prediction->judged)
    {
      added->outcome = prediction->outcome;
    }
  else if (prediction->parse)
    {
      g_autoptr(HoneTemplate) template = hone_template_new_default ();
      g_auto(HoneAnswer) answer = { 0 };
      g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
      gsize n = 0;
      const guint *ids;

      hone_template_parse (template, self->ontology, prediction->raw, &answer);
      added->outcome = answer.outcome;
      ids = answer.categories != NULL ? hone_category_set_get_ids (answer.categories, &n) : NULL;
      for (gsize i = 0; i < n; i++)
        g_ptr_array_add (keys, g_strdup (hone_ontology_get_by_id (self->ontology, ids[i])->key));
      g_ptr_array_sort (keys, compare_words);
      g_ptr_array_add (keys, NULL);
      added->keys = (char **) g_ptr_array_steal (keys, NULL);
      return;
    }

  added->keys = match_words (self, prediction->words, &unable);
  if (prediction->judged)
    return;
  if (unable)
    added->outcome = HONE_OUTCOME_ABSTAINED;
  else if (added->keys == NULL || (is_one (self) && g_strv_length (added->keys) > 1))
    added->outcome = HONE_OUTCOME_OUT_OF_SET;
  else
    added->outcome = HONE_OUTCOME_ANSWERED;
}

static void
add_prediction (FixtureProject             *self,
                FixtureExample             *example,
                const HoneRecordPrediction *prediction)
{
  FixturePrediction *added = g_new0 (FixturePrediction, 1);

  judge (self, prediction, added);
  if (added->outcome == HONE_OUTCOME_FAILED)
    {
      self->failed++;
      prediction_free (added);
      return;
    }

  added->model = g_strdup (prediction->model);
  added->confidence = prediction->confidence;
  added->raw = g_strdup (prediction->raw);
  g_ptr_array_add (example->predictions, added);
}

/* ---- identity ---- */

static FixtureExample *
find_example (FixtureProject *self,
              HoneRecord     *record)
{
  FixtureExample *example = NULL;

  if (record->join_key != NULL)
    example = g_hash_table_lookup (self->by_key, record->join_key);
  if (example == NULL && record->external_id != NULL)
    example = g_hash_table_lookup (self->by_id, record->external_id);
  if (example == NULL && record->join_by_text)
    example = g_hash_table_lookup (self->by_text, record->text);

  return example;
}

static gboolean
labels_differ (FixtureExample *a,
               FixtureExample *b)
{
  const FixtureLabel *label_a, *label_b;

  if (a->labels->len == 0 || b->labels->len == 0)
    return FALSE;

  label_a = g_ptr_array_index (a->labels, 0);
  label_b = g_ptr_array_index (b->labels, 0);

  return label_a->keys != NULL && label_b->keys != NULL
         && !g_strv_equal ((const char * const *) label_a->keys, (const char * const *) label_b->keys);
}

static void
check_copies (FixtureProject *self,
              FixtureExample *example,
              HoneRecord     *record)
{
  gint64 hash = (gint64) hone_near_copy_hash (example->text);
  FixtureExample *copy = g_hash_table_lookup (self->by_copy, &hash);
  FixtureExample *same = g_hash_table_lookup (self->by_text, example->text);

  if (copy != NULL && copy->split != example->split)
    hone_record_warn (record, HONE_WARNING_LEAK, NULL, NULL);
  else if (same != NULL && record->external_id == NULL)
    hone_record_warn (record, HONE_WARNING_DUPLICATE_TEXT, NULL, NULL);
  if (same != NULL && same->split == example->split && record->external_id == NULL && labels_differ (same, example))
    hone_record_warn (record, HONE_WARNING_CONFLICTING_LABELS, NULL, NULL);

  if (copy == NULL)
    g_hash_table_insert (self->by_copy, g_memdup2 (&hash, sizeof hash), example);
  if (same == NULL)
    g_hash_table_insert (self->by_text, g_strdup (example->text), example);
}

static FixtureExample *
make_example (FixtureProject *self,
              HoneRecord     *record,
              HoneSplit       split,
              gboolean        force)
{
  FixtureExample *example = g_new0 (FixtureExample, 1);

  example->external_id = g_strdup (record->external_id);
  example->text = g_strdup (record->text);
  example->split = force || record->split < 0 ? split : (HoneSplit) record->split;
  example->flag = record->flag;
  example->labels = g_ptr_array_new_with_free_func (label_free);
  example->predictions = g_ptr_array_new_with_free_func (prediction_free);
  g_ptr_array_add (self->examples, example);
  if (record->join_key != NULL)
    g_hash_table_insert (self->by_key, g_strdup (record->join_key), example);
  if (record->external_id != NULL)
    g_hash_table_insert (self->by_id, g_strdup (record->external_id), example);

  return example;
}

static void
count_warnings (FixtureProject *self,
                GPtrArray      *warnings)
{
  gboolean seen[HONE_N_WARNINGS] = { FALSE };

  for (guint i = 0; i < warnings->len; i++)
    {
      const HoneRecordWarning *warning = g_ptr_array_index (warnings, i);

      if (!seen[warning->code])
        self->warnings[warning->code]++;
      seen[warning->code] = TRUE;
    }
}

static void
take_record (FixtureProject *self,
             HoneRecord     *record,
             HoneSplit       split,
             gboolean        force)
{
  FixtureExample *example = find_example (self, record);
  gboolean is_new = example == NULL;

  if (example == NULL && record->must_exist)
    {
      hone_record_warn (record, HONE_WARNING_UNKNOWN_ID, NULL, NULL);
      return;
    }
  if (example != NULL && record->text != NULL && strcmp (example->text, record->text) != 0)
    {
      hone_record_warn (record, HONE_WARNING_ID_CONFLICT, NULL, NULL);
      self->refused++;
      return;
    }

  if (example == NULL)
    example = make_example (self, record, split, force);
  if (example->meta == NULL)
    example->meta = g_strdup (record->meta);
  for (guint i = 0; i < record->labels->len; i++)
    add_label (self, example, g_ptr_array_index (record->labels, i), record);
  find_current (example);
  for (guint i = 0; i < record->predictions->len; i++)
    add_prediction (self, example, g_ptr_array_index (record->predictions, i));
  if (is_new)
    check_copies (self, example, record);
}

gboolean
fixture_project_import (FixtureProject           *self,
                        const char * const       *paths,
                        const HoneReaderOptions  *options,
                        HoneSplit                 split,
                        gboolean                  force,
                        GError                  **error)
{
  HoneReaderOptions own = options != NULL ? *options : (HoneReaderOptions) { 0 };
  g_autoptr(HoneReader) reader = NULL;
  HoneReadStatus status;

  own.ontology = self->ontology;
  reader = hone_reader_open (paths, &own, error);
  if (reader == NULL)
    return FALSE;

  self->format = hone_reader_get_format (reader);
  do
    {
      g_autoptr(HoneRecord) record = NULL;

      status = hone_reader_next (reader, &record, error);
      if (status == HONE_READ_RECORD)
        take_record (self, record, split, force);
      else if (status == HONE_READ_REFUSED)
        self->refused++;
      if (record != NULL)
        count_warnings (self, record->warnings);
    }
  while (status == HONE_READ_RECORD || status == HONE_READ_REFUSED);
  count_warnings (self, hone_reader_get_warnings (reader));
  g_clear_pointer (&self->declared, hone_ontology_unref);
  if (hone_reader_get_ontology (reader) != NULL)
    self->declared = hone_ontology_copy (hone_reader_get_ontology (reader));
  g_clear_pointer (&self->template, hone_template_unref);
  if (hone_reader_get_template (reader) != NULL)
    self->template = hone_template_ref (hone_reader_get_template (reader));

  return status == HONE_READ_END;
}

/* ---- counts ---- */

static guint64
count_labels (FixtureProject *self,
              gboolean        skips,
              gboolean        current_only)
{
  guint64 n = 0;

  for (guint i = 0; i < self->examples->len; i++)
    {
      const FixtureExample *example = g_ptr_array_index (self->examples, i);

      for (guint j = 0; j < example->labels->len; j++)
        {
          const FixtureLabel *label = g_ptr_array_index (example->labels, j);

          n += label->skip == skips && (label->current || !current_only) ? 1 : 0;
        }
    }

  return n;
}

guint64
fixture_count_labels (FixtureProject *self)
{
  return count_labels (self, FALSE, FALSE);
}

guint64
fixture_count_current (FixtureProject *self)
{
  return count_labels (self, FALSE, TRUE);
}

guint64
fixture_count_skips (FixtureProject *self)
{
  return count_labels (self, TRUE, FALSE);
}

guint64
fixture_count_outcome (FixtureProject *self,
                       HoneOutcome     outcome)
{
  guint64 n = 0;

  for (guint i = 0; i < self->examples->len; i++)
    {
      const FixtureExample *example = g_ptr_array_index (self->examples, i);

      for (guint j = 0; j < example->predictions->len; j++)
        n += ((const FixturePrediction *) g_ptr_array_index (example->predictions, j))->outcome == outcome ? 1 : 0;
    }

  return n;
}

guint64
fixture_count_split (FixtureProject *self,
                     HoneSplit       split)
{
  guint64 n = 0;

  for (guint i = 0; i < self->examples->len; i++)
    n += ((const FixtureExample *) g_ptr_array_index (self->examples, i))->split == split ? 1 : 0;

  return n;
}

HoneRecord *
fixture_dup_record (FixtureExample *example)
{
  HoneRecord *record = hone_record_new ();

  record->external_id = g_strdup (example->external_id);
  record->text = g_strdup (example->text);
  record->split = example->split;
  record->flag = example->flag;
  record->meta = g_strdup (example->meta);
  for (guint i = 0; i < example->labels->len; i++)
    {
      const FixtureLabel *label = g_ptr_array_index (example->labels, i);
      HoneRecordLabel *added = hone_record_add_label (record);

      added->author = g_strdup (label->author);
      added->time = label->time;
      added->origin = label->origin;
      added->skip = label->skip;
      added->words = g_strdupv (label->keys);
    }
  for (guint i = 0; i < example->predictions->len; i++)
    {
      const FixturePrediction *prediction = g_ptr_array_index (example->predictions, i);
      HoneRecordPrediction *added = hone_record_add_prediction (record);

      added->model = g_strdup (prediction->model);
      added->judged = TRUE;
      added->outcome = prediction->outcome;
      added->words = g_strdupv (prediction->keys);
      added->confidence = prediction->confidence;
      added->raw = g_strdup (prediction->raw);
    }

  return record;
}

FixtureExample *
fixture_find (FixtureProject *self,
              const char     *text)
{
  for (guint i = 0; i < self->examples->len; i++)
    {
      FixtureExample *example = g_ptr_array_index (self->examples, i);

      if (strcmp (example->text, text) == 0)
        return example;
    }

  return NULL;
}
