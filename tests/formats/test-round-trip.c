/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Hone writes it reads again, with all that file-formats.md section 2 promises for the format, its name not said. */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "fixture-count.h"
#include "formats/hone-json.h"
#include "formats/hone-writer.h"

#define SECOND G_USEC_PER_SEC
#define NOON (G_GINT64_CONSTANT (1793620800) * SECOND)

static const char awkward[] = "Minister says \"no\".\nSecond line; with comma, pipe | and tab\there";
static const char accents[] = "Élection à Genève: 選挙 🗳️ décidée";

/* ---- the records ---- */

static HoneRecord *
add (GPtrArray  *records,
     const char *id,
     const char *text,
     HoneSplit   split)
{
  HoneRecord *record = hone_record_new ();

  record->external_id = g_strdup (id);
  record->text = g_strdup (text);
  record->split = split;
  g_ptr_array_add (records, record);

  return record;
}

static HoneRecordLabel *
label (HoneRecord *record,
       const char *author,
       gint64      time,
       const char *keys)
{
  HoneRecordLabel *added = hone_record_add_label (record);

  added->author = g_strdup (author);
  added->time = time;
  added->origin = HONE_ORIGIN_HUMAN;
  added->skip = keys == NULL;
  added->words = keys != NULL ? g_strsplit (keys, " ", -1) : NULL;

  return added;
}

static HoneRecordPrediction *
predict (HoneRecord  *record,
         const char  *model,
         HoneOutcome  outcome,
         const char  *answer,
         double       confidence)
{
  HoneRecordPrediction *added = hone_record_add_prediction (record);

  added->model = g_strdup (model);
  added->judged = TRUE;
  added->outcome = outcome;
  added->confidence = confidence;
  added->time = NOON;
  if (outcome == HONE_OUTCOME_ANSWERED)
    added->words = g_strsplit (answer, " ", -1);
  else
    added->raw = g_strdup (answer);

  return added;
}

static void
add_score (HoneRecordPrediction *prediction,
           const char           *key,
           double                value)
{
  prediction->scores = g_renew (HoneRecordScore, prediction->scores, prediction->n_scores + 1);
  prediction->scores[prediction->n_scores].word = g_strdup (key);
  prediction->scores[prediction->n_scores++].value = value;
}

static GPtrArray *
make_records (HoneChoice choice)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_record_free);
  gboolean several = choice == HONE_CHOICE_SEVERAL;
  HoneRecord *record;
  HoneRecordPrediction *prediction;

  record = add (records, "t1", "Rates rise again", HONE_SPLIT_TRAIN);
  label (record, "ana", NOON, "MONEY");
  label (record, "ana", NOON + 5 * SECOND + 123457, "POLITICS");
  prediction = predict (record, "base-1", HONE_OUTCOME_ANSWERED, "POLITICS", 0.61);
  add_score (prediction, "POLITICS", 0.61);
  add_score (prediction, "MONEY", 0.39);
  predict (record, "other/model: 2", HONE_OUTCOME_ANSWERED, "MONEY", 0.07);

  record = add (records, "t 2", awkward, HONE_SPLIT_VALIDATION);
  label (record, "ana", NOON, "POLITICS");
  label (record, "ben", NOON + SECOND, "POLITICS");
  record->meta = g_strdup ("{\"source\":\"a \\\"quoted\\\" one\",\"page\":\"7\"}");
  predict (record, "base-1", HONE_OUTCOME_ANSWERED, several ? "MONEY POLITICS" : "POLITICS", 0.88);

  record = add (records, "t3", accents, HONE_SPLIT_TRAIN);
  label (record, "ana", NOON, "MONEY");
  label (record, "rae", NOON + SECOND, "WORLD_NEWS")->origin = HONE_ORIGIN_REVIEW;
  predict (record, "base-1", HONE_OUTCOME_ANSWERED, "WORLD_NEWS", 1);

  record = add (records, NULL, "Football club buys a bank", HONE_SPLIT_TRAIN);
  label (record, "ben", NOON, several ? "MONEY SPORTS" : "SPORTS");
  predict (record, "base-1", HONE_OUTCOME_ANSWERED, "SPORTS", NAN);

  record = add (records, NULL, "asdf asdf", HONE_SPLIT_TRAIN);
  label (record, "ana", NOON, NULL);
  predict (record, "base-1", HONE_OUTCOME_ABSTAINED, "UNABLE_TO_CLASSIFY", NAN);

  record = add (records, "t6", "Striker signs for two years", HONE_SPLIT_TEST);
  label (record, "ana", NOON, "SPORTS");
  predict (record, "base-1", HONE_OUTCOME_ANSWERED, "SPORTS", 0);

  record = add (records, "t7", "Storm warning for the coast", HONE_SPLIT_TRAIN);
  predict (record, "base-1", HONE_OUTCOME_OUT_OF_SET, "WEATHER, of course", NAN);

  record = add (records, "007", "Museum opens late on Fridays", HONE_SPLIT_VALIDATION);
  record->meta = g_strdup ("{\"source\":\"agency\"}");

  /* No majority: no reference label. */
  record = add (records, "t9", "Parliament debates a new tax", HONE_SPLIT_TRAIN);
  label (record, "ana", NOON, "POLITICS");
  label (record, "ben", NOON, "MONEY");

  return records;
}

