/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first look at files: which categories their labels speak of, and which models have no real confidence. Keeps words, never texts. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-import-private.h"

#define FLAT_FROM 5   /* predictions of one model with one confidence */

typedef struct {
  char      *first;       /* spelling met first */
  GPtrArray *others;      /* (nullable): other spellings */
} Word;

typedef struct {
  guint64  n;
  double   confidence;
  gboolean varies;
} Model;

typedef struct {
  GHashTable *words;       /* folded → Word */
  GHashTable *answers;     /* the same for words of predictions: categories only if there are no labels at all */
  GHashTable *models;      /* name → Model */
  gboolean    several;
} Survey;

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->first);
  g_clear_pointer (&word->others, g_ptr_array_unref);
  g_free (word);
}

static gboolean
add_word (GHashTable  *words,
          const char  *spelling,
          GError     **error)
{
  g_autofree char *fold = hone_category_word_fold (spelling);
  Word *word;

  if (*fold == '\0' || hone_category_word_is_unable (spelling))
    return TRUE;
  word = g_hash_table_lookup (words, fold);
  if (word == NULL)
    {
      if (g_hash_table_size (words) >= HONE_ONTOLOGY_MAX_CATEGORIES)
        {
          g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_BAD_INPUT,
                       _("The labels hold more than %d different words, “%s” among them: is that the column of the labels?"),
                       HONE_ONTOLOGY_MAX_CATEGORIES, spelling);
          return FALSE;
        }
      word = g_new0 (Word, 1);
      word->first = g_strdup (spelling);
      g_hash_table_insert (words, g_steal_pointer (&fold), word);
      return TRUE;
    }
  if (strcmp (word->first, spelling) == 0)
    return TRUE;
  if (word->others == NULL)
    word->others = g_ptr_array_new_with_free_func (g_free);
  if (word->others->len < 100 && !g_ptr_array_find_with_equal_func (word->others, spelling, g_str_equal, NULL))
    g_ptr_array_add (word->others, g_strdup (spelling));
  return TRUE;
}

static gboolean
add_words (Survey      *self,
           GHashTable  *words,
           char       **spellings,
           GError     **error)
{
  gsize n_words = 0;

  for (gsize i = 0; spellings != NULL && spellings[i] != NULL; i++)
    {
      if (!add_word (words, spellings[i], error))
        return FALSE;
      if (!hone_category_word_is_unable (spellings[i]))
        n_words++;
    }
  if (n_words > 1)
    self->several = TRUE;
  return TRUE;
}

static void
add_confidence (Survey                     *self,
                const HoneRecordPrediction *prediction)
{
  const char *name = prediction->model != NULL ? prediction->model : "";
  Model *model = g_hash_table_lookup (self->models, name);

  if (isnan (prediction->confidence) || prediction->outcome == HONE_OUTCOME_FAILED)
    return;
  if (model == NULL)
    {
      model = g_new0 (Model, 1);
      model->confidence = prediction->confidence;
      g_hash_table_insert (self->models, g_strdup (name), model);
    }
  model->n++;
  if (model->confidence != prediction->confidence)
    model->varies = TRUE;
}

static gboolean
add_record (Survey            *self,
            const HoneRecord  *record,
            GError           **error)
{
  for (guint i = 0; record->labels != NULL && i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = record->labels->pdata[i];

      if (!label->skip && !add_words (self, self->words, label->words, error))
        return FALSE;
    }
  if (!add_words (self, self->words, record->known, error))
    return FALSE;
  for (guint i = 0; record->predictions != NULL && i < record->predictions->len; i++)
    {
      const HoneRecordPrediction *prediction = record->predictions->pdata[i];

      add_confidence (self, prediction);
      if (!prediction->parse && prediction->outcome == HONE_OUTCOME_ANSWERED)
        for (gsize w = 0; prediction->words != NULL && prediction->words[w] != NULL; w++)
          if (!add_word (self->answers, prediction->words[w], error))
            return FALSE;
    }
  return TRUE;
}

/* ---- categories ---- */

/* "Money#Sports" in one cell is two categories where both stand alone elsewhere. */
static gboolean
is_joined (GHashTable *words,
           const char *spelling)
{
  static const char separators[] = "#|;";

  for (const char *separator = separators; *separator != '\0'; separator++)
    {
      const char delimiter[] = { *separator, '\0' };
      g_auto(GStrv) parts = NULL;
      gboolean all = TRUE;

      if (strchr (spelling, *separator) == NULL)
        continue;
      parts = g_strsplit (spelling, delimiter, -1);
      for (gsize i = 0; parts[i] != NULL && all; i++)
        {
          g_autofree char *fold = hone_category_word_fold (parts[i]);

          all = g_hash_table_contains (words, fold);
        }
      if (all)
        return TRUE;
    }
  return FALSE;
}