/* ---- a project that holds them, by the same importer ---- */

static char **
sorted_keys (char **words)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new ();

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (keys, words[i]);
  for (guint i = 1; i < keys->len; i++)
    {
      for (guint j = i; j > 0 && strcmp (keys->pdata[j - 1], keys->pdata[j]) > 0; j--)
        {
          gpointer swap = keys->pdata[j];

          keys->pdata[j] = keys->pdata[j - 1];
          keys->pdata[j - 1] = swap;
        }
    }
  g_ptr_array_add (keys, NULL);

  return g_strdupv ((char **) keys->pdata);
}

static char *
export_records (GPtrArray               *records,
                const HoneWriterOptions *options,
                const char              *folder)
{
  const char *name = hone_format_to_string (options->format);
  g_autofree char *ending = hone_format_is_folder (options->format) && !options->flat ? g_strdup ("") : g_strdup (".json");
  g_autofree char *base = g_strconcat (name, ending, NULL);
  char *path;
  g_autoptr(HoneWriter) writer = NULL;
  g_autoptr(GError) error = NULL;

  if (strstr (name, "csv") != NULL || options->format == HONE_FORMAT_KILN)
    base = (g_free (base), g_strconcat (name, ".csv", NULL));
  if (options->format == HONE_FORMAT_TSV)
    base = (g_free (base), g_strconcat (name, ".tsv", NULL));
  if (strstr (name, "jsonl") != NULL || options->format == HONE_FORMAT_PRODIGY || options->format == HONE_FORMAT_DOCCANO)
    base = (g_free (base), g_strconcat (name, ".jsonl", NULL));
  path = g_build_filename (folder, base, NULL);

  writer = hone_writer_open (path, options, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  for (guint i = 0; i < records->len; i++)
    {
      if (!hone_writer_write (writer, g_ptr_array_index (records, i), &error))
        {
          g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNWRITABLE);
          g_clear_error (&error);
        }
    }
  hone_writer_close (writer, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  return path;
}

/* ---- comparing ---- */

static gboolean
promised (const HoneWriterOptions *options,
          HonePart                 part)
{
  if (options->flat && part == HONE_PART_SKIP)
    return TRUE;

  return hone_format_keeps (options->format, part) == HONE_KEEPS_YES;
}

static void
check_meta (const char *wanted,
            const char *found)
{
  g_autoptr(HoneJson) a = wanted != NULL ? hone_json_parse (wanted, -1, NULL) : NULL;
  g_autoptr(HoneJson) b = found != NULL ? hone_json_parse (found, -1, NULL) : NULL;

  g_assert_cmpuint (hone_json_get_size (a), ==, hone_json_get_size (b));
  for (gsize i = 0; i < hone_json_get_size (a); i++)
    g_assert_cmpstr (hone_json_get_string (hone_json_get_nth (a, i)), ==,
                     hone_json_get_string (hone_json_get (b, hone_json_get_name (a, i))));
}

static FixtureLabel *
find_label (FixtureExample        *example,
            const HoneRecordLabel *wanted,
            gboolean               by_author)
{
  g_auto(GStrv) keys = sorted_keys (wanted->words);

  for (guint i = 0; i < example->labels->len; i++)
    {
      FixtureLabel *found = g_ptr_array_index (example->labels, i);

      if (found->skip != wanted->skip)
        continue;
      if (by_author && g_strcmp0 (found->author, wanted->author) != 0)
        continue;
      if (found->skip || g_strv_equal ((const char * const *) found->keys, (const char * const *) keys))
        return found;
    }

  return NULL;
}

/* Formats that keep the history keep each decision; the others the one that counts, named by its text here. */
static void
check_labels (const HoneWriterOptions *options,
              const HoneRecord        *record,
              FixtureExample          *example)
{
  for (guint i = 0; i < record->labels->len && promised (options, HONE_PART_HISTORY); i++)
    {
      const HoneRecordLabel *wanted = g_ptr_array_index (record->labels, i);
      FixtureLabel *found = find_label (example, wanted, TRUE);

      g_assert_nonnull (found);
      if (promised (options, HONE_PART_TIME))
        g_assert_cmpint (found->time, ==, wanted->time);
      if (wanted->origin == HONE_ORIGIN_REVIEW)
        g_assert_cmpint (found->origin, ==, HONE_ORIGIN_REVIEW);
    }
  if (promised (options, HONE_PART_HISTORY))
    g_assert_cmpuint (example->labels->len, ==, record->labels->len);
}

static const char *
reference_of (const char *text,
              gboolean    several)
{
  if (g_str_has_prefix (text, "Rates") || g_str_has_prefix (text, "Minister"))
    return "POLITICS";
  if (strcmp (text, accents) == 0)
    return "WORLD_NEWS";
  if (g_str_has_prefix (text, "Football"))
    return several ? "MONEY SPORTS" : "SPORTS";
  if (g_str_has_prefix (text, "Striker"))
    return "SPORTS";

  return NULL;
}

static void
check_reference (const HoneWriterOptions *options,
                 const HoneRecord        *record,
                 FixtureExample          *example)
{
  const char *reference = reference_of (record->text, hone_ontology_get_choice (options->ontology) == HONE_CHOICE_SEVERAL);
  g_autoptr(HoneRecord) wanted = hone_record_new ();
  gboolean disputed = g_str_has_prefix (record->text, "Parliament");

  if (reference != NULL)
    {
      label (wanted, NULL, 0, reference);
      g_assert_nonnull (find_label (example, g_ptr_array_index (wanted->labels, 0), FALSE));
    }
  else if (!disputed || !promised (options, HONE_PART_HISTORY))
    {
      guint n = 0;

      for (guint i = 0; i < example->labels->len; i++)
        n += ((FixtureLabel *) g_ptr_array_index (example->labels, i))->skip ? 0 : 1;
      if (!options->flat && (options->format != HONE_FORMAT_ARGILLA || !disputed))
        g_assert_cmpuint (n, ==, 0);
    }
}

static void
check_skip (const HoneWriterOptions *options,
            const HoneRecord        *record,
            FixtureExample          *example)
{
  gboolean skipped = strcmp (record->text, "asdf asdf") == 0;
  gboolean found = FALSE;

  for (guint i = 0; i < example->labels->len; i++)
    found = found || ((FixtureLabel *) g_ptr_array_index (example->labels, i))->skip;
  g_assert_cmpint (found, ==, skipped && promised (options, HONE_PART_SKIP));
}

static FixturePrediction *
find_prediction (FixtureExample *example,
                 const char     *model)
{
  for (guint i = 0; i < example->predictions->len; i++)
    {
      FixturePrediction *found = g_ptr_array_index (example->predictions, i);

      if (model == NULL || g_strcmp0 (found->model, model) == 0)
        return found;
    }

  return NULL;
}

static void
check_predictions (const HoneWriterOptions *options,
                   const HoneRecord        *record,
                   FixtureExample          *example)
{
  gboolean models = promised (options, HONE_PART_MODELS);
  gboolean partly = hone_format_keeps (options->format, HONE_PART_PREDICTION) == HONE_KEEPS_PARTLY;

  for (guint i = 0; i < record->predictions->len; i++)
    {
      const HoneRecordPrediction *wanted = g_ptr_array_index (record->predictions, i);
      g_auto(GStrv) keys = sorted_keys (wanted->words);
      FixturePrediction *found;

      if (!models && g_strcmp0 (wanted->model, "base-1") != 0)
        continue;
      if (wanted->outcome != HONE_OUTCOME_ANSWERED && (partly || !promised (options, HONE_PART_OUTCOME)))
        continue;
      /* In Argilla's folder the label takes the place of the answer. */
      if (options->format == HONE_FORMAT_ARGILLA && !options->flat && reference_of (record->text, FALSE) != NULL)
        continue;
      found = find_prediction (example, models ? wanted->model : NULL);
      g_assert_nonnull (found);
      g_assert_cmpint (found->outcome, ==, wanted->outcome);
      if (wanted->outcome == HONE_OUTCOME_ANSWERED)
        g_assert_cmpstrv (found->keys, keys);
      if (isnan (wanted->confidence))
        g_assert_true (isnan (found->confidence));
      else
        g_assert_cmpfloat_with_epsilon (found->confidence, wanted->confidence, 1e-12);
    }
}

static gboolean
is_written (const HoneWriterOptions *options,
            const HoneRecord        *record)
{
  return options->format != HONE_FORMAT_OPENAI_CHAT || record->split != HONE_SPLIT_TEST;
}

static void
check_example (const HoneWriterOptions *options,
               const HoneRecord        *record,
               FixtureProject          *project)
{
  g_autofree char *text = g_strdup (record->text);
  FixtureExample *example;

  if (options->format == HONE_FORMAT_FASTTEXT)
    g_strdelimit (text, "\n", ' ');
  example = fixture_find (project, text);
  g_assert_nonnull (example);
  if (promised (options, HONE_PART_OWN_ID))
    g_assert_cmpstr (example->external_id, ==, record->external_id);
  if (promised (options, HONE_PART_META))
    check_meta (record->meta, example->meta);
  g_assert_cmpint (example->split, ==, record->split);
  check_reference (options, record, example);
  check_labels (options, record, example);
  check_skip (options, record, example);
  if (hone_format_keeps (options->format, HONE_PART_PREDICTION) != HONE_KEEPS_NO)
    check_predictions (options, record, example);
}

static void
check_ontology (const HoneWriterOptions *options,
                FixtureProject          *project)
{
  const HoneOntology *declared = project->declared;

  if (declared == NULL || options->format == HONE_FORMAT_OPENAI_CHAT)
    return;

  g_assert_cmpuint (hone_ontology_get_size (declared), ==, hone_ontology_get_size (options->ontology));
  g_assert_cmpint (hone_ontology_get_choice (declared), ==, hone_ontology_get_choice (options->ontology));
  for (gsize i = 0; i < hone_ontology_get_size (declared); i++)
    {
      const HoneCategory *wanted = hone_ontology_get_nth (options->ontology, i);
      const HoneCategory *found = hone_ontology_get_nth (declared, i);

      g_assert_cmpstr (found->key, ==, wanted->key);
      if (promised (options, HONE_PART_NAME))
        g_assert_cmpstr (found->name, ==, wanted->name);
      if (promised (options, HONE_PART_DEFINITION))
        g_assert_cmpstr (found->definition, ==, wanted->definition);
    }
}

/* ---- the trip ---- */

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_folder (inner);
    }
  g_remove (path);
}

static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
travel (HoneFormat format,
        HoneChoice choice,
        gboolean   flat)
{
  g_autoptr(HoneOntology) ontology = fixture_ontology (choice);
  g_autoptr(GPtrArray) records = make_records (choice);
  g_autoptr(FixtureProject) project = fixture_project_new (ontology);
  g_autofree char *folder = g_dir_make_tmp ("hone-XXXXXX", NULL);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneTemplate) template = hone_template_new ("Name the category.", "Text:\n", "\n=> ", "\n", TRUE);
  guint n_written = 0;
  HoneWriterOptions options = {
    .format = format, .ontology = ontology, .project_name = "news: \"all\"", .model = "base-1", .with_labels = TRUE,
    .with_predictions = TRUE, .flat = flat,
  };
  const char *paths[2] = { NULL };

  if (format == HONE_FORMAT_HONE_JSONL)
    options.template = template;

  path = export_records (records, &options, folder);
  /* Nothing lies about beside it but Label Studio's configuration. */
  g_assert_cmpuint (count_files (folder), ==, format == HONE_FORMAT_LABEL_STUDIO ? 2 : 1);

  paths[0] = path;
  fixture_project_import (project, paths, NULL, HONE_SPLIT_TRAIN, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hone_format_to_string (project->format), ==, hone_format_to_string (format));
  g_assert_cmpuint (project->refused, ==, 0);
  for (guint i = 0; i < HONE_N_WARNINGS; i++)
    {
      /* A chat without an answer says so. */
      if (i != HONE_WARNING_NO_ANSWER && project->warnings[i] != 0)
        g_error ("%s: %s", hone_format_to_string (format), hone_warning_code_to_string (i));
    }
  for (guint i = 0; i < records->len; i++)
    {
      const HoneRecord *record = g_ptr_array_index (records, i);

      if (!is_written (&options, record))
        continue;
      n_written++;
      check_example (&options, record, project);
    }
  g_assert_cmpuint (project->examples->len, ==, n_written);
  check_ontology (&options, project);
  if (format == HONE_FORMAT_HONE_JSONL)
    g_assert_cmpstr (hone_template_get_hash (project->template), ==, hone_template_get_hash (template));

  remove_folder (folder);
}