static gboolean
drop_if_joined (gpointer key,
                gpointer value,
                gpointer data)
{
  Survey *self = data;
  Word *word = value;

  if (!is_joined (self->words, word->first))
    return FALSE;
  self->several = TRUE;
  return TRUE;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(Word * const *) a)->first, (*(Word * const *) b)->first);
}

/* Names that differ only where keys can hold nothing ("C", "C++") get numbers. */
static guint
add_category (HoneOntology  *ontology,
              const Word    *word,
              GError       **error)
{
  g_autofree char *key = hone_category_key_from_name (word->first);
  g_autofree char *numbered = g_strdup (key);
  HoneCategory category = { .name = word->first };

  for (guint n = 2; n < 100; n++)
    {
      g_autoptr(GError) reason = NULL;
      guint id;

      category.key = numbered;
      id = hone_ontology_add (ontology, &category, &reason);
      if (id != 0)
        return id;
      if (!g_error_matches (reason, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE) || n == 99)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return 0;
        }
      g_free (numbered);
      numbered = g_strdup_printf ("%s_%u", key, n);
    }
  return 0;
}

static HoneOntology *
derive_ontology (Survey  *self,
                 GError **error)
{
  GHashTable *words = g_hash_table_size (self->words) > 0 ? self->words : self->answers;
  g_autoptr(GPtrArray) sorted = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_foreach_remove (words, drop_if_joined, self);
  /* By name, so that the order of the lines in a file does not matter. */
  sorted = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (sorted, value);
  g_ptr_array_sort (sorted, compare_words);
  ontology = hone_ontology_new (self->several ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, NULL);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Word *word = sorted->pdata[i];
      g_autofree char *key = hone_category_key_from_name (word->first);
      guint id;

      if (key == NULL)
        continue;   /* nothing but punctuation: shows as an unknown category */
      id = add_category (ontology, word, error);
      if (id == 0)
        return NULL;
      for (guint w = 0; word->others != NULL && w < word->others->len; w++)
        if (!hone_ontology_add_alias (ontology, id, word->others->pdata[w], error))
          return NULL;
    }
  return hone_ontology_get_size (ontology) > 0 ? g_steal_pointer (&ontology) : NULL;
}

static GHashTable *
find_flat_models (Survey *self)
{
  GHashTable *flat = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->models);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Model *model = value;

      if (model->n >= FLAT_FROM && !model->varies)
        g_hash_table_add (flat, g_strdup (name));
    }
  return flat;
}

void
_hone_import_survey_clear (HoneImportSurvey *survey)
{
  g_clear_pointer (&survey->derived, hone_ontology_unref);
  g_clear_pointer (&survey->flat_models, g_hash_table_unref);
}

/* Hone's own files say what a model said, even where that was always the same. */
gboolean
_hone_import_survey_needed (HoneFormat format,
                            gboolean   needs_ontology)
{
  if (needs_ontology)
    return TRUE;
  switch (format)
    {
    case HONE_FORMAT_HONE_JSONL:
    case HONE_FORMAT_HONE_CSV:
    case HONE_FORMAT_CSV:
    case HONE_FORMAT_TSV:
    case HONE_FORMAT_TEXT_LABEL:
    case HONE_FORMAT_LINES:
      return FALSE;
    default:
      return TRUE;
    }
}

gboolean
_hone_import_survey (HoneReader        *reader,
                     gboolean           needs_ontology,
                     HoneImportSurvey  *survey,
                     HoneJobsProgress   progress,
                     gpointer           progress_data,
                     GCancellable      *cancellable,
                     GError           **error)
{
  Survey self = { NULL };
  guint64 size = hone_reader_get_size (reader);
  gboolean flat = hone_reader_get_format (reader) != HONE_FORMAT_HONE_JSONL && hone_reader_get_format (reader) != HONE_FORMAT_HONE_CSV;
  HoneReadStatus status;
  gboolean good = TRUE;
  guint64 n = 0;

  self.words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, word_free);
  self.answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, word_free);
  self.models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  do
    {
      g_autoptr(HoneRecord) record = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          good = FALSE;
          break;
        }
      status = hone_reader_next (reader, &record, error);
      if (status == HONE_READ_RECORD)
        good = add_record (&self, record, error);
      if (++n % 1000 == 0 && progress != NULL)
        progress (size > 0 ? (double) hone_reader_get_position (reader) / size : NAN, _("Looking for categories"), progress_data);
    }
  while (good && (status == HONE_READ_RECORD || status == HONE_READ_REFUSED));
  good = good && status == HONE_READ_END;

  if (good && needs_ontology)
    {
      g_autoptr(GError) reason = NULL;

      survey->derived = derive_ontology (&self, &reason);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          good = FALSE;
        }
    }
  survey->flat_models = flat ? find_flat_models (&self) : NULL;
  g_hash_table_unref (self.words);
  g_hash_table_unref (self.answers);
  g_hash_table_unref (self.models);
  return good;
}