static void
test_one (gconstpointer data)
{
  travel (GPOINTER_TO_UINT (data), HONE_CHOICE_ONE, FALSE);
}

static void
test_several (gconstpointer data)
{
  travel (GPOINTER_TO_UINT (data), HONE_CHOICE_SEVERAL, FALSE);
}

static void
test_flat (gconstpointer data)
{
  travel (HONE_FORMAT_ARGILLA, GPOINTER_TO_UINT (data), TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (HoneFormat format = HONE_FORMAT_CSV; format < HONE_N_FORMATS; format++)
    {
      g_autofree char *one = g_strdup_printf ("/formats/round-trip/%s/one", hone_format_to_string (format));
      g_autofree char *several = g_strdup_printf ("/formats/round-trip/%s/several", hone_format_to_string (format));

      if (!hone_format_can_write (format))
        continue;
      g_test_add_data_func (one, GUINT_TO_POINTER (format), test_one);
      g_test_add_data_func (several, GUINT_TO_POINTER (format), test_several);
    }
  g_test_add_data_func ("/formats/round-trip/argilla-flat/one", GUINT_TO_POINTER (HONE_CHOICE_ONE), test_flat);
  g_test_add_data_func ("/formats/round-trip/argilla-flat/several", GUINT_TO_POINTER (HONE_CHOICE_SEVERAL), test_flat);

  return g_test_run ();
}
